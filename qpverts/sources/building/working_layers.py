"""The working layers of ``var/``: GeoParquet in Hilbert order, read by pieces and only where it matters.

GeoPandas writes a layer with a box for each row (GeoParquet 1.1 *covering*). It reads one box at a time, all
at once: here whole row groups, then rows, are passed over for many boxes before any geometry is decoded, and
pieces are read apart, so that all cores work. Only what is kept is ever projected.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
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
_BOX = "bbox"
_SIDES = ("xmin", "ymin", "xmax", "ymax")

Boxes = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LayerPart:
    """A piece of a layer: some row groups of one file, in its order (all of them when it has no boxes)."""

    path: str
    groups: tuple[int, ...]


def write(layer: gpd.GeoDataFrame, path: Path) -> None:
    """Write a layer in Hilbert order, whole or not at all; the same rows give the same bytes.

    A field called ``bbox``, the name of the boxes, is written as ``bbox_``.

    Raises
    ------
    DataError
        When the disk refuses.
    """
    partial = path.with_suffix(f".{os.getpid()}.partiel")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _by_place(layer.rename(columns={_BOX: f"{_BOX}_"})).to_parquet(
                partial,
                index=False,
                schema_version="1.1.0",
                write_covering_bbox=True,
                row_group_size=ROWS_PER_GROUP,
                compression="zstd",
                # Hardly any value comes twice: a dictionary would only make files larger and slower to read.
                use_dictionary=False,
            )
            settle(partial, path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error


def _by_place(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Put rows in Hilbert order, those without outline last."""
    drawn = ~(layer.geometry.isna() | layer.geometry.is_empty).to_numpy()
    place = np.full(len(layer), np.inf)
    if drawn.any():
        place[drawn] = layer.geometry[drawn].hilbert_distance().to_numpy()
    return layer.iloc[np.argsort(place, kind="stable")]


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
    with _readable(path):
        told = _told(path)
        groups = [told.metadata.row_group(rank) for rank in range(told.metadata.num_row_groups)]
        if not told.metadata.num_rows:
            return []
        if not told.boxed:
            return [LayerPart(str(path), tuple(range(len(groups))))]
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
    with _readable(path):
        told = _told(path)
        wanted = [*columns, told.geometry]
        if not told.boxed:
            layer = gpd.read_parquet(path, columns=wanted)
            near = np.unique(layer.sindex.query(shapely.box(*boxes.T))[1])
            return layer.iloc[near].reset_index(drop=True)
        with pq.ParquetFile(path, metadata=told.metadata, memory_map=True) as file:
            table = file.read_row_groups(list(part.groups), columns=[*wanted, _BOX])
        table = table.take(pa.array(_near(table.column(_BOX).combine_chunks(), boxes)))
        outlines = shapely.from_wkb(np.asarray(table.column(told.geometry)))
        return gpd.GeoDataFrame(table.select(list(columns)).to_pandas(), geometry=outlines, crs=told.crs)


def crs_of(path: Path) -> CRS:
    """Give the CRS of a layer; DataError when the file cannot be read as one."""
    with _readable(path):
        return _told(path).crs


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


@dataclass(frozen=True, slots=True)
class _Told:
    """What a file tells of itself; ``boxed`` when each row has its box, in the columns that we write."""

    metadata: pq.FileMetaData
    geometry: str
    crs: CRS
    boxed: bool


def _told(path: Path) -> _Told:
    state = path.stat()
    return _described(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _described(path: Path, _mtime_ns: int, _size: int) -> _Told:
    """Read what a file tells of itself once for all its pieces: there are thousands of groups in it."""
    metadata = pq.read_metadata(path, memory_map=True)
    layer = gpd.read_parquet(path, filters=pc.scalar(False))  # noqa: FBT003  # no row, but all that is said of them
    if layer.crs is None:
        raise _unreadable(path)
    # A name, where it has one: its description, though the same CRS, is slow to parse.
    name = layer.crs.to_json_dict().get("id")
    crs = CRS.from_authority(name["authority"], name["code"]) if name else layer.crs
    columns = {metadata.schema.column(rank).path for rank in range(metadata.num_columns)}
    return _Told(metadata, layer.geometry.name, crs, columns >= {f"{_BOX}.{side}" for side in _SIDES})


def _unreadable(path: Path) -> DataError:
    message = "la couche ne peut pas être lue ; effacez-la, puis relancez « python -m qpverts build »"
    return DataError([Fault(path.name, "couche GeoParquet", message)])
