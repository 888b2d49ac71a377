"""The importer on every format that it claims, on the official files, and on layers with known defects."""

import gzip
import json
import sqlite3
import struct
import zipfile

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from qpverts.errors import DataError
from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.sources.importing.formats import read_vector
from qpverts.sources.importing.import_report import Origin

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
    with pytest.raises(DataError, match=r"plusieurs couches.*--within : a/un.geojson, b/deux.geojson"):
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
    """A layer asked of a format that has one only is said to be of no use, not silently ignored."""
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
