"""QPVerts' engine on a cluster of dask.distributed, of as many processes of one thread as asked for."""

from __future__ import annotations

import os
import time

from distributed import LocalCluster

from benchmarks.engines import Row, Steps, build
from benchmarks.engines.watch import Watch
from qpverts.geo.engine import DaskEngine

_watch = Watch()


def servers_mb() -> float:
    """Give the largest memory that the workers held at once, in MB."""
    return _watch.highest_mb


def run(layer: str, perimeters: str, steps: Steps, workers: str = "2") -> list[Row]:
    """Measure on the workers; their start is told apart."""
    began = time.perf_counter()
    with LocalCluster(
        n_workers=int(workers), threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        steps["démarrage"] = time.perf_counter() - began
        with _watch.over(os.getpid(), itself=False):
            found = build.measure(layer, perimeters, DaskEngine(cluster.scheduler_address))
        began = time.perf_counter()
    steps["arrêt"] = time.perf_counter() - began
    return build.rows(found)
