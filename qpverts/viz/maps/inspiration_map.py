"""Where inspirations come from: maps with a mark each, of France, of Europe and of the world.

Drawn as charts in longitude and latitude over embedded outlines: the maps of Plotly fetch theirs from a
server of its maker. Names come from data: they are drawn as text, never as markup.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from qpverts.domain.model import Inspiration
from qpverts.viz.palette import BACKGROUND, OTHER_MARK, TEXT, THEME_MARKS

Rings = Sequence[Sequence[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class Window:
    """What a map shows: its name, and its west, south, east and north in decimal degrees."""

    id: str
    label: str
    west: float
    south: float
    east: float
    north: float

    def holds(self, one: Inspiration) -> bool:
        """Tell whether an inspiration is in the window."""
        return self.west <= one.lon <= self.east and self.south <= one.lat <= self.north

    @property
    def stretch(self) -> float:
        """How much longer a degree of latitude is than one of longitude, in the middle."""
        return 1 / math.cos(math.radians((self.south + self.north) / 2))


FRANCE = Window("france", "France", -5.6, 41.2, 9.9, 51.6)
EUROPE = Window("europe", "Autour, en Europe", -11.0, 37.5, 21.0, 59.5)
WORLD = Window("monde", "Ailleurs dans le monde", -125.0, -45.0, 100.0, 68.0)
WINDOWS = (FRANCE, EUROPE, WORLD)
HEIGHT_PX = 330
#: The least width that a map is likely to have: marks must not cover each other there.
_WIDTH_PX = 340
_LAND, _NEAR, _SHORE = "#dfe8da", "#f1f4ee", "#9aa898"
_SYMBOLS = {
    "carré": "square",
    "triangle": "triangle-up",
    "rond": "circle",
    "losange": "diamond",
    "étoile": "star",
    "pentagone": "pentagon",
    "hexagone": "hexagon2",
}
_MARK_PX, _FONT_PX = 15, 16
#: How many times marks push each other away at most, and which part of the way each time.
_PUSHES, _STEP = 300, 0.3


def sorted_by_window(inspirations: Iterable[Inspiration]) -> dict[str, list[Inspiration]]:
    """Give the inspirations of each map: those of France, those of the rest of Europe, all others."""
    found: dict[str, list[Inspiration]] = {window.id: [] for window in WINDOWS}
    for one in inspirations:
        if one.country == FRANCE.label:
            found[FRANCE.id].append(one)
        else:
            found[EUROPE.id if EUROPE.holds(one) else WORLD.id].append(one)
    return found


def chart(
    window: Window, inspirations: Sequence[Inspiration], lands: Sequence[Rings], themes: Mapping[str, str]
) -> go.Figure:
    """Draw inspirations in a window, each with the mark of its main theme.

    Parameters
    ----------
    lands
        Outlines in decimal degrees; the last ones stand out from those before.
    themes
        The names of the themes, by id.
    """
    lines = [_line(rings) for rings in lands]
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter", "x": xs, "y": ys, "mode": "lines", "fill": "toself", "hoverinfo": "skip",
            "showlegend": False, "fillcolor": _LAND if rank == len(lands) - 1 else _NEAR,
            "line": {"color": _SHORE, "width": 1},
        }
        for rank, (xs, ys) in enumerate(lines)
    ]  # fmt: skip
    places = spread(inspirations, window)
    marks = [THEME_MARKS.get(one.themes[0], OTHER_MARK) for one in inspirations]
    traces.append(
        {
            "type": "scatter",
            "x": [places[one.id][0] for one in inspirations],
            "y": [places[one.id][1] for one in inspirations],
            "customdata": [[one.id] for one in inspirations],
            "hovertext": [
                html.escape(f"{one.title} ({one.city}, {one.country}) · {themes[one.themes[0]]}")
                for one in inspirations
            ],
            "hoverinfo": "text",
            "mode": "markers",
            "marker": {
                "color": [mark.colour for mark in marks],
                "symbol": [_SYMBOLS[mark.shape] for mark in marks],
                "size": _MARK_PX,
                "opacity": 1,
                "line": {"width": 1.5, "color": "#111"},
            },
            # A mark that is chosen opens a sheet: it must not fade the others on the way.
            "selected": {"marker": {"opacity": 1}},
            "unselected": {"marker": {"opacity": 1}},
            "showlegend": False,
        }
    )
    hidden = {"visible": False, "fixedrange": True, "constrain": "domain"}
    upright = {"range": [window.south, window.north], "scaleanchor": "x", "scaleratio": window.stretch}
    layout = {
        "template": "none",
        "height": HEIGHT_PX,
        "paper_bgcolor": BACKGROUND,
        "plot_bgcolor": BACKGROUND,
        "margin": {"t": 0, "b": 0, "l": 0, "r": 0},
        "font": {"size": _FONT_PX, "color": TEXT, "family": '"Source Sans", sans-serif'},
        "hoverlabel": {"font": {"size": _FONT_PX}, "align": "left"},
        "dragmode": False,
        "xaxis": hidden | {"range": [window.west, window.east]},
        "yaxis": hidden | upright,
    }
    # In one go: piece by piece, Plotly checks what is already there again.
    return go.Figure({"data": traces, "layout": layout})


def _line(rings: Rings) -> NDArray[np.float32]:
    """Give the abscissas and ordinates of outlines, with a gap after each.

    As an array: Plotly checks a list point by point, which takes ten times longer than all the rest.
    """
    gap = (math.nan, math.nan)
    return np.array([point for ring in rings for point in (*ring, gap)], np.float32).reshape(-1, 2).T


def spread(inspirations: Iterable[Inspiration], window: Window) -> dict[str, tuple[float, float]]:
    """Give where each stands, longitude and latitude: marks that would cover each other push each other away.

    The order of the inspirations does not matter; one that is alone stands at its own place.
    """
    ordered = sorted(inspirations, key=lambda one: one.id)
    if not ordered:
        return {}
    wide = mark_size(window)
    places = np.array([(one.lon / window.stretch, one.lat) for one in ordered])
    # Marks of one city must leave it in different directions: a golden angle apart, none is that of another.
    angles = np.arange(len(ordered)) * math.pi * (3 - math.sqrt(5))
    crowded = _short(places, wide).any(axis=1, keepdims=True)
    places += crowded * 0.01 * wide * np.column_stack([np.cos(angles), np.sin(angles)])
    for _ in range(_PUSHES):
        short = _short(places, wide)
        if not short.any():
            break
        away = places[:, None] - places
        length = np.hypot(away[..., 0], away[..., 1]) + 1e-9
        places += _STEP * (away * (short / length)[..., None]).sum(axis=1)
    return {
        one.id: (float(x) * window.stretch, float(y)) for one, (x, y) in zip(ordered, places, strict=True)
    }


def mark_size(window: Window) -> float:
    """Give how wide a mark is on a small map, in degrees of latitude."""
    pixel = max(
        (window.north - window.south) / HEIGHT_PX, (window.east - window.west) / window.stretch / _WIDTH_PX
    )
    return _MARK_PX * pixel


def _short(places: NDArray[np.float64], wide: float) -> NDArray[np.float64]:
    """Give by how much each pair is too near, zero where it is not."""
    away = places[:, None] - places
    short = np.clip(1.1 * wide - np.hypot(away[..., 0], away[..., 1]), 0.0, None)
    np.fill_diagonal(short, 0.0)
    return short
