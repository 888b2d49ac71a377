"""Files cut short or missing a piece: the features before the cut must not pass for all."""

import struct

import geopandas as gpd
import pytest
import shapely

from qpverts.errors import DataError
from qpverts.geo.crs import WGS84
from qpverts.sources.importing.formats import read_vector


@pytest.fixture(scope="module")
def layer():
    """Enough features for a cut to fall among them."""
    count = 2_000
    return gpd.GeoDataFrame(
        {"code": [f"c{rank}" for rank in range(count)]},
        geometry=[shapely.box(5 + r * 1e-4, 43, 5.0001 + r * 1e-4, 43.001) for r in range(count)],
        crs=WGS84,
    )


def sentence(path, **words):
    """The one sentence that refuses a file."""
    with pytest.raises(DataError) as caught:
        read_vector(path, **words)
    (fault,) = caught.value.faults
    return fault.message


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "fgb", "kml", "parquet", "shp", "dbf", "shx", "csv"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.97])
def test_cut_short(tmp_path, layer, suffix, part):
    """A file cut short is refused, whatever its format: the features before the cut do not pass for all."""
    path = tmp_path / f"couche.{suffix}"
    if suffix == "parquet":
        layer.to_parquet(path)
    elif suffix == "csv":
        lines = "\n".join(f"c{rank};5,4;43,3" for rank in range(2_000))
        path.write_text(f"code;lon;lat\n{lines}\n", "utf-8")
    else:
        driver = {"dbf": "ESRI Shapefile", "shx": "ESRI Shapefile", "kml": "LIBKML"}.get(suffix)
        layer.to_file(path.with_suffix(".shp") if driver == "ESRI Shapefile" else path, driver=driver)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)])
    asked = path.with_suffix(".shp") if suffix in {"dbf", "shx"} else path
    if suffix == "csv":  # a text has no end of its own: the last line is short of cells, and listed
        report = read_vector(path).report
        assert report.read == report.kept + len(report.set_aside)
        assert report.read < 2_000
        return
    assert "incomplet" in sentence(asked)


def test_openstreetmap_cut_short(tmp_path, official):
    """An OpenStreetMap extract cut short is refused too."""
    content = (official / "bondy.osm").read_bytes()
    path = tmp_path / "extrait.osm"
    path.write_bytes(content[: len(content) * 6 // 10])
    for name in ("points", "multipolygons"):
        assert "incomplet" in sentence(path, layer=name)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        ({"shp", "dbf"}, "il manque le fichier .shx"),
        ({"shp", "shx"}, "il manque le fichier .dbf"),
        ({"shp"}, "il manque le fichier .shx"),
    ],
)
def test_missing_pieces_of_a_shapefile(tmp_path, layer, left, said):
    """A Shapefile without one of its pieces is refused, the piece named."""
    layer.to_file(tmp_path / "couche.shp")
    for piece in tmp_path.iterdir():
        if piece.suffix[1:] not in left:
            piece.unlink()
    assert said in sentence(tmp_path / "couche.shp")


def test_pieces_of_two_shapefiles(tmp_path, layer):
    """Pieces of two Shapefiles, which speak of other numbers of features, are refused."""
    layer.to_file(tmp_path / "couche.shp")
    layer.head(10).to_file(tmp_path / "autre.shp")
    (tmp_path / "autre.dbf").replace(tmp_path / "couche.dbf")
    assert "2000 contours (.shx) pour 10 lignes (.dbf)" in sentence(tmp_path / "couche.shp")


@pytest.mark.parametrize("suffix", ["dbf", "shx", "prj", "cpg"])
def test_the_wrong_piece(tmp_path, layer, suffix):
    """Given another piece of a Shapefile, the importer asks for the .shp."""
    layer.to_file(tmp_path / "couche.shp")
    assert "donnez le .shp" in sentence(tmp_path / f"couche.{suffix}")


def test_rows_claimed_by_a_dbf(tmp_path, layer):
    """A .dbf that claims two billion rows is refused before anything is made ready for them."""
    layer.to_file(tmp_path / "couche.shp")
    content = bytearray((tmp_path / "couche.dbf").read_bytes())
    content[4:8] = struct.pack("<I", 2_000_000_000)
    (tmp_path / "couche.dbf").write_bytes(content)
    assert ".dbf est incomplet" in sentence(tmp_path / "couche.shp")
