"""One way to run a measure over a layer of any size: by pieces, here or on a cluster.

``read`` gives a piece of the layer, ``work`` measures it: the same two functions, whatever the engine. What
they give is put together in the order of the pieces and summed in the order of identifiers, so that
figures do not depend on the engine, the number of workers, or who finishes first.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

import geopandas as gpd
import pandas as pd

T = TypeVar("T")

Read = Callable[[T], gpd.GeoDataFrame]
Work = Callable[[gpd.GeoDataFrame], pd.DataFrame]


class Engine(Protocol):
    """Whatever can run a measure over pieces."""

    def run(self, pieces: Sequence[T], read: Read[T], work: Work) -> pd.DataFrame:
        """Read and measure every piece; give the rows of all, in the order of the pieces."""
        ...


class LocalEngine:
    """Threads on this machine: geometry, decoding and projection are done in C, out of Python's lock."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or os.cpu_count() or 1

    def run(self, pieces: Sequence[T], read: Read[T], work: Work) -> pd.DataFrame:
        """Run on all cores; one piece a core is in memory at a time."""
        with ThreadPoolExecutor(self.workers) as pool:
            return pd.concat(pool.map(lambda piece: work(read(piece)), pieces), ignore_index=True)


class DaskEngine:
    """Partitions of dask-geopandas, on the workers of a scheduler or on those of this process.

    ``address`` is that of a running ``dask.distributed`` scheduler (``tcp://…``), whose workers must
    see the layer's file under the same path.
    """

    def __init__(self, address: str | None = None) -> None:
        self.address = address

    def run(self, pieces: Sequence[T], read: Read[T], work: Work) -> pd.DataFrame:
        """Run as one dask-geopandas table, a partition a piece."""
        import dask.dataframe as dd  # noqa: PLC0415  # in requirements-scale.txt: few need it
        import dask_geopandas  # noqa: F401, PLC0415  # gives dask the tables with a geometry

        empty = read(pieces[0]).iloc[:0]
        table = dd.from_map(read, list(pieces), meta=empty)  # type: ignore[no-untyped-call]
        measured = table.map_partitions(work, meta=work(empty))
        if self.address is None:
            found = measured.compute(scheduler="threads")
        else:
            from distributed import Client  # noqa: PLC0415

            with Client(self.address):  # type: ignore[no-untyped-call]
                found = measured.compute()
        rows: pd.DataFrame = found.reset_index(drop=True)
        return rows
