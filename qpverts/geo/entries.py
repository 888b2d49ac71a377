"""Where one steps from the streets into green spaces, and the search that starts from there.

The ways in and out of a space are not known, only its disc: one can step in from any street that comes as
near to it as the nearest street, give or take 25 m, and the straight rest is walked too. Coordinates in
EPSG:2154, lengths in metres. The search is Dijkstra's (1959), as SciPy does it.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra

from qpverts.geo.network import Floats, Ints, StreetNetwork

#: One steps into a space from where a street is no farther from it than the nearest one, give or take this.
ENTRY_SLACK_M = 25.0
#: A space farther than this from every street is not on the network.
ENTRY_WITHIN_M = 250.0

Points = NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class Entries:
    """Where one steps from a network into spaces, a row for each pair of a space and a node.

    ``ids`` and ``shapes`` are the spaces in order of id. ``space`` is a rank among them, ``node`` one of the
    network, ``cost_m`` the straight rest. A space without any row is not ``joined``: no street leads to it.
    """

    ids: tuple[str, ...]
    shapes: Points
    space: Ints
    node: Ints
    cost_m: Floats

    @property
    def joined(self) -> Ints:
        """Give the ranks of the spaces that the network leads to, in order."""
        return np.unique(self.space)


def entries(spaces: gpd.GeoSeries, network: StreetNetwork) -> Entries:
    """Find where one steps into spaces: polygons or points by id, EPSG:2154, in any order."""
    ordered = spaces.sort_index()
    shapes = ordered.to_numpy()
    (near, _), away = network.node_tree.query_nearest(
        shapes, max_distance=ENTRY_WITHIN_M, return_distance=True, all_matches=False
    )
    rank, node = network.node_tree.query(shapes[near], predicate="dwithin", distance=away + ENTRY_SLACK_M)
    space = near[rank]
    order = np.lexsort((node, space))
    space, node = space[order], node[order]
    cost = shapely.distance(shapes[space], network.node_tree.geometries[node])
    return Entries(tuple(map(str, ordered.index)), shapes, space, node, cost)


@dataclass(frozen=True, slots=True, eq=False)
class Reverse:
    """A network walked backwards from spaces: one more node per space, with edges that only lead out.

    So no way to a space passes through another one.
    """

    graph: csr_array
    streets: int

    @classmethod
    def of(cls, network: StreetNetwork, ways_in: Entries) -> Reverse:
        """Add the spaces to the graph, in their order."""
        streets, size = len(network.xy), len(network.xy) + len(ways_in.ids)
        both = network.graph.tocoo()
        rows = np.concatenate([both.row, ways_in.space + streets])
        columns = np.concatenate([both.col, ways_in.node])
        lengths = np.concatenate([both.data, ways_in.cost_m])
        return cls(csr_array(coo_array((lengths, (rows, columns)), shape=(size, size))), streets)

    def to_any(self, spaces: Ints) -> Floats:
        """Measure from every node of the network to the nearest of some spaces, in metres, in one search."""
        if not len(spaces):
            return np.full(self.streets, np.inf)
        found: Floats = dijkstra(self.graph, indices=spaces + self.streets, min_only=True)
        return found[: self.streets]

    def to_one(self, space: int) -> tuple[Floats, Ints]:
        """Measure from every node to one space; give the next node on the way too (negative: none).

        A next node that is not one of the network is the space.
        """
        found, after = dijkstra(self.graph, indices=space + self.streets, return_predecessors=True)
        return found[: self.streets], after[: self.streets]
