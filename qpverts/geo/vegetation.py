"""Vegetated ground of districts and of grid cells, weighed by area from parcels.

A parcel is known by its outline and by the square metres of vegetation that it holds, not by where they
are. Its vegetation counts in proportion to its area inside a zone (areal weighting: Goodchild and Lam,
1980); the bounds are what that hides: all of it outside as far as the parcel has room there (``low``), or
all of it inside (``high``). Areas in square metres, in the CRS of the zones, which must keep areas or be
the legal one: EPSG:2154 for the hexagone.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

#: A parcel counts as green from this much vegetation on, in square metres (0.5 ha, as for parks)…
GREEN_M2 = 5_000.0
#: …and this share of its area: surely green to its edge, likely, possibly.
SURELY, LIKELY, POSSIBLY = 0.9, 0.5, 0.0
EDGE_WITHIN_M = 50.0
_QUARTER = 16  # segments for a quarter of a circle

ZONE, PARCEL = "zone", "id"
AREAS = ("known_m2", "low_m2", "value_m2", "high_m2")


def weigh(parcels: gpd.GeoDataFrame, zones: gpd.GeoSeries) -> pd.DataFrame:
    """Weigh the vegetation of parcels in zones.

    Parameters
    ----------
    parcels
        Valid polygons with ``id`` and ``vegetated_m2`` (NaN where unknown), in the CRS of ``zones``.
    zones
        Valid polygons by zone key.

    Returns
    -------
    DataFrame
        A row for each pair that shares an area: ``zone``, ``id``, ``known_m2`` (shared area, 0 where the
        vegetation is unknown), ``low_m2``, ``value_m2``, ``high_m2`` (vegetated, 0 where unknown).

    Raises
    ------
    ValueError
        When the two are not in the same CRS.
    """
    if parcels.crs != zones.crs:
        msg = f"parcels are in {parcels.crs} and zones in {zones.crs}: use to_crs first"
        raise ValueError(msg)
    zone, parcel, area, shared = _shared_m2(zones.to_numpy(), parcels.geometry.to_numpy())
    kept = shared > 0
    zone, parcel, area, shared = zone[kept], parcel[kept], area[kept], shared[kept]
    vegetated = np.minimum(parcels["vegetated_m2"].to_numpy(dtype=float)[parcel], area)
    areas = _ordered(
        np.where(np.isnan(vegetated), 0.0, shared),
        np.nan_to_num(np.maximum(vegetated - (area - shared), 0.0)),
        np.nan_to_num(vegetated * (shared / area)),
        np.nan_to_num(np.minimum(vegetated, shared)),
    )
    return pd.DataFrame({ZONE: zones.index.take(zone), PARCEL: parcels["id"].array.take(parcel)} | areas)


def _ordered(
    known: np.ndarray, low: np.ndarray, value: np.ndarray, high: np.ndarray
) -> dict[str, np.ndarray]:
    """Keep low ≤ value ≤ high ≤ known, which rounding in the last digit may undo; give them by name."""
    high = np.minimum(high, known)
    value = np.minimum(value, high)
    return dict(zip(AREAS, (known, np.minimum(low, value), value, high), strict=True))


def _shared_m2(
    outlines: np.ndarray, shapes: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Pair zones with parcels, give the area of each parcel and what the two share.

    Only pairs that straddle need an intersection. The tree prepares each zone for itself: one prepared by
    us would be shared by threads, and GEOS does not allow that. Projecting bends nothing between two
    vertices, so that an outline valid in degrees may cross itself on the plane, and stop an intersection:
    such a parcel is repaired.
    """
    tree = shapely.STRtree(shapes)
    zone, parcel = tree.query(outlines, predicate="intersects")
    within = np.ravel_multi_index(
        tree.query(outlines, predicate="contains_properly"), (len(outlines), max(len(shapes), 1))
    )
    straddles = ~np.isin(zone * max(len(shapes), 1) + parcel, within)
    suspects = np.unique(parcel[straddles])
    crossed = suspects[~shapely.is_valid(shapes[suspects])]
    if crossed.size:
        shapes = shapes.copy()
        shapes[crossed] = shapely.make_valid(shapes[crossed])
    area = shapely.area(shapes[parcel])
    shared = area.copy()
    crossing = shapely.intersection(outlines[zone[straddles]], shapes[parcel[straddles]])
    # An intersection may come out a hair larger than the parcel.
    shared[straddles] = np.minimum(shapely.area(crossing), area[straddles])
    return zone, parcel, area, shared


def total(pairs: pd.DataFrame) -> pd.DataFrame:
    """Sum pairs by zone, whatever order they come in: columns ``AREAS``, index ``zone``, sorted."""
    ordered = pairs.sort_values([ZONE, PARCEL, *AREAS], kind="stable")
    sums = ordered.groupby(ZONE, sort=True)[list(AREAS)].sum()
    return pd.DataFrame(_ordered(*sums.to_numpy(dtype=float).T), index=sums.index)


@dataclass(frozen=True, slots=True)
class GreenEdge:
    """Length of a district's boundary within 50 m of green ground, in metres, under three readings."""

    low_m: float
    value_m: float
    high_m: float


def green_parcels(parcels: gpd.GeoDataFrame) -> pd.Series:
    """Give the share of its area that is green, for parcels with at least 0.5 ha of vegetation; else NaN."""
    area = parcels.geometry.area
    vegetated = parcels["vegetated_m2"].astype(float).clip(upper=area)
    share: pd.Series = (vegetated / area).where(vegetated >= GREEN_M2)
    return share


def beside(parcels: gpd.GeoDataFrame, perimeters: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Pair districts with the green parcels within 50 m of them: ``zone``, ``id``, ``share``, geometry."""
    share = green_parcels(parcels)
    green = parcels[share.notna()]
    zone, parcel = shapely.STRtree(green.geometry.to_numpy()).query(
        perimeters.to_numpy(), predicate="dwithin", distance=EDGE_WITHIN_M
    )
    return gpd.GeoDataFrame(
        {
            ZONE: perimeters.index.take(zone),
            PARCEL: green["id"].array.take(parcel),
            "share": share[share.notna()].to_numpy()[parcel],
        },
        geometry=green.geometry.to_numpy()[parcel],
        crs=perimeters.crs,
    )


def edge_length(perimeter: shapely.Geometry, near: gpd.GeoDataFrame) -> GreenEdge:
    """Measure how much of a boundary is within 50 m of green ground.

    ``near`` holds the parcels of :func:`beside` for this district. The vegetation of a parcel that is
    green on 90 % of its area reaches its edge (low); on half of it, likely (value); any parcel with 0.5 ha
    of it may have it along the boundary (high).
    """
    boundary = shapely.boundary(perimeter)
    around = shapely.buffer(near.geometry.to_numpy(), EDGE_WITHIN_M, quad_segs=_QUARTER)
    share = near["share"].to_numpy()
    low, value, high = (
        shapely.length(shapely.intersection(boundary, shapely.union_all(around[share >= least])))
        for least in (SURELY, LIKELY, POSSIBLY)
    )
    return GreenEdge(float(low), float(value), float(high))
