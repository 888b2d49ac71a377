"""The drawings of the claim on green edges: means beside chance, how districts are spread, and their map."""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping, Sequence
from itertools import pairwise

import geopandas as gpd
import plotly.graph_objects as go
import shapely

from qpverts.domain.claims import EdgeRow, EdgeTest, Green, Reading, Reference
from qpverts.viz.charts.theme_charts import ChartSize
from qpverts.viz.maps import static_map
from qpverts.viz.palette import BACKGROUND, RAMP, SECONDARY_BACKGROUND, SERIES, TEXT
from qpverts.viz.words.claim_texts import between, share
from qpverts.viz.words.labels import NBSP

_GRID, _CHANCE = "#d5dcd2", "#6f6f6f"
_STEP_PCT, _WHOLE_PCT = 10, 100
_ROW_PX, _AXIS_PX = 54, 90
#: Ranks in %, upper bounds of the classes of the map but the last.
RANK_BREAKS = (20.0, 40.0, 60.0, 80.0)
_DOT, _EDGE_M = 5.0, 3_000.0


def means(tests: Sequence[EdgeTest], size: ChartSize) -> go.Figure:
    """Draw the mean of the districts on the means of random places, a row for each comparison."""
    shown = [t for t in tests if t.reading is Reading.LIKELY and t.mean is not None]
    shown.sort(key=lambda t: (list(Green).index(t.green), list(Reference).index(t.reference)))
    names = [f"{_SHORT[t.green]}, {_PLACES[t.reference]}" for t in shown]
    figure = go.Figure()
    for test, name in zip(shown, names, strict=True):
        figure.add_scatter(
            x=[test.random_low, test.random_mean, test.random_high],
            y=[name] * 3,
            mode="lines+markers",
            line={"color": _CHANCE, "width": size.line * 2},
            marker={"color": _CHANCE, "symbol": ["line-ns", "circle", "line-ns"], "size": size.mark,
                    "line": {"width": size.line, "color": _CHANCE}},
            hoverinfo="text",
            hovertext=f"au hasard : {share(test.random_mean)}, {between(test.random_low, test.random_high)}",
        )  # fmt: skip
    figure.add_scatter(
        x=[test.mean for test in shown],
        y=names,
        mode="markers",
        marker={"color": SERIES[1].colour, "symbol": "diamond", "size": size.mark * 1.4},
        hoverinfo="text",
        hovertext=[f"quartiers : {share(test.mean)}" for test in shown],
    )
    figure.update_layout(
        **_layout(size, _AXIS_PX + _ROW_PX * max(len(shown), 1)),
        showlegend=False,  # its names, in the page: here they would squeeze the marks
        xaxis=_percent(size, "part du contour au bord du vert"),
        yaxis={"categoryorder": "array", "categoryarray": names[::-1], "automargin": True,
               "tickfont": {"size": size.tick}, "fixedrange": True},
    )  # fmt: skip
    return figure


def spread(rows: Sequence[EdgeRow], green: Green, size: ChartSize) -> go.Figure:
    """Draw how many districts have each share of their boundary at the edge, by steps of ten points."""
    counts = steps(rows, green)
    names = [f"{low} à {low + _STEP_PCT}{NBSP}%" for low in range(0, _WHOLE_PCT, _STEP_PCT)]
    figure = go.Figure(
        go.Bar(
            x=names,
            y=counts,
            marker={"color": RAMP[2], "line": {"color": TEXT, "width": 1}},
            text=counts,
            textposition="outside",
            textfont={"size": size.tick},
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    figure.update_layout(
        **_layout(size, size.height - 100),
        xaxis={"tickfont": {"size": size.tick}, "automargin": True, "fixedrange": True,
               "title": {"text": "part du contour au bord du vert", "font": {"size": size.tick}}},
        yaxis={"title": {"text": "quartiers", "font": {"size": size.tick}}, "rangemode": "tozero",
               "tickfont": {"size": size.tick}, "gridcolor": _GRID, "automargin": True, "fixedrange": True},
    )  # fmt: skip
    return figure


def steps(rows: Sequence[EdgeRow], green: Green) -> list[int]:
    """Count the known districts by steps of ten points, each once whatever the references."""
    known = {row.code_qp: row.value for row in rows if row.green is green and row.value is not None}
    counts = [0] * (_WHOLE_PCT // _STEP_PCT)
    for value in known.values():
        counts[min(int(value // _STEP_PCT), len(counts) - 1)] += 1
    return counts


def rank_colour(rank_pct: float | None) -> str:
    """Give the colour of a rank; what is not known is the background."""
    return BACKGROUND if rank_pct is None else RAMP[sum(rank_pct > bound for bound in RANK_BREAKS)]


def rank_map(
    outlines: gpd.GeoSeries,
    perimeters: gpd.GeoSeries,
    ranks: Mapping[str, float | None],
    names: Mapping[str, str],
) -> str:
    """Draw each district as a dot coloured by its rank, as the address of an SVG image.

    ``outlines`` (communes) and ``perimeters`` are in EPSG:2154; ``names`` are by code.
    """
    frame = static_map.frame_around(perimeters, _EDGE_M)
    ground = "".join(
        f'<path d="{o.path}" fill="{SECONDARY_BACKGROUND}" stroke="#9aa695" stroke-width=".5"/>'
        for o in static_map.outlines(static_map.project(outlines), frame)
    )
    points = {str(code): shapely.centroid(shape) for code, shape in perimeters.items()}
    dots = "".join(
        f'<circle cx="{spot.x}" cy="{spot.y}" r="{_DOT}" fill="{rank_colour(ranks.get(spot.id))}" '
        f'stroke="{TEXT}" stroke-width=".8"><title>{html.escape(names[spot.id])}</title></circle>'
        for spot in static_map.spots(points, frame)
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {static_map.WIDTH:g} {frame.height}">'
        f'<rect width="100%" height="100%" fill="#dbe7ef"/>{ground}{dots}</svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def rank_names() -> list[tuple[str, str]]:
    """Give the colour and the words of each class of the map, the unknown last."""
    bounds = [0.0, *RANK_BREAKS, float(_WHOLE_PCT)]
    words = [f"dépasse {low:.0f} à {high:.0f}{NBSP}% des lieux" for low, high in pairwise(bounds)]
    return [*zip(RAMP, words, strict=True), (BACKGROUND, "non couvert")]


_SHORT = {Green.VEGETATION: "Végétation", Green.PARKS: "Parcs connus"}
_PLACES = {Reference.COMMUNE: "commune", Reference.AROUND: "à 1 km", Reference.STREETS: "rues"}


def _layout(size: ChartSize, height: int) -> dict[str, object]:
    return {
        "template": "none",
        "height": height,
        "paper_bgcolor": BACKGROUND,
        "plot_bgcolor": BACKGROUND,
        "font": {"size": size.font, "color": TEXT, "family": '"Source Sans", sans-serif'},
        "hoverlabel": {"font": {"size": size.font}, "align": "left"},
        "margin": {"t": 24, "b": 24, "l": 8, "r": 16},
        "dragmode": False,
    }


def _percent(size: ChartSize, title: str) -> dict[str, object]:
    return {
        "range": [0, _WHOLE_PCT],
        "dtick": 25,
        "tickangle": 0,
        "ticksuffix": f"{NBSP}%",
        "title": {"text": title, "font": {"size": size.tick}},
        "tickfont": {"size": size.tick},
        "gridcolor": _GRID,
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
    }
