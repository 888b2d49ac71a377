"""A plain GeoPandas overlay, as one writes it first."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from benchmarks.engines import Row, Steps


def run(layer: str, perimeters: str, _steps: Steps) -> list[Row]:
    """Read everything, project everything, cut everything."""
    inside = gpd.read_parquet(perimeters)[["code_qp", "geometry"]].to_crs("EPSG:2154")
    near = inside.set_geometry(inside.buffer(300, quad_segs=16))
    zones = pd.concat([inside.assign(part="inside"), near.assign(part="near")])
    zones["whole"] = zones.area
    parcels = gpd.read_parquet(layer).dropna(subset="vegetated_m2").to_crs("EPSG:2154")
    parcels["area"] = parcels.area
    pairs = gpd.overlay(zones, parcels, how="intersection")
    shared, area = pairs.area, pairs["area"]
    vegetated = np.minimum(pairs["vegetated_m2"], area)
    pairs["known_m2"] = shared
    pairs["low_m2"] = np.maximum(vegetated - (area - shared), 0)
    pairs["value_m2"] = vegetated * shared / area
    pairs["high_m2"] = np.minimum(vegetated, shared)
    totals = pairs.groupby(["code_qp", "part", "whole"])[["known_m2", "low_m2", "value_m2", "high_m2"]].sum()
    totals = totals.reset_index()
    for name in ("known_m2", "low_m2", "value_m2", "high_m2"):
        totals[name] = np.minimum(totals[name], totals["whole"])
    totals["known_m2"] *= 100 / totals["whole"]
    rows: list[Row] = totals.drop(columns="whole").to_numpy().tolist()
    return rows
