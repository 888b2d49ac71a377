"""The importer on the official files, which are not part of the project."""

import pytest

from qpverts.sources.importing.formats import read_vector


def test_official_2024(official):
    """Of 1,609 districts 82 are repaired; 3, points in this generalised file, are set aside and named."""
    found = read_vector(official / "QP2024_France_simplifie_WGS84.geojson")
    report = found.report
    assert (report.read, report.kept) == (1_609, 1_606)
    assert len(report.repaired) == 82
    assert {remark.code: remark.reason for remark in report.set_aside} == dict.fromkeys(
        ("QN09105I", "QN09113I", "QN09503I"), "n'a plus de surface une fois réparée"
    )
    assert report.duplicates == ()
    assert report.key == "code_qp"
    assert found.frame.is_valid.all()
    assert set(found.frame.geom_type) == {"Polygon", "MultiPolygon"}
    assert (found.frame["insee_dep"].str.len() > 2).sum() == 247


def test_official_2015(official):
    """The Shapefile of 2015 has no .cpg: its 1,514 names are read with their accents all the same."""
    found = read_vector(official / "qp2015_politiquedelaville_shp.zip")
    assert (found.report.read, found.report.kept) == (1_514, 1_514)
    assert found.report.encoding == "cp1252"
    names = found.frame.set_index("CODE_QP")["NOM_QP"]
    assert names["QP013040"] == "Valbarelle Néréïdes Bosquet"
    assert names["QP013053"] == "La Calade Campagne Lévèque"
    assert not names.str.contains("�|Ã").any()
    same = read_vector(
        official / "qp2015_politiquedelaville_shp.zip", inside="QP_METROPOLEOUTREMER_WGS84_EPSG4326.shp"
    )
    assert same.report == found.report


@pytest.mark.parametrize(
    ("layer", "count", "kinds"),
    [
        (None, 1_451, {"MultiPolygon"}),
        ("multipolygons", 1_451, {"MultiPolygon"}),
        ("lines", 197, {"LineString"}),
        ("points", 215, {"Point"}),
        ("multilinestrings", 31, {"MultiLineString"}),
    ],
)
def test_official_openstreetmap(official, layer, count, kinds):
    """Each layer of an OpenStreetMap extract is read; polygons when none is asked for."""
    found = read_vector(official / "bondy.osm", layer=layer)
    assert (found.report.read, found.report.kept, found.report.driver) == (count, count, "OpenStreetMap XML")
    assert set(found.frame.geom_type) == kinds
    assert found.report.layer == (layer or "multipolygons")
    assert any("--couche" in note for note in found.report.notes) == (layer is None)


def test_official_parcels(official):
    """The 72,059 parcels come through whole, with their fields."""
    found = read_vector(official / "ocsge_parcelles_13.parquet")
    assert (found.report.read, found.report.kept, found.report.driver) == (72_059, 72_059, "GeoParquet")
    assert {"id", "prairie_m2", "geometry"} <= set(found.frame.columns)
    assert found.report.duplicates == ()


@pytest.mark.parametrize(
    ("name", "count", "kinds"),
    [
        ("marseille_rues.geojson.gz", 24_232, {"LineString", "MultiLineString"}),
        ("rtm_arrets.geojson", 2_752, {"Point"}),
    ],
)
def test_official_lines_and_points(official, name, count, kinds):
    """The streets and the stops of Marseille come through whole."""
    found = read_vector(official / name)
    assert (found.report.read, found.report.kept) == (count, count)
    assert set(found.frame.geom_type) <= kinds
    assert not found.frame.geometry.is_empty.any()
