"""A zone of many overlapping shapes, cut into square tiles: lengths and areas in it, for many shapes fast.

The tiles do not overlap, so that what is measured in each adds up to what the whole zone would give. All in
metres of one projected CRS.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

Shapes = NDArray[np.object_]
Floats = NDArray[np.float64]

TILE_M = 500.0


@dataclass(frozen=True, slots=True, eq=False)
class Mosaic:
    """The pieces of a zone, none overlapping another, in a tree that threads may share."""

    pieces: shapely.STRtree

    @classmethod
    def of(cls, shapes: Shapes, frame: shapely.Geometry) -> Mosaic:
        """Cut the union of valid polygons into tiles, as far as these meet ``frame``."""
        west, south, east, north = shapely.bounds(frame)
        x = np.arange(np.floor(west / TILE_M), np.ceil(east / TILE_M)) * TILE_M
        y = np.arange(np.floor(south / TILE_M), np.ceil(north / TILE_M)) * TILE_M
        left, low = (axis.ravel() for axis in np.meshgrid(x, y))
        tiles = shapely.box(left, low, left + TILE_M, low + TILE_M)
        shapely.prepare(frame)
        tiles = tiles[shapely.intersects(frame, tiles)]
        tile, shape = shapely.STRtree(shapes).query(tiles, predicate="intersects")
        order = np.argsort(tile, kind="stable")
        tile, shape = tile[order], shape[order]
        starts = np.flatnonzero(np.diff(tile, prepend=-1))
        pieces = [
            shapely.intersection(tiles[tile[group[0]]], shapely.union_all(shapes[shape[group]]))
            for group in np.split(np.arange(len(tile)), starts[1:])
            if group.size
        ]
        return cls(shapely.STRtree(np.array(pieces, dtype=object)))

    def length_m(self, boundaries: Shapes) -> Floats:
        """Measure how much of each line lies in the zone."""
        return self._shared(boundaries, shapely.length)

    def area_m2(self, polygons: Shapes) -> Floats:
        """Measure how much of each polygon lies in the zone."""
        return self._shared(polygons, shapely.area)

    def _shared(self, shapes: Shapes, size: np.ufunc) -> Floats:
        rank, piece = self.pieces.query(shapes, predicate="intersects")
        shared = size(shapely.intersection(shapes[rank], self.pieces.geometries[piece]))
        whole: Floats = np.minimum(np.bincount(rank, shared, minlength=len(shapes)), size(shapes))
        return whole
