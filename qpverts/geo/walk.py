"""Walking to the nearest public green space, beside the straight line, with the barrier in between.

All inputs are in EPSG:2154, all distances in metres. From each point of a district's 50 m lattice one walks
straight to the nearest street, along the streets, and straight into a space. The three reaches of
:mod:`qpverts.geo.access` give the bounds. What the figures cannot tell: docs/decisions/2026-11-25-walking.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from qpverts.domain.figures.facts import Interval
from qpverts.geo.access import GreenLayer, lattice, nearest_m
from qpverts.geo.barrier import Gap, widest_gaps
from qpverts.geo.entries import ENTRY_SLACK_M, Points, Reverse, entries
from qpverts.geo.network import Floats, Snaps, StreetNetwork, snap

#: The network covers a district when it leads at least this share of its points to a space.
COVERED_FROM_PCT = 90.0


@dataclass(frozen=True, slots=True)
class WalkAccess:
    """The way on foot from a district to the nearest public green space.

    ``reached_pct``: share of the points of its 50 m lattice whose way is known, in %. The other fields are
    ``None`` below ``COVERED_FROM_PCT``: the network does not cover the district. ``walk_m`` and
    ``straight_m`` are medians over these same points, in metres; ``low`` takes the spaces at their best
    reach, ``high`` at their worst. ``gap`` is ``None`` where nothing lengthens the way.
    """

    reached_pct: float
    walk_m: Interval | None = None
    straight_m: Interval | None = None
    gap: Gap | None = None


def walk_accesses(
    perimeters: gpd.GeoSeries, network: StreetNetwork, layer: GreenLayer, min_area_ha: float = 0.5
) -> Mapping[str, WalkAccess]:
    """Measure many districts with one search for each reach of the spaces.

    Parameters
    ----------
    perimeters
        Valid polygons or multipolygons by code, EPSG:2154.
    layer
        What :func:`qpverts.geo.access.green_layer` gives; ``min_area_ha`` is one of its least areas.
    """
    lattices = [lattice(perimeter) for perimeter in perimeters]
    points = np.concatenate([np.zeros(0, dtype=object), *lattices])
    district = np.repeat(np.arange(len(lattices)), [len(nodes) for nodes in lattices])
    snaps = snap(network, points)
    reaches = layer.of_at_least[min_area_ha]
    best, likely, worst = (
        _Ways.to(spaces, network, points, snaps) for spaces in (reaches.best, reaches.likely, reaches.worst)
    )
    # A space off the network may be nearer than any on it: then the nearest is not known.
    known = np.isfinite(likely.walk_m) & (likely.walk_m <= likely.off_network_m)
    reached_pct = [100 * float(known[district == rank].mean()) for rank in range(len(lattices))]
    covered = np.array([share >= COVERED_FROM_PCT for share in reached_pct], dtype=bool)
    group = np.where(known & covered[district], district, -1)
    gaps = widest_gaps(reaches.likely, network, points, snaps, group)
    found = {}
    for rank, code in enumerate(perimeters.index):
        if not covered[rank]:
            found[str(code)] = WalkAccess(reached_pct[rank])
            continue
        here = known & (district == rank)
        walk, straight = (
            tuple(float(np.median(getattr(ways, name)[here])) for ways in (best, likely, worst))
            for name in ("walk_m", "straight_m")
        )
        found[str(code)] = WalkAccess(
            reached_pct=reached_pct[rank],
            walk_m=_interval(walk),
            straight_m=_interval(straight),
            gap=gaps.get(rank),
        )
    return found


def _interval(figures: tuple[float, ...]) -> Interval:
    low, value, high = figures
    return Interval(min(low, value), value, max(value, high))


@dataclass(frozen=True, slots=True, eq=False)
class _Ways:
    """From each point to the nearest space: by the streets, and in a straight line to those they lead to.

    ``off_network_m`` is the straight line to the nearest of those that no street leads to.
    """

    walk_m: Floats
    straight_m: Floats
    off_network_m: Floats

    @classmethod
    def to(cls, spaces: gpd.GeoSeries, network: StreetNetwork, points: Points, snaps: Snaps) -> _Ways:
        ways_in = entries(spaces, network)
        on, off = ways_in.shapes[ways_in.joined], np.delete(ways_in.shapes, ways_in.joined)
        near, away = (nearest_m(points, gpd.GeoSeries(shapes)) for shapes in (on, off))
        walk = snaps.nearest_m(network, Reverse.of(network, ways_in).to_any(ways_in.joined))
        # A point as near to a space as a street from which one steps in needs no street.
        walk = np.where(near <= ENTRY_SLACK_M, near, walk)
        return cls(walk, near, away)
