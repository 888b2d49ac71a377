"""Paint orders: all that changes on a map, in a few kilobytes of plain values for ``map.js``."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from qpverts.domain.figures.indicators import Indicator
from qpverts.domain.model import Action, Precision
from qpverts.geo.crs import METRES_A_DEGREE
from qpverts.geo.crs import Bounds as Box
from qpverts.viz.palette import MISSING, RAMP, class_of
from qpverts.viz.words import labels


class Bounds(NamedTuple):
    """A rectangle in decimal degrees (EPSG:4326)."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, slots=True)
class View:
    """Where the map should look: it moves when ``token`` changes, and never otherwise."""

    token: str
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class Walk:
    """A way along the streets to draw beside the straight line.

    ``route`` is latitudes and longitudes in decimal degrees, ``nearest`` where the straight line ends;
    ``lines`` are its title, then what the straight line and the streets measure.
    """

    route: tuple[tuple[float, float], ...]
    nearest: tuple[float, float]
    lines: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Added:
    """A green space that does not exist, drawn as a disc: decimal degrees, metres, and what it is called."""

    lat: float
    lon: float
    radius_m: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """What makes maps side by side move as one, in the browser.

    ``channel`` is theirs alone; ``side`` is the rank of this one. ``fits`` are bounds, one per side: the zoom
    of all of them is the closest that shows each of these whole. Their views share one token.
    """

    channel: str
    side: int
    fits: tuple[Bounds, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a person asked to see.

    ``indicator`` colours the districts; those ``shown`` keep their full colour, the others fade; those
    ``outlined``, like the one ``selected``, stand out and bear their names.
    ``here`` is latitude, longitude in decimal degrees; ``tiles`` names an IGN background; ``grid`` shows the
    cells of vegetation; ``added`` are what a scenario would bring; ``name`` tells this map from another of
    the page for people who do not see them.
    """

    indicator: str
    shown: Sequence[str]
    view: View
    selected: str | None = None
    ring: str | None = None
    action: str | None = None
    tiles: str | None = None
    here: tuple[float, float] | None = None
    grid: bool = False
    walk: Walk | None = None
    outlined: Sequence[str] = ()
    link: Link | None = None
    added: Sequence[Added] = ()
    name: str = "Carte des quartiers"


def bounds_of(boxes: Mapping[str, Box], codes: Collection[str], margin_m: float = 0.0) -> Bounds:
    """Give the bounds of some districts, whose boxes are in degrees, with a margin in metres.

    A map only needs to know where to look. No projection here: pyproj makes its own anew in each thread, and
    each run of a page is a thread.
    """
    west, south, east, north = zip(*(boxes[code] for code in codes), strict=True)
    return _bounds((min(west), min(south), max(east), max(north)), margin_m)


def bounds_around(lat: float, lon: float, reach_m: float = 800.0) -> Bounds:
    """Give the bounds of a square around a point in decimal degrees, ``reach_m`` metres each way."""
    return _bounds((lon, lat, lon, lat), reach_m)


def _bounds(box: Box, margin_m: float) -> Bounds:
    west, south, east, north = box
    up = margin_m / METRES_A_DEGREE
    aside = up / math.cos(math.radians((south + north) / 2))
    edges = (south - up, west - aside, north + up, east + aside)
    return Bounds(*(round(edge, 5) for edge in edges))


def paint_order(values: Mapping[str, Indicator], actions: Sequence[Action], scene: Scene) -> dict[str, Any]:
    """Build the order.

    Parameters
    ----------
    values
        The scene's indicator by district code; at least one.
    actions
        The actions to show: those that have a place are named by their ids, as in the actions layer. Each
        district shown is told how many it has, and how many of them are known only to the district: those
        become a number, never a place.
    """
    spec = next(iter(values.values())).spec
    counts = {code: [0, 0] for code in scene.shown}
    for action in actions:
        for code in action.qpv_codes:
            if code in counts:
                counts[code][0] += 1
                counts[code][1] += action.precision is Precision.DISTRICT
    return {
        "name": scene.name,
        "indicator": spec.id,
        "title": spec.label,
        "unit": spec.unit,
        "ramp": list(RAMP),
        # For each district: its class, its text, its actions, and those known only to the district.
        "districts": {
            code: [
                class_of(value),
                labels.plainly_spaced(labels.value_text(value)),
                *counts.get(code, [0, 0]),
            ]
            for code, value in values.items()
        },
        "legend": [
            {"colour": c, "label": text} for c, text in zip(RAMP, labels.legend_labels(spec), strict=True)
        ],
        "missing": labels.missing_label(spec) if any(class_of(v) == MISSING for v in values.values()) else "",
        "shown": None if len(scene.shown) == len(values) else sorted(scene.shown),
        "actions": [action.id for action in actions if action.is_exact],
        "selected": scene.selected,
        "outlined": list(scene.outlined),
        "ring": scene.ring,
        "action": scene.action,
        "tiles": scene.tiles,
        "here": scene.here,
        "grid": scene.grid,
        "walk": scene.walk and asdict(scene.walk),
        "added": [asdict(one) for one in scene.added] or None,
        "view": {"token": scene.view.token, "bounds": _corners(scene.view.bounds)},
        "link": scene.link
        and {
            "channel": scene.link.channel,
            "side": scene.link.side,
            "fits": [_corners(one) for one in scene.link.fits],
        },
    }


def _corners(bounds: Bounds) -> list[tuple[float, float]]:
    """Give the south-west and north-east corners, latitude first, as Leaflet takes them."""
    return [(bounds.south, bounds.west), (bounds.north, bounds.east)]
