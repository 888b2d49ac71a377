"""Features with known defects: each is repaired or set aside with its reason, and none is lost."""

import json

import pytest
import shapely

from qpverts.errors import DataError
from qpverts.sources.importing.formats import read_vector


def point(*coordinates):
    """A GeoJSON point."""
    return {"type": "Point", "coordinates": list(coordinates)}


@pytest.fixture
def geojson(tmp_path):
    """A function that writes GeoJSON features, given as (properties, geometry), and reads them."""

    def run(*features, **words):
        path = tmp_path / "couche.geojson"
        found = [
            {"type": "Feature", "properties": properties, "geometry": geometry}
            for properties, geometry in features
        ]
        path.write_text(json.dumps({"type": "FeatureCollection", "features": found}), "utf-8")
        return read_vector(path, **words)

    return run


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "sans géométrie"),
        ({"type": "Polygon", "coordinates": []}, "géométrie vide"),
        ({"type": "GeometryCollection", "geometries": []}, "géométrie vide"),
        (point(float("nan"), 43), "coordonnées impossibles (ni un nombre fini, ni un lieu de la Terre)"),
        (point(float("inf"), 43), "coordonnées impossibles (ni un nombre fini, ni un lieu de la Terre)"),
        (point(1e300, 43), "coordonnées impossibles (ni un nombre fini, ni un lieu de la Terre)"),
        (point(0, 0), "hors de France"),
        (point(-0.1, 51.7), "hors de France"),
        (point(500, 43), "hors de France"),
        (point(43.3, 5.4), "hors de France ; latitude et longitude semblent inversées"),
        (
            {"type": "Polygon", "coordinates": [[[5, 43], [5, 43], [5, 43], [5, 43]]]},
            "n'a plus de surface une fois réparée",
        ),
        ({"type": "LineString", "coordinates": [[5, 43], [0, 0]]}, "hors de France"),
    ],
)
def test_what_is_set_aside(geojson, geometry, reason):
    """A feature that cannot be used is listed with its rank, its code and the reason; its neighbours stay."""
    good = ({"code_qp": "QN01338I"}, point(5.4, 43.3))
    found = geojson(good, ({"code_qp": "QN01340I"}, geometry), (*good[:1], point(-61.5, 16.2)), good, good)
    report = found.report
    assert [(remark.rank, remark.code, remark.reason) for remark in report.set_aside] == [
        (2, "QN01340I", reason)
    ]
    assert (report.read, report.kept, len(found.frame)) == (5, 4, 4)
    assert f"  entité nº 2 (QN01340I) : {reason}" in report.lines()


@pytest.mark.parametrize(
    ("ring", "reason", "part"),
    [
        ([[5, 43], [5.1, 43.1], [5.1, 43], [5, 43.1], [5, 43]], "le contour se croise", 0.5),
        ([[5, 43], [5.1, 43], [5.1, 43.1], [5, 43.1]], "le contour n'est pas fermé", 1),
        (
            [[5, 43], [5.1, 43], [5.1, 43.1], [5, 43.1], [5, 43], [4.9, 43], [5, 43]],
            "le contour se touche lui-même",
            1,
        ),
    ],
    ids=["bow tie", "open", "spike"],
)
def test_what_is_repaired(geojson, ring, reason, part):
    """A surface that is wrong is made valid, and stays a surface; its neighbours are untouched."""
    bad = {"type": "Polygon", "coordinates": [ring]}
    good = {"type": "Polygon", "coordinates": [[[5, 43], [5.1, 43], [5.1, 43.1], [5, 43.1], [5, 43]]]}
    found = geojson(({"id": "a"}, bad), ({"id": "b"}, good))
    assert [(remark.rank, remark.code) for remark in found.report.repaired] == [(1, "a")]
    assert found.report.repaired[0].reason in {reason, "le contour se croise"}
    assert found.frame.is_valid.all()
    assert set(found.frame.geom_type) <= {"Polygon", "MultiPolygon"}
    assert shapely.area(found.frame.geometry.to_numpy()).tolist() == pytest.approx([0.01 * part, 0.01])


def test_lines_stay_lines(geojson):
    """In a layer of lines and points, each shape keeps its own kind."""
    line = {"type": "LineString", "coordinates": [[5, 43], [5.1, 43.1]]}
    found = geojson(({}, line), ({}, point(5, 43)))
    assert list(found.frame.geom_type) == ["LineString", "Point"]
    assert found.report.repaired == ()


def test_collections_in_a_layer_of_surfaces(geojson):
    """A collection among surfaces is reduced to its surfaces, and that is reported."""
    good = {"type": "Polygon", "coordinates": [[[5, 43], [5.1, 43], [5.1, 43.1], [5, 43]]]}
    mixed = {"type": "GeometryCollection", "geometries": [good, point(5, 43)]}
    found = geojson(({}, good), ({}, mixed))
    assert list(found.frame.geom_type) == ["Polygon", "Polygon"]
    assert found.report.repaired[0].reason == "points et lignes retirés d'une couche de surfaces"
    assert geojson(({}, mixed)).frame.geom_type.tolist() == ["GeometryCollection"]


def test_duplicates_are_listed(geojson):
    """A code borne by several features is listed with their ranks; none of them is dropped."""
    rows = [({"code_qp": code}, point(5, 43)) for code in ("QN01338I", "x", "QN01338I", None, None, "x")]
    found = geojson(*rows)
    assert found.report.kept == 6
    assert [(double.code, double.ranks) for double in found.report.duplicates] == [
        ("QN01338I", (1, 3)),
        ("x", (2, 6)),
    ]
    assert "Codes donnés plusieurs fois (2) :" in found.report.lines()


def test_expected_box(geojson):
    """A box given replaces the bounds of France: what does not meet it is set aside, and only that."""
    rows = [({}, point(5, 43)), ({}, point(24.9, 60.2)), ({}, point(6, 44))]
    found = geojson(*rows, bbox=(4, 42, 5.5, 61))
    assert [(remark.rank, remark.reason) for remark in found.report.set_aside] == [
        (2, "hors du cadre attendu"),
        (3, "hors du cadre attendu"),
    ]
    assert geojson(*rows, bbox=(-180, -90, 180, 90)).report.kept == 3


@pytest.mark.parametrize(
    "bbox", [(5, 43, 4, 44), (5, 44, 6, 43), (float("nan"), 0, 1, 1), (0, 0, 1, float("inf"))]
)
def test_impossible_box(geojson, bbox):
    """A box that is not one is refused rather than setting everything aside."""
    with pytest.raises(DataError, match="ouest, sud, est, nord"):
        geojson(({}, point(5, 43)), bbox=bbox)


def test_long_report_is_cut(geojson):
    """Of a long list the report says the first and how many more; it holds them all."""
    found = geojson(*[({}, None)] * 500, ({}, point(5, 43)))
    assert len(found.report.set_aside) == 500
    lines = found.report.lines(3)
    assert "501 entités lues, 1 gardée, 0 réparée, 500 mises de côté." in lines
    assert lines[-2:] == ["  entité nº 3 : sans géométrie", "  … et 497 autres"]
