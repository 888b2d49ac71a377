"""Tables: what a person may do to a CSV file, and what they are told, with its line and column."""

from dataclasses import dataclass

import pytest

from qpverts.domain.model import Citation, Reliability, Status
from qpverts.errors import DataError
from qpverts.sources.reading.columns import CITATION, Column, Declaration, ExportedField
from qpverts.sources.reading.tables import MAX_CELL, read_table

HEADER = "id,titre,nombre,mesure,statut,mots,source_titre,source_url,source_date,fiabilite"
GOOD = "a,Un,3,1.5,projet,x;y,Ville,https://exemple.fr,2021,officielle"


@dataclass(frozen=True, slots=True)
class Row:
    """A row with one field of each kind that the files hold."""

    id: str
    title: str
    count: int | None
    length_m: float | None
    status: Status
    words: tuple[str, ...]
    source: Citation


COLUMNS = (
    Column("id", "id"),
    Column("titre", "title"),
    Column("nombre", "count"),
    Column("mesure", "length_m"),
    Column("statut", "status"),
    Column("mots", "words"),
    *CITATION,
    Column("mesure_autre", "length_m", optional=True),
)
TABLE = Declaration(
    "jeu", Row, COLUMNS, derived=(ExportedField("nom_long", "string", "Un nom tiré d'ailleurs."),)
)


@pytest.fixture
def read(one_file):
    """A function that reads text or bytes as the table « jeu »."""

    def run(content):
        raw = content if isinstance(content, bytes) else content.encode()
        return read_table(one_file(raw), TABLE)

    return run


@pytest.fixture
def faults(read):
    """A function that gives the faults of a file, each as (line, column, message)."""

    def run(content):
        with pytest.raises(DataError) as caught:
            read(content)
        assert {fault.file for fault in caught.value.faults} == {"jeu.csv"}
        return [(fault.line, fault.column, fault.message) for fault in caught.value.faults]

    return run


def with_cell(column, value, row=GOOD):
    """The good row with another cell."""
    cells = row.split(",")
    cells[HEADER.split(",").index(column)] = value
    return ",".join(cells)


EXPECTED = Row(
    "a",
    "Un",
    3,
    1.5,
    Status.PLANNED,
    ("x", "y"),
    Citation("Ville", "https://exemple.fr", "2021", Reliability.OFFICIAL),
)


def test_reads_types(read):
    """Cells become numbers, enumerations, lists and a nested source."""
    table = read(f"{HEADER}\n{GOOD}\n")
    assert table.rows == (EXPECTED,)
    assert table.lines == (2,)
    assert table.file == "jeu.csv"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"{HEADER}\n{GOOD}", id="no last newline"),
        pytest.param(f"{HEADER}\r\n{GOOD}\r\n", id="CRLF"),
        pytest.param(b"\xef\xbb\xbf" + f"{HEADER}\r\n{GOOD}\r\n".encode(), id="BOM and CRLF"),
        pytest.param(f"{HEADER}\n" + GOOD.replace(",", " , ") + "\n", id="spaces around cells"),
        pytest.param(f"{HEADER}\n" + with_cell("mots", " x ; ;y; ") + "\n", id="loose list"),
        pytest.param(
            f"{HEADER}\n" + ",".join(f'"{cell}"' for cell in GOOD.split(",")) + "\n", id="all quoted"
        ),
    ],
)
def test_reads_the_same(read, content):
    """The ways in which spreadsheets write the same table make no difference."""
    assert read(content).rows == (EXPECTED,)


def test_columns_in_any_order(read):
    """Columns are known by their names, not by their places."""
    backwards = "\n".join(",".join(reversed(line.split(","))) for line in (HEADER, GOOD))
    assert read(backwards).rows == (EXPECTED,)


def test_empty_cells(read):
    """An empty optional number is unknown, not zero; an empty list is empty; an empty text stays a text."""
    row = with_cell("titre", "", with_cell("mots", "", with_cell("nombre", "", with_cell("mesure", ""))))
    (got,) = read(f"{HEADER}\n{row}\n").rows
    assert (got.count, got.length_m, got.words, got.title) == (None, None, (), "")


def test_header_alone(read):
    """A table without rows is empty, not wrong."""
    assert read(f"{HEADER}\n").rows == ()


def test_lines_after_a_cell_of_two_lines(read, faults):
    """A cell that holds a line break shifts the lines below, and messages follow."""
    two = with_cell("titre", '"Un\ndeux"')
    assert read(f"{HEADER}\n{two}\n{GOOD}\n").lines == (2, 4)
    assert [fault[:2] for fault in faults(f"{HEADER}\n{two}\n{with_cell('nombre', 'x')}\n")] == [
        (4, "nombre")
    ]


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("nombre", "douze", "« douze » n'est pas un nombre entier"),
        ("nombre", "1.5", "« 1.5 » n'est pas un nombre entier"),
        ("nombre", "1 112", "« 1 112 » n'est pas un nombre entier"),
        ("mesure", "abc", "« abc » n'est pas un nombre"),
        ("mesure", '"1,5"', "« 1,5 » n'est pas un nombre (le séparateur décimal est le point)"),
        ("mesure", "nan", "« nan » n'est pas un nombre fini"),
        ("mesure", "NaN", "« NaN » n'est pas un nombre fini"),
        ("mesure", "inf", "« inf » n'est pas un nombre fini"),
        ("mesure", "-Infinity", "« -Infinity » n'est pas un nombre fini"),
        ("mesure", "1e999", "n'est pas un nombre fini"),
        ("statut", "fini", "« fini » n'est pas une valeur admise (projet, en_cours, realise"),
        ("statut", "", "n'est pas une valeur admise"),
        ("statut", "Projet", "« Projet » n'est pas une valeur admise"),
        ("fiabilite", "sûre", "« sûre » n'est pas une valeur admise (officielle"),
    ],
)
def test_bad_cell(faults, column, value, said):
    """A cell of the wrong type is named by line and column, with its value and what is admitted."""
    ((line, where, message),) = faults(f"{HEADER}\n{GOOD}\n{with_cell(column, value)}\n")
    assert (line, where) == (3, column)
    assert said in message


def test_gathers_every_fault(faults):
    """All the faults of all the lines are reported at once."""
    both = with_cell("nombre", "x", with_cell("mesure", "y"))
    found = faults(f"{HEADER}\n{both}\n{GOOD}\n{with_cell('statut', 'z')}\n")
    assert [fault[:2] for fault in found] == [(2, "nombre"), (2, "mesure"), (4, "statut")]


def test_a_long_value_is_shortened(faults):
    """A message never repeats a giant cell."""
    ((_, _, message),) = faults(f"{HEADER}\n{with_cell('nombre', 'x' * 5000)}\n")
    assert len(message) < 200


def test_a_number_of_many_digits(faults):
    """Five thousand digits are refused at their cell, and do not stop the reading with another error."""
    ((line, column, _),) = faults(f"{HEADER}\n{with_cell('nombre', '9' * 5000)}\n")
    assert (line, column) == (2, "nombre")


@pytest.mark.parametrize("value", ["{0}", "%s", "{input!r}", "<b>"])
def test_a_value_is_not_a_format(faults, value):
    """What a cell holds is quoted as it is, never interpreted."""
    ((_, _, message),) = faults(f"{HEADER}\n{with_cell('nombre', value)}\n")
    assert f"« {value} »" in message


def test_missing_column(faults):
    """A missing column is named, once, at line 1."""
    content = "\n".join(line.split(",", 1)[1] for line in (HEADER, GOOD, GOOD))
    assert faults(content) == [(1, None, "colonnes absentes : id")]


def test_extra_column(faults):
    """An unknown column is named."""
    assert faults(f"{HEADER},couleur\n{GOOD},vert\n") == [(1, None, "colonnes inconnues : couleur")]


def test_misspelt_column(faults):
    """A column misspelt is at once missing and unknown."""
    said = [message for _, _, message in faults(f"{HEADER.replace('titre', 'Titre', 1)}\n{GOOD}\n")]
    assert said == ["colonnes absentes : titre", "colonnes inconnues : Titre"]


def test_a_derived_column_is_ignored(read):
    """What was added for the reader of a download is no fault when the file is put back, whatever it says."""
    assert read(f"{HEADER},nom_long\n{GOOD},nombre\n").rows == (EXPECTED,)


def test_one_value_in_either_of_two_columns(read, faults):
    """A value is read in the column that is filled; in both, nobody knows which of the two is true."""
    header, empty = f"{HEADER},mesure_autre", with_cell("mesure", "")
    assert read(f"{header}\n{GOOD},\n{empty},1.5\n").rows == (EXPECTED, EXPECTED)
    ((line, column, said),) = faults(f"{header}\n{GOOD},1.5\n")
    assert (line, column) == (2, "mesure_autre")
    assert "« mesure » et « mesure_autre »" in said
    assert faults(f"{header}\n{empty},abc\n")[0][:2] == (2, "mesure_autre")


@pytest.mark.parametrize("optional", ["mesure_autre", "nom_long"])
def test_a_column_that_may_be_missing_is_not_there_twice(faults, optional):
    """The columns that a file may do without are refused when repeated, as the others."""
    header = f"{HEADER},{optional},{optional}"
    assert faults(f"{header}\n{GOOD},,\n") == [(1, None, f"colonnes répétées : {optional}")]


@pytest.mark.parametrize(
    ("cell", "title"), [("'=1+1", "=1+1"), ("''-x", "'-x"), ("-x", "-x"), ("'68", "'68")]
)
def test_a_cell_made_inert_is_read_as_it_was(read, cell, title):
    """The quote that keeps a spreadsheet from running a cell is taken off; any other belongs to the text."""
    assert read(f"{HEADER}\n{with_cell('titre', cell)}\n").rows[0].title == title


def test_repeated_column(faults):
    """A column given twice is refused, for nobody knows which of the two is true."""
    assert faults(f"{HEADER},nombre\n{GOOD},4\n") == [(1, None, "colonnes répétées : nombre")]


def test_semicolons(faults):
    """A file saved with semicolons, as French spreadsheets do, is refused at its header."""
    found = faults(f"{HEADER.replace(',', ';')}\n")
    assert {line for line, _, _ in found} == {1}
    assert "colonnes absentes : id, titre" in found[0][2]


def test_empty_file(faults):
    """An empty file lacks every column."""
    ((line, _, message),) = faults("")
    assert line == 1
    assert message.startswith("colonnes absentes : id, titre")


def test_ragged_rows(faults):
    """A line with a cell less or more is named with both counts."""
    short, long = GOOD.rsplit(",", 1)[0], GOOD + ",x"
    assert faults(f"{HEADER}\n{short}\n{GOOD}\n{long}\n") == [
        (2, None, "9 cellules au lieu de 10"),
        (4, None, "11 cellules au lieu de 10"),
    ]


def test_blank_line(faults):
    """A blank line is named."""
    assert faults(f"{HEADER}\n{GOOD}\n\n{GOOD}\n") == [(3, None, "ligne vide ; retirez-la")]


def test_giant_cell(faults, read):
    """A cell over the limit is refused at its line; one at the limit is read."""
    ((line, _, message),) = faults(f"{HEADER}\n{GOOD}\n{with_cell('titre', 'x' * (MAX_CELL + 1))}\n")
    assert line == 3
    assert str(MAX_CELL) in message
    assert len(read(f"{HEADER}\n{with_cell('titre', 'x' * MAX_CELL)}\n").rows[0].title) == MAX_CELL


def test_monstrous_cell(faults):
    """A cell beyond what the csv module takes is refused at its line too."""
    ((line, _, _),) = faults(f"{HEADER}\n{GOOD}\n{with_cell('titre', 'x' * 1_000_000)}\n")
    assert line == 3


@pytest.mark.parametrize("cell", ['"jamais fermé', '"fermé" trop tôt"'])
def test_broken_quotes(faults, cell):
    """Quotes never closed, or closed too early, are reported at the line where the row begins."""
    ((line, _, message),) = faults(f"{HEADER}\n{GOOD}\n{with_cell('titre', cell)}\n{GOOD}\n")
    assert line == 3
    assert "guillemets" in message


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["without BOM", "with BOM"])
def test_latin_1(faults, start):
    """A file that is not UTF-8 is reported at the line of the first wrong byte, byte order mark or not."""
    content = start + f"{HEADER}\n{GOOD}\n".encode() + "été\n".encode("latin-1")
    ((line, _, message),) = faults(content)
    assert line == 3
    assert "UTF-8" in message
