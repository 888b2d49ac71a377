"""The barrier shown: a park that is near in a straight line, and the way that one really has to take.

Coordinates in EPSG:2154, lengths in metres.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from qpverts.geo.entries import ENTRY_SLACK_M, Entries, Points, Reverse, entries
from qpverts.geo.network import Floats, Ints, Snaps, StreetNetwork

#: Only points this near to a street may show a gap: farther, the first steps are no more than a guess.
STEP_WITHIN_M = 50.0
_ROUNDING_M = 0.001


@dataclass(frozen=True, slots=True)
class Gap:
    """The point of a district where the streets add the most to the straight line to the nearest space.

    ``straight`` goes from ``origin`` to the nearest point of the space ``space_id``; ``route`` goes from the
    same point to the street, along the streets, and into the same space. Their lengths are ``straight_m``
    and ``walk_m``. The nearest space on foot may be another one.
    """

    origin: shapely.Point
    space_id: str
    straight_m: float
    walk_m: float
    straight: shapely.LineString
    route: shapely.LineString


@dataclass(frozen=True, slots=True, eq=False)
class _Nearest:
    """The space nearest to some points in a straight line: ranks of the points and spaces, and metres."""

    origin: Ints
    space: Ints
    straight_m: Floats

    @classmethod
    def of(cls, points: Points, asked: Ints, ways_in: Entries) -> _Nearest:
        """Find it for the points asked, among the spaces that a street leads to; the first id when tied."""
        joined = ways_in.joined
        (rank, space), straight = shapely.STRtree(ways_in.shapes[joined]).query_nearest(
            points[asked], return_distance=True, all_matches=True
        )
        order = np.lexsort((space, rank))
        rank, first = np.unique(rank[order], return_index=True)
        return cls(asked[rank], joined[space[order][first]], straight[order][first])


def widest_gaps(
    spaces: gpd.GeoSeries, network: StreetNetwork, points: Points, snaps: Snaps, group: Ints
) -> Mapping[int, Gap]:
    """Find the widest gap of each group of points.

    What counts is how much longer the way is than the straight line, less twice the step from the point to
    its street: to step aside and back is no barrier. A point more than 50 m from any street shows none, and
    one at most 25 m from its space needs no street. Where gaps are equally wide, the first point is taken.

    Parameters
    ----------
    points, group
        Points and the number of the group of each; those of a negative number are left out.
    snaps
        How these points step onto the network.

    Returns
    -------
    Mapping
        By number of group; a group where nothing lengthens the way has none.
    """
    ways_in = entries(spaces, network)
    near = _Nearest.of(points, np.flatnonzero(group >= 0), ways_in)
    reverse = Reverse.of(network, ways_in)
    walk = np.full(len(near.origin), np.inf)
    for space in np.unique(near.space):
        to_it = near.space == space
        walk[to_it] = snaps.nearest_m(network, reverse.to_one(space)[0])[near.origin[to_it]]
    chosen = _widest(near, walk, snaps, group)
    gaps = {}
    for space in np.unique(near.space[chosen]):  # searched again: to keep every search would fill the memory
        found = reverse.to_one(space)
        for row in chosen[near.space[chosen] == space]:
            origin = near.origin[row]
            route = _route(points[origin], ways_in.shapes[space], network, _rows(snaps, origin), found)
            gaps[int(group[origin])] = Gap(
                origin=points[origin],
                space_id=ways_in.ids[space],
                straight_m=float(near.straight_m[row]),
                walk_m=float(walk[row]),
                straight=shapely.shortest_line(points[origin], ways_in.shapes[space]),
                route=route,
            )
    return gaps


def _widest(near: _Nearest, walk_m: Floats, snaps: Snaps, group: Ints) -> Ints:
    """Give the row of each group's widest gap."""
    step = np.full(snaps.size, np.inf)
    step[snaps.origin] = snaps.away_m
    step = step[near.origin]
    wide = np.flatnonzero((near.straight_m > ENTRY_SLACK_M) & np.isfinite(walk_m) & (step <= STEP_WITHIN_M))
    gained = walk_m[wide] - near.straight_m[wide] - 2 * step[wide]
    wide, gained = wide[gained > _ROUNDING_M], gained[gained > _ROUNDING_M]
    order = wide[np.lexsort((near.origin[wide], -gained))]
    _, first = np.unique(group[near.origin[order]], return_index=True)
    chosen: Ints = order[first]
    return chosen


def _rows(snaps: Snaps, origin: int) -> Snaps:
    """Keep the ways of one point onto the network."""
    kept = snaps.origin == origin
    rows = (snaps.origin[kept], snaps.edge[kept], snaps.along_m[kept], snaps.away_m[kept])
    return Snaps(snaps.size, *rows)


def _route(
    point: shapely.Point,
    space: shapely.Geometry,
    network: StreetNetwork,
    snaps: Snaps,
    found: tuple[Floats, Ints],
) -> shapely.LineString:
    """Draw the way from a point to a space, from what :meth:`Reverse.to_one` gives."""
    node_m, after = found
    by_row, first = snaps.by_row(network, node_m)
    row = int(np.argmin(by_row))
    foot = shapely.line_interpolate_point(network.edge_tree.geometries[snaps.edge[row]], snaps.along_m[row])
    nodes = [int(first[row])]
    while (node := int(after[nodes[-1]])) < len(network.xy):
        nodes.append(node)
    end = shapely.shortest_line(shapely.Point(network.xy[nodes[-1]]), space)
    head = shapely.get_coordinates([point, foot])
    return shapely.LineString(np.concatenate([head, network.xy[nodes], shapely.get_coordinates(end)]))
