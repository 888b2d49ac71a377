"""The reading grid as HTML tables and as CSV; all that a person typed is text, never markup nor formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from qpverts.domain.grading.levels import Grade, Level
from qpverts.domain.grading.reading_grid import Row, Total
from qpverts.domain.text import inert
from qpverts.text_files import csv_text
from qpverts.viz.palette import TEXT, level_paint
from qpverts.viz.words import labels, level_texts


def legend(scale: Sequence[Level]) -> str:
    """Draw the levels, colour, symbol and word."""
    items = "".join(f'<li style="{_paint(level)}">{_name(level)}</li>' for level in scale)
    return f'<ul class="grille-legende" aria-label="Niveaux">{items}</ul>'


def table(
    rows: Sequence[Row],
    columns: Mapping[str, str],
    links: Mapping[tuple[str, str], tuple[str, Mapping[str, str]]],
    *,
    by_field: bool,
) -> str:
    """Draw the grid; which cell is open is left to :func:`open_mark`, for opening one to change nothing.

    Parameters
    ----------
    columns
        Their headings by id.
    links
        By district and column, the name of the cell and the query string that opens it.
    """
    by = "champ d'intervention" if by_field else "thématique"
    what = (
        f"Niveau d'engagement de chaque quartier, par {by}. Une case ouvre ses actions et la façon dont son "
        "niveau est atteint."
    )
    heads = "".join(f'<th scope="col">{_set(label)}</th>' for label in columns.values())
    body = "".join(
        f"<tr>{_heading(row)}"
        + "".join(_cell(row.grades[column], *links[row.qpv.code, column]) for column in columns)
        + f"{_overall(row, by_field=by_field)}</tr>"
        for row in rows
    )
    return (
        '<div class="grille-cadre" tabindex="0" role="region" aria-label="Grille, à faire défiler">'
        f'<table class="grille"><caption><span>{_set(what)}</span></caption>'
        f'<thead><tr><th scope="col">Quartier</th>{heads}<th scope="col">Niveau global</th></tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def totals_table(totals: Sequence[Total], columns: Mapping[str, str], scale: Sequence[Level]) -> str:
    """Draw how many districts are at each level, column by column."""
    order = list(reversed(scale))
    heads = "".join(f'<th scope="col" style="{_paint(level)}">{_name(level)}</th>' for level in order)
    body = "".join(
        f'<tr><th scope="row">{_set(columns[total.column])}</th>'
        + "".join(f"<td>{labels.number(total.by_level[level.id])}</td>" for level in order)
        + "</tr>"
        for total in totals
    )
    return (
        '<div class="grille-cadre" tabindex="0" role="region" aria-label="Totaux, à faire défiler">'
        '<table class="grille grille-totaux"><caption>Nombre de quartiers à chaque niveau.</caption>'
        f'<thead><tr><th scope="col">Sujet</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _heading(row: Row) -> str:
    residents = "" if row.population is None else f" · {labels.number(row.population)}{labels.NBSP}hab."
    actions = labels.plural(row.actions, "action", "actions") if row.actions else "aucune action trouvée"
    return (
        f'<th scope="row"><a href="quartier?{escape(urlencode({"q": row.qpv.code}))}">{_set(row.qpv.name)}'
        f"</a><small>{_set(row.qpv.commune_names)}{residents} · {actions}</small></th>"
    )


def open_mark(cell: str) -> str:
    """Give the rule that outlines a cell, by its name: the table is then the same whatever is open."""
    name = "".join(char for char in cell if char.isalnum() or char in ":_-")
    outline = f"outline: 3px solid {TEXT}; outline-offset: -3px;"
    return f'<style>.grille td:has(> a[data-case="{name}"]) {{ {outline} }}</style>'


def _cell(grade: Grade, name: str, link: Mapping[str, str]) -> str:
    extra = f"<small>{_set(level_texts.note(grade))}</small>" if level_texts.note(grade) else ""
    return (
        f'<td style="{_paint(grade.level)}"><a href="?{escape(urlencode(link))}" data-case="{escape(name)}">'
        f"<b>{_name(grade.level)}</b>{extra}</a></td>"
    )


def _overall(row: Row, *, by_field: bool) -> str:
    return (
        f"<td><b>{escape(level_texts.overall_text(row))}</b>"
        f"<small>{_set(level_texts.known_text(row, by_field=by_field))}</small>"
        f"<small>{escape(level_texts.rank_text(row.rank))}</small></td>"
    )


def _set(text: str) -> str:
    return escape(labels.typeset(text))


def _name(level: Level) -> str:
    return f'<span aria-hidden="true">{escape(level.symbol)}</span> {_set(level.label)}'


def _paint(level: Level) -> str:
    paper, ink = level_paint(level)
    return f"background:{paper};color:{ink}"


def to_csv(rows: Sequence[Row], columns: Mapping[str, str], *, by_field: bool) -> bytes:
    """Write what the grid shows for a spreadsheet: UTF-8 with its mark, semicolons, decimal commas."""
    pairs = [head for label in columns.values() for head in (f"{label} : niveau", f"{label} : actions")]
    kind = "champs connus" if by_field else "thématiques connues"
    header = [
        *("Code", "Quartier", "Commune", "Population", "Actions", *map(inert, pairs)),
        *("Niveau global sur 100", kind.capitalize(), "Place au mieux", "Place au pire", "Sur"),
    ]
    cells = (_csv_row(row, columns) for row in rows)
    return csv_text(header, cells, delimiter=";", line_end="\r\n").encode("utf-8-sig")


def _csv_row(row: Row, columns: Mapping[str, str]) -> list[object]:
    value = row.overall.value
    return [
        row.qpv.code,
        inert(row.qpv.name),
        inert(row.qpv.commune_names),
        row.population,
        row.actions,
        *(cell for column in columns for cell in _csv_cells(row.grades[column])),
        "" if value is None else f"{value:.1f}".replace(".", ","),
        f"{row.known} sur {row.counted}",
        row.rank.best,
        row.rank.worst,
        row.rank.total,
    ]


def _csv_cells(grade: Grade) -> tuple[str, str]:
    """Give the level, and the count: empty where nothing is known, for it is no zero."""
    found = grade.evidence
    level = grade.level.label
    if not found.recorded and found.surveyed:
        level = f"{level} ({level_texts.survey_text(found.surveyed)})"
    return inert(level), "" if grade.level.score is None else str(found.recorded)
