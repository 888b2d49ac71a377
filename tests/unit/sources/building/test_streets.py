"""Reading a layer of streets: what it becomes, and what is refused with a sentence."""

import gzip
import json
import math

import geopandas as gpd
import numpy as np
import pytest
import shapely

from qpverts.errors import DataError
from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.sources.building import streets
from qpverts.sources.building.streets import read_network, read_streets

LINE = shapely.LineString([(5.4, 43.3), (5.401, 43.3)])


def feature(shape=LINE, **properties):
    """A street as GeoJSON; the shape may be one or the text of one."""
    drawn = None if shape is None else shapely.geometry.mapping(shape)
    return {"type": "Feature", "properties": {"roadClass": "minor"} | properties, "geometry": drawn}


def collection(*features):
    """A GeoJSON layer, as bytes."""
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


@pytest.fixture
def written(tmp_path):
    """A function that writes bytes under a name."""

    def write(content, name="rues.geojson"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def refusal(path, read=read_streets):
    """The one sentence of a refusal, which names the file."""
    with pytest.raises(DataError) as caught:
        read(path)
    (fault,) = caught.value.faults
    assert fault.file == path.name
    assert "/" not in fault.message
    return fault.message


def test_the_real_layer(official):
    """The 24,232 streets of Marseille come in metres, with class, structure and name; none is left out."""
    got = read_streets(official / "marseille_rues.geojson.gz")
    assert list(got.lines.columns) == ["road_class", "structure", "name", "geometry"]
    assert (len(got.lines), got.lines.crs, got.left_out) == (24_232, LAMBERT_93, {})
    assert got.lines["road_class"].value_counts().to_dict() == {
        "minor": 22_263,
        "major": 1_141,
        "highway": 828,
    }
    assert set(got.lines["structure"]) == {"normal"}
    assert got.lines.geometry.length.sum() == pytest.approx(3_244_400, rel=1e-4)


@pytest.mark.parametrize("name", ["rues.geojson", "rues.geojson.gz"])
def test_in_metres(written, name):
    """A thousandth of a degree of longitude is 81 m at 43.3° N, packed or not."""
    content = collection(feature(name="Rue A", structure="bridge"))
    path = written(gzip.compress(content) if name.endswith(".gz") else content, name)
    row = read_streets(path).lines.iloc[0]
    assert (row["road_class"], row["structure"], row["name"]) == ("minor", "bridge", "Rue A")
    assert row.geometry.length == pytest.approx(
        math.radians(0.001) * 6_378_137 * math.cos(math.radians(43.3)), rel=3e-3
    )


@pytest.mark.parametrize("name", ["rues.gpkg", "rues.fgb", "rues.shp"])
def test_other_formats_and_projections(tmp_path, name):
    """GeoPackage, FlatGeobuf and Shapefile, in another projection, give the same streets."""
    layer = gpd.GeoDataFrame({"highway": ["residential", None]}, geometry=[LINE, LINE], crs=WGS84)
    layer.to_crs(LAMBERT_93).to_file(tmp_path / name)
    got = read_streets(tmp_path / name).lines
    assert sorted(got["road_class"]) == ["", "residential"]
    assert set(got["name"]) == set(got["structure"]) == {""}
    assert shapely.hausdorff_distance(got.to_crs(WGS84).geometry.iloc[0], LINE) < 1e-8


def test_what_is_left_out_is_counted(written):
    """Streets without shape, points, and streets at the other end of the world are counted by reason."""
    away = shapely.LineString([(55.4, -21.1), (55.5, -21.1)])
    path = written(collection(feature(), feature(None), feature(shapely.Point(5.4, 43.3)), feature(away)))
    got = read_streets(path)
    assert len(got.lines) == 1
    assert got.left_out == {
        "sans géométrie": 1,
        "autre chose qu'une ligne": 1,
        "hors de France métropolitaine": 1,
    }


@pytest.mark.parametrize("place", [(3, 30), (3, 65), (-30, 46.5), (30, 46.5)], ids=str)
def test_outside_france(written, place):
    """To the south, north, west and east, EPSG:2154 measures nothing: such a street is left out."""
    away = shapely.LineString([place, np.add(place, 0.001)])
    assert read_streets(written(collection(feature(), feature(away)))).left_out == {
        "hors de France métropolitaine": 1
    }


def test_the_network(written):
    """A layer with a motorway and a street gives the street to walk on."""
    other = shapely.LineString([(5.4, 43.3), (5.4, 43.31)])
    net = read_network(written(collection(feature(), feature(other, roadClass="highway"))))
    assert net.length_m == pytest.approx(81, abs=1)
    assert net.closed_m == pytest.approx(1111, abs=1)


def test_nothing_but_motorways(written):
    """A layer without any street for pedestrians is no network."""
    path = written(collection(feature(roadClass="highway")))
    assert "prendre à pied" in refusal(path, read_network)


def test_a_missing_file(tmp_path):
    """A file that is not there is asked for; so is a folder in its place."""
    assert "sync" in refusal(tmp_path / "rues.geojson")
    assert "sync" in refusal(tmp_path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"<html><body>404</body></html>", "page web"),
        (b"\x00" * 1000, "vide"),
        (collection(feature())[:-40], "couche lisible"),
        (b'{"type": "FeatureCollection", "features": []}', "classe des rues est absent"),
        (
            collection({"type": "Feature", "properties": {"a": 1}, "geometry": None}),
            "classe des rues est absent",
        ),
        (collection(feature(None)), "aucune ligne à garder (sans géométrie : 1)"),
        (collection(feature(shapely.Point(5, 43))), "autre chose qu'une ligne : 1"),
        (b"<OGRVRTDataSource><OGRVRTLayer name='a'/></OGRVRTDataSource>", "c'est du XML"),
        (b"<OGRWFSDataSource><URL>http://127.0.0.1:9/</URL></OGRWFSDataSource>", "c'est du XML"),
        (b"<?xml version='1.0'?><WMS_Capabilities/>", "c'est du XML"),
        (b'{"type": "Topology", "objects": {}, "arcs": []}', "TopoJSON"),
        (b'{"a": 1}', "JSON sans géométrie"),
    ],
    ids=[
        "empty",
        "page",
        "zeros",
        "cut",
        "nothing",
        "no class",
        "no shape",
        "points",
        "links",
        "service",
        "capabilities",
        "topology",
        "json",
    ],
)
def test_what_is_no_layer_of_streets(written, content, words):
    """An empty file, a web page, a layer cut short, one of something else: one sentence each."""
    assert words in refusal(written(content))


def test_a_file_that_calls_elsewhere_is_not_opened(written, monkeypatch):
    """GDAL would ask the address that such a file gives: it does not even see it, whatever its name."""
    opened = []
    monkeypatch.setattr(streets.pyogrio, "read_info", lambda *given, **_: opened.append(given))
    for name in ("rues.geojson", "rues.gpkg", "rues.xml", "rues.geojson.gz"):
        content = b"<OGRWFSDataSource><URL>http://127.0.0.1:9/</URL></OGRWFSDataSource>"
        path = written(gzip.compress(content, mtime=0) if name.endswith(".gz") else content, name)
        assert "c'est du XML" in refusal(path)
    assert opened == []


def test_the_format_is_told_by_the_bytes(written):
    """A layer is read whatever its name says: one that is not packed, though it is named so."""
    assert len(read_streets(written(collection(feature()), "rues.geojson.gz")).lines) == 1


def test_a_table_without_shapes(written):
    """A CSV table is no layer."""
    assert "donnez du GeoJSON" in refusal(written(b"roadClass,name\nminor,Rue A\n", "rues.csv"))


def test_no_projection(tmp_path):
    """A shapefile without its .prj is in no known projection: not to be guessed."""
    gpd.GeoDataFrame({"highway": ["residential"]}, geometry=[LINE], crs=WGS84).to_file(tmp_path / "rues.shp")
    (tmp_path / "rues.prj").unlink()
    assert "système de coordonnées" in refusal(tmp_path / "rues.shp")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (gzip.compress(b" " * 50_000_000, mtime=0), "archive piégée"),
        (gzip.compress(collection(feature()), mtime=0)[:-20], "abîmé"),
        (b"\x1f\x8b rien", "abîmé"),
        (gzip.compress(b"<OGRVRTDataSource/>", mtime=0), "c'est du XML"),
        (gzip.compress(b"", mtime=0), "vide"),
    ],
    ids=["bomb", "cut", "torn", "links", "nothing"],
)
def test_bad_gzip(written, content, words):
    """A bomb, a torn gzip, or one that holds something else is refused before any library opens it."""
    assert words in refusal(written(content, "rues.geojson.gz"))


def test_limits(written, monkeypatch):
    """Too many bytes, packed or not, and too many lines are refused."""
    path = written(collection(feature(), feature()))
    monkeypatch.setattr(streets, "MAX_LINES", 1)
    assert "2 lignes, plus de 1" in refusal(path)
    packed = written(gzip.compress(path.read_bytes()), "rues.geojson.gz")
    monkeypatch.setattr(streets, "MAX_BYTES", 200)
    assert "découpez" in refusal(path)
    assert "archive piégée" in refusal(packed)


def test_hostile_texts_stay_texts(written):
    """Names are kept as they are, whatever they hold; numbers and nothing become text."""
    rows = [feature(name=name) for name in ("<img src=x onerror=alert(1)>", "=1+1", None)]
    assert read_streets(written(collection(*rows))).lines["name"].tolist() == [
        "<img src=x onerror=alert(1)>",
        "=1+1",
        "",
    ]
    numbers = read_streets(written(collection(feature(roadClass=3), feature(roadClass=4)))).lines
    assert numbers["road_class"].tolist() == ["3", "4"]


def test_coordinates_out_of_the_world(written):
    """A street at longitude 1e9 is left out, not drawn at the end of the plane."""
    wild = shapely.LineString(np.array([(1e9, 43.3), (5.4, 43.3)]))
    got = read_streets(written(collection(feature(), feature(wild))))
    assert got.left_out == {"hors de France métropolitaine": 1}
