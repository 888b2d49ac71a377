"""QPVerts' own engine, for the same table as the others."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from benchmarks.engines import Row, Steps
from benchmarks.engines.build import districts
from qpverts.geo import vegetation
from qpverts.geo.crs import WGS84, by_projection
from qpverts.geo.district_vegetation import Districts
from qpverts.geo.engine import LocalEngine
from qpverts.sources.building import working_layers
from qpverts.sources.building.measuring import COLUMNS


def run(layer: str, perimeters: str, _steps: Steps) -> list[Row]:
    """Measure on all cores of this machine, those of each legal CRS together."""
    rows: list[Row] = []
    for part in by_projection(districts(perimeters)).values():
        rows += _measured(Path(layer), Districts.of(part.geometry))
    return rows


def _measured(layer: Path, zoned: Districts) -> list[Row]:
    boxes = zoned.boxes(WGS84)
    zones = {"inside": zoned.perimeters, "near": zoned.surroundings}

    def read(piece: working_layers.LayerPart) -> gpd.GeoDataFrame:
        return working_layers.read(piece, COLUMNS, boxes)

    def weigh(parcels: gpd.GeoDataFrame) -> pd.DataFrame:
        projected = parcels.to_crs(zoned.perimeters.crs)
        return pd.concat(
            [vegetation.weigh(projected, shapes).assign(part=name) for name, shapes in zones.items()]
        )

    pieces = working_layers.parts(layer, boxes)
    pairs = LocalEngine().run(pieces, read, weigh)
    rows: list[Row] = []
    for name, shapes in zones.items():
        totals = vegetation.total(pairs[pairs["part"] == name])
        whole = shapes.area.loc[totals.index].to_numpy()
        areas = np.minimum(totals.to_numpy(), whole[:, None])
        areas[:, 0] *= 100 / whole
        rows += [(code, name, *figures) for code, figures in zip(totals.index, areas.tolist(), strict=True)]
    return rows
