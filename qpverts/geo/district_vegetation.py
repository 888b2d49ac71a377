"""The vegetation of districts and of their surroundings: one pass over a layer, then one sum per district.

:func:`rows_of` is what each piece of the layer goes through, on any engine; :func:`facts_from` puts the rows
of all pieces together. All zones are in one legal projected CRS.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pyproj import CRS

from qpverts.domain.figures.facts import Interval, VegetationFacts
from qpverts.geo import vegetation
from qpverts.geo.vegetation import PARCEL, ZONE

NEAR_M = 300.0
_QUARTER = 16
_INSIDE, _NEAR, _EDGE = "dedans", "autour", "bord"
_SPARE_M = 5.0  # boxes are turned from one CRS to another: a little room for what is not straight there


@dataclass(frozen=True, slots=True)
class Districts:
    """The perimeters of one legal CRS by ``code_qp``, and the same with their surroundings at 300 m."""

    perimeters: gpd.GeoSeries
    surroundings: gpd.GeoSeries

    @classmethod
    def of(cls, perimeters: gpd.GeoSeries) -> Districts:
        """Draw the surroundings, in order of code.

        The perimeters are copied: others may have prepared theirs, and GEOS does not allow threads to share
        a prepared geometry. Those that projecting made invalid are repaired.
        """
        ordered = perimeters.sort_index()
        shapes = shapely.from_wkb(shapely.to_wkb(ordered.to_numpy()))
        crossed = ~shapely.is_valid(shapes)
        shapes[crossed] = shapely.make_valid(shapes[crossed])
        around = partial(shapely.buffer, distance=NEAR_M, quad_segs=_QUARTER)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            wide = list(pool.map(around, shapes))
        return cls(
            gpd.GeoSeries(shapes, index=ordered.index, crs=ordered.crs),
            gpd.GeoSeries(wide, index=ordered.index, crs=ordered.crs),
        )

    def boxes(self, crs: str | CRS) -> NDArray[np.float64]:
        """Give the box of each district with its surroundings in another CRS: shape (n, 4)."""
        wide = gpd.GeoSeries(
            shapely.box(*(self.surroundings.bounds.to_numpy() + np.array([-1, -1, 1, 1]) * _SPARE_M).T),
            crs=self.surroundings.crs,
        )
        return np.asarray(wide.segmentize(NEAR_M).to_crs(crs).bounds.to_numpy(), dtype=float)


def rows_of(parcels: gpd.GeoDataFrame, districts: Districts) -> pd.DataFrame:
    """Measure a piece of the layer, in any CRS, against all districts.

    Returns
    -------
    DataFrame
        ``part`` (inside, around or edge), ``zone`` (``code_qp``), ``id``; the areas of
        :func:`qpverts.geo.vegetation.weigh` for the first two, ``share`` and ``wkb`` for the third.
    """
    projected = parcels.to_crs(districts.perimeters.crs)
    inside = vegetation.weigh(projected, districts.perimeters).assign(part=_INSIDE)
    near = vegetation.weigh(projected, districts.surroundings).assign(part=_NEAR)
    edge = vegetation.beside(projected, districts.perimeters)
    edge = pd.DataFrame(edge.drop(columns="geometry")).assign(part=_EDGE, wkb=edge.geometry.to_wkb())
    columns = ["part", ZONE, PARCEL, *vegetation.AREAS, "share", "wkb"]
    return pd.concat([frame.reindex(columns=columns) for frame in (inside, near, edge)], ignore_index=True)


def facts_from(rows: pd.DataFrame, districts: Districts) -> dict[str, VegetationFacts]:
    """Sum the rows of all pieces; no key for a district of which no ground is known."""
    inside, near = _amounts(rows, _INSIDE), _amounts(rows, _NEAR)
    edge = rows[rows["part"] == _EDGE].sort_values([ZONE, PARCEL], kind="stable")
    green = gpd.GeoDataFrame(
        edge[["share"]],
        geometry=shapely.from_wkb(edge["wkb"].to_numpy()),
        crs=districts.perimeters.crs,
    )
    beside = edge.groupby(ZONE).indices
    known = [code for code in districts.perimeters.index if near.get(code, [0.0])[0]]
    perimeters, surroundings = districts.perimeters.loc[known], districts.surroundings.loc[known]
    greens = [green.iloc[beside.get(code, [])] for code in known]
    # Drawing around parcels is what takes time here, and is done in C, out of Python's lock.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        edges = pool.map(vegetation.edge_length, perimeters, greens)
    facts = {}
    for code, perimeter, around, edge_m in zip(known, perimeters, surroundings, edges, strict=True):
        inside_m2, inside_pct = _bounded(inside.get(code), perimeter)
        near_m2, near_pct = _bounded(near.get(code), around)
        facts[str(code)] = VegetationFacts(
            known_pct=inside_pct,
            inside_m2=inside_m2,
            near_known_pct=near_pct,
            near_m2=near_m2,
            edge_m=Interval(edge_m.low_m, edge_m.value_m, edge_m.high_m),
        )
    return facts


def _amounts(rows: pd.DataFrame, part: str) -> dict[str, list[float]]:
    """Sum the areas of a part of the rows, by district and in the order of ``AREAS``."""
    totals = vegetation.total(rows[rows["part"] == part])
    return dict(zip(totals.index, totals.to_numpy(dtype=float).tolist(), strict=True))


def _bounded(amounts: list[float] | None, zone: shapely.Geometry) -> tuple[Interval, float]:
    """Give the vegetation of a zone and the share of it that is known, none of them above the whole.

    Parcels may overlap, neighbours by a hair, which would count the same ground twice.
    """
    if amounts is None:
        return Interval(0.0, 0.0, 0.0), 0.0
    whole = float(shapely.area(zone))
    known, low, value, high = (min(amount, whole) for amount in amounts)
    return Interval(low, value, high), 100 * known / whole
