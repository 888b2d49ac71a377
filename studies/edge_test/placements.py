"""Random places for a shape: the same outline, turned and moved at random inside a zone.

This is the null model of a claim about where districts stand: what their own shapes would meet elsewhere.
Coordinates are metres of one projected CRS (EPSG:2154 here); a move keeps areas and lengths.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

Shapes = NDArray[np.object_]
#: Tells of each shape whether it may stand where it is.
Accept = Callable[[Shapes], NDArray[np.bool_]]

_BATCH = 64
#: Where hardly one draw in this many stands, the shape has no room to be moved in: no more is tried.
MOST_TRIES = 400


@dataclass(frozen=True, slots=True, eq=False)
class Placements:
    """Shapes that stand where they may, in the order of their draws, and how many draws that took."""

    shapes: Shapes
    tries: int


@dataclass(frozen=True, slots=True)
class Room:
    """Where a shape may go: wholly inside ``inside``, its centroid in ``centre``, both polygons."""

    inside: shapely.Geometry
    centre: shapely.Geometry


def moved(shape: shapely.Geometry, angles: NDArray[np.float64], centres: NDArray[np.float64]) -> Shapes:
    """Turn a shape about its centroid (radians, counterclockwise), then bring the centroid to each centre.

    Parameters
    ----------
    angles, centres
        Shapes (n,) and (n, 2).
    """
    vertices, ends = shapely.get_coordinates(shape), len(angles)
    about = vertices - shapely.get_coordinates(shapely.centroid(shape))
    cos, sin = np.cos(angles)[:, None], np.sin(angles)[:, None]
    x = about[:, 0] * cos - about[:, 1] * sin + centres[:, :1]
    y = about[:, 0] * sin + about[:, 1] * cos + centres[:, 1:]
    copies = np.full(ends, shape, dtype=object)
    placed: Shapes = shapely.set_coordinates(copies, np.stack([x.ravel(), y.ravel()], axis=1))
    return placed


def placements(
    shape: shapely.Geometry, room: Room, count: int, rng: np.random.Generator, accept: Accept
) -> Placements:
    """Draw places for a shape until ``count`` stand: any angle and any place are as likely as any other.

    A draw is refused when it does not fit the room or ``accept`` refuses it. Fewer are given where the shape
    has hardly any room: after :data:`MOST_TRIES` draws for each place that was asked.
    """
    west, south, east, north = shapely.bounds(room.centre)
    if np.isnan(west):
        return Placements(np.array([], dtype=object), 0)
    shapely.prepare([room.inside, room.centre])
    found: list[shapely.Geometry] = []
    tries = 0
    while len(found) < count and tries < MOST_TRIES * count:
        angles = rng.uniform(0.0, 2 * np.pi, _BATCH)
        centres = rng.uniform((west, south), (east, north), (_BATCH, 2))
        stands = shapely.intersects_xy(room.centre, centres[:, 0], centres[:, 1])
        drawn = moved(shape, angles[stands], centres[stands])
        ranks = np.flatnonzero(stands)
        fits = shapely.covers(room.inside, drawn)
        drawn, ranks = drawn[fits], ranks[fits]
        kept = accept(drawn)
        drawn, ranks = drawn[kept], ranks[kept]
        missing = count - len(found)
        found += list(drawn[:missing])
        tries += int(ranks[missing - 1]) + 1 if len(ranks) >= missing else _BATCH
    return Placements(np.array(found, dtype=object), tries)
