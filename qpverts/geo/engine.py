"""One way to run a measure over a layer of any size: by pieces, here or on a cluster.

``read`` gives a piece of the layer, ``work`` measures it: the same two functions, whatever the engine. What
they give is put together in the order of the pieces and summed in the order of identifiers, so that
figures do not depend on the engine, the number of workers, or who finishes first.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

import geopandas as gpd
import pandas as pd

from qpverts.errors import QpvertsError, RemoteError

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
        """Run on all cores; one piece per core is in memory at a time."""
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
        """Run as one dask-geopandas table, one partition per piece.

        Raises
        ------
        QpvertsError
            When dask is not installed.
        RemoteError
            When the scheduler does not answer, or lost its workers.
        """
        try:
            import dask  # noqa: PLC0415  # in requirements-scale.txt: few need it
            import dask.dataframe as dd  # noqa: PLC0415
            import dask_geopandas  # noqa: F401, PLC0415  # gives dask the tables with a geometry
        except ImportError as error:
            message = "dask n'est pas installé : lancez « pip install -r requirements-scale.txt »"
            raise QpvertsError(message) from error
        empty = read(pieces[0]).iloc[:0]
        # Texts stay as they are, so that the rows are those of the other engine to the bit.
        with dask.config.set({"dataframe.convert-string": False}):
            table = dd.from_map(read, list(pieces), meta=empty)  # type: ignore[no-untyped-call]
            measured = table.map_partitions(work, meta=work(empty))
            found = measured.compute(scheduler="threads") if self.address is None else self._sent(measured)
        rows: pd.DataFrame = found.reset_index(drop=True)
        return rows

    def _sent(self, measured: Any) -> pd.DataFrame:  # noqa: ANN401  # dask publishes no types
        """Compute on the workers of the scheduler."""
        from distributed import Client  # noqa: PLC0415
        from distributed.scheduler import KilledWorker  # noqa: PLC0415

        try:
            client = Client(self.address)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            message = (
                f"l'ordonnanceur « {self.address} » ne répond pas : vérifiez qu'il est lancé et que son "
                "adresse est de la forme tcp://machine:port"
            )
            raise RemoteError(message) from error
        with client:
            try:
                found: pd.DataFrame = measured.compute()
            except KilledWorker as error:
                message = (
                    f"les processus de calcul de « {self.address} » se sont arrêtés en plein travail : il "
                    "leur manque sans doute de la mémoire ; donnez-leur en plus, ou relancez sans --scheduler"
                )
                raise RemoteError(message) from error
            except RuntimeError as error:
                if "deserialization" not in str(error):
                    raise
                message = (
                    f"les processus de « {self.address} » n'ont pas le code de QPVerts : démarrez-les dans "
                    "le dossier du projet, avec PYTHONPATH=. et le même environnement"
                )
                raise RemoteError(message) from error
        return found
