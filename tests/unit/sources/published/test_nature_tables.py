"""The published tables: what is written is read again, and nothing hostile gets through."""

import math
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.figures.published import Cell, NatureRow
from qpverts.errors import DataError
from qpverts.geo.inspire_grid import cell_id
from qpverts.sources.check import check
from qpverts.sources.load import load
from qpverts.sources.published import nature_tables
from qpverts.sources.reading import catalogue as catalogues

TABLE, GRID = "geo/indicateurs_nature.csv", "geo/maille_vegetation.csv"
ROW = NatureRow("QN01301M", "vegetation_m2", 2.0, 1.0, 3.0, "m²", "jeu", "2023", 80.0)
HEADER = "code_qp,indicateur,valeur,bas,haut,unite,source,millesime,couverture_pct\n"


@pytest.fixture
def reread(tmp_path, data_dir):
    """A function that writes bytes as the table or the grid, and reads them as the application does."""
    declared = catalogues.load(data_dir)
    (tmp_path / "geo").mkdir()

    def run(content, dataset_id=nature_tables.TABLE):
        (tmp_path / declared.get(dataset_id).path).write_bytes(content)
        read = nature_tables.read_nature if dataset_id == nature_tables.TABLE else nature_tables.read_cells
        return read(Catalogue(tmp_path, declared.datasets)).rows

    return run


#: Texts as people write them, and as they should not; spaces at the ends and line ends are not kept.
texts = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30),
    st.sampled_from(
        [
            "a, b",
            'dit « "oui" »',
            "=1+1",
            "+33",
            "-5",
            "@SOMME(A1)",
            "<img src=x onerror=alert(1)>",
            "'",
            '"',
            "",
        ]
    ),
).map(lambda text: " ".join(text.split()))
figures = st.one_of(
    st.none(), st.floats(-1e12, 1e12).map(lambda figure: round(figure, nature_tables.DECIMALS) + 0.0)
)
rows = st.builds(NatureRow, texts, texts, figures, figures, figures, texts, texts, texts, figures)


@given(st.lists(rows, max_size=8))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_there_and_back(reread, table):
    """Whatever the texts and figures, the table read again is the one written, in order."""
    expected = sorted(table, key=lambda row: (row.code_qp, row.indicator))
    assert list(reread(nature_tables.table_bytes(table))) == expected


@given(
    st.lists(
        st.tuples(st.integers(0, 99), *[st.integers(0, 40_000)] * 4), max_size=8, unique_by=lambda c: c[0]
    )
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_cells_there_and_back(reread, drawn):
    """Cells read again are those written, to the square metre, in the order of their names."""
    cells = [Cell(cell_id(200 * place, 400), *map(float, areas)) for place, *areas in drawn]
    got = reread(nature_tables.grid_bytes(cells), nature_tables.GRID)
    assert list(got) == sorted(cells, key=lambda cell: cell.id)


def test_bytes_do_not_depend_on_the_order():
    """The same rows in another order give the same bytes."""
    table = [replace(ROW, code_qp=f"QN0000{n}I", value=n / 7) for n in range(5)]
    assert nature_tables.table_bytes(table) == nature_tables.table_bytes(table[::-1])
    cells = [Cell(cell_id(200 * n, 0), 4, 1, 2, 3) for n in range(5)]
    assert nature_tables.grid_bytes(cells) == nature_tables.grid_bytes(cells[::-1])


@pytest.mark.parametrize(
    ("figure", "written"),
    [
        (0.0, "0"), (-0.0, "0"), (-0.00001, "0"), (12.0, "12"), (1200.0, "1200"), (0.1 + 0.2, "0.3"),
        (1 / 3, "0.3333"), (2 / 3, "0.6667"), (1e-9, "0"), (123456789.12349, "123456789.1235"), (None, ""),
    ],
)  # fmt: skip
def test_figures_are_short(figure, written):
    """Figures are written to four decimals, without filling, sign of nothing or exponent."""
    line = nature_tables.table_bytes([replace(ROW, value=figure)]).decode().splitlines()[1]
    assert line.split(",")[2] == written


def test_lines_are_lines():
    """A text that holds a line end, of any kind, stays on its line."""
    written = nature_tables.table_bytes([replace(ROW, vintage="2021\r2022\n\n2023\u2028", unit="m\t²")])
    assert written.decode() == HEADER + "QN01301M,vegetation_m2,2,1,3,m ²,jeu,2021 2022 2023,80\n"


@pytest.mark.parametrize("figure", [math.nan, math.inf, -math.inf])
def test_no_figure_that_is_none(figure):
    """What is no number is never written: the table could not be read again."""
    with pytest.raises(ValueError, match="is no figure"):
        nature_tables.table_bytes([replace(ROW, high=figure)])


LINE = "QN01301M,vegetation_m2,2,1,3,m²,jeu,2023,80\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (LINE, "ligne 1 : colonnes"),
        (HEADER + LINE.replace(",2,1", ",nan,1"), "ligne 2, colonne « valeur »"),
        (HEADER + LINE.replace(",2,1", ",2,inf"), "ligne 2, colonne « bas »"),
        (HEADER + LINE.replace(",3,", ",1e400,"), "ligne 2, colonne « haut »"),
        (HEADER + LINE.replace(",3,", ",beaucoup,"), "ligne 2, colonne « haut »"),
        (HEADER + LINE.replace(",3,", ",=1+1,"), "ligne 2, colonne « haut »"),
        (HEADER + LINE + LINE.replace(",80", ",-inf"), "ligne 3, colonne « couverture_pct »"),
        (HEADER + "QN01301M,vegetation_m2\n", "ligne 2 : 2 cellules au lieu de 9"),
        (HEADER + "\n" + LINE, "ligne 2 : ligne vide"),
        (HEADER + '"' + LINE, "CSV mal formé"),
        (HEADER + LINE.replace("jeu", "x" * 30_000), "une cellule dépasse"),
        (HEADER.encode() + b"\xff\xfe", "UTF-8"),
        ("", "colonnes absentes"),
        (bytes(2_000), "colonnes"),
    ],
    ids=range(14),
)
def test_faulty_table(reread, content, said):
    """What is wrong with the table is reported with its line and column, in French."""
    with pytest.raises(DataError) as caught:
        reread(content if isinstance(content, bytes) else content.encode())
    assert said in str(caught.value)
    assert str(caught.value).startswith(TABLE)


@pytest.mark.parametrize(
    ("areas", "said"),
    [
        ("nan,0,0,0", "colonne « connu_m2 »"),
        ("1,inf,0,0", "colonne « bas_m2 »"),
        ("1,0,,0", "colonne « vegetation_m2 »"),
        ("1,0,0,1e999", "colonne « haut_m2 »"),
    ],
)
def test_faulty_grid(reread, areas, said):
    """A cell that is no number is reported with its line and column."""
    content = f"maille,connu_m2,bas_m2,vegetation_m2,haut_m2\nCRS3035RES200mN0E0,{areas}\n"
    with pytest.raises(DataError, match="ligne 2") as caught:
        reread(content.encode(), nature_tables.GRID)
    assert said in str(caught.value)


def spoil(path, change):
    """Change a file line by line; line 1 is the header."""
    lines = path.read_text("utf-8").splitlines()
    change(lines)
    path.write_text("\n".join(lines) + "\n", "utf-8")


#: What is put in which cell of a good row: the file, the column, what is written there, what names the fault.
HOSTILE = {
    "huge": (TABLE, "haut", "9e307", "valeur"),
    "unknown indicator": (TABLE, "indicateur", "vegetation_km2", "indicateur"),
    "unknown district": (TABLE, "code_qp", "QN99999I", "code_qp"),
    "markup for a district": (TABLE, "code_qp", "<img src=x onerror=alert(1)>", "code_qp"),
    "markup for a unit": (TABLE, "unite", "<script>alert(1)</script>", "unite"),
    "not a number": (TABLE, "valeur", "nan", "valeur"),
    "endless": (TABLE, "haut", "inf", "haut"),
    "a share of 1,000 %": (TABLE, "couverture_pct", "1000", "couverture_pct"),
    "a cell that is none": (GRID, "maille", "CRS3035RES200mN1E1", "maille"),
    "markup for a cell": (GRID, "maille", "<script>alert(1)</script>", "maille"),
    "a cell too large": (GRID, "connu_m2", "1e300", "vegetation_m2"),
    "an endless cell": (GRID, "connu_m2", "-inf", "connu_m2"),
}
GOOD = {TABLE: "QN01338I,vegetation_m2,", GRID: "CRS3035RES200mN2246200E3946600,"}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.sampled(4)
def test_hostile_rows(small_copy, kind):
    """A hostile row is refused by the atlas with its line and column, and by check, which never stumbles."""
    file, column, written, faulty = HOSTILE[kind]
    place = {}

    def change(lines):
        rank = next(rank for rank, line in enumerate(lines) if line.startswith(GOOD[file]))
        cells = lines[rank].split(",")
        cells[lines[0].split(",").index(column)] = written
        lines[rank] = ",".join(cells)
        place["line"] = rank + 1

    spoil(small_copy / file, change)
    with pytest.raises(DataError) as caught:
        load(small_copy)
    found = {(fault.file, fault.line, fault.column) for fault in caught.value.faults}
    assert (file, place["line"], faulty) in found, str(caught.value)
    assert any(file in str(fault) for verdict in check(small_copy) for fault in verdict.faults or ())


@pytest.mark.parametrize("file", [TABLE, GRID])
def test_rows_given_twice(small_copy, file):
    """Rows given twice are refused one by one, each with its line and that of the first."""
    path = small_copy / file
    spoil(path, lambda lines: lines.extend(lines[1:51]))
    with pytest.raises(DataError) as caught:
        load(small_copy)
    faults = caught.value.faults
    assert len(faults) == 50
    assert {fault.message for fault in faults} == {f"figure déjà ligne {line}" for line in range(2, 52)}
