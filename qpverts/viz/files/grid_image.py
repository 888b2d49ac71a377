"""The reading grid as a picture, for a slide or a page: all districts fill an upright A4, a few per slide."""

from __future__ import annotations

from collections.abc import Sequence

from qpverts.domain.grading.levels import Level
from qpverts.domain.grading.reading_grid import Row
from qpverts.viz.files import svg
from qpverts.viz.palette import SECONDARY_BACKGROUND, level_paint
from qpverts.viz.words import labels, level_texts
from qpverts.viz.words.grid_notes import Shown, choices_text, data_text

#: Pixels of the file for each of the drawing: 300 to the inch across an A4, sharp on any screen.
ZOOM = 1.5
WIDTH = 1760.0
_MARGIN, _ROW, _PAD = 40.0, 32.0, 8.0
_NAME, _COMMUNE, _OVERALL = 250.0, 150.0, 240.0
_CELLS = WIDTH - 2 * _MARGIN - _NAME - _COMMUNE - _OVERALL
_TITLE, _LEAD, _BODY, _SMALL = 34.0, 19.0, 15.0, 13.0
_LINE = "#c9d3c6"
_ORIGIN = "QPVerts, benchmark local des quartiers prioritaires d'Aix-Marseille-Provence."
#: Few fonts have these signs of the data file: they are drawn, as the share of a disc.
_PIES = {"○": 0.0, "◔": 0.25, "◑": 0.5, "◕": 0.75, "●": 1.0}


def picture(shown: Shown) -> bytes:
    """Draw the grid as it is shown, as PNG."""
    return svg.png(drawing(shown), ZOOM)


def drawing(shown: Shown) -> str:
    """Draw the grid as it is shown, as SVG: title, choices, levels, districts, and what it rests on."""
    inside = WIDTH - 2 * _MARGIN
    parts, y = [svg.text(_MARGIN, _MARGIN + _TITLE, "Grille de lecture", _TITLE, bold=True)], 110.0
    strong = level_texts.totals_text(shown.totals, shown.columns, len(shown.rows))
    for words, size in ((choices_text(shown), _LEAD), (strong, _LEAD)):
        lines, y = _paragraph(words, y, inside, size)
        parts += lines
    parts += _legend(shown.scale, y)
    y += 50
    heads, y = _heads(shown, y)
    parts += heads
    for row in shown.rows:
        parts += _row(row, shown, y)
        y += _ROW
    y += 30
    notes = (level_texts.WARNING, level_texts.how_ranked(by_field=shown.by_field))
    for words in (*notes, f"Source : {_ORIGIN} {data_text(shown)}"):
        lines, y = _paragraph(words, y, inside, _BODY)
        parts += lines
    return svg.document(WIDTH, round(y + _MARGIN / 2), parts, "Grille de lecture")


def _paragraph(words: str, y: float, room: float, size: float) -> tuple[list[str], float]:
    """Write a text on as many lines as it takes; give it, and where the next begins."""
    lines = svg.wrapped(labels.typeset(words), room, size)
    step = size * 1.4
    return [
        svg.text(_MARGIN, y + rank * step, line, size) for rank, line in enumerate(lines)
    ], y + step * len(lines) + 3


def _legend(scale: Sequence[Level], y: float) -> list[str]:
    parts, x = [], _MARGIN
    for level in scale:
        paper, _ = level_paint(level)
        across = svg.width(level.label, _BODY) + 3 * _PAD + 16
        parts.append(svg.box(x, y - 12, across, 30, paper, stroke="#6b7a70"))
        parts += _level(level, x + _PAD, y + 8, room=across - 2 * _PAD, size=_BODY)
        x += across + _PAD
    return parts


def _heads(shown: Shown, y: float) -> tuple[list[str], float]:
    """Draw the line of headings, as high as the longest takes."""
    across = _CELLS / len(shown.columns)
    places = [(_MARGIN, _NAME, "Quartier"), (_MARGIN + _NAME, _COMMUNE, "Commune")]
    x = _MARGIN + _NAME + _COMMUNE
    for label in shown.columns.values():
        places.append((x, across, label))
        x += across
    places.append((x, _OVERALL, "Niveau global"))
    lines = [svg.wrapped(label, room - 2 * _PAD, _BODY, bold=True) for _, room, label in places]
    down = max(map(len, lines)) * 20 + 14
    parts = [svg.box(_MARGIN, y, WIDTH - 2 * _MARGIN, down, SECONDARY_BACKGROUND, stroke=_LINE)]
    for (left, _, _), words in zip(places, lines, strict=True):
        parts += [
            svg.text(left + _PAD, y + 22 + rank * 20, line, _BODY, bold=True)
            for rank, line in enumerate(words)
        ]
    return parts, y + down


def _row(row: Row, shown: Shown, y: float) -> list[str]:
    base = y + 21
    parts = [
        svg.box(_MARGIN, y, WIDTH - 2 * _MARGIN, _ROW, "#ffffff", stroke=_LINE),
        _tight(_MARGIN + _PAD, base, row.qpv.name, _NAME, bold=True),
        _tight(_MARGIN + _NAME + _PAD, base, row.qpv.commune_names, _COMMUNE),
    ]
    across, x = _CELLS / len(shown.columns), _MARGIN + _NAME + _COMMUNE
    for column in shown.columns:
        grade = row.grades[column]
        paper, ink = level_paint(grade.level)
        count = labels.number(grade.evidence.recorded) if grade.evidence.recorded else ""
        taken = svg.width(count, _BODY, bold=True)
        parts.append(svg.box(x, y, across, _ROW, paper, stroke=_LINE))
        parts += _level(grade.level, x + _PAD, base, room=across - 3 * _PAD - taken, size=_SMALL)
        parts.append(svg.text(x + across - _PAD - taken, base, count, _BODY, bold=True, colour=ink))
        x += across
    overall = f"{level_texts.overall_text(row)}, {level_texts.rank_text(row.rank)}"
    parts.append(_tight(x + _PAD, base, overall, _OVERALL))
    return parts


def _tight(x: float, base: float, words: str, across: float, *, bold: bool = False) -> str:
    """Write a text in a column: smaller where it is long, cut only where even that is too long."""
    room = across - 2 * _PAD
    sizes = (_BODY, _SMALL, _SMALL - 2) if bold else (_SMALL, _SMALL - 2)
    size = next((one for one in sizes if svg.width(words, one, bold=bold) <= room), sizes[-1])
    return svg.text(x, base, svg.fitted(words, room, size, bold=bold), size, bold=bold)


def _level(level: Level, x: float, base: float, *, room: float, size: float) -> list[str]:
    """Draw a level, symbol then word, in the colour that reads on its own."""
    _, ink = level_paint(level)
    share = _PIES.get(level.symbol)
    sign = (
        svg.text(x + 3, base, svg.fitted(level.symbol, 14, size, bold=True), size, bold=True, colour=ink)
        if share is None
        else svg.pie(x + 7, base - 5, 6.5, share, ink)
    )
    return [sign, svg.text(x + 20, base, svg.fitted(level.label, room - 20, size), size, colour=ink)]
