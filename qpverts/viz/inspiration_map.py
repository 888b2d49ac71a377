"""Where inspirations come from: maps with a mark each, of France, of Europe and of the world.

Drawn as charts in longitude and latitude over embedded outlines: the maps of Plotly fetch theirs from a
server of its maker. Names come from data: they are drawn as text, never as markup.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from qpverts.domain.model import Inspiration
from qpverts.viz.palette import BACKGROUND, TEXT, THEME_MARKS

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
    figure = go.Figure()
    for rank, rings in enumerate(lands):
        xs: list[float | None] = []
        ys: list[float | None] = []
        for ring in rings:
            xs += [lon for lon, _ in ring] + [None]
            ys += [lat for _, lat in ring] + [None]
        figure.add_scatter(
            x=xs, y=ys, mode="lines", fill="toself", hoverinfo="skip", showlegend=False,
            fillcolor=_LAND if rank == len(lands) - 1 else _NEAR, line={"color": _SHORE, "width": 1},
        )  # fmt: skip
    places = spread(inspirations, window)
    marks = [THEME_MARKS[one.themes[0]] for one in inspirations]
    figure.add_scatter(
        x=[places[one.id][0] for one in inspirations],
        y=[places[one.id][1] for one in inspirations],
        customdata=[[one.id] for one in inspirations],
        hovertext=[
            html.escape(f"{one.title} ({one.city}, {one.country}) · {themes[one.themes[0]]}")
            for one in inspirations
        ],
        hoverinfo="text",
        mode="markers",
        marker={
            "color": [mark.colour for mark in marks],
            "symbol": [_SYMBOLS[mark.shape] for mark in marks],
            "size": _MARK_PX,
            "opacity": 1,
            "line": {"width": 1.5, "color": "#111"},
        },
        # A mark that is chosen opens a sheet: it must not fade the others on the way.
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        showlegend=False,
    )
    hidden = {"visible": False, "fixedrange": True, "constrain": "domain"}
    figure.update_layout(
        template="none",
        height=HEIGHT_PX,
        paper_bgcolor=BACKGROUND,
        plot_bgcolor=BACKGROUND,
        margin={"t": 0, "b": 0, "l": 0, "r": 0},
        font={"size": _FONT_PX, "color": TEXT, "family": '"Source Sans", sans-serif'},
        hoverlabel={"font": {"size": _FONT_PX}, "align": "left"},
        dragmode=False,
        xaxis=hidden | {"range": [window.west, window.east]},
        yaxis=hidden
        | {"range": [window.south, window.north], "scaleanchor": "x", "scaleratio": window.stretch},
    )
    return figure


def spread(inspirations: Iterable[Inspiration], window: Window) -> dict[str, tuple[float, float]]:
    """Give where each stands, longitude and latitude: marks that would cover each other stand on a ring.

    The order of the inspirations does not matter.
    """
    pixel = max(
        (window.north - window.south) / HEIGHT_PX, (window.east - window.west) / window.stretch / _WIDTH_PX
    )
    wide = 1.1 * _MARK_PX * pixel
    groups: list[list[Inspiration]] = []
    for one in sorted(inspirations, key=lambda one: one.id):
        near = [group for group in groups if _apart(one, group[0], window) < wide]
        if near:
            near[0].append(one)
        else:
            groups.append([one])
    found = {}
    for group in groups:
        lon = math.fsum(one.lon for one in group) / len(group)
        lat = math.fsum(one.lat for one in group) / len(group)
        radius = wide / (2 * math.sin(math.pi / len(group))) if len(group) > 1 else 0.0
        for rank, one in enumerate(group):
            angle = 2 * math.pi * rank / len(group)
            found[one.id] = (
                lon + radius * window.stretch * math.sin(angle),
                lat + radius * math.cos(angle),
            )
    return found


def _apart(one: Inspiration, other: Inspiration, window: Window) -> float:
    """Measure how far two are on the map, in degrees of latitude."""
    return math.hypot((one.lon - other.lon) / window.stretch, one.lat - other.lat)
