"""The grid as HTML and CSV: a real table, words beside colours, and text that stays text."""

import csv
import io
from html.parser import HTMLParser

import pytest

from qpverts.domain.grading import reading_grid
from qpverts.domain.grading.levels import Evidence, Grade, Level
from qpverts.domain.model import Commune, Qpv
from qpverts.viz.files import grid_table

UNKNOWN = Level("non_renseigne", "non renseigné", "?", "")
NONE = Level("aucune", "aucune action", "○", "", 0)
SOME = Level("engage", "engagé <b>", "◑", "", 50, 1, 1)
HOSTILE = "<img src=x onerror=alert(1)>"
COLUMNS = {"a": "Habiter", "b": f"Thème {HOSTILE}"}


class Reader(HTMLParser):
    """Lists the tags with their attributes, and the text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        """Keep words."""
        self.words.append(data)

    def every(self, tag):
        """Give the attributes of each tag of a kind."""
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.fixture
def rows():
    """Two districts, one with hostile names; one cell of each kind."""
    qpvs = [
        Qpv("QN1", f"=1+1 {HOSTILE}", (Commune("1", f"@Ville {HOSTILE}"),)),
        Qpv("QN2", "Air Bel", (Commune("13055", "Marseille"),)),
    ]
    known = {"a": Grade(SOME, Evidence(2, 1, 0, 1, "")), "b": Grade(NONE, Evidence(0, 0, 0, 0, "2026-11"))}
    blank = dict.fromkeys("ab", Grade(UNKNOWN, Evidence(0, 0, 0, 0, "")))
    return reading_grid.build(qpvs, {"QN1": known, "QN2": blank}, {"a": 1, "b": 1}, {"QN1": 1500}, {"QN1": 2})


def links(rows):
    """Make a link for each cell."""
    return {
        (row.qpv.code, column): (f'{row.qpv.code}:{column}"><b>', {"q": row.qpv.code, "texte": '"><b>'})
        for row in rows
        for column in COLUMNS
    }


def test_table_is_a_real_one(rows):
    """A caption, headings with their scope, a cell for each district and column and one overall."""
    page = Reader(grid_table.table(rows, COLUMNS, links(rows), by_field=False))
    assert len(page.every("caption")) == 1
    assert [th["scope"] for th in page.every("th")] == ["col"] * 4 + ["row"] * 2
    assert len(page.every("td")) == 6
    assert [a["data-case"] for a in page.every("a") if "data-case" in a] == [
        f'{code}:{column}"><b>' for code in ("QN1", "QN2") for column in COLUMNS
    ]


def test_cell_has_word_symbol_and_count_and_unknown_is_no_zero(rows):
    """Level as word and symbol; the survey that found nothing is dated; nothing known is no zero."""
    page = Reader(grid_table.table(rows, COLUMNS, links(rows), by_field=False))
    words = " ".join(page.words).replace("\u00a0", " ")
    assert "2 actions" in words
    assert "aucune action (relevé de novembre 2026)" in " ".join(words.split())
    assert words.count("non renseigné") == 3  # two cells and the overall level
    assert "0 action" not in words
    assert "2 thématiques sur 2 connues" in words
    assert "0 thématique sur 2 connue" in words


def test_hostile_texts_are_texts(rows):
    """No tag and no attribute comes from what was typed."""
    totals = reading_grid.totals(rows, COLUMNS, (UNKNOWN, NONE, SOME))
    for html in (
        grid_table.table(rows, COLUMNS, links(rows), by_field=True),
        grid_table.totals_table(totals, COLUMNS, (UNKNOWN, NONE, SOME)),
        grid_table.legend((SOME,)),
    ):
        page = Reader(html)
        assert page.every("img") == []
        assert {name for _, attrs in page.tags for name in attrs} <= {
            "class", "tabindex", "role", "scope", "style", "href", "aria-label", "aria-hidden",
            "data-case",
        }  # fmt: skip
        assert all(a["href"].startswith(("?", "quartier?")) for a in page.every("a"))


def test_open_cell_is_marked_by_a_rule_that_nothing_can_break():
    """The rule names the cell, and holds no sign that would end it."""
    assert 'a[data-case="QN1:se_cultiver"]' in grid_table.open_mark("QN1:se_cultiver")
    hostile = grid_table.open_mark('x"] {} </style><script>alert(1)</script>')
    assert hostile.count("<") == 2
    assert hostile.count('"') == 2


def test_totals_have_words_in_their_headings(rows):
    """From the highest level to unknown, with the counts of each column."""
    html = grid_table.totals_table(
        reading_grid.totals(rows, COLUMNS, (UNKNOWN, NONE, SOME)), COLUMNS, (UNKNOWN, NONE, SOME)
    )
    words = [word.strip() for word in Reader(html).words if word.strip()]
    assert words[-8:-4] == ["Habiter", "1", "0", "1"]
    assert words[-3:] == ["0", "1", "1"]


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(rows):
    """A byte order mark, semicolons, text that begins like a formula made inert, unknown left empty."""
    content = grid_table.to_csv(rows, COLUMNS, by_field=False)
    assert content.startswith(b"\xef\xbb\xbf")
    head, first, second = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert len(head) == len(first) == len(second) == 14
    assert first[1].startswith("'=1+1")
    assert first[2].startswith("'@Ville")
    assert first[3:10] == [
        "1500",
        "2",
        "engagé <b>",
        "2",
        "aucune action (relevé de novembre 2026)",
        "0",
        "25,0",
    ]
    assert second[3:10] == ["", "0", "non renseigné", "", "non renseigné", "", ""]
