"""The INSPIRE grid of 200 m, in EPSG:3035, whose cells all have the same area.

The identifier is that of INSEE's gridded data: ``CRS3035RES200mN<south>E<west>``, both in metres.
"""

from __future__ import annotations

import re
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from qpverts.geo.crs import WGS84

LAEA_EUROPE = "EPSG:3035"
STEP_M = 200
_NAME = re.compile(rf"CRS3035RES{STEP_M}mN(\d{{1,8}})E(\d{{1,8}})", re.ASCII)


def cell_id(south_m: int, west_m: int) -> str:
    """Name the cell whose lower left corner is given, in metres of EPSG:3035.

    >>> cell_id(2245800, 3927400)
    'CRS3035RES200mN2245800E3927400'
    """
    return f"CRS3035RES{STEP_M}mN{south_m}E{west_m}"


def corner(cell: str) -> tuple[int, int]:
    """Give back ``(south_m, west_m)`` of a cell; ValueError when it is not the name of one.

    >>> corner("CRS3035RES200mN2245800E3927400")
    (2245800, 3927400)
    """
    if found := _NAME.fullmatch(cell):
        south, west = int(found[1]), int(found[2])
        if cell == cell_id(south // STEP_M * STEP_M, west // STEP_M * STEP_M):
            return south, west
    msg = f"« {cell[:60]} » n'est pas un carreau de {STEP_M} m"
    raise ValueError(msg)


def cell_at(lon: float, lat: float) -> str:
    """Name the cell of a point in decimal degrees (EPSG:4326)."""
    x, y = _to_grid().transform(lon, lat)
    return cell_id(int(y // STEP_M) * STEP_M, int(x // STEP_M) * STEP_M)


@cache
def _to_grid() -> Transformer:
    """Make the transformer when it is first asked for: it takes 80 ms."""
    return Transformer.from_crs(WGS84, LAEA_EUROPE, always_xy=True)


def square(cell: str) -> shapely.Geometry:
    """Draw a cell, in EPSG:3035."""
    south, west = corner(cell)
    return shapely.box(west, south, west + STEP_M, south + STEP_M)


def cells_around(places: gpd.GeoSeries) -> gpd.GeoSeries:
    """Give the cells that meet some places (any CRS), by identifier, in order of identifier, EPSG:3035."""
    shapes = places.to_crs(LAEA_EUROPE).to_numpy()
    found: set[tuple[int, int]] = set()
    for shape in shapes:
        west, south, east, north = shapely.bounds(shape) // STEP_M
        columns = np.arange(west, east + 1) * STEP_M
        rows = np.arange(south, north + 1) * STEP_M
        x, y = (axis.ravel() for axis in np.meshgrid(columns, rows))
        shapely.prepare(shape)
        kept = shapely.intersects(shape, shapely.box(x, y, x + STEP_M, y + STEP_M))
        found.update(zip(y[kept].astype(int).tolist(), x[kept].astype(int).tolist(), strict=True))
    corners = sorted(found)
    index = pd.Index([cell_id(*corner) for corner in corners], name="maille", dtype=object)
    return gpd.GeoSeries(
        [shapely.box(x, y, x + STEP_M, y + STEP_M) for y, x in corners], index=index, crs=LAEA_EUROPE
    )
