"""The working layers of ``var/``: GeoParquet in Hilbert order, read by pieces and only where it matters.

A layer is written with a box for each row (GeoParquet 1.1 *covering*), so that whole row groups, then
rows, are passed over before any geometry is decoded; only what is kept is ever projected.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from qpverts.errors import DataError, Fault

ROWS_PER_GROUP = 8_192
_SIDES = ("xmin", "ymin", "xmax", "ymax")

Boxes = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a layer: some consecutive row groups of one file (all of it when there are none)."""

    path: str
    groups: tuple[int, ...]


def write(layer: gpd.GeoDataFrame, path: Path) -> None:
    """Write a layer in Hilbert order, whole or not at all; the same rows give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ordered = layer.iloc[np.argsort(layer.hilbert_distance().to_numpy(), kind="stable")]
    partial = path.with_suffix(f".{os.getpid()}.partiel")
    try:
        ordered.reset_index(drop=True).to_parquet(
            partial,
            index=False,
            compression="zstd",
            write_covering_bbox=True,
            schema_version="1.1.0",
            row_group_size=ROWS_PER_GROUP,
        )
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def parts(path: Path, boxes: Boxes) -> list[Part]:
    """List the pieces of a layer that may meet boxes, from the statistics of its row groups alone.

    Parameters
    ----------
    boxes
        Shape (n, 4): west, south, east, north, in the layer's CRS.

    Raises
    ------
    DataError
        When the file is not a Parquet file that can be read.
    """
    with _opened(path) as file:
        if not _boxed(file):
            return [Part(str(path), tuple(range(file.num_row_groups)))]
        tree = shapely.STRtree(shapely.box(*boxes.T))
        columns = {
            file.metadata.row_group(0).column(i).path_in_schema: i for i in range(file.metadata.num_columns)
        }
        extents = []
        for rank in range(file.num_row_groups):
            group = file.metadata.row_group(rank)
            stats = [group.column(columns[f"bbox.{side}"]).statistics for side in _SIDES]
            extents.append((stats[0].min, stats[1].min, stats[2].max, stats[3].max))
        met, _ = tree.query(shapely.box(*np.array(extents, dtype=float).T))
    return [Part(str(path), (int(rank),)) for rank in np.unique(met)]


def read(part: Part, columns: Sequence[str], boxes: Boxes) -> gpd.GeoDataFrame:
    """Read the rows of a piece whose box meets one of the boxes.

    Returns
    -------
    GeoDataFrame
        ``columns`` and the geometry, in the layer's CRS; the rows in the order of the file.
    """
    path = Path(part.path)
    with _opened(path) as file:
        geo = _geo(file, path)
        name, crs = geo["primary_column"], geo["columns"][geo["primary_column"]].get("crs", "OGC:CRS84")
        groups = list(part.groups)
        wanted = [*columns, name]
        if _boxed(file):
            box = file.read_row_groups(groups, columns=["bbox"]).column("bbox").combine_chunks()
            edges = [np.asarray(box.field(side)) for side in _SIDES]
            _, near = shapely.STRtree(shapely.box(*edges)).query(shapely.box(*boxes.T))
            rows = np.unique(near)
            table = file.read_row_groups(groups, columns=wanted).take(pa.array(rows))
            geometry = shapely.from_wkb(np.asarray(table.column(name)))
        else:
            table = file.read_row_groups(groups, columns=wanted)
            geometry = shapely.from_wkb(np.asarray(table.column(name)))
            _, near = shapely.STRtree(geometry).query(shapely.box(*boxes.T))
            rows = np.unique(near)
            table, geometry = table.take(pa.array(rows)), geometry[rows]
    return gpd.GeoDataFrame(table.select(list(columns)).to_pandas(), geometry=geometry, crs=crs)


def read_all(path: Path) -> gpd.GeoDataFrame:
    """Read a whole layer; DataError when it is not a GeoParquet file that can be read."""
    try:
        return gpd.read_parquet(path)
    except (OSError, ValueError, KeyError) as error:
        raise _unreadable(path) from error


def _opened(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path, memory_map=True)
    except (OSError, pa.ArrowException) as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> DataError:
    message = "la couche ne peut pas être lue ; effacez-la, puis relancez « python -m qpverts build »"
    return DataError([Fault(path.name, "couche GeoParquet", message)])


def _geo(file: pq.ParquetFile, path: Path) -> dict[str, Any]:
    raw = (file.schema_arrow.metadata or {}).get(b"geo")
    if raw is None:
        raise _unreadable(path)
    geo: dict[str, Any] = json.loads(raw)
    return geo


def _boxed(file: pq.ParquetFile) -> bool:
    """Tell whether each row has its box, with statistics for each group."""
    return "bbox" in file.schema_arrow.names and file.num_row_groups > 0
