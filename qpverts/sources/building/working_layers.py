"""The working layers of ``var/``: GeoParquet in Hilbert order, read by pieces and only where it matters.

A layer is written with a box for each row (GeoParquet 1.1 *covering*), so that whole row groups, then
rows, are passed over before any geometry is decoded; only what is kept is ever projected.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError

from qpverts.errors import DataError, Fault
from qpverts.sources.files import settle, unwritable

#: Few rows, so that most groups of a layer are far from all districts and never read.
ROWS_PER_GROUP = 2_048
#: What one piece reads at least, for its fixed cost to be small, and at most, for a few to fit in memory.
ROWS_PER_PART = (8_192, 32_768)
#: Between the two, a layer is read in this many pieces, so that all cores work.
_PARTS = 8
_GEOMETRY, _BOX = "geometry", "bbox"
_SIDES = ("xmin", "ymin", "xmax", "ymax")

Boxes = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LayerPart:
    """A piece of a layer: some row groups of one file, in its order (all of them when it has no boxes)."""

    path: str
    groups: tuple[int, ...]


def write(layer: gpd.GeoDataFrame, path: Path) -> None:
    """Write a layer in Hilbert order, whole or not at all; the same rows give the same bytes."""
    with writing(path, layer.crs) as append:
        append(layer)


@contextmanager
def writing(path: Path, crs: CRS) -> Iterator[Callable[[gpd.GeoDataFrame], None]]:
    """Write a layer larger than memory, whole or not at all.

    What is yielded takes the layer by chunks, of the same columns; each is put in Hilbert order, and chunks
    keep the order they come in, which should be one of place too.

    Raises
    ------
    DataError
        When the disk refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error
    partial = path.with_suffix(f".{os.getpid()}.partiel")
    writer: pq.ParquetWriter | None = None

    def append(chunk: gpd.GeoDataFrame) -> None:
        nonlocal writer
        table = _table(_by_place(chunk))
        if writer is None:
            schema = table.schema.with_metadata({"geo": json.dumps(_described(crs))})
            # Hardly any value comes twice: a dictionary would only make files larger and slower to read.
            writer = pq.ParquetWriter(partial, schema, compression="zstd", use_dictionary=False)
        writer.write_table(table.cast(writer.schema), row_group_size=ROWS_PER_GROUP)

    try:
        try:
            yield append
        finally:
            if writer is not None:
                writer.close()
        settle(partial, path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        partial.unlink(missing_ok=True)


def parts(path: Path, boxes: Boxes) -> list[LayerPart]:
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
    with _readable(path), _opened(path) as file:
        if not file.metadata.num_rows:
            return []
        if not _boxed(file):
            return [LayerPart(str(path), tuple(range(file.num_row_groups)))]
        groups = [file.metadata.row_group(rank) for rank in range(file.num_row_groups)]
        extents = _extents(groups)
        met, _ = shapely.STRtree(shapely.box(*boxes.T)).query(shapely.box(*extents.T))
        near = np.union1d(met, np.flatnonzero(np.isnan(extents).any(axis=1)))
    pieces = _packed(near.tolist(), [group.num_rows for group in groups])
    return [LayerPart(str(path), piece) for piece in pieces]


def _extents(groups: Sequence[pq.RowGroupMetaData]) -> Boxes:
    """Give the box of each row group, shape (n, 4); NaN where its statistics do not tell."""
    names = [groups[0].column(at).path_in_schema for at in range(groups[0].num_columns)]
    sides = [names.index(f"{_BOX}.{side}") for side in _SIDES]
    found = np.full((len(groups), 4), np.nan)
    for rank, group in enumerate(groups):
        west, south, east, north = (group.column(side).statistics for side in sides)
        if all(side is not None and side.has_min_max for side in (west, south, east, north)):
            found[rank] = west.min, south.min, east.max, north.max
    return found


def _packed(ranks: Sequence[int], rows: Sequence[int]) -> list[tuple[int, ...]]:
    """Share groups out among pieces, in their order; ``rows`` holds the number of rows of every group."""
    most = np.clip(sum(rows[rank] for rank in ranks) // _PARTS, *ROWS_PER_PART)
    pieces: list[tuple[int, ...]] = []
    held = 0
    for rank in ranks:
        if pieces and held + rows[rank] <= most:
            pieces[-1] += (rank,)
            held += rows[rank]
        else:
            pieces.append((rank,))
            held = rows[rank]
    return pieces


def read(part: LayerPart, columns: Sequence[str], boxes: Boxes) -> gpd.GeoDataFrame:
    """Read the rows of a piece whose box meets one of the boxes.

    Returns
    -------
    GeoDataFrame
        ``columns`` and the geometry, in the layer's CRS; the rows in the order of the file.

    Raises
    ------
    DataError
        When the file cannot be read as a layer with these columns.
    """
    path = Path(part.path)
    groups = list(part.groups)
    with _readable(path), _opened(path) as file:
        name, crs = _geometry(file, path)
        wanted = [*columns, name]
        if _boxed(file):
            near = _near(file.read_row_groups(groups, columns=[_BOX]).column(_BOX).combine_chunks(), boxes)
            table = file.read_row_groups(groups, columns=wanted).take(pa.array(near))
            geometry = shapely.from_wkb(np.asarray(table.column(name)))
        else:
            table = file.read_row_groups(groups, columns=wanted)
            geometry = shapely.from_wkb(np.asarray(table.column(name)))
            _, met = shapely.STRtree(geometry).query(shapely.box(*boxes.T))
            near = np.unique(met)
            table, geometry = table.take(pa.array(near)), geometry[near]
        return gpd.GeoDataFrame(table.select(list(columns)).to_pandas(), geometry=geometry, crs=crs)


def crs_of(path: Path) -> CRS:
    """Give the CRS of a layer; DataError when the file cannot be read as one."""
    with _readable(path), _opened(path) as file:
        return _geometry(file, path)[1]


def _by_place(chunk: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Put rows in Hilbert order, those without outline last."""
    drawn = ~(chunk.geometry.isna() | chunk.geometry.is_empty).to_numpy()
    place = np.full(len(chunk), np.inf)
    if drawn.any():
        place[drawn] = chunk.geometry[drawn].hilbert_distance().to_numpy()
    return chunk.iloc[np.argsort(place, kind="stable")]


def _table(chunk: gpd.GeoDataFrame) -> pa.Table:
    """Give the columns of a chunk, its geometry and a box for each row."""
    shapes = chunk.geometry.to_numpy()
    table = pa.Table.from_pandas(pd.DataFrame(chunk.drop(columns=chunk.geometry.name)), preserve_index=False)
    sides = [pa.array(side, from_pandas=True) for side in shapely.bounds(shapes).T]  # null where no outline
    boxes = pa.StructArray.from_arrays(sides, names=_SIDES)
    outlines = pa.array(shapely.to_wkb(shapes, flavor="iso"), pa.binary())
    return table.append_column(_GEOMETRY, outlines).append_column(_BOX, boxes)


def _described(crs: CRS) -> dict[str, Any]:
    """Write what GeoParquet 1.1 asks to say of a file; its kinds of geometry are left open."""
    column = {
        "encoding": "WKB",
        "geometry_types": [],
        "crs": crs.to_json_dict(),
        "covering": {"bbox": {side: [_BOX, side] for side in _SIDES}},
    }
    return {"version": "1.1.0", "primary_column": _GEOMETRY, "columns": {_GEOMETRY: column}}


def _near(sides: pa.StructArray, boxes: Boxes) -> NDArray[np.int64]:
    """Give the ranks of the rows whose box meets one of the boxes: few of these are near any one piece."""
    west, south, east, north = (np.asarray(sides.field(side)) for side in _SIDES)
    met = np.zeros(len(west), dtype=bool)
    first, last = boxes[:, :2], boxes[:, 2:]
    most = [np.fmax.reduce(side, initial=-np.inf) for side in (east, north)]  # where one is not missing
    least = [np.fmin.reduce(side, initial=np.inf) for side in (west, south)]
    here = (first <= most) & (last >= least)
    for x_min, y_min, x_max, y_max in boxes[here.all(axis=1)]:
        met |= (west <= x_max) & (east >= x_min) & (south <= y_max) & (north >= y_min)
    return np.flatnonzero(met)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Turn whatever reading a damaged or foreign file may raise into one sentence."""
    try:
        yield
    except (
        OSError, pa.ArrowException, shapely.errors.ShapelyError, CRSError,
        ValueError, KeyError, TypeError, AttributeError,
    ) as error:  # fmt: skip
        raise _unreadable(path) from error


def _opened(path: Path) -> pq.ParquetFile:
    state = path.stat()
    return pq.ParquetFile(path, metadata=_metadata(path, state.st_mtime_ns, state.st_size), memory_map=True)


@lru_cache(maxsize=4)
def _metadata(path: Path, _mtime_ns: int, _size: int) -> pq.FileMetaData:
    """Read the description of a file once for all its pieces: there are thousands of groups in it."""
    return pq.read_metadata(path, memory_map=True)


def _unreadable(path: Path) -> DataError:
    message = "la couche ne peut pas être lue ; effacez-la, puis relancez « python -m qpverts build »"
    return DataError([Fault(path.name, "couche GeoParquet", message)])


def _geometry(file: pq.ParquetFile, path: Path) -> tuple[str, CRS]:
    """Give the name and the CRS of the geometry."""
    raw = (file.schema_arrow.metadata or {}).get(b"geo")
    if raw is None:
        raise _unreadable(path)
    return _parsed(raw)


@lru_cache(maxsize=4)
def _parsed(raw: bytes) -> tuple[str, CRS]:
    """Read the description of the geometry once for all pieces: naming a CRS is fast, parsing one is not."""
    geo = json.loads(raw)
    name = geo["primary_column"]
    crs = geo["columns"][name].get("crs", "OGC:CRS84")
    if isinstance(crs, dict) and "id" in crs:
        crs = f"{crs['id']['authority']}:{crs['id']['code']}"
    return name, CRS.from_user_input(crs)


def _boxed(file: pq.ParquetFile) -> bool:
    """Tell whether each row has its box, in the columns that we write."""
    if _BOX not in file.schema_arrow.names:
        return False
    kind = file.schema_arrow.field(_BOX).type
    return pa.types.is_struct(kind) and {field.name for field in kind} >= set(_SIDES)
