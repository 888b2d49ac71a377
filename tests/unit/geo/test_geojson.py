"""Outlines as GeoJSON: the one way to write a feature and a collection."""

import json

import shapely

from qpverts.geo import geojson

POINT = shapely.Point(5.3698012, 43.2964877)


def test_feature():
    """A feature has its id before its properties when it has one, and no outline when none is known."""
    outline = geojson.geometry(POINT, 5)
    assert outline == {"type": "Point", "coordinates": [5.3698, 43.29649]}
    assert list(geojson.feature(outline, {"a": 1})) == ["type", "properties", "geometry"]
    assert geojson.feature(None, {}, "x") == {
        "type": "Feature",
        "id": "x",
        "properties": {},
        "geometry": None,
    }


def test_geometry_as_it_is():
    """Without decimals the coordinates stay what they are."""
    assert geojson.geometry(POINT)["coordinates"] == [5.3698012, 43.2964877]


def test_collection():
    """What is true of the whole stands before the features, on one line."""
    written = geojson.collection([geojson.feature(None, {})], name="x", licence="y")
    assert b"\n" not in written
    assert list(json.loads(written)) == ["type", "name", "licence", "features"]


def test_by_line():
    """A file to compare has a line for its head, one for each feature, one for its end."""
    features = [geojson.feature(None, {"rang": rank}) for rank in range(2)]
    lines = geojson.by_line(features, "essai").decode().splitlines()
    assert lines[0] == '{"type":"FeatureCollection","name":"essai","features":['
    assert [json.loads(line.rstrip(",")) for line in lines[1:3]] == features
    assert lines[3:] == ["]}"]
    assert json.loads("\n".join(lines))["features"] == features


def test_by_line_of_none():
    """A collection without a feature is still GeoJSON."""
    assert json.loads(geojson.by_line([], "vide"))["features"] == []
