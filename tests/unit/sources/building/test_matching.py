"""The embedded correspondence: computed again from the official file, and what it says of each district."""

import geopandas as gpd
import pytest
import shapely

from qpverts.domain.vintage import Change, change
from qpverts.errors import DataError
from qpverts.geo.crs import WGS84
from qpverts.sources.building.matching import compute, read_2015
from qpverts.sources.published.overlaps import TABLE, overlaps_bytes, read_overlaps
from qpverts.sources.reading import catalogue as catalogues

UNLIKE = {"QN01304I": 84.13, "QN01362I": 89.17}


@pytest.fixture(scope="module")
def catalogue(data_dir):
    """The real catalogue."""
    return catalogues.load(data_dir)


@pytest.fixture
def layer_2015(tmp_path):
    """A function that writes districts under given codes, and reads them as those of 2015."""

    def run(codes):
        path = tmp_path / "quartiers.geojson"
        squares = [shapely.box(5.43, 43.29, 5.44, 43.3)] * len(codes)
        gpd.GeoDataFrame({"CODE_QP": codes, "NOM_QP": "x"}, geometry=squares, crs=WGS84).to_file(path)
        return read_2015(path)

    return run


def test_the_embedded_table_is_computed(official, catalogue):
    """The official file of 2015 and the embedded perimeters give the embedded table, to the byte."""
    old, report = read_2015(official / catalogue.get("qpv_2015_officiel").file)
    rows, found = compute(old, catalogue)
    assert overlaps_bytes(rows) == catalogue.read(TABLE)
    assert (report.read, len(old)) == (1_514, 1_514)
    assert len(rows) == 65
    assert (found.slivers, round(found.slivers_m2, 1)) == (1, 0.3)


def test_identical_districts_are(catalogue):
    """Of the 32 districts said identical, 30 match one of 2015 at 95 % both ways; two do not."""
    rows = read_overlaps(catalogue).rows
    identical = [row for row in rows if change(row.code_2024) is Change.IDENTICAL]
    assert len(identical) == 32
    shares = {row.code_2024: min(row.share_2015_pct, row.share_2024_pct) for row in identical}
    assert {code: share for code, share in shares.items() if share < 95} == UNLIKE
    assert min(row.share_2015_pct for row in identical) > 98


def test_modified_and_new_districts(catalogue, atlas):
    """Every modified district has a past, and the two without any are new."""
    matched = {row.code_2024 for row in read_overlaps(catalogue).rows}
    assert set(atlas.qpvs) - matched == {"QN01370N", "QN01371N"}


def test_air_bel(catalogue):
    """Air Bel was QP013038, under the same name, on the same ground."""
    (row,) = [row for row in read_overlaps(catalogue).rows if row.code_2024 == "QN01338I"]
    assert (row.code_2015, row.name_2015) == ("QP013038", "Air Bel")
    assert min(row.share_2015_pct, row.share_2024_pct) > 99


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (["QN01338I"], "« QN01338I » n'est pas un quartier de 2015"),
        (["QP013038", "<b>"], "« <b> » n'est pas un quartier de 2015"),
        (["QP013038", "QP013038"], "« QP013038 » est donné deux fois"),
        (["QP013038", None], "n'est pas un quartier de 2015"),
    ],
)
def test_what_is_not_of_2015(layer_2015, codes, said):
    """A layer that is not made of districts of 2015, each once, is refused with the code at fault."""
    with pytest.raises(DataError, match=said):
        layer_2015(codes)


def test_name_missing(layer_2015, catalogue):
    """A layer of 2015 that misses the Métropole gives no row, and no error."""
    old, _ = layer_2015(["QP974001"])
    assert compute(old, catalogue)[0] == ()
