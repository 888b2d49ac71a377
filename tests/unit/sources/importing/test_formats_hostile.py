"""What the importer must refuse, and say: damaged, hostile, enormous or simply other files."""

import io
import json
import os
import socket
import sqlite3
import struct
import time
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from qpverts.errors import DataError
from qpverts.geo.crs import WGS84
from qpverts.sources.importing import drivers
from qpverts.sources.importing.formats import read_vector

EMPTY = '{"type":"FeatureCollection","features":[]}'
SECONDS = 20  # more than enough for any refusal, on two busy cores


@pytest.fixture(scope="module")
def layer():
    """Enough features for a cut to fall among them."""
    count = 2_000
    return gpd.GeoDataFrame(
        {"code": [f"c{rank}" for rank in range(count)]},
        geometry=[shapely.box(5 + r * 1e-4, 43, 5.0001 + r * 1e-4, 43.001) for r in range(count)],
        crs=WGS84,
    )


@pytest.fixture
def refused(tmp_path):
    """A function that writes bytes under a name, imports them, and gives the one sentence of refusal."""

    def run(content, name="couche.geojson", **words):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return sentence(path, **words)

    return run


def sentence(path, **words):
    """The one sentence that refuses a file; it names the file, and no temporary folder."""
    start = time.monotonic()
    with pytest.raises(DataError) as caught:
        read_vector(path, **words)
    assert time.monotonic() - start < SECONDS
    (fault,) = caught.value.faults
    assert "qpverts-" not in str(fault)
    assert "\n" not in str(fault)
    return fault.message


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    """The bytes of a ZIP."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", compression) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "le fichier est vide"),
        (b"\0" * 5_000, "le fichier est vide"),
        (b" \r\n\t", "le fichier est vide"),
        (b"<!doctype html><html><body>404</body></html>", "une page web"),
        (b"\xef\xbb\xbf\n <HTML><head>", "une page web"),
        (
            b'<?xml version="1.0"?><!-- a --><ows:ExceptionReport xmlns:ows="x"/>',
            "message d'erreur d'un service",
        ),
        (b'<wfs:FeatureCollection xmlns:wfs="x"/>', "« featurecollection »"),
        (b"<OGRVRTDataSource><OGRVRTLayer name='passwd'/></OGRVRTDataSource>", "« ogrvrtdatasource »"),
        (bytes(range(256)) * 40, "le format n'est pas reconnu"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 400, "le format n'est pas reconnu"),
        (b"%PDF-1.7", "c'est un PDF"),
        (b"7z\xbc\xaf\x27\x1c" + b"\0" * 40, "archive 7z"),
        (b"Rar!\x1a\x07", "archive RAR"),
        (b"PK\x05\x06" + b"\0" * 18, "le ZIP est vide"),
        (b'{"type":"Topology","objects":{}}', "TopoJSON"),
        (b'{"geometryType":"esriGeometryPoint","features":[]}', "ArcGIS"),
        (b'{"a":1}', "JSON sans géométrie"),
        (b"[1,2,3]", "JSON sans géométrie"),
        (b'{"type":"FeatureCollection","features":[{"type":"Feature"', "abîmé ou incomplet"),
        (b'{"type":"FeatureCollection","features":3}', ""),
        (b"nom;adresse\nAir Bel;Marseille\n", "aucune colonne de longitude"),
        (b"bonjour", "aucune colonne de longitude"),
        (b"SQLite format 3\0" + b"\0" * 4_000, "abîmé ou incomplet"),
        (b"PAR1" + b"\0" * 400 + b"PAR1", "abîmé ou incomplet"),
        (b"fgb\x03fgb\x01" + b"\xff" * 400, "abîmé ou incomplet"),
        (b"\x1f\x8b" + b"\0" * 100, "abîmé ou incomplet"),
        (b"PK\x03\x04" + b"\0" * 100, "abîmé ou incomplet"),
        (b"\0\0\0\x0d\n\tOSMHeader" + b"\xff" * 100, "abîmé ou incomplet"),
        (b"\0\0\x27\x0a" + b"\0" * 200, "il manque le fichier .shx"),
        (b"<?xml version='1.0'?><kml><Document><Placemark>", "abîmé ou incomplet"),
        (b"<?xml version='1.0'?><osm version='0.6'><node id='1' lat='43", "abîmé ou incomplet"),
    ],
)
def test_what_is_no_layer(refused, content, said):
    """A file that is no layer is named for what it seems to be, in one sentence."""
    if said:
        assert said in refused(content, "téléchargement")
    else:
        refused(content, "téléchargement")


@pytest.mark.parametrize("claim", [10**9, 10**12, 2**63])
def test_features_claimed_by_a_flatgeobuf(tmp_path, layer, claim):
    """A FlatGeobuf that claims billions of features is refused, and no memory taken for them."""
    layer.to_file(tmp_path / "couche.fgb")
    content = bytearray((tmp_path / "couche.fgb").read_bytes())
    place = content.find(struct.pack("<Q", 2_000))
    content[place : place + 8] = struct.pack("<Q", claim)
    (tmp_path / "couche.fgb").write_bytes(content)
    sentence(tmp_path / "couche.fgb")


def test_rows_claimed_by_a_parquet(tmp_path, monkeypatch):
    """A Parquet of a few kilobytes that unfolds into millions of rows is refused by its count."""
    count = 3_000_000
    one = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(5, 43)], crs=WGS84)
    one.to_parquet(tmp_path / "un.parquet")
    table = pq.read_table(tmp_path / "un.parquet")
    many = pa.table(
        {"a": pa.array([1], pa.int64()).take(pa.array([0] * count)),
         "geometry": pa.DictionaryArray.from_arrays(
             pa.array([0] * count, pa.int8()), pa.array([shapely.to_wkb(shapely.Point(5, 43))]))},
    ).replace_schema_metadata(table.schema.metadata)  # fmt: skip
    pq.write_table(many, tmp_path / "bombe.parquet")
    assert (tmp_path / "bombe.parquet").stat().st_size < 100_000
    monkeypatch.setattr(drivers, "MAX_FEATURES", 1_000_000)
    assert "3000000 entités annoncées" in sentence(tmp_path / "bombe.parquet")


def test_parquet_without_geometry(tmp_path):
    """A Parquet that is a plain table is said to be one."""
    pd.DataFrame({"lon": [5.0]}).to_parquet(tmp_path / "table.parquet")
    assert "Parquet sans géométrie" in sentence(tmp_path / "table.parquet")


@pytest.mark.parametrize(
    "text",
    [
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":'
        '{"type":"Polygon","coordinates":' + "[" * 100_000 + "]" * 100_000 + "}}]}",
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":'
        + '{"a":' * 100_000 + "1" + "}" * 100_000 + '},"geometry":null}]}',
        '{"type":"FeatureCollection","features":' + "[" * 100_000 + "]" * 100_000 + "}",
    ],
    ids=["coordinates", "properties", "features"],
)  # fmt: skip
def test_deep_geojson(refused, text):
    """A GeoJSON nested a hundred thousand deep is refused, and the process lives."""
    refused(text)


def one_feature(properties):
    """GeoJSON of one feature with so many properties."""
    names = ",".join(f'"k{rank}":{rank}' for rank in range(properties))
    feature = f'{{"type":"Feature","properties":{{{names}}},"geometry":null}}'
    return f'{{"type":"FeatureCollection","features":[{feature}]}}'


def test_a_million_properties(refused):
    """A feature of a million properties is refused in seconds, where GDAL alone would take minutes."""
    assert "propriétés différentes" in refused(one_feature(1_000_000))


def test_too_many_fields(refused):
    """A layer of more than a thousand fields is refused with their number."""
    assert "1500 champs" in refused(one_feature(1_500))


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x onerror=alert(1)>.geojson", "a!b.geojson", "a!b.zip.geojson", "a#b?c=d.geojson",
        "a\nb.geojson", "a|layername=x.geojson", "é' \".geojson", "zip:a.geojson", "GPKG:a.geojson",
        "-x.geojson", " .geojson", "a%2fb.geojson", "x" * 240 + ".geojson",
    ],
)  # fmt: skip
def test_any_file_name(tmp_path, name):
    """A file is read whatever its name; what is shown of it fits on a line."""
    path = tmp_path / name
    path.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},'
        '"geometry":{"type":"Point","coordinates":[5,43]}}]}',
        "utf-8",
    )
    report = read_vector(path).report
    assert report.kept == 1
    assert report.file.isprintable()
    assert len(report.file) <= 80


@pytest.mark.parametrize(
    ("name", "said"),
    [("rien.geojson", "n'existe pas"), ("dossier", "c'est un dossier"), ("a\0b", "ne peut pas être lu"),
     ("x" * 300, "ne peut pas être lu"), ("dossier/rien/rien", "n'existe pas")],
)  # fmt: skip
def test_what_is_no_file(tmp_path, name, said):
    """A path that leads to no file is reported as such."""
    (tmp_path / "dossier").mkdir(exist_ok=True)
    assert said in sentence(tmp_path / name)


def test_pipes_and_sockets(tmp_path):
    """A pipe would wait for ever, a socket cannot be read: neither is opened."""
    os.mkfifo(tmp_path / "tuyau")
    assert "fichier ordinaire" in sentence(tmp_path / "tuyau")
    with socket.socket(socket.AF_UNIX) as held:
        held.bind(str(tmp_path / "prise"))
        assert "fichier ordinaire" in sentence(tmp_path / "prise")


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    """Without the right to read, the sentence says to ask for it."""
    path = tmp_path / "couche.geojson"
    path.write_text(EMPTY, "utf-8")

    def closed(self, *args, **words):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)  # the tests may run as root, who may read everything
    assert "le droit de le lire" in sentence(path)


def test_addresses_are_not_followed(tmp_path):
    """An address given for a path is a file that does not exist: nothing is asked of the network."""
    for path in (Path("http://127.0.0.1:9/a.geojson"), Path("/vsicurl/http://127.0.0.1:9/a.geojson")):
        assert "n'existe pas" in sentence(path)


def test_entities_are_not_followed(refused):
    """A KML that draws on another file, or on entities that unfold, is refused."""
    body = (
        "<kml><Document><Placemark><name>&x;</name><Point><coordinates>5,43</coordinates></Point></Placemark>"
        "</Document></kml>"
    )
    outside = '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    inside = '<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + rank)} "{f"&{chr(97 + rank)};" * 20}">' for rank in range(8)
    )
    assert "abîmé" in refused(outside + body, "a.kml")
    assert "abîmé" in refused(inside + "]>" + body.replace("&x;", "&h;"), "b.kml")


def test_geopackage_without_layers(tmp_path):
    """A database that is no GeoPackage is refused."""
    with sqlite3.connect(tmp_path / "base.gpkg") as base:
        base.execute("CREATE TABLE t (a)")
    base.close()
    sentence(tmp_path / "base.gpkg")


def test_empty_collection(tmp_path):
    """A layer of no feature is read as such: nothing is made up, nothing fails."""
    (tmp_path / "vide.geojson").write_text(EMPTY, "utf-8")
    found = read_vector(tmp_path / "vide.geojson")
    assert (found.report.read, found.report.kept) == (0, 0)
    assert found.frame.crs == WGS84


heads = st.sampled_from(
    [b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"fgb\x03fgb\x00", b"PAR1", b"\0\0\x27\x0a", b"SQLite format 3\0",
     b'{"type":"FeatureCollection","features":[', b"<kml>", b"<osm>", b"lon,lat\n"]
)  # fmt: skip
bodies = st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode))


@settings(deadline=None, max_examples=60)
@given(head=heads, body=bodies)
def test_any_bytes(tmp_path_factory, head, body):
    """Any bytes at all give a layer whose account is whole, or one French sentence."""
    path = tmp_path_factory.mktemp("octets") / "fichier"
    path.write_bytes(head + body)
    faults = ()
    try:
        report = read_vector(path).report
    except DataError as error:
        faults = error.faults
    else:
        assert report.read == report.kept + len(report.set_aside)
    assert len(faults) <= 1


def test_json_values_of_any_kind(tmp_path):
    """Properties that are lists, objects, dates and numbers beyond measure come through, none is lost."""
    rows = [
        {"a": [1, 2], "b": {"c": None}, "d": "2024-01-01", "e": 1e308, "f": 2**70, "g": True},
        {"a": "texte", "b": 3, "d": "hier", "e": None, "f": -1, "g": "non"},
    ]
    features = [
        {"type": "Feature", "properties": row, "geometry": {"type": "Point", "coordinates": [5, 43]}}
        for row in rows
    ]
    path = tmp_path / "couche.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    assert read_vector(path).report.kept == 2
