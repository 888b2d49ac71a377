"""The importer on every format that it claims, on the official files, and on layers with known defects."""

import gzip
import json
import sqlite3
import struct
import zipfile
from collections import Counter

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from qpverts.errors import DataError
from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.sources.formats import read_vector
from qpverts.sources.import_report import Origin

#: Three districts of Marseille with accents, as squares of about 100 m.
NAMES = ["Air Bel", "Néréïdes – Saint-Barthélémy", "L'Œuvre <b>"]
DRIVERS = {
    "geojson": ("GeoJSON", "GeoJSON"),
    "shp": ("ESRI Shapefile", "Shapefile"),
    "gpkg": ("GPKG", "GeoPackage"),
    "fgb": ("FlatGeobuf", "FlatGeobuf"),
    "kml": ("LIBKML", "KML"),
    "parquet": (None, "GeoParquet"),
}
KML = (
    '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    "<Folder><name>Parcs</name><Placemark><name>Borély</name><Point><coordinates>5.38,43.26,12</coordinates>"
    "</Point></Placemark></Folder><Folder><name>Arbres</name><Placemark><name>Pin</name><Point>"
    "<coordinates>5.4,43.3</coordinates></Point></Placemark></Folder></Document></kml>"
)


def square(lon, lat, side=0.001):
    """A square from its south-west corner, in degrees."""
    return shapely.box(lon, lat, lon + side, lat + side)


@pytest.fixture(scope="module")
def layer():
    """Three districts, in degrees."""
    return gpd.GeoDataFrame(
        {"code_qp": ["QN01338I", "QN01340I", "QN01399N"], "nom": NAMES, "rang": [1, 2, 3]},
        geometry=[square(5.43, 43.29), square(5.45, 43.28), square(5.36, 43.35)],
        crs=WGS84,
    )


def write(layer, path):
    """Write a layer in the format that the suffix names."""
    if path.suffix == ".parquet":
        layer.to_parquet(path)
    else:
        layer.to_file(path, driver=DRIVERS[path.suffix[1:]][0], engine="pyogrio")
    return path


def collection(*features, **members):
    """GeoJSON text of features given as (properties, geometry)."""
    found = [
        {"type": "Feature", "properties": properties, "geometry": geometry}
        for properties, geometry in features
    ]
    return json.dumps({"type": "FeatureCollection", **members, "features": found})


def point(*coordinates):
    """A GeoJSON point."""
    return {"type": "Point", "coordinates": list(coordinates)}


@pytest.fixture
def geojson(tmp_path):
    """A function that writes GeoJSON features, given as (properties, geometry), and reads them."""

    def run(*features, members=None, **words):
        path = tmp_path / "couche.geojson"
        path.write_text(collection(*features, **(members or {})), "utf-8")
        return read_vector(path, **words)

    return run


@pytest.mark.parametrize("suffix", DRIVERS)
@pytest.mark.parametrize("crs", [WGS84, LAMBERT_93])
def test_every_format(tmp_path, layer, suffix, crs):
    """Whatever the format and the system it is kept in, the same features come back in degrees."""
    if suffix == "kml" and crs != WGS84:
        pytest.skip("KML has one system only")
    path = write(layer.to_crs(crs), tmp_path / f"couche.{suffix}")
    found = read_vector(path)
    assert found.frame.crs == WGS84
    assert found.report.driver == DRIVERS[suffix][1]
    assert (found.report.read, found.report.kept) == (3, 3)
    assert found.report.crs.startswith(crs)
    assert found.report.crs_origin is Origin.DECLARED
    frame = found.frame.sort_values("code_qp")  # FlatGeobuf keeps features in an order of its own
    assert list(frame["code_qp"]) == list(layer["code_qp"])
    assert list(frame["nom"]) == NAMES
    assert shapely.hausdorff_distance(frame.geometry.to_numpy(), layer.geometry.to_numpy()).max() < 1e-7
    assert (found.report.repaired, found.report.set_aside, found.report.duplicates) == ((), (), ())


@pytest.mark.parametrize("suffix", DRIVERS)
def test_the_bytes_tell_the_format(tmp_path, layer, suffix):
    """A file under a misleading name is read for what it is."""
    path = write(layer, tmp_path / f"couche.{suffix}")
    if suffix == "shp":
        pytest.skip("a Shapefile is known by the names of its pieces")
    other = path.rename(tmp_path / "téléchargement (1).dat")
    assert read_vector(other).report.driver == DRIVERS[suffix][1]


@pytest.mark.parametrize("suffix", [suffix for suffix in DRIVERS if suffix != "parquet"])
def test_in_a_zip(tmp_path, layer, suffix):
    """A layer in a folder of a ZIP, beside a notice, is read from it; the report names both."""
    write(layer, tmp_path / f"couche.{suffix}")
    with zipfile.ZipFile(tmp_path / "paquet.zip", "w", zipfile.ZIP_DEFLATED) as file:
        for piece in tmp_path.glob("couche.*"):
            file.write(piece, f"Données 2024/{piece.name}")
        file.writestr("LISEZMOI.txt", "bonjour")
        file.writestr("__MACOSX/._couche.geojson", "x")
    found = read_vector(tmp_path / "paquet.zip")
    assert found.report.kept == 3
    assert found.report.file == f"paquet.zip / Données 2024/couche.{suffix}"


def test_which_layer_of_a_zip(tmp_path, layer):
    """Of a ZIP with several layers, the one asked for is read; without a word, they are named."""
    with zipfile.ZipFile(tmp_path / "paquet.zip", "w") as file:
        for name in ("a/un.geojson", "b/deux.geojson"):
            file.writestr(name, layer.head(len(name) - 11).to_json())
    assert read_vector(tmp_path / "paquet.zip", inside="b/deux.geojson").report.kept == 3
    assert read_vector(tmp_path / "paquet.zip", inside="un.geojson").report.kept == 1
    with pytest.raises(DataError, match=r"plusieurs couches.*--dans : a/un.geojson, b/deux.geojson"):
        read_vector(tmp_path / "paquet.zip")
    with pytest.raises(DataError, match=r"ne contient pas « trois.shp » ; il contient a/un.geojson"):
        read_vector(tmp_path / "paquet.zip", inside="trois.shp")


def test_gzip(tmp_path, layer):
    """A compressed GeoJSON is read as the plain one."""
    (tmp_path / "couche.geojson.gz").write_bytes(gzip.compress(layer.to_json().encode()))
    found = read_vector(tmp_path / "couche.geojson.gz")
    assert (found.report.driver, found.report.kept) == ("GeoJSON", 3)


def test_layers_of_a_geopackage(tmp_path, layer):
    """Of several layers one must be named; tables without geometry do not count."""
    path = tmp_path / "base.gpkg"
    layer.to_file(path, layer="quartiers", driver="GPKG")
    pd.DataFrame({"style": ["rouge"]}).pipe(gpd.GeoDataFrame).to_file(path, layer="styles", driver="GPKG")
    assert read_vector(path).report.layer == "quartiers"
    layer.head(1).to_file(path, layer="parcs", driver="GPKG")
    with pytest.raises(DataError, match=r"--couche : quartiers, parcs"):
        read_vector(path)
    assert read_vector(path, layer="parcs").report.kept == 1
    with pytest.raises(DataError, match="pas de couche « rues » ; il y a : quartiers, parcs"):
        read_vector(path, layer="rues")


def test_layer_asked_of_a_format_without_layers(geojson):
    """A layer asked of a format that has one only is told to be of no use, not silently ignored."""
    found = geojson(({}, point(5, 43)), layer="rues")
    assert found.report.notes == ("Ce format n'a qu'une couche : « rues » ignoré.",)


def test_geopackage_that_miscounts(tmp_path, layer):
    """A GeoPackage whose own count is wrong loses nothing."""
    path = write(layer, tmp_path / "couche.gpkg")
    for claim in (1, 10**12):
        with sqlite3.connect(path) as base:
            base.execute("UPDATE gpkg_ogr_contents SET feature_count = ?", (claim,))
        base.close()
        assert read_vector(path).report.kept == 3


def test_folders_of_a_kml(tmp_path):
    """The folders of a KML are its layers; heights are dropped and counted."""
    path = tmp_path / "parcs.kml"
    path.write_text(KML, "utf-8")
    with pytest.raises(DataError, match="--couche : Parcs, Arbres"):
        read_vector(path)
    found = read_vector(path, layer="Parcs")
    assert found.frame.geometry.iloc[0].wkt == "POINT (5.38 43.26)"
    assert found.report.notes == ("Altitudes laissées de côté pour 1 entité.",)


def test_curves_become_lines(tmp_path):
    """A circle of 100 m kept as arcs in a GeoPackage has its area, to a thousandth."""
    path = tmp_path / "rond.gpkg"
    gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.box(0, 0, 1, 1)], crs=LAMBERT_93).to_file(
        path, layer="l", driver="GPKG", SPATIAL_INDEX="NO"
    )
    x, y, r = 893_000, 6_247_000, 100
    arcs = [(x - r, y), (x, y + r), (x + r, y), (x, y - r), (x - r, y)]
    ring = struct.pack("<BII", 1, 8, len(arcs)) + b"".join(struct.pack("<dd", *place) for place in arcs)
    blob = b"GP\0\1" + struct.pack("<i", 2154) + struct.pack("<BII", 1, 10, 1) + ring
    with sqlite3.connect(path) as base:
        base.execute("UPDATE l SET geom = ?", (blob,))
        base.execute("UPDATE gpkg_geometry_columns SET geometry_type_name = 'CURVEPOLYGON'")
    base.close()
    found = read_vector(path)
    assert found.report.kept == 1
    assert found.frame.to_crs(LAMBERT_93).area.iloc[0] == pytest.approx(31_416, rel=1e-3)


def test_heights_are_dropped(geojson):
    """Heights are dropped from every kind of shape, and how many is said."""
    ring = [[5, 43, 9], [5.1, 43, 9], [5.1, 43.1, 9], [5, 43, 9]]
    found = geojson(
        ({}, point(5, 43, 1)), ({}, {"type": "Polygon", "coordinates": [ring]}), ({}, point(5, 43))
    )
    assert not found.frame.has_z.any()
    assert found.report.notes == ("Altitudes laissées de côté pour 2 entités.",)


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
    """A collection among surfaces is reduced to its surfaces, and that is told."""
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
    """A box that is none is refused rather than setting everything aside."""
    with pytest.raises(DataError, match="ouest, sud, est, nord"):
        geojson(({}, point(5, 43)), bbox=bbox)


def test_long_report_is_cut(geojson):
    """Of a long list the report says the first and how many more; it holds them all."""
    found = geojson(*[({}, None)] * 500, ({}, point(5, 43)))
    assert len(found.report.set_aside) == 500
    lines = found.report.lines(3)
    assert "501 entités lues, 1 gardée, 0 réparée, 500 mises de côté." in lines
    assert lines[-2:] == ["  entité nº 3 : sans géométrie", "  … et 497 autres"]


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
    assert not Counter(found.frame.geometry.is_empty)[True]


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")), max_size=20)
places = st.tuples(st.integers(0, 5_000), st.integers(0, 5_000), st.integers(1, 300), st.integers(1, 300))
shapes = places.map(
    lambda p: shapely.box(880_000 + p[0], 6_240_000 + p[1], 880_000 + p[0] + p[2], 6_240_000 + p[1] + p[3])
)
rows = st.lists(st.tuples(texts, st.integers(-(2**31) + 1, 2**31 - 1), shapes), min_size=1, max_size=8)


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "fgb", "shp", "parquet"])
@settings(deadline=None, max_examples=15)
@given(rows=rows)
def test_round_trip(tmp_path_factory, suffix, rows):
    """Whatever the features, each format gives them all back: texts, numbers, outlines to a millimetre."""
    layer = gpd.GeoDataFrame(
        {"texte": [row[0] for row in rows], "nombre": [row[1] for row in rows]},
        geometry=[row[2] for row in rows],
        crs=LAMBERT_93,
    )
    path = write(layer, tmp_path_factory.mktemp("tour") / f"couche.{suffix}")
    found = read_vector(path)
    assert (found.report.read, found.report.kept, found.report.repaired) == (len(rows), len(rows), ())
    back = found.frame
    if suffix == "fgb":  # FlatGeobuf keeps features in an order of its own
        keys = list(zip(back["nombre"], back["texte"].fillna(""), strict=True))
        assert sorted(keys) == sorted((row[1], row[0]) for row in rows)
        return
    assert back["nombre"].tolist() == [row[1] for row in rows]
    # a .dbf is read without the spaces around its texts, and does not know an empty one from a missing one
    trimmed = [row[0].strip(" ") if suffix == "shp" else row[0] for row in rows]
    assert back["texte"].fillna("").tolist() == trimmed
    drawn = back.to_crs(LAMBERT_93).geometry.to_numpy()
    assert shapely.hausdorff_distance(drawn, layer.geometry.to_numpy()).max() < 1e-3


def test_geoparquet_with_another_geometry_column(tmp_path, layer):
    """The geometry comes back under one name, whatever the file calls it."""
    layer.rename_geometry("the_geom").to_parquet(tmp_path / "couche.parquet")
    assert read_vector(tmp_path / "couche.parquet").frame.active_geometry_name == "geometry"


def test_geoparquet_with_an_unreadable_geometry(tmp_path, layer):
    """One geometry that means nothing is set aside as such; those beside it are kept."""
    layer.to_parquet(tmp_path / "couche.parquet")
    table = pq.read_table(tmp_path / "couche.parquet")
    rank = table.schema.get_field_index("geometry")
    spoilt = [*table.column(rank).to_pylist()[:2], b"\x01\x63\0\0"]
    table = table.set_column(rank, table.schema.field(rank), [spoilt])
    pq.write_table(table, tmp_path / "couche.parquet")
    found = read_vector(tmp_path / "couche.parquet")
    assert [(remark.rank, remark.code, remark.reason) for remark in found.report.set_aside] == [
        (3, "QN01399N", "géométrie illisible")
    ]
    assert found.report.kept == 2
