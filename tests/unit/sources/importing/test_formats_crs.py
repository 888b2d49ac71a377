"""In which system a layer is read: as told, as declared, or as its coordinates say."""

import json

import geopandas as gpd
import pytest
import shapely

from qpverts.errors import DataError
from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.sources.importing.formats import read_vector
from qpverts.sources.importing.import_report import Origin

AIR_BEL = (5.4317, 43.2907)
METRES = (897_000, 6_247_000)  # near Air Bel, in Lambert-93


@pytest.fixture
def read(tmp_path):
    """A function that writes points of a system ("" for none) as GeoPackage, and reads them."""

    def run(*places, declared="", **words):
        path = tmp_path / "couche.gpkg"
        crs = declared or None
        gpd.GeoDataFrame(
            {"a": range(len(places))}, geometry=gpd.points_from_xy(*zip(*places, strict=True)), crs=crs
        ).to_file(path, driver="GPKG")
        return read_vector(path, **words)

    return run


def test_degrees_without_a_word(tmp_path):
    """A Shapefile in degrees without .prj is taken for WGS 84, and that is said to be a guess."""
    layer = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(AIR_BEL)])
    with pytest.warns(UserWarning, match="crs"):
        layer.to_file(tmp_path / "couche.shp")
    found = read_vector(tmp_path / "couche.shp")
    assert found.report.crs.startswith(WGS84)
    assert found.report.crs_origin is Origin.GUESSED
    assert any("--crs" in note for note in found.report.notes)


def test_metres_without_a_word(tmp_path):
    """Coordinates that can only be Lambert-93 are taken for it: Air Bel lands at Air Bel."""
    path = tmp_path / "couche.csv"
    path.write_text(f"x;y\n{METRES[0]};{METRES[1]}\n", "utf-8")
    found = read_vector(path)
    assert found.report.crs.startswith(LAMBERT_93)
    assert found.report.crs_origin is Origin.GUESSED
    assert found.frame.geometry.iloc[0].distance(shapely.Point(AIR_BEL)) < 0.05


def test_metres_of_an_unknown_system(tmp_path):
    """Metres that are not Lambert-93 cannot be guessed: the sentence asks for --crs, which settles it."""
    path = tmp_path / "couche.csv"
    path.write_text("x;y\n340000;7690000\n", "utf-8")
    with pytest.raises(DataError, match="relancez avec --crs"):
        read_vector(path)
    found = read_vector(path, crs="EPSG:2975")
    assert found.report.crs_origin is Origin.GIVEN
    assert found.frame.geometry.iloc[0].distance(shapely.Point(55.46, -20.88)) < 0.02


@pytest.mark.parametrize("text", ["EPSG:2154", "2154", " epsg:2154 ", "EPSG:5698"])
def test_system_given(read, text):
    """A system given is believed over what the file declares, however it is written."""
    found = read(METRES, declared="EPSG:3857", crs=text)
    assert found.report.kept == 1
    assert found.report.crs.startswith(LAMBERT_93)
    assert found.report.crs_origin is Origin.GIVEN


@pytest.mark.parametrize(
    "text",
    ["EPSG:999999", "Lambert", "", " ", "99999999999999999999", "<b>", "../x", "EPSG:4978", "EPSG:5720"],
)
def test_system_that_is_none(read, text):
    """What is no system of places on a map is refused with an example."""
    with pytest.raises(DataError, match=r"système de coordonnées|ne situe pas"):
        read(METRES, declared=LAMBERT_93, crs=text)


@pytest.mark.parametrize(
    ("places", "declared", "guess"),
    [([METRES], WGS84, LAMBERT_93), ([AIR_BEL], LAMBERT_93, WGS84)],
    ids=["metres said to be degrees", "degrees said to be metres"],
)
def test_system_denied_by_the_coordinates(read, places, declared, guess):
    """A declared system that the coordinates deny is not believed, and that is reported."""
    found = read(*places, declared=declared)
    assert found.report.crs.startswith(guess)
    assert found.report.crs_origin is Origin.GUESSED
    assert found.report.kept == 1
    assert any(declared in note and "démentent" in note for note in found.report.notes)


def test_geojson_in_metres(tmp_path):
    """A GeoJSON in Lambert-93 without a word, which the norm would have in degrees, is read rightly."""
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": METRES}}
    path = tmp_path / "couche.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    assert read_vector(path).report.crs.startswith(LAMBERT_93)
    old = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2154"}}}
    path.write_text(json.dumps({"type": "FeatureCollection", **old, "features": [feature]}), "utf-8")
    assert read_vector(path).report.crs_origin is Origin.DECLARED


def test_one_stray_does_not_change_the_system(read):
    """One feature in metres among degrees does not move the others: it is set aside itself."""
    found = read(AIR_BEL, AIR_BEL, AIR_BEL, METRES, declared=WGS84)
    assert found.report.crs_origin is Origin.DECLARED
    assert [remark.rank for remark in found.report.set_aside] == [4]
    assert found.report.kept == 3


@pytest.mark.parametrize(
    "crs", ["EPSG:27572", "EPSG:3857", "EPSG:3035", "EPSG:32631", "EPSG:3944", "EPSG:4258"]
)
def test_systems_of_the_field(read, crs):
    """Every system in use in France is read to the place it means, to some metres."""
    there = gpd.GeoSeries([shapely.Point(AIR_BEL)], crs=WGS84).to_crs(crs).iloc[0]
    found = read((there.x, there.y), declared=crs)
    assert found.report.crs.startswith(crs)
    assert found.frame.geometry.iloc[0].distance(shapely.Point(AIR_BEL)) < 1e-4
