"""The published access to green spaces: what is read is what was measured, and nobody reads an old one."""

import csv
import dataclasses

import numpy as np
import pytest
import tomlkit

from qpverts.domain.figures.facts import MIN_AREAS_HA
from qpverts.errors import DataError
from qpverts.geo import access
from qpverts.sources.check import check, seal
from qpverts.sources.district_facts import measure_access
from qpverts.sources.load import load, read_content
from qpverts.sources.published.green_access import ACCESS, access_bytes, is_current, read_access
from qpverts.sources.reading import catalogue as catalogues

AIR_BEL = "QN01338I"
TABLE, SPACES = "geo/acces_espaces_verts.csv", "geo/espaces_verts.csv"


def parts(found):
    """Everything in an access, in types that compare: arrays by their bytes."""
    lattices = {
        hectares: [getattr(points, bound).tobytes() for bound in ("low", "value", "high")]
        for hectares, points in found.lattice_m.items()
    }
    return dataclasses.replace(found, lattice_m=lattices)


def everything(accesses):
    """The same of all districts."""
    return {code: parts(found) for code, found in accesses.items()}


def greens(atlas):
    """The access of each district of an atlas that has one."""
    return {code: facts.green for code, facts in atlas.facts.items() if facts.green}


@pytest.fixture
def add_park(data_copy):
    """A function that adds a park to the list, at the place of the first one with a point of its own."""

    def run(**cells):
        path = data_copy / SPACES
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        model = next(row for row in rows if row["lon"] and row["commune_insee"] == "13055")
        # Beside Air Bel, which the park then touches.
        park = model | {"id": "un-parc-de-plus", "lon": "5.4317", "lat": "43.2907", "surface_ha": "3"} | cells
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows([*rows, park])
        return data_copy

    return run


def declare(folder, **fields):
    """Write fields of the table's declaration by hand, as nobody should."""
    path = folder / catalogues.PATH
    document = tomlkit.parse(path.read_text("utf-8"))
    next(entry for entry in document["dataset"] if entry["id"] == ACCESS).update(fields)
    path.write_text(tomlkit.dumps(document), "utf-8")


def test_published_access_is_what_is_measured(data_dir, atlas):
    """For every district, what is read back is what is measured now, to the last digit."""
    catalogue = catalogues.load(data_dir)
    measured = measure_access(read_content(catalogue))
    assert is_current(catalogue)
    assert catalogue.read(ACCESS) == access_bytes(measured)
    assert everything(read_access(catalogue)) == everything(measured) == everything(greens(atlas))
    assert len(measured) == sum(facts.green is not None for facts in atlas.facts.values()) > 40


def test_no_space_at_all_is_written_too(data_copy, atlas):
    """A distance to no space is infinite, in the file an empty cell, and infinite again when read."""
    found = access.green_access(atlas.perimeters.loc[AIR_BEL], access.green_layer(access.locate(())))
    content = access_bytes({AIR_BEL: found})
    assert f"{AIR_BEL},distance_05ha_m,,,,\n".encode() in content
    (data_copy / TABLE).write_bytes(content)
    again = read_access(catalogues.load(data_copy))
    assert everything(again) == everything({AIR_BEL: found})
    assert np.isinf(again[AIR_BEL].lattice_m[MIN_AREAS_HA[0]].value).all()


def test_adding_a_park_breaks_nothing(add_park, atlas):
    """A park counts before it is declared; declaring it publishes its access, without any layer."""
    folder = add_park()
    assert not is_current(catalogues.load(folder))
    before = greens(load(folder))
    assert "un-parc-de-plus" in before[AIR_BEL].spaces[300].value
    assert set(seal(folder)) == {"espaces_verts", ACCESS}
    assert is_current(catalogues.load(folder))
    assert everything(greens(load(folder))) == everything(before) != everything(greens(atlas))
    assert all(verdict.faults == () for verdict in check(folder))
    assert seal(folder) == []


def test_altered_table_is_not_believed(data_copy, data_dir, atlas):
    """Figures changed by hand are not read, and sealing writes what is measured in their place."""
    path = data_copy / TABLE
    good = path.read_bytes()
    path.write_bytes(good.replace(b",distance_05ha_m,,", b",distance_05ha_m,,1"))
    assert everything(greens(load(data_copy))) == everything(greens(atlas))
    assert seal(data_copy) == []
    assert path.read_bytes() == good


def test_check_says_that_the_access_is_old(add_park):
    """When only the list of spaces was declared anew, the access is named with what to do."""
    folder = add_park()
    seal(folder, only=["espaces_verts"])
    (fault,) = [fault for verdict in check(folder) for fault in verdict.faults]
    assert fault.file == TABLE
    assert "python -m qpverts seal" in fault.message


def test_faulty_data_can_be_declared_all_the_same(add_park):
    """On data that break a rule nothing is measured, nor believed; once mended, all is published."""
    folder = add_park(lon="95")
    assert seal(folder) == ["espaces_verts"]
    with pytest.raises(DataError):
        load(folder)
    path = folder / SPACES
    path.write_bytes(path.read_bytes().replace(b",95,", b",5.4317,"))
    assert set(seal(folder)) == {"espaces_verts", ACCESS}
    assert is_current(catalogues.load(folder))


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"code_qp\nQN01338I\n", b"a,b,c,d,e,f\nQN01338I,distance_05ha_m,,1,2,3\n"]
)
def test_table_of_another_make_is_refused(data_copy, content):
    """A table that is as declared and cannot be read is named, with the command that makes it again."""
    (data_copy / TABLE).write_bytes(content)
    declare(data_copy, sha256=catalogues.sha256(content))
    with pytest.raises(DataError, match="python -m qpverts build") as caught:
        load(data_copy)
    assert caught.value.faults[0].file == TABLE
