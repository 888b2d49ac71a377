"""The ways to parks: written and read the same, refused when they are not ways."""

import dataclasses
import json

import pytest

from qpverts.errors import DataError
from qpverts.sources.load import load
from qpverts.sources.published.ways import read_ways, ways_bytes
from qpverts.sources.reading import catalogue as catalogues


@pytest.fixture
def spoil(data_copy):
    """A function that changes the first way of a copy of the data, and gives that copy."""

    def change(edit):
        path = data_copy / "geo" / "trajets_osm.geojson"
        layer = json.loads(path.read_text("utf-8"))
        edit(layer["features"][0])
        path.write_text(json.dumps(layer), "utf-8")
        return data_copy

    return change


def test_written_and_read_again(data_dir):
    """What is read and written gives the same bytes."""
    catalogue = catalogues.load(data_dir)
    assert ways_bytes(read_ways(catalogue).rows) == catalogue.read("trajets_osm")


def test_order_does_not_matter(atlas):
    """Ways in another order give the same file."""
    ways = list(atlas.ways.values())
    assert ways_bytes(reversed(ways)) == ways_bytes(ways)


def test_every_way_is_longer_than_its_straight_line(atlas):
    """Each embedded way adds at least 100 m, starts in its district and is drawn by several points."""
    assert len(atlas.ways) > 30
    for code, way in atlas.ways.items():
        assert code == way.code_qp
        assert way.street_m >= way.straight_m + 99
        assert len(way.route) > 2
        assert way.space_id in atlas.spaces


@pytest.mark.filterwarnings("ignore:Could not parse column")  # said by the reader of a column half numbers
@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda f: f.update(geometry={"type": "Point", "coordinates": [5.4, 43.3]}), "pas une ligne"),
        (lambda f: f["properties"].update(rue_m="loin"), "n'est pas un nombre"),
        (lambda f: f["properties"].update(droite_m=1e6), "plus courte que la ligne droite"),
        (lambda f: f["properties"].update(espace="<img src=x>"), "espace vert inconnu"),
        (lambda f: f["properties"].update(code_qp="QN99999I"), "n'existe pas"),
        (lambda f: f["properties"].update(code_qp="QN01304I"), "a déjà un trajet"),
    ],
)
@pytest.mark.sampled(3)
def test_faulty_way_is_named(spoil, edit, message):
    """A way that is not one, or leads nowhere known, is named by its rank in the file."""
    with pytest.raises(DataError, match=message) as caught:
        load(spoil(edit))
    assert {fault.file for fault in caught.value.faults} == {"geo/trajets_osm.geojson"}


def test_missing_field_is_named(data_copy):
    """A file without one of the fields says which."""
    path = data_copy / "geo" / "trajets_osm.geojson"
    layer = json.loads(path.read_text("utf-8"))
    for feature in layer["features"]:
        del feature["properties"]["rue_m"]
    path.write_text(json.dumps(layer), "utf-8")
    with pytest.raises(DataError, match="rue_m"):
        load(data_copy)


def test_no_way_at_all(atlas):
    """Without any way the file is still one."""
    assert json.loads(ways_bytes(()))["features"] == []
    assert dataclasses.is_dataclass(next(iter(atlas.ways.values())))
