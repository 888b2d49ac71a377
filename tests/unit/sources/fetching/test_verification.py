"""What is fetched is whole and of its kind, or it is refused with one sentence."""

import contextlib
import gzip
import io
import json
import re
import stat
import struct
import zipfile

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qpverts.errors import DataError
from qpverts.sources.fetching import verification
from qpverts.sources.fetching.verification import verify
from qpverts.sources.importing import unpack
from qpverts.sources.reading import catalogue as catalogues

LAYER = b'{"type": "FeatureCollection", "features": [{"properties": {"nom": "Air \\"{Bel"}}]}\n'
HTML = b"<!DOCTYPE html><html><body>Service indisponible</body></html>"
TABLE = b"code_qp;population\nQN01302M;1317\nQN01303M;2040\n"
PBF = b"\0\0\0\x0e\n\tOSMHeader\x18\x9b\x01" + bytes(200)
SEVEN = b"7z\xbc\xaf\x27\x1c\0\x04" + bytes(4) + struct.pack("<QQ", 50, 10) + bytes(4) + bytes(60)
PACKED = gzip.compress(LAYER, mtime=0)


def zipped(members, **options):
    """Make a ZIP of names, or of their records, and contents."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, **options) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return buffer.getvalue()


ZIP = zipped({"GEOJSON/couche.geojson": LAYER, "LISEZMOI.txt": b"bonjour"})
SHAPE = zipped({"couche.shp": b"a", "couche.shx": b"b", "couche.dbf": b"c"})


@pytest.fixture(scope="module")
def parquet(tmp_path_factory):
    """The bytes of a GeoParquet file."""
    path = tmp_path_factory.mktemp("parquet") / "couche.parquet"
    gpd.GeoDataFrame({"id": ["a"]}, geometry=[shapely.box(0, 0, 1, 1)], crs="EPSG:2154").to_parquet(path)
    return path.read_bytes()


@pytest.fixture
def accept(tmp_path, remote):
    """A function that verifies bytes under a name."""

    def run(content, file="jeu.geojson", **fields):
        path = tmp_path / "jeu.partiel"
        path.write_bytes(content)
        verify(path, remote(file=file, **fields))

    return run


@pytest.fixture
def refusal(accept):
    """A function that gives what is said of bytes that must be refused."""

    def run(content, file="jeu.geojson", **fields):
        with pytest.raises(DataError) as caught:
            accept(content, file, **fields)
        (fault,) = caught.value.faults
        assert fault.file == file
        return fault.message

    return run


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("a.geojson", LAYER),
        ("a.geojson", b"\xef\xbb\xbf\n " + LAYER),
        ("a.geojson", b'{"features": [], "type": "FeatureCollection"}'),
        ("a.geojson", b'{"nom": "' + b"x" * 100_000 + b'", "features": []}'),
        ("a.geojson.gz", PACKED),
        ("a.csv", TABLE),
        ("a.csv", TABLE.decode().replace(";", ",").encode("latin-1")),
        ("a.csv", b'code;nom\r\nQN1;"Air;Bel"'),
        ("a.osm.pbf", PBF),
        ("a.7z", SEVEN),
        ("a.zip", ZIP),
    ],
)
def test_good_files(accept, file, content):
    """A whole file of its kind is accepted."""
    accept(content, file)


def test_good_members(accept, parquet):
    """A ZIP that has its layer, with its companions, and a GeoParquet are accepted."""
    accept(ZIP, "a.zip", inside="GEOJSON/couche.geojson")
    accept(SHAPE, "a.zip", inside="couche.shp")
    accept(parquet, "a.parquet")


@pytest.mark.parametrize(
    "file", ["a.geojson", "a.geojson.gz", "a.csv", "a.osm.pbf", "a.7z", "a.zip", "a.parquet"]
)
def test_web_page(refusal, file):
    """An error page in the place of a layer is called a web page."""
    assert "mais une page web" in refusal(HTML, file)


@pytest.mark.parametrize(
    "file", ["a.geojson", "a.geojson.gz", "a.csv", "a.osm.pbf", "a.7z", "a.zip", "a.parquet"]
)
@pytest.mark.parametrize("content", [b"", b"\0", b"7z\xbc\xaf\x27\x1c", b"PK\x03\x04", b"PAR1", b"\x1f\x8b"])
def test_stumps(refusal, file, content):
    """Nothing, or the first bytes alone, is no file of any kind."""
    assert refusal(content, file)


def test_cut_files(refusal, parquet):
    """A file cut short is refused, whatever its kind."""
    assert "avant la fin" in refusal(LAYER[:-5])
    assert "abîmé ou incomplet" in refusal(PACKED[:-5], "a.geojson.gz")
    assert "au milieu d'une ligne" in refusal(TABLE[:-6], "a.csv")
    assert "longueur" in refusal(SEVEN[:-1], "a.7z")
    assert "abîmé ou incomplet" in refusal(ZIP[:-1], "a.zip")
    assert "abîmé ou incomplet" in refusal(parquet[:-9], "a.parquet")


@pytest.mark.parametrize("content", [b'{"error": "inconnu"}', b"[1, 2]", b"null", b"code;nom\n1;2"])
def test_other_json(refusal, content):
    """JSON that is no collection is no layer."""
    assert "pas du GeoJSON" in refusal(content)


@pytest.mark.parametrize("content", [b'{"a": 1}', b"\0;\0\n", b"un seul mot", b"\n\n"])
def test_no_table(refusal, content):
    """What has no columns is no table."""
    assert "pas un tableau CSV" in refusal(content, "a.csv")


def test_parquet_without_geometry(refusal):
    """A Parquet file without geometry is no layer."""
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"id": [1]}), sink)
    assert "GeoParquet" in refusal(sink.getvalue().to_pybytes(), "a.parquet")


def test_unknown_kind(refusal):
    """A kind that is not known is reported to whoever keeps the catalogue."""
    assert "ne reconnaît pas" in refusal(LAYER, "a.exe")


def test_member_missing(refusal):
    """A ZIP without its layer, or a shapefile without its table, is refused: the name is reported."""
    assert "ne contient pas « autre.geojson »" in refusal(ZIP, "a.zip", inside="autre.geojson")
    alone = zipped({"couche.shp": b"a", "couche.shx": b"b"})
    assert "ne contient pas « couche.dbf »" in refusal(alone, "a.zip", inside="couche.shp")


def test_member_that_is_a_page(refusal):
    """The layer in the ZIP is looked at as well."""
    page = zipped({"couche.geojson": HTML})
    assert "page web" in refusal(page, "a.zip", inside="couche.geojson")


@pytest.mark.parametrize(
    "name",
    ["../x", "a/../../x", "/etc/x", "..\\x", "a\\..\\x", "\\x", "C:x", "c:\\x", "..", "a/..", "x\0/../y"],
)
def test_path_out_of_the_folder(refusal, name):
    """A member that would land elsewhere makes the whole ZIP refused."""
    record = zipfile.ZipInfo("x")
    record.filename = record.orig_filename = name
    assert "sort de son dossier" in refusal(zipped({record: b"x"}), "a.zip")


def test_names_are_fit_to_print(refusal):
    """A hostile name does not write to the terminal."""
    assert "\x1b" not in refusal(zipped({"../\x1b[31mrouge": b"x"}), "a.zip")


def test_symbolic_link(refusal):
    """A link makes the whole ZIP refused."""
    link = zipfile.ZipInfo("lien")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "lien symbolique" in refusal(zipped({link: b"/etc/passwd"}), "a.zip")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_name_twice(refusal):
    """Two members of one name make the whole ZIP refused: either could be the layer."""
    twice = {zipfile.ZipInfo("a"): b"1", zipfile.ZipInfo("a"): b"2"}
    assert "deux fois" in refusal(zipped(twice), "a.zip")


def test_too_many_members(refusal):
    """A ZIP of very many files is refused before they are read."""
    many = zipped(dict.fromkeys(map(str, range(2_001)), b""))
    assert "ZIP de 2001 fichiers, plus de 2000 : refusé" in refusal(many, "a.zip")


def test_bomb_by_its_ratio(refusal):
    """A few kilobytes that would give tens of megabytes are refused before they are unpacked."""
    assert "archive piégée" in refusal(zipped({"a": bytes(30_000_000)}), "a.zip")


def test_bomb_by_its_size(refusal, monkeypatch):
    """Many times the declared size is too much, packed well or not."""
    monkeypatch.setattr(verification, "MAX_GROWTH", 2)
    noise = b"".join(rank.to_bytes(4, "big") for rank in range(600_000))
    assert "archive piégée" in refusal(zipped({"a": noise}), "a.zip", max_mb=1)


def test_bomb_that_lies(refusal):
    """A member that declares less than it holds is not unpacked beyond what it declares."""
    content = zipped({"a": bytes(2_000_000)})
    lying = content.replace(struct.pack("<L", 2_000_000), struct.pack("<L", 1_000))
    assert lying != content
    assert "abîmé" in refusal(lying, "a.zip")


def test_bomb_in_gzip(refusal):
    """The same for gzip, which declares nothing."""
    bomb = gzip.compress(LAYER[:-3] + b" " * 50_000_000 + LAYER[-3:], mtime=0)
    assert "archive piégée" in refusal(bomb, "a.geojson.gz")


def test_wrong_sum(refusal):
    """A member whose bytes changed on the way is refused."""
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as made:
        made.writestr("couche.geojson", LAYER)
    assert "abîmé" in refusal(stored.getvalue().replace(b"Bel", b"Bol"), "a.zip")


def test_password(refusal):
    """A ZIP under a password is refused, not a Python error."""
    content = bytearray(ZIP)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := content.find(signature, start)) >= 0:
            content[start + place] |= 1
            start += 4
    assert "abîmé" in refusal(bytes(content), "a.zip")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(data=st.data())
@pytest.mark.parametrize(
    ("file", "content"), [("a.zip", ZIP), ("a.geojson", LAYER.strip()), ("a.geojson.gz", PACKED)]
)
def test_any_cut_is_seen(refusal, file, content, data):
    """Wherever a file is cut, it is refused: a length that lies does not pass."""
    assert refusal(content[: data.draw(st.integers(0, len(content) - 1))], file)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1 << 18])
def test_strings_are_not_brackets(accept, monkeypatch, size):
    """Brackets, quotes and backslashes in texts count for nothing, wherever the reading stops for breath."""
    monkeypatch.setattr(unpack, "_CHUNK", size)
    monkeypatch.setattr(verification, "_COLLECTION", re.compile(b""))
    texts = ["}", '"]', "\\", '\\"{', "a\\\\", "[\n", '\\\\\\"']
    accept(json.dumps({"type": "FeatureCollection", "noms": texts, "features": []}).encode())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(place=st.integers(0, len(ZIP) - 1), byte=st.integers(0, 255))
def test_any_wound_is_one_sentence(accept, place, byte):
    """Whatever byte of a ZIP changes, it is accepted or refused in one sentence, never a Python error."""
    wounded = bytearray(ZIP)
    wounded[place] = byte
    with contextlib.suppress(DataError):
        accept(bytes(wounded), "a.zip", inside="GEOJSON/couche.geojson")


@pytest.mark.parametrize(
    "name", ["qpv_2024_france", "qpv_2015_officiel", "ocsge_parcelles_13", "rues_marseille_osm"]
)
def test_official_files(official, data_dir, name):
    """The official files pass as the catalogue declares them."""
    dataset = catalogues.load(data_dir).get(name)
    verify(official / dataset.file, dataset)
