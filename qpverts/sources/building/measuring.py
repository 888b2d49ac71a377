"""Measures of nature on working layers: where files and the engine meet."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qpverts.domain.figures.facts import VegetationFacts
from qpverts.domain.figures.published import CELL_M2, Cell
from qpverts.geo import district_vegetation, inspire_grid, vegetation
from qpverts.geo.district_vegetation import Districts
from qpverts.geo.engine import Engine, Work
from qpverts.sources.building import working_layers

#: What is read of a working layer, besides its outlines.
COLUMNS = (vegetation.PARCEL, "vegetated_m2")
#: The grid covers the districts and this much around them, in metres: their surroundings, and a margin.
GRID_AROUND_M = 500.0


def measure_vegetation(perimeters: gpd.GeoSeries, layer: Path, engine: Engine) -> dict[str, VegetationFacts]:
    """Measure the vegetation of districts on a working layer.

    Parameters
    ----------
    perimeters
        By ``code_qp``, valid, in one legal projected CRS.
    layer
        GeoParquet in any CRS with ``id`` and ``vegetated_m2`` (see :mod:`qpverts.sources.building.ground`).

    Returns
    -------
    dict
        By ``code_qp``; no key for a district of which no ground is known.
    """
    districts = Districts.of(perimeters)
    work = partial(district_vegetation.rows_of, districts=districts)
    rows = _run(layer, districts.boxes(working_layers.crs_of(layer)), work, engine)
    return {} if rows is None else district_vegetation.facts_from(rows, districts)


def measure_cells(perimeters: gpd.GeoSeries, layer: Path, engine: Engine) -> tuple[Cell, ...]:
    """Measure the vegetation of the INSPIRE cells around districts; those of unknown ground are left out."""
    cells = inspire_grid.cells_around(perimeters.buffer(GRID_AROUND_M))
    boxes = cells.to_crs(working_layers.crs_of(layer)).bounds.to_numpy(dtype=float)
    rows = _run(layer, boxes, partial(_weigh_in, zones=cells), engine)
    totals = vegetation.total(rows) if rows is not None else pd.DataFrame(columns=[*vegetation.AREAS])
    known = totals[totals["known_m2"] > 0]
    amounts = np.minimum(known[[*vegetation.AREAS]].to_numpy(dtype=float), CELL_M2)
    return tuple(Cell(str(cell), *row) for cell, row in zip(known.index, amounts.tolist(), strict=True))


def _weigh_in(parcels: gpd.GeoDataFrame, zones: gpd.GeoSeries) -> pd.DataFrame:
    """Weigh parcels of any CRS in zones."""
    return vegetation.weigh(parcels.to_crs(zones.crs), zones)


def _read(part: working_layers.LayerPart, boxes: NDArray[np.float64]) -> gpd.GeoDataFrame:
    return working_layers.read(part, COLUMNS, boxes)


def _run(layer: Path, boxes: NDArray[np.float64], work: Work, engine: Engine) -> pd.DataFrame | None:
    """Run a measure over the pieces of a layer near some boxes; ``None`` when it has nothing there."""
    pieces = working_layers.parts(layer, boxes)
    return engine.run(pieces, partial(_read, boxes=boxes), work) if pieces else None
