"""The encodings of a Shapefile: told, wrongly told, or not told at all."""

import geopandas as gpd
import pytest
import shapely

from qpverts.geo.crs import WGS84
from qpverts.sources.importing.formats import read_vector

NAMES = ["Néréïdes", "L'Œuvre – Saint-Barthélémy", "plain"]
LATIN = ["Néréïdes", "Saint-Barthélémy", "plain"]


@pytest.fixture
def shapefile(tmp_path):
    """A function that writes a Shapefile of points with names, with or without .cpg, and reads it."""

    def run(names, encoding, cpg=None, language=None, field="nom"):
        path = tmp_path / "couche.shp"
        layer = gpd.GeoDataFrame(
            {field: names, "rang": range(len(names))},
            geometry=[shapely.Point(5.4, 43.3)] * len(names),
            crs=WGS84,
        )
        layer.to_file(path, encoding=encoding, engine="pyogrio")
        path.with_suffix(".cpg").unlink(missing_ok=True)
        if cpg is not None:
            path.with_suffix(".cpg").write_bytes(cpg)
        if language is not None:
            content = bytearray(path.with_suffix(".dbf").read_bytes())
            content[29] = language
            path.with_suffix(".dbf").write_bytes(content)
        found = read_vector(path)
        return found.frame[
            next(c for c in found.frame.columns if c not in {"rang", "geometry"})
        ].tolist(), found

    return run


@pytest.mark.parametrize(
    ("encoding", "cpg", "told"),
    [
        ("UTF-8", None, "utf-8"),
        ("UTF-8", b"UTF-8", "utf-8"),
        ("UTF-8", b"ISO-8859-1", "utf-8"),
        ("CP1252", None, "cp1252"),
        ("CP1252", b"1252\n", "cp1252"),
        ("CP1252", b"ANSI 1252", "cp1252"),
        ("CP1252", b"UTF-8", "cp1252"),
        ("CP1252", b"\xff\xfe?<b>", "cp1252"),
        ("CP1252", b"hex", "cp1252"),
        ("CP1252", b"", "cp1252"),
    ],
)
def test_accents(shapefile, encoding, cpg, told):
    """Names are right with a .cpg, without one, and with one that the bytes deny."""
    names, found = shapefile(NAMES, encoding, cpg)
    assert found.report.encoding == told
    assert names == NAMES


@pytest.mark.parametrize(("encoding", "language"), [("CP850", 0x02), ("CP437", 0x01)])
def test_code_pages_of_dos(shapefile, encoding, language):
    """A .dbf that names a code page of DOS is read in it."""
    names, found = shapefile(LATIN, encoding, None, language)
    assert names == LATIN
    assert found.report.encoding == encoding.lower()


def test_plain_letters(shapefile):
    """Without any accent there is nothing to tell, and nothing changes."""
    assert shapefile(["Air Bel", "x"], "CP1252")[0] == ["Air Bel", "x"]


def test_field_names(shapefile):
    """Field names have their accents too."""
    _, found = shapefile(["x"], "CP1252", field="Libellé")
    assert "Libellé" in found.frame.columns


def test_capitals(tmp_path):
    """The pieces are found whatever the case of their names, beside each other or in a ZIP."""
    layer = gpd.GeoDataFrame({"nom": NAMES}, geometry=[shapely.Point(5.4, 43.3)] * 3, crs=WGS84)
    layer.to_file(tmp_path / "Couche.shp", encoding="CP1252")
    for piece in sorted(tmp_path.iterdir()):
        piece.rename(tmp_path / piece.name.upper())
    found = read_vector(tmp_path / "COUCHE.SHP")
    assert found.frame["nom"].tolist() == NAMES
    assert found.report.crs.startswith(WGS84)
