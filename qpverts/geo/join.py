"""The spatial join of districts with anything that has a place, by GeoPandas, in EPSG:2154."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from qpverts.geo.crs import LAMBERT_93

NEAR_M = 300.0


@dataclass(frozen=True, slots=True)
class Near:
    """A thing near a district: ``distance_m`` from edge to edge, 0 when ``inside`` (or touching)."""

    id: str
    distance_m: float
    inside: bool


def by_district(pairs: pd.DataFrame) -> dict[str, tuple[Near, ...]]:
    """Turn what :func:`nearby` gives into rows by district, the nearest first; no key where none is near."""
    found: dict[str, list[Near]] = {}
    for code, thing, distance_m, inside in zip(
        pairs["code_qp"], pairs["id"], pairs["distance_m"], pairs["inside"], strict=True
    ):
        found.setdefault(str(code), []).append(Near(str(thing), float(distance_m), bool(inside)))
    return {code: tuple(rows) for code, rows in found.items()}


def nearby(perimeters: gpd.GeoSeries, things: gpd.GeoSeries, within_m: float = NEAR_M) -> pd.DataFrame:
    """Pair each district with the things in it or within ``within_m`` of its edge.

    Parameters
    ----------
    perimeters
        Districts indexed by ``code_qp``, EPSG:2154.
    things
        Points or polygons indexed by ``id``, EPSG:2154.

    Returns
    -------
    DataFrame
        ``code_qp``, ``id``, ``distance_m`` (edge to edge, 0 inside), ``inside`` (the thing meets the
        perimeter), ordered by district, distance and id; one row a pair.

    Raises
    ------
    ValueError
        When either side is not in EPSG:2154: a distance in degrees means nothing.
    """
    for name, side in (("perimeters", perimeters), ("things", things)):
        if side.crs != LAMBERT_93:
            msg = f"{name} must be in {LAMBERT_93}, not {side.crs}: use to_crs first"
            raise ValueError(msg)
    left = gpd.GeoDataFrame({"code_qp": perimeters.index}, geometry=perimeters.to_numpy(), crs=LAMBERT_93)
    right = gpd.GeoDataFrame({"id": things.index}, geometry=things.to_numpy(), crs=LAMBERT_93)
    pairs = left.sjoin(right, predicate="dwithin", distance=within_m)
    there = right.geometry.loc[pairs["index_right"]]
    distance_m = pairs.geometry.distance(gpd.GeoSeries(there.to_numpy(), index=pairs.index, crs=LAMBERT_93))
    table = pd.DataFrame(
        {
            "code_qp": pairs["code_qp"],
            "id": pairs["id"],
            "distance_m": distance_m.to_numpy(),
            "inside": np.equal(distance_m.to_numpy(), 0),
        }
    )
    return table.sort_values(["code_qp", "distance_m", "id"], kind="stable").reset_index(drop=True)


def by_area(
    perimeters: gpd.GeoSeries, areas: gpd.GeoSeries, least_share: float = 0.05
) -> dict[str, tuple[str, ...]]:
    """List by area the districts that have at least that share of their ground in it; both in EPSG:2154.

    A district that only touches an area, whose outline is generalised, is not in it.
    """
    ground = perimeters.area
    return {
        str(name): tuple(
            str(code) for code in perimeters.index[perimeters.intersection(shape).area > least_share * ground]
        )
        for name, shape in areas.items()
    }


def distances_m(perimeters: gpd.GeoSeries, code_qp: str) -> dict[str, float]:
    """Measure from a district to all of them, from edge to edge: metres by code, 0 where two touch.

    ``perimeters`` are indexed by ``code_qp``, in EPSG:2154; KeyError when the district is not among them.
    """
    found = perimeters.distance(perimeters.loc[code_qp])
    return {str(code): float(distance) for code, distance in found.items()}
