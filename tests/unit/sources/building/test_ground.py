"""Layers of ground: amounts that are unknown stay so, and a working layer is made once for a raw file."""

import math
import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from qpverts.atlas.datasets import AddressKind, Availability, Catalogue, Dataset
from qpverts.errors import DataError
from qpverts.sources.building import ground, working_layers
from qpverts.sources.fetching import sync as syncing

SQUARES = [shapely.box(5 + n / 100, 43, 5.005 + n / 100, 43.005) for n in range(6)]
EVERYWHERE = np.array([[-180.0, -90.0, 180.0, 90.0]])


def parcels(**columns):
    """A layer of squares in degrees with the columns given."""
    count = len(next(iter(columns.values())))
    return gpd.GeoDataFrame(columns, geometry=SQUARES[:count], crs=4326)


def amounts(layer):
    """The vegetated m² of a layer, as a list."""
    return layer["vegetated_m2"].tolist()


def same(found, expected):
    """Tell whether two lists of numbers are the same, unknown ones at the same places."""
    return found == pytest.approx(expected, nan_ok=True)


def test_parcels():
    """Parcels keep their amounts; an empty cell is unknown, and zero is zero."""
    got = ground.ground(parcels(id=["a", "b", "c"], prairie_m2=[12.5, None, 0.0]), "x")
    assert list(got.columns) == ["id", "vegetated_m2", "geometry"]
    assert same(amounts(got), [12.5, math.nan, 0])
    assert got["id"].tolist() == ["a", "b", "c"]
    assert got.crs == 4326


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (["12", "12.5", " 7 "], [12, 12.5, 7]),
        (["beaucoup", "", "=1+1"], [math.nan] * 3),
        ([-1.0, -math.inf, math.inf], [math.nan] * 3),
        (["inf", "nan", "1e400"], [math.nan] * 3),
        ([1e300, 0, True], [1e300, 0, 1]),
        (pd.array([5, None, 7], dtype="Int64"), [5, math.nan, 7]),
    ],
    ids=["numbers as text", "words", "impossible", "impossible as text", "odd", "whole numbers"],
)
def test_amounts_that_are_none(written, expected):
    """What is no amount of ground is unknown, never zero nor endless."""
    got = ground.ground(parcels(id=["a", "b", "c"], prairie_m2=written), "x")
    assert same(amounts(got), expected)


def test_cover_classes():
    """Polygons of OCS GE are vegetated as a whole or not at all: herbs are, conifers and tar not."""
    classes = ["CS2.2.1", "CS2.1.1.1", "CS2.1.1.2", "CS1.1.1.1", None, "CS2.1.2"]
    got = ground.ground(parcels(ID=["x"] * 6, code_cs=classes), "x")
    assert same(amounts(got), [math.inf, math.inf, 0, 0, 0, math.inf])


def test_names_are_texts():
    """A layer without names gives its rows their ranks; numbers become texts."""
    assert ground.ground(parcels(code_cs=["CS2.2.1"] * 3), "x")["id"].tolist() == ["0", "1", "2"]
    assert ground.ground(parcels(id=[7, 8], code_cs=["x"] * 2), "x")["id"].tolist() == ["7", "8"]


def test_neither_field():
    """A layer without either field is told what it has and what it should, at no great length."""
    with pytest.raises(DataError) as caught:
        ground.ground(parcels(**{f"champ_{n}": [1] for n in range(200)}), "couche.gpkg")
    (fault,) = caught.value.faults
    assert fault.file == "couche.gpkg"
    assert "« prairie_m2 »" in fault.message
    assert "« code_cs »" in fault.message
    assert "champ_0" in fault.message
    assert len(fault.message) < 400


def test_working_paths(tmp_path):
    """One state of a file has one name, another state another, and no name leaves its folder."""
    one, two = (ground.working_path(tmp_path, "jeu", stamp * 64) for stamp in "ab")
    assert re.fullmatch(r"jeu-[0-9a-f]{12}\.parquet", one.name)
    assert one != two
    assert ground.working_path(tmp_path, "../../etc/passwd", "a" * 64).parent == one.parent


def test_other_rules_have_other_names(tmp_path, monkeypatch):
    """A layer made by other rules from the same file is not taken for the one that is wanted."""
    one = ground.working_path(tmp_path, "jeu", "a" * 64)
    monkeypatch.setattr(ground, "VEGETATED_CLASSES", ("CS2.2.1",))
    assert ground.working_path(tmp_path, "jeu", "a" * 64) != one


def test_convert_forgets_older_states(tmp_path):
    """A new working layer takes the place of older ones of its dataset, and of what a killed command left."""
    places = [ground.working_path(tmp_path, "jeu", stamp * 64) for stamp in "abc"]
    other, longer = (ground.working_path(tmp_path, name, "a" * 64) for name in ("jeu_2", "jeu-suite"))
    raw = parcels(id=["a"], prairie_m2=[1.0])
    for place in (*places[:2], other, longer):
        working_layers.write(ground.ground(raw, "x"), place)
    half = places[2].with_suffix(".4321.partiel")
    half.write_bytes(b"PAR1")
    ground.convert(raw, places[2])
    left = {path.name for path in places[2].parent.iterdir()}
    assert left == {places[2].name, other.name, longer.name}


def test_is_working(tmp_path):
    """A working layer is known by its two columns; other files, and what is no file, are not."""
    path = tmp_path / "couche.parquet"
    working_layers.write(ground.ground(parcels(id=["a"], prairie_m2=[1.0]), "x"), path)
    assert ground.is_working(path)
    parcels(id=["a"], prairie_m2=[1.0]).to_parquet(path)
    assert not ground.is_working(path)
    path.write_bytes(b"PAR1 is not enough")
    assert not ground.is_working(path)
    assert not ground.is_working(tmp_path)
    assert not ground.is_working(tmp_path / "absent.parquet")


@pytest.fixture
def fetched(tmp_path):
    """A function that brings a raw file in as sync does, and gives the catalogue and the work folder."""
    folder = tmp_path / "officiel"
    folder.mkdir()
    words = dict.fromkeys(("title", "provider", "licence", "attribution", "vintage", "url"), "Jeu")
    nothing = dict.fromkeys(("path", "crs", "geometry", "key", "sha256"), "")
    jeu = Dataset(
        id="jeu", **words, **nothing, status=Availability.REMOTE, count=0, file="jeu.parquet", max_mb=10,
        access=AddressKind.PAGE,
    )  # fmt: skip
    catalogue = Catalogue(tmp_path, (jeu,))

    def bring(layer):
        place = folder / jeu.file
        layer.to_parquet(place) if isinstance(layer, gpd.GeoDataFrame) else place.write_bytes(layer)
        syncing.sync(catalogue, tmp_path / "var", folder=folder, only=(), report=lambda _: None)
        return catalogue, tmp_path / "var"

    return bring


def test_made_once(fetched):
    """A raw file is converted the first time, told, and found again the next; a new one is converted anew."""
    said = []
    catalogue, var = fetched(parcels(id=["a", "b"], prairie_m2=[1.0, None]))
    first = ground.ground_layer(catalogue, var, ["jeu"], said.append)
    assert said[0] == "Conversion de jeu.parquet…"
    assert any("2" in line for line in said[1:])  # the account of the import
    assert first.dataset.id == "jeu"
    assert len(working_layers.parts(first.path, EVERYWHERE)) == 1
    said.clear()
    assert ground.ground_layer(catalogue, var, ["jeu"], said.append) == first
    assert said == []
    fetched(parcels(id=["a", "b", "c"], prairie_m2=[1.0, 2.0, 3.0]))
    second = ground.ground_layer(catalogue, var, ["jeu"], said.append)
    assert second.path != first.path
    assert not first.path.exists()


def test_nothing_fetched(tmp_path, fetched):
    """Without any raw file there is no layer, and that is no fault."""
    catalogue, var = fetched(parcels(id=["a"], prairie_m2=[1.0]))
    assert ground.ground_layer(catalogue, tmp_path / "ailleurs", ["jeu"], print) is None
    assert ground.ground_layer(catalogue, var, [], print) is None


def test_damaged_after_it_was_fetched(fetched, tmp_path):
    """A raw file that was damaged on the disk is reported by its name, and no layer is made of it."""
    catalogue, var = fetched(parcels(id=["a"], prairie_m2=[1.0]))
    raw = syncing.raw_path(var, catalogue.get("jeu"))
    raw.write_bytes(raw.read_bytes()[:-100])
    with pytest.raises(DataError, match=r"jeu\.parquet"):
        ground.ground_layer(catalogue, var, ["jeu"], lambda _: None)
    assert not list(var.rglob("couches/*"))
