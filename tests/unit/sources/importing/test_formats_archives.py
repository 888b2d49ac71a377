"""Archives that the importer must refuse, and say: bombs, ways out of the folder, damage."""

import gzip
import io
import zipfile

import pytest

from qpverts.errors import DataError
from qpverts.sources.importing import staging
from qpverts.sources.importing.formats import read_vector

EMPTY = '{"type":"FeatureCollection","features":[]}'


@pytest.fixture
def refused(tmp_path):
    """A function that writes bytes under a name, imports them, and gives the one sentence of refusal."""

    def run(content, name):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(DataError) as caught:
            read_vector(path)
        (fault,) = caught.value.faults
        assert fault.file.startswith(name)
        assert "qpverts-" not in str(fault)
        assert str(fault).isprintable()
        return fault.message

    return run


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    """The bytes of a ZIP."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", compression) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../couche.geojson", "sort de son dossier"),
        ("/etc/couche.geojson", "sort de son dossier"),
        ("a/../../couche.geojson", "sort de son dossier"),
        ("..\\couche.geojson", "sort de son dossier"),
    ],
)
def test_zip_that_leaves_its_folder(refused, tmp_path, name, said):
    """A ZIP whose members climb out of their folder is refused, and writes nothing anywhere."""
    before = sorted(tmp_path.parent.iterdir())
    assert said in refused(zipped({name: EMPTY}), "paquet.zip")
    assert sorted(tmp_path.parent.iterdir()) == before


def test_zip_bomb(refused):
    """A ZIP of 300 kB that would unfold into 300 MB is refused, unread."""
    bomb = zipped({"couche.geojson": b" " * 300_000_000})
    assert "archive piégée" in refused(bomb, "paquet.zip")


def test_gzip_bomb(refused):
    """A GZIP that unfolds a thousandfold is given up on the way."""
    head = b'{"type":"FeatureCollection","features":['
    bomb = gzip.compress(head + b" " * 200_000_000, compresslevel=9)
    assert "archive piégée" in refused(bomb, "couche.geojson.gz")


def test_gzip_cut_short(refused):
    """A GZIP cut short is refused."""
    assert "incomplet" in refused(gzip.compress(EMPTY.encode() * 50)[:-6], "couche.geojson.gz")


def test_archive_in_an_archive(refused):
    """A ZIP in a ZIP, or in a GZIP, is refused: unpacked once only."""
    inner = zipped({"couche.geojson": EMPTY})
    assert "archive dans une archive" in refused(gzip.compress(inner), "a.gz")
    assert "pas de couche ; il contient a.zip" in refused(zipped({"a.zip": inner}), "b.zip")


def test_zip_with_a_wrong_sum(refused):
    """A ZIP whose content was altered is refused."""
    content = zipped({"couche.geojson": EMPTY * 20}, zipfile.ZIP_STORED)
    assert "abîmé" in refused(content.replace(b"Feature", b"Xeature", 3), "paquet.zip")


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"lisezmoi.md": "bonjour"}, "ne contient pas de couche ; il contient lisezmoi.md"),
        ({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}, "classeur"),
        ({f"{rank}.geojson": EMPTY for rank in range(30)}, "(30 en tout)"),
        ({"couche.shp": b"\0\0\x27\x0a" + b"\0" * 200}, "il manque le fichier .shx"),
        ({"couche.geojson": "<html>"}, "page web"),
        ({"<img src=x>\n\x1b[31m.geojson": "x"}, "aucune colonne"),
    ],
)
def test_what_a_zip_holds(refused, members, said):
    """A ZIP that holds no layer, too many, or a wrong one is told with what it holds."""
    assert said in refused(zipped(members), "paquet.zip")


def test_nothing_stays_behind(tmp_path, monkeypatch, refused):
    """Whatever happens, what was unpacked goes."""
    place = tmp_path / "tmp"
    place.mkdir()
    monkeypatch.setattr(staging.tempfile, "tempdir", str(place))
    refused(zipped({"couche.geojson": EMPTY[:-3]}), "paquet.zip")
    (tmp_path / "bon.zip").write_bytes(zipped({"couche.geojson": EMPTY}))
    read_vector(tmp_path / "bon.zip")
    assert list(place.iterdir()) == []
