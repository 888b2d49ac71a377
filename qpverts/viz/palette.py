"""Colours, shapes and classes: the one truth for maps, legends and the Streamlit theme.

Theme colours are those of Okabe and Ito (2008), told apart under colour blindness; each theme also has
a shape of its own, so that a black-and-white print stays readable. The ramp follows ColorBrewer's
BuPu in even steps of lightness, its palest class dark enough to stand on a pale background.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from itertools import pairwise

from qpverts.domain.figures.indicators import Indicator, IndicatorSpec
from qpverts.domain.figures.published import Cell
from qpverts.domain.grading.levels import Level

PRIMARY = "#1f6f4a"
BACKGROUND = "#ffffff"
SECONDARY_BACKGROUND = "#f1f5ef"
TEXT = "#1c2b23"

RAMP = ("#d3e2f0", "#a3bfdf", "#8b8fc5", "#8a4fa3", "#6b0a66")
MISSING = -1
#: Share of the known ground of a cell that is vegetated, in %: upper bounds of its classes but the last.
GRID_BREAKS = (10.0, 30.0, 50.0, 70.0)
GRID_RAMP = ("#f7f2d8", "#cddd9b", "#8fbf6a", "#569f55", "#1c6336")
GRID_UNKNOWN = "#d9d6d0"
#: Less of the cell than this is known: its vegetation is said to be unknown rather than small.
GRID_LEAST_KNOWN_PCT = 25.0
#: Levels of engagement, by their score from 0 to 100 in even steps; what is not known is left white.
LEVEL_RAMP = ("#efede8", "#bfe2d2", "#86c6ab", "#4dab8d", "#14583f")
LEVEL_UNKNOWN = "#ffffff"


@dataclass(frozen=True, slots=True)
class Mark:
    """How a theme is drawn: a colour and an SVG path in a 24 × 24 box."""

    colour: str
    path: str
    shape: str

    @property
    def image(self) -> str:
        """Give the mark as a ``data:`` address, for an ``img``: pages strip bare SVG."""
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
            f'<path d="{self.path}" fill="{self.colour}" stroke="#111" stroke-width="1.6"/></svg>'
        )
        return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


THEME_MARKS: dict[str, Mark] = {
    "habiter": Mark("#0072b2", "M4 4h16v16H4z", "carré"),
    "circuler": Mark("#e69f00", "M12 3 22 20H2z", "triangle"),
    "se_nourrir": Mark("#d55e00", "M12 2.5a9.5 9.5 0 1 0 .1 0z", "rond"),
    "proteger": Mark("#009e73", "M12 1.5 22 12 12 22.5 2 12z", "losange"),
    "se_cultiver": Mark(
        "#cc79a7", "m12 1.5 3.1 6.9 7.4.8-5.5 5 1.5 7.4-6.5-3.8-6.5 3.8L7 14.2l-5.5-5 7.4-.8z", "étoile"
    ),
    "travailler": Mark("#56b4e9", "M12 2 22.3 9.5 18.4 21.6H5.6L1.7 9.5z", "pentagone"),
    "consommer": Mark("#f0e442", "M7 2.8h10L22 12l-5 9.2H7L2 12z", "hexagone"),
}
OTHER_MARK = Mark("#777777", "M12 2.5a9.5 9.5 0 1 0 .1 0z", "rond")


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a line of a chart is told apart: a colour, and the dash and mark that a bare print keeps.

    ``dash`` and ``symbol`` are Plotly's names.
    """

    colour: str
    dash: str
    symbol: str


#: Of Okabe and Ito, those dark enough to be a line on white.
SERIES = (
    LineStyle("#0072b2", "solid", "circle"),
    LineStyle("#d55e00", "dash", "square"),
    LineStyle("#009e73", "dot", "diamond"),
    LineStyle("#000000", "dashdot", "triangle-up"),
)
REFERENCE = LineStyle("#6f6f6f", "dot", "x-thin-open")


def class_of(indicator: Indicator) -> int:
    """Give the rank of an indicator's class, from 0; ``MISSING`` where nothing is known."""
    if indicator.value is None:
        return MISSING
    return sum(indicator.value > bound for bound in indicator.spec.breaks)


def class_bounds(spec: IndicatorSpec) -> list[tuple[float | None, float | None]]:
    """Give the lower (excluded) and upper (included) bounds of each class; ``None`` where open."""
    return list(pairwise([None, *spec.breaks, None]))


def grid_class(cell: Cell) -> int:
    """Give the rank of a cell's class; ``MISSING`` where too little of it is known."""
    if cell.known_pct < GRID_LEAST_KNOWN_PCT:
        return MISSING
    return sum(cell.vegetated_pct > bound for bound in GRID_BREAKS)


def level_paint(level: Level) -> tuple[str, str]:
    """Give the colour of a level and that of the text on it."""
    if level.score is None:
        return LEVEL_UNKNOWN, TEXT
    rank = round(level.score * (len(LEVEL_RAMP) - 1) / 100)
    return LEVEL_RAMP[rank], BACKGROUND if rank == len(LEVEL_RAMP) - 1 else TEXT
