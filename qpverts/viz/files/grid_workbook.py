"""The reading grid as a workbook: the grid, its totals, the actions behind each cell, and how to read it.

Every text is written as a string, so that nothing is ever a formula or a link. The same grid gives the same
bytes: the only date inside is that of the data.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format

from qpverts.domain.grading.levels import Level
from qpverts.domain.grading.reading_grid import Row, Total
from qpverts.domain.model import Action, Status
from qpverts.viz.palette import SECONDARY_BACKGROUND, level_paint
from qpverts.viz.words import labels, level_texts
from qpverts.viz.words.action_words import action_words
from qpverts.viz.words.grid_notes import Shown, choices_text, data_text

#: What a cell of the format may hold, in characters.
_LONGEST = 32_767
#: A date for data that have none: ZIP knows no earlier one.
_NO_DAY = datetime(1980, 1, 1, tzinfo=UTC)
_A4 = 9  # the format's number for this paper
_NAMES, _LEVEL, _COUNT, _LONG, _READ = 28, 17, 9, 48, 110  # widths of columns, in characters

Cell = str | int | float | None


def workbook(shown: Shown) -> bytes:
    """Write the grid as it is shown."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    day = shown.day
    created = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else _NO_DAY
    book.set_properties({"title": "Grille de lecture", "author": "QPVerts", "created": created})
    _Sheet(book, "Grille", *_grid_head(shown.columns, by_field=shown.by_field)).fill(
        (_grid_row(row, shown.columns) for row in shown.rows),
        frozen_columns=2,
        formats=_formats(book, shown.scale),
    )
    _Sheet(book, "Totaux", *_totals_head(shown.scale)).fill(_totals_row(one, shown) for one in shown.totals)
    _Sheet(book, "Actions", *_trace_head(by_field=shown.by_field)).fill(
        _trace_row(row, shown.columns[column], row.grades[column].level, action)
        for row in shown.rows
        for column in shown.columns
        for action in shown.actions.get((row.qpv.code, column), ())
    )
    _Sheet(book, "Lire ce fichier", ["Grille de lecture", "QPVerts"], [_NAMES, _READ]).fill(_reading(shown))
    book.close()
    return file.getvalue()


class _Sheet:
    """One sheet: a heading that stays in sight and filters, then rows of strings and numbers."""

    def __init__(
        self, book: xlsxwriter.Workbook, name: str, heads: Sequence[str], widths: Sequence[int]
    ) -> None:
        self.page = book.add_worksheet(name)
        self.heads = heads
        self.text = book.add_format({"valign": "top", "text_wrap": True})
        head = book.add_format(
            {"bold": True, "bg_color": SECONDARY_BACKGROUND, "text_wrap": True, "valign": "top", "bottom": 1}
        )
        for rank, (label, width) in enumerate(zip(heads, widths, strict=True)):
            self.page.set_column(rank, rank, width)
            self.page.write_string(0, rank, label[:_LONGEST], head)

    def fill(
        self,
        rows: Iterable[Sequence[Cell]],
        frozen_columns: int = 0,
        formats: Mapping[str, Format] | None = None,
    ) -> None:
        """Write the rows; ``formats`` are those of the texts that begin with some words."""
        last = 0
        for last, row in enumerate(rows, start=1):
            for rank, value in enumerate(row):
                if isinstance(value, str):
                    own = next((f for words, f in (formats or {}).items() if value.startswith(words)), None)
                    self.page.write_string(last, rank, value[:_LONGEST], own or self.text)
                elif value is not None:
                    self.page.write_number(last, rank, value, self.text)
        self.page.freeze_panes(1, frozen_columns)
        self.page.autofilter(0, 0, last, len(self.heads) - 1)
        self.page.set_landscape()
        self.page.set_paper(_A4)
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(0)


def _formats(book: xlsxwriter.Workbook, scale: Sequence[Level]) -> dict[str, Format]:
    """Give each level its colours; what is not known is left as the paper is."""
    made = {}
    for level in scale:
        if level.score is not None:
            paper, ink = level_paint(level)
            made[level_texts.name(level)] = book.add_format(
                {"bg_color": paper, "font_color": ink, "valign": "top", "text_wrap": True}
            )
    return made


def _grid_head(columns: Mapping[str, str], *, by_field: bool) -> tuple[list[str], list[int]]:
    known = "Champs connus" if by_field else "Thématiques connues"
    heads = ["Code", "Quartier", "Commune", "Population", "Actions"]
    widths = [11, _NAMES, _NAMES, 11, _COUNT]
    for label in columns.values():
        heads += [f"{label} : niveau", f"{label} : actions"]
        widths += [_LEVEL, _COUNT]
    heads += ["Niveau global sur 100", known, "Sur", "Couverture (%)", "Place au mieux", "Place au pire"]
    heads += ["Quartiers classés"]
    return heads, widths + [_COUNT + 2] * 7


def _grid_row(row: Row, columns: Mapping[str, str]) -> list[Cell]:
    """Give the cells of a district; a count is left empty where nothing is known, for it is no zero."""
    cells: list[Cell] = [row.qpv.code, row.qpv.name, row.qpv.commune_names, row.population, row.actions]
    for column in columns:
        grade = row.grades[column]
        known = grade.level.score is not None
        cells += [_level_text(row, column), grade.evidence.recorded if known else None]
    value = row.overall.value
    return [
        *cells,
        None if value is None else round(value, 1),
        row.known,
        row.counted,
        round(row.overall.coverage_pct, 1),
        row.rank.best,
        row.rank.worst,
        row.rank.total,
    ]


def _level_text(row: Row, column: str) -> str:
    found = row.grades[column]
    surveyed = found.evidence.surveyed if not found.evidence.recorded else ""
    return level_texts.name(found.level) + (f" ({level_texts.survey_text(surveyed)})" if surveyed else "")


def _totals_head(scale: Sequence[Level]) -> tuple[list[str], list[int]]:
    names = [level_texts.name(level) for level in reversed(scale)]
    heads = ["", *names, "Une action au moins en cours ou réalisée"]
    return heads, [_NAMES, *[_LEVEL] * len(scale), _NAMES]


def _totals_row(total: Total, shown: Shown) -> list[Cell]:
    counts = (total.by_level[level.id] for level in reversed(shown.scale))
    return [shown.columns[total.column], *counts, total.active]


def _trace_head(*, by_field: bool) -> tuple[list[str], list[int]]:
    what = "Champ d'intervention" if by_field else "Thématique"
    heads = ["Code", "Quartier", what, "Niveau de la case", "Action", "État", "Compte dans le niveau"]
    heads += ["Quand", "Porteur", "Source", "Adresse de la source", "Date de la source", "Fiabilité"]
    return heads, [11, _NAMES, 20, _LEVEL, _LONG, 13, 12, 16, _NAMES, _LONG, _LONG, 16, 20]


def _trace_row(row: Row, column: str, level: Level, action: Action) -> list[Cell]:
    words = action_words(action)
    return [
        row.qpv.code,
        row.qpv.name,
        column,
        level_texts.name(level),
        words.title,
        words.state,
        "non : arrêtée" if action.status is Status.STOPPED else "oui",
        words.when,
        words.who,
        words.source.title,
        words.source.url,
        words.source.day,
        words.source.speaker,
    ]


def _reading(shown: Shown) -> list[tuple[str, str]]:
    """Tell what the file holds, what it does not claim, and what each level takes."""
    by_field = shown.by_field
    ranks = [row.rank for row in shown.rows]
    # The order is that of all districts: said only where all are here.
    order = level_texts.order_text(ranks, by_field=by_field) if len(ranks) == shown.choices.total else ""
    lines = [
        ("Données", data_text(shown)),
        ("Choix", f"{choices_text(shown)}."),
        ("À savoir", level_texts.WARNING),
        ("En bref", level_texts.totals_text(shown.totals, shown.columns, len(shown.rows))),
        ("Ordre", order),
        *((level_texts.name(level), level.sentence) for level in shown.scale),
        ("Niveau global", _OVERALL.format(what="champs connus" if by_field else "thématiques connues")),
        ("Places", level_texts.how_ranked(by_field=by_field)),
        ("Case vide", "Un nombre absent veut dire que nous ne savons pas ; ce n'est pas un zéro."),
        *(("Source", source) for source in shown.sources),
    ]
    return [(head, labels.typeset(text)) for head, text in lines if text]


_OVERALL = (
    "Moyenne des niveaux des {what}, de 0 à 100, selon les poids choisis. « Couverture » : la part du poids "
    "qui est connue."
)
