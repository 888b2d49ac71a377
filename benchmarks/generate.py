"""A national layer of parcels made of real ones, moved: as heavy as one likes, the same at each run.

Each district gets the parcels that surround a real district of the Métropole; the rest of the polygons are
blocks of real parcels, set side by side over France. Nothing lies over the surroundings of a district but
what was put there for one. Shapes are moved in degrees, their longitudes drawn out to keep their metres.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import numpy as np
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from qpverts.geo.crs import HEXAGONE
from qpverts.sources.building import working_layers

SEED = 2024
_DEGREE_M = 111_320  # a degree of latitude
#: Half the side of a block, and what is filled around the box of a district, in degrees of latitude.
BLOCK_DEG, AROUND_DEG = 5_000 / _DEGREE_M, 400 / _DEGREE_M
_DISC_DEG = 100 / _DEGREE_M
_BLOCKS = 48  # to choose from
_PER_CHUNK = 100_000
_CLOSER = 0.9  # how much blocks are brought together when they are not enough

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Move:
    """Real parcels, by rank, and the point ``(lon, lat)`` that is moved to another."""

    parcels: NDArray[np.int64]
    source: Floats
    target: Floats

    def stretch(self) -> Floats:
        """Give what longitudes and latitudes are multiplied by."""
        return np.array([_drawn_out(self.target[1]) / _drawn_out(self.source[1]), 1.0])


def write_districts(official: Path, path: Path, count: int | None = None) -> gpd.GeoSeries:
    """Write ``count`` of the official districts, all when None, repaired; give them by ``code_qp``."""
    frame = gpd.read_file(official)[["code_qp", "geometry"]].sort_values("code_qp", ignore_index=True)
    if count is not None:
        chosen = np.random.default_rng(SEED).choice(len(frame), count, replace=False)
        frame = frame.iloc[np.sort(chosen)].reset_index(drop=True)
    shapes = frame.geometry.to_numpy()
    repaired = shapely.make_valid(shapes, method="structure", keep_collapsed=False)
    # Three districts were generalised to a point: a small disc stands for them.
    points = shapely.is_empty(repaired)
    repaired[points] = shapely.buffer(shapely.make_valid(shapes[points]), _DISC_DEG)
    frame = frame.set_geometry(gpd.GeoSeries(repaired, crs=frame.crs))
    frame.to_parquet(path, write_covering_bbox=True, schema_version="1.1.0")
    return frame.set_index("code_qp").geometry


def write_layer(
    parcels: gpd.GeoDataFrame, sources: gpd.GeoSeries, targets: gpd.GeoSeries, count: int, path: Path
) -> None:
    """Write a working layer of ``count`` polygons, those around ``targets`` first, by chunks.

    Parameters
    ----------
    parcels
        A real working layer (EPSG:4326).
    sources
        Real districts that it surrounds (EPSG:4326).
    targets
        The districts to surround (EPSG:4326).
    """
    random = np.random.default_rng(SEED)
    centres = shapely.get_coordinates(shapely.centroid(parcels.geometry.to_numpy()))
    moves = _thinned(random, _surroundings(random, centres, sources, targets), count)
    missing = count - _size(moves)
    if missing:
        moves += _thinned(random, _filling(random, centres, targets, missing), missing)
    places = gpd.GeoSeries(shapely.points([move.target for move in moves]))
    ordered = [moves[rank] for rank in np.argsort(places.hilbert_distance().to_numpy(), kind="stable")]
    before = np.cumsum([0, *(len(move.parcels) for move in ordered)])
    ends = np.unique([*np.searchsorted(before, np.arange(_PER_CHUNK, count, _PER_CHUNK)), len(ordered)])
    with TemporaryDirectory(dir=path.parent) as folder:
        pieces = []
        for start, end in zip([0, *ends[:-1]], ends, strict=True):
            pieces.append(Path(folder) / f"{start}.parquet")
            working_layers.write(_moved(parcels, ordered[start:end], int(before[start])), pieces[-1])
        _join(pieces, path)


def _join(pieces: list[Path], path: Path) -> None:
    """Write pieces one after the other; what the first one says of its own extent and shapes is left out."""
    schema = pq.read_schema(pieces[0])
    geo = json.loads(schema.metadata[b"geo"])
    geo["columns"]["geometry"] |= {"geometry_types": []}
    geo["columns"]["geometry"].pop("bbox", None)
    schema = schema.with_metadata({"geo": json.dumps(geo)})
    with pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=False) as writer:
        for piece in pieces:
            writer.write_table(pq.read_table(piece), row_group_size=working_layers.ROWS_PER_GROUP)


def _drawn_out(latitude: float) -> float:
    """Give how many degrees of longitude are as long as one of latitude."""
    return float(1 / np.cos(np.radians(latitude)))


def _size(moves: list[Move]) -> int:
    return sum(len(move.parcels) for move in moves)


def _windows(targets: gpd.GeoSeries) -> Floats:
    """Give the box around each district which holds its surroundings: shape (n, 4)."""
    bounds = targets.bounds.to_numpy()
    wide = AROUND_DEG / np.cos(np.radians(bounds[:, [1]]))
    high = np.full_like(wide, AROUND_DEG)
    return np.asarray(bounds + np.hstack([-wide, -high, wide, high]))


def _within(centres: Floats, source: Floats, half: Floats) -> NDArray[np.int64]:
    """List the parcels whose centre is in a box around a point."""
    return np.flatnonzero((np.abs(centres - source) <= half).all(axis=1))


def _landed(centres: Floats, move: Move) -> NDArray[np.object_]:
    """Give the points where the centres of moved parcels land."""
    points: NDArray[np.object_] = shapely.points(
        (centres[move.parcels] - move.source) * move.stretch() + move.target
    )
    return points


def _surroundings(
    random: np.random.Generator, centres: Floats, sources: gpd.GeoSeries, targets: gpd.GeoSeries
) -> list[Move]:
    """Surround each district as a real one is; what would fall near an earlier one is left out."""
    windows = _windows(targets)
    tree = shapely.STRtree(shapely.box(*windows.T))
    real = shapely.get_coordinates(shapely.centroid(sources.to_numpy()))
    moves = []
    for rank, (west, south, east, north) in enumerate(windows):
        source = real[random.integers(len(real))]
        target = np.array([(west + east) / 2, (south + north) / 2])
        move = Move(np.arange(0), source, target)
        half = np.array([east - west, north - south]) / 2 / move.stretch()
        move = Move(_within(centres, source, half), source, target)
        point, window = tree.query(_landed(centres, move), predicate="intersects")
        taken = np.isin(np.arange(len(move.parcels)), point[window < rank])
        moves.append(Move(move.parcels[~taken], source, target))
    return moves


def _filling(random: np.random.Generator, centres: Floats, targets: gpd.GeoSeries, count: int) -> list[Move]:
    """Spread blocks over the hexagone, at least ``count`` parcels in all, none near a district."""
    tree = shapely.STRtree(shapely.box(*_windows(targets).T))
    blocks = []
    for source in centres[random.choice(len(centres), _BLOCKS, replace=False)]:
        half = np.array([BLOCK_DEG * _drawn_out(source[1]), BLOCK_DEG])
        blocks.append((source, _within(centres, source, half)))
    step = 2 * BLOCK_DEG
    while True:
        cells = _cells(targets, step)
        most = len(cells) * float(np.mean([len(parcels) for _, parcels in blocks]))
        # A few more than needed, since some parcels will be in the way of a district.
        wanted = min(len(cells), int(np.ceil(len(cells) * count * 1.3 / most)) + _BLOCKS)
        moves = []
        for target in cells[np.linspace(0, len(cells) - 1, wanted).astype(int)]:
            source, parcels = blocks[random.integers(_BLOCKS)]
            move = Move(parcels, source, target)
            in_the_way, _ = tree.query(_landed(centres, move), predicate="intersects")
            moves.append(Move(np.delete(parcels, np.unique(in_the_way)), source, target))
        if _size(moves) >= count:
            return moves
        step *= _CLOSER


def _cells(targets: gpd.GeoSeries, step: float) -> Floats:
    """Give the centres of square cells over the land that the districts of the hexagone span."""
    west, south, east, north = HEXAGONE.bounds
    hull = shapely.convex_hull(shapely.union_all(targets.cx[west:east, south:north].to_numpy()))
    west, south, east, north = shapely.bounds(hull)
    rows = []
    for latitude in np.arange(south, north, step):
        longitudes = np.arange(west, east, step * _drawn_out(latitude))
        rows.append(np.column_stack([longitudes, np.full_like(longitudes, latitude)]))
    cells = np.vstack(rows)
    return cells[shapely.contains_xy(hull, cells)]


def _thinned(random: np.random.Generator, moves: list[Move], count: int) -> list[Move]:
    """Keep ``count`` parcels at random when there are more."""
    size = _size(moves)
    if size <= count:
        return moves
    kept = np.zeros(size, dtype=bool)
    kept[random.choice(size, count, replace=False)] = True
    ends = np.cumsum([len(move.parcels) for move in moves])[:-1]
    return [
        Move(move.parcels[mask], move.source, move.target)
        for move, mask in zip(moves, np.split(kept, ends), strict=True)
    ]


def _moved(parcels: gpd.GeoDataFrame, moves: list[Move], first: int) -> gpd.GeoDataFrame:
    """Move parcels, and number them from ``first`` on."""
    sizes = [len(move.parcels) for move in moves]
    ranks = np.concatenate([move.parcels for move in moves])
    shapes = parcels.geometry.to_numpy()[ranks]
    points, shape = shapely.get_coordinates(shapes, return_index=True)
    source, target, stretch = (
        np.repeat(np.array(per_move), sizes, axis=0)[shape]
        for per_move in (
            [move.source for move in moves],
            [move.target for move in moves],
            [move.stretch() for move in moves],
        )
    )
    moved = shapely.set_coordinates(shapes.copy(), (points - source) * stretch + target)
    numbers = np.char.zfill(np.arange(first, first + len(ranks)).astype(str), 9)
    return gpd.GeoDataFrame(
        {"id": numbers, "vegetated_m2": parcels["vegetated_m2"].to_numpy()[ranks]},
        geometry=moved,
        crs=parcels.crs,
    )
