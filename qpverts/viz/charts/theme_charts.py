"""Charts by theme, as Plotly figures: the radar, and the same values as a dot plot.

Both have fixed goalposts and the themes in their fixed order. A theme about which nothing is known is a gap
in the line of the radar and a hollow mark apart in the dot plot, never a zero. Series are told apart by
colour, dash and mark, so that a black-and-white print stays readable. Names come from data: they are drawn
as text, never as markup.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import plotly.graph_objects as go

from qpverts.viz.palette import BACKGROUND, REFERENCE, SERIES, TEXT

T = TypeVar("T")

#: Value of the very centre, as a share of the top: zero is a small ring, where a mark is seen.
_CENTRE = -0.08
#: Value of the edge: marks on the outer ring are drawn whole.
_EDGE = 1.05
#: Where the dot plot puts what is not known: left of zero, by a share of the axis.
_APART = -0.16
#: Characters of a name in the legend, which Plotly does not fold.
_LONGEST_NAME = 36
#: Rows of the dot plot are one apart; the marks of several series share this much of it.
_SPREAD = 0.45


@dataclass(frozen=True, slots=True)
class ChartSize:
    """How large a chart is drawn, in pixels: ``tick`` is for words and figures along an axis.

    ``label_room`` is kept on both sides of the radar for the names of themes; ``ring`` and ``spoke`` are the
    colours of the lines that one reads against.
    """

    font: int
    tick: int
    symbol: int
    height: int
    line: int
    mark: int
    label_room: int
    ring: str = "#d5dcd2"
    spoke: str = "#b3bdb0"


DESK = ChartSize(font=18, tick=15, symbol=20, height=480, line=3, mark=12, label_room=84)
#: Read from the last row: nothing under 24 px.
ROOM = ChartSize(
    font=26, tick=24, symbol=28, height=640, line=5, mark=18, label_room=124, ring="#8d988c", spoke="#6f7a6e"
)


@dataclass(frozen=True, slots=True)
class ChartAxis:
    """The scale of a chart, from 0 to ``top``, with its marks in short (radar) and in full (dot plot)."""

    top: float
    ticks: tuple[float, ...]
    short: tuple[str, ...]
    full: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One line: a value by theme (``None`` where nothing is known), and what the pointer reads on each."""

    name: str
    values: tuple[float | None, ...]
    hovers: tuple[str, ...]


def radar(
    series: Sequence[Series],
    themes: Sequence[str],
    axis: ChartAxis,
    reference: Series | None,
    size: ChartSize = DESK,
) -> go.Figure:
    """Lay series over each other on one axis per theme, the first at the top, then clockwise.

    Parameters
    ----------
    series
        At most as many as there are styles in :data:`~qpverts.viz.palette.SERIES`.
    themes
        Their names, in the order of the values.
    reference
        A line drawn discreetly under the others.
    size
        For a desk, unless told.
    """
    names = [html.escape(theme) for theme in themes]
    lines = [
        {
            "type": "scatterpolar",
            "r": _closed([_bounded(value, axis) for value in one.values]),
            "theta": _closed(names),
            "hovertext": _closed([html.escape(hover) for hover in one.hovers]),
            "mode": "lines+markers",
            "connectgaps": False,
            "cliponaxis": True,  # off, which is the default, Plotly drops the mark of a zero
            **style,
        }
        for one, style in _styled(series, reference, size)
    ]
    layout = _layout(size) | {
        "legend": _legend(size) | {"y": -0.1, "yanchor": "top"},
        "margin": {"t": 2 * size.symbol, "b": 24, "l": size.label_room, "r": size.label_room},
        "polar": {
            "bgcolor": BACKGROUND,
            "radialaxis": {
                "range": [_CENTRE * axis.top, _EDGE * axis.top],
                "tickvals": axis.ticks,
                "ticktext": [html.escape(text) for text in axis.short],
                "angle": 90,
                "tickangle": 90,  # from the axis, which is upright: so is the text
                "layer": "below traces",
                "tickfont": {"size": size.symbol, "color": TEXT},
                "gridcolor": size.ring,
                "showline": False,
                "ticks": "outside",
                "ticklen": size.mark,  # unseen: room for a mark between the axis and its words
                "tickcolor": BACKGROUND,
            },
            "angularaxis": {
                "type": "category",
                "layer": "below traces",
                "categoryorder": "array",
                "categoryarray": names,
                "direction": "clockwise",
                "rotation": 90,
                "gridcolor": size.spoke,
                "showline": False,  # the outer ring is that of the top, a little inside
                "tickfont": {"size": size.font, "color": TEXT},
            },
            "gridshape": "linear",
        },
    }
    return _figure(lines, layout)


def dot_plot(
    series: Sequence[Series],
    themes: Sequence[str],
    axis: ChartAxis,
    reference: Series | None,
    size: ChartSize = DESK,
) -> go.Figure:
    """Set the values of the radar on rows, one per theme from top to bottom, all on the same scale."""
    marks: list[dict[str, Any]] = []
    apart = axis.top * _APART
    styled = _styled(series, reference, size)
    for rank, (one, style) in enumerate(styled):
        is_reference = one is reference
        known = [value is not None for value in one.values]
        place = 0.0 if is_reference else _offset(rank - (reference is not None), len(series))
        marker = dict(style.pop("marker"))
        style.pop("line")
        if is_reference:
            marker |= {
                "symbol": "line-ns",
                "size": size.symbol,
                "line": {"width": 3, "color": REFERENCE.colour},
            }
        else:
            symbols = [marker["symbol"] + ("" if is_known else "-open") for is_known in known]
            marker |= {"symbol": symbols, "line": {"width": 2, "color": marker["color"]}}
        marks.append(
            {
                "type": "scatter",
                "x": [
                    (None if is_reference else apart) if value is None else _bounded(value, axis)
                    for value in one.values
                ],
                "y": [row + place for row in range(len(themes))],
                "hovertext": [html.escape(hover) for hover in one.hovers],
                "mode": "markers",
                **style,
                "marker": marker,
            }
        )
    limit = {
        "type": "line",
        "xref": "x",
        "yref": "y domain",
        "x0": apart / 2,
        "x1": apart / 2,
        "y0": 0,
        "y1": 1,
    }
    layout = _layout(size) | {
        "shapes": [limit | {"line": {"color": size.spoke, "width": 1, "dash": "dot"}}],
        "legend": _legend(size) | {"y": 1.02, "yanchor": "bottom"},  # below are the words of the scale
        "margin": {"t": 24, "b": 24, "l": 8, "r": 24},
        "xaxis": {
            "range": [apart * 1.5, axis.top * 1.06],
            "tickvals": [apart, *axis.ticks],
            "ticktext": ["non renseigné", *map(html.escape, axis.full)],
            "tickfont": {"size": size.tick, "color": TEXT},
            "tickangle": -35,
            "automargin": True,
            "fixedrange": True,
            "zeroline": False,
            "gridcolor": size.ring,
        },
        "yaxis": {
            "range": [len(themes) - 0.5, -0.5],
            "tickvals": list(range(len(themes))),
            "ticktext": [html.escape(theme) for theme in themes],
            "tickfont": {"size": size.font, "color": TEXT},
            "automargin": True,
            "fixedrange": True,
            "zeroline": False,
            "gridcolor": size.ring,
        },
    }
    return _figure(marks, layout)


def beyond(one: Series, axis: ChartAxis) -> tuple[int, ...]:
    """Give the ranks of the themes whose value is beyond the axis, hence drawn at its top."""
    return tuple(rank for rank, value in enumerate(one.values) if value is not None and value > axis.top)


def _figure(traces: list[dict[str, Any]], layout: dict[str, Any]) -> go.Figure:
    """Make a figure in one go: Plotly checks the same, seven times as fast as piece by piece."""
    return go.Figure({"data": traces, "layout": layout})


def _layout(size: ChartSize) -> dict[str, Any]:
    return {
        "template": "none",
        "height": size.height,
        "paper_bgcolor": BACKGROUND,
        "plot_bgcolor": BACKGROUND,
        "font": {"size": size.font, "color": TEXT, "family": '"Source Sans", sans-serif'},
        "hoverlabel": {"font": {"size": size.font}, "align": "left"},
        "dragmode": False,  # a finger that scrolls the page is not caught by the chart
    }


def _legend(size: ChartSize) -> dict[str, Any]:
    return {
        "orientation": "h",
        "x": 0.5,
        "xanchor": "center",
        "font": {"size": size.font},
        # A line hidden by a stray click would not be in the address.
        "itemclick": False,
        "itemdoubleclick": False,
    }


def _styled(
    series: Sequence[Series], reference: Series | None, size: ChartSize
) -> list[tuple[Series, dict[str, Any]]]:
    """Pair each series with the look of its line, the reference first, hence under the others."""
    pairs = [*([(reference, REFERENCE)] if reference else []), *zip(series, SERIES, strict=False)]
    if len(series) > len(SERIES):
        msg = f"au plus {len(SERIES)} territoires sur un graphique"
        raise ValueError(msg)
    return [
        (
            one,
            {
                "name": html.escape(_shortened(one.name)),
                "hoverinfo": "text",
                "line": {
                    "color": style.colour,
                    "width": size.line * 2 // 3 if style is REFERENCE else size.line,
                    "dash": style.dash,
                },
                "marker": {
                    "color": style.colour,
                    "symbol": style.symbol,
                    "size": size.mark * 2 // 3 if style is REFERENCE else size.mark,
                },
                "showlegend": True,
            },
        )
        for one, style in pairs
    ]


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + "…"


def _bounded(value: float | None, axis: ChartAxis) -> float | None:
    return None if value is None else min(max(value, 0.0), axis.top)


def _closed(items: Sequence[T]) -> list[T]:
    """Come back to the first item, which closes the line."""
    return [*items, *items[:1]]


def _offset(rank: int, count: int) -> float:
    """Put the marks of several series beside each other in their row."""
    return 0.0 if count == 1 else _SPREAD * (rank / (count - 1) - 0.5)
