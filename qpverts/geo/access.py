"""Access of districts to green spaces: distances, shares and counts, with bounds.

All inputs are in EPSG:2154, all results in metres and square metres. A green space known only by a
point and an area is an equal-area disc of radius r. An ellipse of the same area, up to four times as
long as it is wide, contains the disc of radius r/2 and lies in the disc of radius 2r, whichever way it
points: these two discs give the bounds of every indicator here, since each grows or shrinks with the park.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from qpverts.domain.figures.facts import (
    MIN_AREAS_HA,
    RADII_M,
    Distances,
    GreenAccess,
    Interval,
    Metres,
    SpacesNear,
)
from qpverts.domain.model import GreenSpace
from qpverts.geo.crs import LAMBERT_93, WGS84

SERVED_WITHIN_M = 300.0
LATTICE_STEP_M = 50.0
BORDERED_WITHIN_M = 50.0
#: Radius of the bounding discs against that of the equal-area disc: at worst, and at best.
WORST, LIKELY, BEST = 0.5, 1.0, 2.0
#: More than a computed distance may be off, in metres.
_ROUNDING_M = 1e-6
_QUARTER = 32  # segments for a quarter of a disc: the area falls short by 0.04 %


def locate(spaces: Iterable[GreenSpace]) -> gpd.GeoDataFrame:
    """Put the located public green spaces on the plane.

    Returns
    -------
    GeoDataFrame
        Points in EPSG:2154 indexed by space id, column ``area_ha`` (NaN where unknown).
    """
    kept = [space for space in spaces if space.is_public_green and space.is_located]
    areas = [float("nan") if space.area_ha is None else space.area_ha for space in kept]
    return gpd.GeoDataFrame(
        {"area_ha": np.array(areas, dtype=float)},
        index=pd.Index([space.id for space in kept], name="id", dtype=object),
        geometry=gpd.points_from_xy([space.lon for space in kept], [space.lat for space in kept]),
        crs=WGS84,
    ).to_crs(LAMBERT_93)


def discs(located: gpd.GeoDataFrame, reach: float = LIKELY) -> gpd.GeoSeries:
    """Draw equal-area discs, their radius multiplied by ``reach``; unknown areas stay points."""
    radius_m = np.sqrt(located["area_ha"].to_numpy() * 10_000 / np.pi) * reach
    drawn = shapely.buffer(located.geometry.to_numpy(), np.nan_to_num(radius_m), quad_segs=_QUARTER)
    unknown = np.isnan(radius_m)
    drawn[unknown] = located.geometry.to_numpy()[unknown]
    return gpd.GeoSeries(drawn, index=located.index, crs=located.crs)


@dataclass(frozen=True, slots=True)
class Reaches:
    """The same spaces under three hypotheses of shape; polygons (or points) in EPSG:2154 by id."""

    worst: gpd.GeoSeries
    likely: gpd.GeoSeries
    best: gpd.GeoSeries

    @classmethod
    def of(cls, located: gpd.GeoDataFrame) -> Reaches:
        """Draw the spaces three times."""
        return cls(discs(located, WORST), discs(located, LIKELY), discs(located, BEST))


@dataclass(frozen=True, slots=True)
class GreenLayer:
    """The located public green spaces, drawn once for all districts: all of them, and by least area."""

    every: Reaches
    of_at_least: Mapping[float, Reaches]


def green_layer(located: gpd.GeoDataFrame) -> GreenLayer:
    """Draw what :func:`locate` gives.

    A space of unknown area may be large enough: at best it counts, as one of the largest least area.
    """
    at_best = located.fillna({"area_ha": max(MIN_AREAS_HA)})
    of_at_least = {}
    for min_area_ha in MIN_AREAS_HA:
        sure = located[located["area_ha"] >= min_area_ha]
        possible = at_best[at_best["area_ha"] >= min_area_ha]
        of_at_least[min_area_ha] = Reaches(discs(sure, WORST), discs(sure, LIKELY), discs(possible, BEST))
    return GreenLayer(Reaches.of(located), of_at_least)


def lattice(perimeter: shapely.Geometry, step_m: float = LATTICE_STEP_M) -> np.ndarray:
    """Give the points of a square lattice inside a perimeter; its representative point when none is.

    Nodes are multiples of ``step_m``, so that neighbouring districts share one lattice.
    """
    west, south, east, north = shapely.bounds(perimeter)
    x = np.arange(np.ceil(west / step_m), np.floor(east / step_m) + 1) * step_m
    y = np.arange(np.ceil(south / step_m), np.floor(north / step_m) + 1) * step_m
    nodes = shapely.points(*(axis.ravel() for axis in np.meshgrid(x, y)))
    # A copy: others hold the perimeter, and GEOS does not allow threads to share a prepared geometry.
    own = shapely.from_wkb(shapely.to_wkb(perimeter))
    shapely.prepare(own)
    inside = nodes[shapely.intersects(own, nodes)]
    return inside if inside.size else np.array([shapely.point_on_surface(perimeter)])


def nearest_m(origins: np.ndarray, greens: gpd.GeoSeries) -> Metres:
    """Measure from each geometry to the nearest green edge, in metres; infinity where there is none.

    Boxes say which green spaces may be the nearest, one or two for each origin, and only these are
    measured: a disc has 128 sides. The result is that of measuring them all.
    """
    shapes = _within_reach(origins, greens.to_numpy())
    if not shapes.size:
        return np.full(len(origins), np.inf)
    at_least = _apart_m(shapely.bounds(origins)[:, np.newaxis], shapely.bounds(shapes)[np.newaxis])
    rank, first = np.arange(len(origins)), at_least.argmin(axis=1)
    result: Metres = shapely.distance(origins, shapes[first])
    at_least[rank, first] = np.inf  # measured
    origin, other = np.nonzero(at_least <= result[:, np.newaxis] + _ROUNDING_M)
    np.minimum.at(result, origin, shapely.distance(origins[origin], shapes[other]))
    return result


def _within_reach(origins: np.ndarray, shapes: np.ndarray) -> np.ndarray:
    """Keep the shapes that may be the nearest of an origin: no more of them in a country than in a town."""
    shapes = shapes[~shapely.is_empty(shapes)]
    if not (shapes.size and len(origins)):
        return shapes[:0]
    whole = shapely.total_bounds(origins)
    at_least = _apart_m(whole, shapely.bounds(shapes))
    one_m = shapely.distance(origins[0], shapes[at_least.argmin()])
    # All origins are in one box: what one can reach, no other is farther from than the box is long.
    farthest_m = one_m + np.hypot(whole[2] - whole[0], whole[3] - whole[1])
    kept: np.ndarray = shapes[at_least <= farthest_m + _ROUNDING_M]
    return kept


def _apart_m(some: np.ndarray, others: np.ndarray) -> Metres:
    """Measure between boxes (west, south, east, north on the last axis), 0 where they meet."""
    across = np.maximum(others[..., 0] - some[..., 2], some[..., 0] - others[..., 2])
    along = np.maximum(others[..., 1] - some[..., 3], some[..., 1] - others[..., 3])
    apart: Metres = np.hypot(np.maximum(across, 0), np.maximum(along, 0))
    return apart


def served_m2(perimeter: shapely.Geometry, greens: gpd.GeoSeries, within_m: float = SERVED_WITHIN_M) -> float:
    """Measure the part of a perimeter within ``within_m`` of a green edge, in square metres."""
    near = greens.to_numpy()[shapely.dwithin(greens.to_numpy(), perimeter, within_m)]
    if not near.size:
        return 0.0
    zone = shapely.union_all(shapely.buffer(near, within_m, quad_segs=_QUARTER))
    whole = float(shapely.area(perimeter))
    if shapely.covers(zone, perimeter):
        return whole  # an intersection may come out a hair larger, and a share above 100 %
    return min(whole, float(shapely.area(shapely.intersection(perimeter, zone))))


def bordered_m(perimeter: shapely.Geometry, greens: gpd.GeoSeries) -> float:
    """Measure the part of a boundary within 50 m of a green edge, in metres."""
    near = greens.to_numpy()[shapely.dwithin(greens.to_numpy(), perimeter, BORDERED_WITHIN_M)]
    zone = shapely.union_all(shapely.buffer(near, BORDERED_WITHIN_M, quad_segs=_QUARTER))
    boundary = shapely.boundary(perimeter)
    # As an area, a length may come out of an intersection a hair larger than the whole.
    return float(min(shapely.length(boundary), shapely.length(shapely.intersection(boundary, zone))))


def ground_m2(zone: shapely.Geometry, spaces: Reaches) -> Interval:
    """Measure the green spaces that lie in a zone, in square metres, those that overlap counted once.

    At worst what the inner discs hold; at best what the outer discs hold, no more than the spaces' own area.
    """

    def ground(drawn: gpd.GeoSeries) -> float:
        near = drawn.to_numpy()[shapely.intersects(drawn.to_numpy(), zone)]
        shared = shapely.intersection(zone, shapely.union_all(near))
        return float(min(shapely.area(zone), shapely.area(shared)))

    value = ground(spaces.likely)
    reached = shapely.intersects(spaces.best.to_numpy(), zone)
    whole = float(shapely.area(spaces.likely.to_numpy()[reached]).sum())
    high = min(ground(spaces.best), whole)
    return Interval(low=min(ground(spaces.worst), value), value=value, high=max(high, value))


def green_access(perimeter: shapely.Geometry, layer: GreenLayer) -> GreenAccess:
    """Measure everything about the access of one district to the located public green spaces.

    Parameters
    ----------
    perimeter
        Polygon or multipolygon, EPSG:2154, valid.
    layer
        What :func:`green_layer` gives.
    """
    nodes = lattice(perimeter)
    itself = np.array([perimeter])
    served, edges, lattices, bordered = {}, {}, {}, {}
    for min_area_ha, greens in layer.of_at_least.items():
        served[min_area_ha] = Interval(
            low=served_m2(perimeter, greens.worst),
            value=served_m2(perimeter, greens.likely),
            high=served_m2(perimeter, greens.best),
        )
        edges[min_area_ha] = Interval(
            low=float(nearest_m(itself, greens.best)[0]),
            value=float(nearest_m(itself, greens.likely)[0]),
            high=float(nearest_m(itself, greens.worst)[0]),
        )
        lattices[min_area_ha] = Distances(
            low=nearest_m(nodes, greens.best),
            value=nearest_m(nodes, greens.likely),
            high=nearest_m(nodes, greens.worst),
        )
        bordered[min_area_ha] = Interval(
            low=bordered_m(perimeter, greens.worst),
            value=bordered_m(perimeter, greens.likely),
            high=bordered_m(perimeter, greens.best),
        )
    spaces = {radius_m: spaces_near(perimeter, layer.every, radius_m) for radius_m in RADII_M}
    surroundings = shapely.buffer(perimeter, SERVED_WITHIN_M, quad_segs=_QUARTER)
    inside, near = ground_m2(perimeter, layer.every), ground_m2(surroundings, layer.every)
    return GreenAccess(served, edges, lattices, spaces, bordered, inside, near)


def spaces_near(perimeter: shapely.Geometry, spaces: Reaches, radius_m: float) -> SpacesNear:
    """List the spaces whose edge is within ``radius_m`` of the perimeter, or inside it."""
    low, value, high = (
        frozenset(drawn.index[shapely.dwithin(drawn.to_numpy(), perimeter, radius_m)])
        for drawn in (spaces.worst, spaces.likely, spaces.best)
    )
    return SpacesNear(low, value, high)
