"""The grid taken away: workbook and picture say what the screen says, and run nothing."""

import dataclasses
import io
import zipfile
from datetime import date

import openpyxl
import pytest
from PIL import Image

from qpverts.domain.grading import reading_grid
from qpverts.domain.grading.levels import Evidence, Grade, Level
from qpverts.domain.grading.reading_grid import Size, Sort
from qpverts.domain.model import Citation, Commune, Qpv, Reliability, Status
from qpverts.viz.files import grid_image, grid_workbook
from qpverts.viz.words.grid_notes import Choices, Shown, choices_text, data_text
from tests import builders

UNKNOWN = Level("non_renseigne", "non renseigné", "?", "On ne sait pas.")
NONE = Level("aucune", "aucune action", "○", "Rien trouvé.", 0)
SOME = Level("engage", "engagé", "◑", "Une action.", 50, 1, 1)
SCALE = (UNKNOWN, NONE, SOME)
COLUMNS = {"a": "Habiter", "b": "=2+2"}
HOSTILE = '=HYPERLINK("http://x")'


def action(title, status=Status.RUNNING):
    """Make an action."""
    source = Citation("@source", "https://exemple.fr/a", "2021-06", Reliability.PRESS)
    known = {"themes": ("a",), "axis": "", "qpv_codes": ("QN1",), "commune_code": "1", "start_year": 2020}
    return builders.action("a1", title=title, status=status, carrier="-porteur", source=source, **known)


@pytest.fixture
def shown():
    """Two districts, one with a name like a formula; one cell of each kind."""
    qpvs = [
        Qpv("QN1", HOSTILE, (Commune("1", "+Ville"),)),
        Qpv("QN2", "Air Bel & <b>", (Commune("2", "Marseille"),)),
    ]
    known = {"a": Grade(SOME, Evidence(1, 1, 0, 1, "")), "b": Grade(NONE, Evidence(0, 0, 0, 0, "2026-11"))}
    blank = dict.fromkeys("ab", Grade(UNKNOWN, Evidence(0, 0, 0, 0, "")))
    rows = reading_grid.build(qpvs, {"QN1": known, "QN2": blank}, {"a": 1, "b": 1}, {"QN1": 1500}, {"QN1": 1})
    return Shown(
        rows=rows,
        columns=COLUMNS,
        scale=SCALE,
        totals=reading_grid.totals(rows, COLUMNS, SCALE),
        actions={("QN1", "a"): [action("=1+1"), action("Fin", Status.STOPPED)]},
        choices=Choices(
            by_field=False, commune=None, size=None, least=None, column=None, sort=Sort.NAME,
            weights={"Habiter": 1, "=2+2": 1}, total=2,
        ),
        day=date(2026, 11, 25),
        version="abc",
        sources=("QPVerts", "INSEE"),
    )  # fmt: skip


def opened(content):
    """Open a workbook as a spreadsheet does."""
    return openpyxl.load_workbook(io.BytesIO(content))


def test_workbook_holds_the_grid_and_what_it_rests_on(shown):
    """Four sheets; a count where known, empty where not; overall level, coverage and places."""
    book = opened(grid_workbook.workbook(shown))
    assert book.sheetnames == ["Grille", "Totaux", "Actions", "Lire ce fichier"]
    head, first, second = book["Grille"].iter_rows(values_only=True)
    one, two = (dict(zip(head, row, strict=True)) for row in (first, second))
    assert (one["Code"], one["Population"], one["Habiter : niveau"], one["Habiter : actions"]) == (
        "QN1", 1500, "◑ engagé", 1,
    )  # fmt: skip
    assert one["=2+2 : niveau"] == "○ aucune action (relevé de novembre 2026)"
    assert one["=2+2 : actions"] == 0
    assert (one["Niveau global sur 100"], one["Couverture (%)"]) == (25, 100)
    assert (two["Population"], two["Habiter : actions"], two["Niveau global sur 100"]) == (None, None, None)
    assert two["Couverture (%)"] == 0
    assert (two["Place au mieux"], two["Place au pire"], two["Quartiers classés"]) == (1, 2, 2)
    totals = list(book["Totaux"].iter_rows(values_only=True))
    assert totals[1] == ("Habiter", 1, 0, 1, 1)


def test_each_count_is_traced_to_its_actions(shown):
    """A line for each action of each cell, with its source; a stopped one is said not to count."""
    head, *lines = opened(grid_workbook.workbook(shown))["Actions"].iter_rows(values_only=True)
    first, second = (dict(zip(head, line, strict=True)) for line in lines)
    assert (first["Code"], first["Thématique"], first["Action"]) == ("QN1", "Habiter", "=1+1")
    assert (first["Source"], first["Adresse de la source"]) == ("@source", "https://exemple.fr/a")
    assert first["Compte dans le niveau"] == "oui"
    assert second["Compte dans le niveau"].startswith("non")


def test_workbook_runs_nothing_and_links_nowhere(shown):
    """Every cell that looks like a formula is a string; no sheet holds a formula or a link."""
    content = grid_workbook.workbook(shown)
    cells = [cell for sheet in opened(content) for row in sheet.iter_rows() for cell in row]
    assert {cell.value for cell in cells} >= {HOSTILE, "=1+1", "+Ville", "-porteur", "@source", "=2+2"}
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        sheets = b"".join(file.read(name) for name in file.namelist() if "worksheets" in name)
    assert b"<f>" not in sheets
    assert b"hyperlink" not in sheets.lower()


def test_workbook_says_how_to_read_it(shown):
    """The day of the data, what was chosen, the warning, each level, and the sources."""
    page = opened(grid_workbook.workbook(shown))["Lire ce fichier"]
    told = "\n".join(str(cell) for row in page.iter_rows(values_only=True) for cell in row if cell)
    told = told.replace("\u00a0", " ").replace("’", "'")
    for words in (
        "25 novembre 2026 (version abc)", "toutes les communes", "mesure l'effort de recensement",
        "◑ engagé", "Une action.", "INSEE", "ce n'est pas un zéro", "L'ordre changerait-il",
    ):  # fmt: skip
        assert words in told


def test_workbook_is_the_same_twice(shown):
    """Same grid, same bytes; without a date too."""
    assert grid_workbook.workbook(shown) == grid_workbook.workbook(shown)
    undated = dataclasses.replace(shown, day=None)
    assert opened(grid_workbook.workbook(undated)).properties.created.year == 1980
    assert data_text(undated) == "Données sans date (version abc)."


def test_order_is_claimed_only_of_all_districts(shown):
    """A part of the grid says nothing of the order of the whole."""
    part = dataclasses.replace(shown, choices=dataclasses.replace(shown.choices, total=66))
    page = opened(grid_workbook.workbook(part))["Lire ce fichier"]
    told = str([cell.value for row in page.iter_rows() for cell in row]).replace("’", "'")
    assert "L'ordre changerait-il" not in told


def test_choices_are_told():
    """Each choice is named, what was not chosen too where it could mislead."""
    chosen = Choices(
        by_field=True, commune="Salon", size=Size(2000, 5000), least=SOME, column=None, sort=Sort.ACTIONS,
        weights={"Habiter": 3, "Circuler": 1}, total=66,
    )  # fmt: skip
    text = choices_text(Shown((), {}, SCALE, (), {}, chosen, None, "", ()))
    assert text.replace("\u00a0", " ").replace("\u202f", " ") == (
        "Lecture par champ d'intervention · Salon · 0 quartier sur 66 · 2 000 à 4 999 habitants · au moins "
        "« engagé » sur au moins un champ · tri par nombre d'actions · poids : Habiter 3 ; Circuler 1"
    )


def test_picture_says_what_the_grid_says(shown):
    """Names, words, counts, warning, day and source are in the drawing, as text."""
    drawing = grid_image.drawing(shown).replace("\u00a0", " ")
    for words in (
        "Grille de lecture", "Air Bel &amp; &lt;b&gt;", ">engagé<", ">1<", "effort de recensement",
        "25 novembre 2026", "Source : QPVerts", "non renseigné",
    ):  # fmt: skip
        assert words in drawing
    assert ">0<" not in drawing


def test_picture_is_a_png_of_the_drawing(shown):
    """A PNG, sharp enough for an A4 at 300 points to the inch, taller with each district."""
    few = Image.open(io.BytesIO(grid_image.picture(shown)))
    many = Image.open(io.BytesIO(grid_image.picture(dataclasses.replace(shown, rows=[*shown.rows] * 2))))
    assert few.format == "PNG"
    assert few.width == many.width == grid_image.WIDTH * grid_image.ZOOM > 2480
    assert many.height - few.height == pytest.approx(2 * 32 * grid_image.ZOOM, abs=1)


def test_full_grid_fills_an_upright_page(shown):
    """66 districts and seven themes have the proportions of an A4, within a tenth."""
    columns = {name: f"Thème {name}" for name in "abcdefg"}
    row = dataclasses.replace(shown.rows[0], grades=dict.fromkeys(columns, shown.rows[0].grades["a"]))
    whole = dataclasses.replace(
        shown, rows=[row] * 66, columns=columns, totals=reading_grid.totals([row] * 66, columns, SCALE)
    )
    width, height = grid_image.WIDTH, float(grid_image.drawing(whole).split('height="')[1].split('"')[0])
    assert height / width == pytest.approx(2**0.5, rel=0.1)
