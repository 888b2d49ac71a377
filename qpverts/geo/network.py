"""The streets as a graph: where one can walk, how the pieces hold together, and the way onto them.

Coordinates in EPSG:2154, lengths in metres. Two streets meet where they share a vertex and nowhere else: that
is how OpenStreetMap draws a junction, and a bridge crosses what it passes over without one. Nothing is
snapped together: docs/decisions/2026-11-25-walking.md says why.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from qpverts.geo.crs import LAMBERT_93

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Classes that a pedestrian may not take: ``highway`` in our layer, the others in OpenStreetMap's own words.
CLOSED_CLASSES = frozenset(
    {"highway", "motorway", "motorway_link", "trunk", "trunk_link"}
    | {"busway", "bus_guideway", "construction", "proposed", "raceway", "rail"}
)
#: Nor a street so named, whatever its class: the layer calls the road tunnels of Marseille plain streets.
CLOSED_NAMES = r"^\s*(?:tunnel|autoroute)\b"
#: Vertices closer than this are one node: a tenth of what the seventh decimal of a degree is worth.
PRECISION_M = 0.001
#: Long edges are cut, so that the way to a park may leave a street between two junctions.
LONGEST_EDGE_M = 25.0
#: A connected part with less than this share of the whole length is an island, and left out.
MAIN_SHARE = 0.05
#: A point farther than this from any street is not served by the network.
SNAP_WITHIN_M = 250.0
_FARTHEST_M = 1e8  # beyond this a coordinate is an error


@dataclass(frozen=True, slots=True, eq=False)
class StreetNetwork:
    """The streets that can be walked, without the islands.

    ``xy``, shape (n, 2): nodes in EPSG:2154. ``edges``, shape (m, 2): pairs of nodes, ``edge_m`` their
    lengths. ``graph``: (n, n), both ways. ``closed_m`` and ``islands_m`` are the lengths left out because
    they are closed to pedestrians and because they join nothing. The order of the lines read changes
    nothing here.
    """

    xy: Floats
    edges: Ints
    edge_m: Floats
    graph: csr_array
    closed_m: float
    islands_m: float
    node_tree: shapely.STRtree
    edge_tree: shapely.STRtree

    @property
    def length_m(self) -> float:
        """Give the length of all the streets that are kept."""
        return float(self.edge_m.sum())


@dataclass(frozen=True, slots=True, eq=False)
class Snaps:
    """How ``size`` points step onto a network: a row for each point and each of its nearest streets.

    ``origin`` and ``edge`` are ranks; the foot of the point is ``along_m`` metres after the edge's first node
    and ``away_m`` metres from the point. A point that no street serves has no row; one as near to
    several streets has several, and takes the one that leads sooner.
    """

    size: int
    origin: Ints
    edge: Ints
    along_m: Floats
    away_m: Floats

    def by_row(self, network: StreetNetwork, node_m: Floats) -> tuple[Floats, Ints]:
        """Measure each row's way to a goal known by its distance from every node, and name its first node."""
        first, last = network.edges[self.edge].T
        by_first = self.along_m + node_m[first]
        by_last = network.edge_m[self.edge] - self.along_m + node_m[last]
        return self.away_m + np.minimum(by_first, by_last), np.where(by_first <= by_last, first, last)

    def nearest_m(self, network: StreetNetwork, node_m: Floats) -> Floats:
        """Measure each point's way to that goal, in metres; infinity where there is none."""
        result = np.full(self.size, np.inf)
        np.minimum.at(result, self.origin, self.by_row(network, node_m)[0])
        return result


def network(lines: gpd.GeoDataFrame) -> StreetNetwork:
    """Build the graph of the streets that can be walked.

    Parameters
    ----------
    lines
        Lines in EPSG:2154 with ``road_class``, and ``name`` where known. Whatever is not a line, and segments
        without length or with a coordinate that is not a number, cannot be walked and are skipped.

    Raises
    ------
    ValueError
        When the lines are not in EPSG:2154.
    """
    if lines.crs != LAMBERT_93:
        msg = f"streets are in {lines.crs}, not in {LAMBERT_93}: use to_crs first"
        raise ValueError(msg)
    shapes, closed = lines.geometry.to_numpy(), is_closed(lines)
    vertices, edges = _segments(shapes[~closed])
    length = _length_m(vertices, edges)
    main = _main(len(vertices), edges, length)
    islands_m = float(length[~main].sum())
    used, renumbered = np.unique(edges[main], return_inverse=True)
    xy, edges = _cut(vertices[used], renumbered.reshape(-1, 2), length[main])
    edge_m = _length_m(xy, edges)
    return StreetNetwork(
        xy=xy,
        edges=edges,
        edge_m=edge_m,
        graph=both_ways(edges, edge_m, len(xy)),
        closed_m=float(np.nansum(shapely.length(shapes[closed]))),
        islands_m=islands_m,
        node_tree=shapely.STRtree(shapely.points(xy)),
        edge_tree=shapely.STRtree(shapely.linestrings(xy[edges])),
    )


def is_closed(lines: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Tell which lines a pedestrian may not take, by their class and their name."""
    closed: NDArray[np.bool_] = lines["road_class"].isin(CLOSED_CLASSES).to_numpy(dtype=bool)
    if "name" in lines.columns:
        named = lines["name"].astype("string").str.contains(CLOSED_NAMES, case=False, regex=True)
        closed = closed | named.fillna(value=False).to_numpy(dtype=bool)
    return closed


def both_ways(edges: Ints, edge_m: Floats, size: int) -> csr_array:
    """Write edges that can be walked both ways as a square matrix of lengths."""
    first, last = edges.T
    ends = (np.concatenate([first, last]), np.concatenate([last, first]))
    return csr_array(coo_array((np.concatenate([edge_m, edge_m]), ends), shape=(size, size)))


def snap(streets: StreetNetwork, points: NDArray[np.object_]) -> Snaps:
    """Find the nearest point of the nearest street, up to ``SNAP_WITHIN_M``; all of them when several are."""
    (origin, edge), away = streets.edge_tree.query_nearest(
        points, max_distance=SNAP_WITHIN_M, return_distance=True, all_matches=True
    )
    order = np.lexsort((edge, origin))
    origin, edge = origin[order], edge[order]
    along = shapely.line_locate_point(streets.edge_tree.geometries[edge], points[origin])
    return Snaps(len(points), origin, edge, np.minimum(along, streets.edge_m[edge]), away[order])


def _segments(shapes: NDArray[np.object_]) -> tuple[Floats, Ints]:
    """Cut lines at every vertex: distinct vertices in order of place, distinct pairs of them in order."""
    pieces = shapely.get_parts(shapes[~shapely.is_missing(shapes)])
    pieces = pieces[np.isin(shapely.get_type_id(pieces), [1, 2])]  # lines and rings
    coords, line = shapely.get_coordinates(pieces, return_index=True)
    sound = (np.abs(coords) < _FARTHEST_M).all(axis=1)  # false for NaN
    keys = np.zeros(coords.shape, dtype=np.int64)
    keys[sound] = np.rint(coords[sound] / PRECISION_M)
    vertices, rank = np.unique(keys, axis=0, return_inverse=True)
    rank = rank.ravel()
    follows = (line[1:] == line[:-1]) & sound[1:] & sound[:-1] & (rank[1:] != rank[:-1])
    pairs = np.sort(np.stack([rank[:-1][follows], rank[1:][follows]], axis=1), axis=1)
    return vertices * PRECISION_M, np.unique(pairs, axis=0).astype(np.int64)


def _length_m(xy: Floats, edges: Ints) -> Floats:
    first, last = xy[edges[:, 0]], xy[edges[:, 1]]
    return np.hypot(last[:, 0] - first[:, 0], last[:, 1] - first[:, 1])


def _main(size: int, edges: Ints, length: Floats) -> NDArray[np.bool_]:
    """Tell which edges belong to a part that is no island; the longest part never is one."""
    if not len(edges):
        return np.zeros(0, dtype=bool)
    _, part = connected_components(both_ways(edges, length, size), directed=False)
    part_m = np.bincount(part[edges[:, 0]], weights=length)
    of_edge: Floats = part_m[part[edges[:, 0]]]
    main: NDArray[np.bool_] = of_edge >= min(MAIN_SHARE * part_m.sum(), part_m.max())
    return main


def _cut(xy: Floats, edges: Ints, length: Floats) -> tuple[Floats, Ints]:
    """Cut edges into equal pieces no longer than ``LONGEST_EDGE_M``; the new nodes come last."""
    pieces = np.maximum(np.ceil(length / LONGEST_EDGE_M), 1).astype(np.int64)
    edge = np.repeat(np.arange(len(edges)), pieces)
    first_piece = np.cumsum(pieces) - pieces
    step = np.arange(len(edge)) - first_piece[edge]
    first_new = len(xy) + np.cumsum(pieces - 1) - (pieces - 1)
    start = np.where(step == 0, edges[edge, 0], first_new[edge] + step - 1)
    end = np.where(step == pieces[edge] - 1, edges[edge, 1], first_new[edge] + step)
    inner = step > 0
    share = (step[inner] / pieces[edge[inner]])[:, np.newaxis]
    ends = xy[edges[edge[inner]]]
    new = ends[:, 0] + share * (ends[:, 1] - ends[:, 0])
    return np.concatenate([xy, new]), np.stack([start, end], axis=1)
