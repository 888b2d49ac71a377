"""Tables of places: CSV as people have it."""

import numpy as np
import pytest

from qpverts.errors import DataError
from qpverts.sources.importing import delimited
from qpverts.sources.importing.formats import read_vector


@pytest.fixture
def read(tmp_path):
    """A function that writes a CSV, as text or bytes, and reads it."""

    def run(content, **words):
        path = tmp_path / "lieux.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_vector(path, **words)

    return run


@pytest.mark.parametrize("header", [
    "nom;lon;lat", "nom;LONGITUDE;Latitude", "nom;lng;lat", "nom;x;y", "nom;X;Y", "nom; lon ; lat ",
    "\ufeffnom;lon;lat", 'nom;"lon";"lat"', "nom;coord_x;coord_y", "nom;x_wgs84;y_wgs84",
])  # fmt: skip
def test_column_names(read, header):
    """Longitude and latitude are found under their usual names, whatever the case, and said which."""
    found = read(f"{header}\nAir Bel;5.4317;43.2907\n")
    point = found.frame.geometry.iloc[0]
    assert (point.x, point.y) == (5.4317, 43.2907)
    assert found.frame["nom"].tolist() == ["Air Bel"]
    assert found.report.notes[0].startswith("Longitude ou x : colonne « ")
    assert found.report.driver == "CSV"


@pytest.mark.parametrize(
    "text",
    [
        "nom;lon;lat\nAir Bel;5,4317;43,2907\n",
        "nom,lon,lat\nAir Bel,5.4317,43.2907\n",
        'nom,lon,lat\nAir Bel,"5,4317","43,2907"\n',
        "nom\tlon\tlat\nAir Bel\t5.4317\t43.2907\n",
        "nom|lon|lat\nAir Bel|5.4317|43.2907\n",
        "nom;lon;lat\r\nAir Bel; 5.4317 ;43.2907\r\n",
        "nom;lon;lat\rAir Bel;5.4317;43.2907\r",
        '\n\nnom;lon;lat\n"Air Bel";5.4317;43.2907',
    ],
)
def test_separators_and_decimal_signs(read, text):
    """Semicolons, commas, tabs or bars, decimal points or commas: the place is the same."""
    found = read(text)
    point = found.frame.geometry.iloc[0]
    assert (point.x, point.y, found.frame["nom"].iloc[0]) == (5.4317, 43.2907, "Air Bel")


def test_metres_with_spaces(read):
    """Numbers with spaces between thousands, of any kind, are numbers."""
    found = read("x;y\n897 000;6 247 000,5\n897\u202f000;6\u00a0247\u00a0000,5\n")
    assert found.report.crs.startswith("EPSG:2154")
    first, second = found.frame.geometry
    assert first == second


def test_a_column_of_pairs(read):
    """The "latitude, longitude" column of open-data portals is understood in its order."""
    found = read('nom;geo_point_2d\nAir Bel;"43.2907, 5.4317"\nvide;\n')
    assert found.frame.geometry.iloc[0].coords[0] == (5.4317, 43.2907)
    assert "latitude, longitude" in found.report.notes[0]
    assert found.report.set_aside[0].reason == "sans géométrie"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(read, encoding):
    """Accents are right whatever the encoding, and the encoding is reported."""
    found = read("nom;lon;lat\nNéréïdes – L'Œuvre;5.43;43.29\n".encode(encoding))
    assert found.frame["nom"].tolist() == ["Néréïdes – L'Œuvre"]
    assert found.report.encoding == encoding.removesuffix("-sig")


def test_wrong_rows_are_listed_by_line(read):
    """Rows with no place, an impossible one or too many cells are listed by their line in the file."""
    found = read(
        "id;nom;lon;lat\n"
        "1;Air Bel;5.43;43.29\n"
        "2;vide;;\n"
        "3;texte;est;43\n"
        "4;court\n"
        '5;"sur deux\nlignes";5.43;43.29\n'
        "6;long;5.43;43.29;x\n"
        "\n"
        "7;mer;0;0\n"
        "8;inverse;43.29;5.43\n"
        "9;infini;inf;43\n"
    )
    report = found.report
    assert [(remark.rank, remark.code, remark.reason.split(" ;")[0]) for remark in report.set_aside] == [
        (3, "2", "sans géométrie"),
        (4, "3", "sans géométrie"),
        (5, "4", "2 cellules au lieu de 4"),
        (8, "6", "5 cellules au lieu de 4"),
        (10, "7", "hors de France"),
        (11, "8", "hors de France"),
        (12, "9", "sans géométrie"),
    ]
    assert found.frame["id"].tolist() == ["1", "5"]
    assert (report.read, report.kept) == (9, 2)
    assert "  ligne nº 5 (4) : 2 cellules au lieu de 4" in report.lines()


def test_codes_keep_their_zeros(read):
    """Cells stay texts: a commune's code keeps its zero."""
    assert read("insee;lon;lat\n01053;5.2;46.2\n").frame["insee"].tolist() == ["01053"]


def test_formulas_and_markup_stay_text(read):
    """What a person typed is text, nothing else."""
    text = '=CMD("x")'
    found = read(f'nom;lon;lat\n"{text.replace(chr(34), chr(34) * 2)}";5.4;43.3\n<img src=x>;5.4;43.3\n')
    assert found.frame["nom"].tolist() == [text, "<img src=x>"]


def test_columns_with_one_name(read):
    """Columns that share a name, or have none, keep all their cells."""
    found = read("a;a;;geometry;lon;lat\n1;2;3;4;5.4;43.3\n")
    assert list(found.frame.columns) == ["a", "a_", "colonne_3", "geometry_", "lon", "lat", "geometry"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a;b\n1;2\n", "parmi : a, b"),
        ("lon;nom\n5;x\n", "parmi : lon, nom"),
        ('lon;lat\n"5;43\n' + "x" * 200_000, "ligne 2 : le tableau est mal formé"),
        ("lon;lat;" + ";".join(f"c{rank}" for rank in range(2_000)), "2002 colonnes"),
    ],
)
def test_what_is_no_table_of_places(read, content, said):
    """A table without longitude and latitude, malformed or too wide is refused in a sentence."""
    with pytest.raises(DataError, match=said):
        read(content)


def test_too_large(read, monkeypatch):
    """A table larger than memory should hold is refused by its size."""
    monkeypatch.setattr(delimited, "MAX_BYTES", 1_000)
    with pytest.raises(DataError, match="par morceaux"):
        read("lon;lat\n" + "5;43\n" * 500)


def test_header_only(read):
    """A table of no row is a layer of no feature."""
    with pytest.raises(DataError, match="--crs"):
        read("lon;lat\n")
    assert read("lon;lat\n", crs="4326").report.read == 0


def test_every_row_counts(read):
    """Of ten thousand rows, all come back in their order."""
    rng = np.random.default_rng(3)
    places = rng.uniform((5, 43), (6, 44), (10_000, 2)).round(6)
    found = read("lon,lat\n" + "\n".join(f"{x},{y}" for x, y in places))
    assert found.report.kept == 10_000
    assert np.allclose(found.frame.get_coordinates().to_numpy(), places)
