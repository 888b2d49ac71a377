"""Engines: the same rows to the bit, whoever runs them, and clear words when they cannot run."""

import os
import signal
import sys
import threading
from functools import partial

import dask
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from qpverts.errors import DataError, QpvertsError, RemoteError
from qpverts.geo import vegetation
from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.geo.district_vegetation import Districts, facts_from, rows_of
from qpverts.geo.engine import DaskEngine, LocalEngine
from qpverts.sources.building import working_layers

X, Y = 900_000, 6_250_000
PIECES = 7


@pytest.fixture(scope="module")
def districts():
    """Four districts in a row, 400 m apart."""
    shapes = {f"QN0000{n}I": shapely.box(X + 400 * n, Y, X + 400 * n + 333, Y + 271) for n in range(4)}
    return Districts.of(gpd.GeoSeries(shapes, crs=LAMBERT_93))


@pytest.fixture(scope="module")
def parcels():
    """Six hundred turned parcels around them, with areas that no sum of floats gives twice in two orders."""
    dice = np.random.default_rng(12)
    places, sizes = dice.uniform(-600, 2_400, (600, 2)), dice.uniform(5, 160, (600, 2))
    shapes = [
        shapely.affinity.rotate(shapely.box(X + x, Y + y, X + x + w, Y + y + h), angle)
        for (x, y), (w, h), angle in zip(places, sizes, dice.uniform(0, 90, 600), strict=True)
    ]
    vegetated = dice.uniform(0, 20_000, 600)
    vegetated[::9] = np.nan
    ids = [f"13{n:06d}" for n in range(600)]
    return gpd.GeoDataFrame({"id": ids, "vegetated_m2": vegetated}, geometry=shapes, crs=LAMBERT_93).to_crs(
        WGS84
    )


@pytest.fixture(scope="module")
def pieces(parcels, tmp_path_factory):
    """The layer in seven files, the last of them without any row."""
    folder = tmp_path_factory.mktemp("pieces")
    paths = [folder / f"{n}.parquet" for n in range(PIECES)]
    for n, path in enumerate(paths[:-1]):
        parcels.iloc[n :: PIECES - 1].to_parquet(path)
    parcels.iloc[:0].to_parquet(paths[-1])
    return paths


@pytest.fixture(scope="module")
def rows(pieces, districts):
    """What one thread gives, a piece after another, without any engine."""
    return pd.concat([rows_of(gpd.read_parquet(path), districts) for path in pieces], ignore_index=True)


@pytest.fixture(scope="module")
def cluster():
    """A real scheduler of dask.distributed with two worker processes, on the loopback."""
    from distributed import LocalCluster  # noqa: PLC0415  # slow to load, and for these tests only

    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
    ) as found:
        found.wait_for_workers(2)
        yield found.scheduler_address


@pytest.fixture(
    params=[
        "one thread",
        "two threads",
        "nine threads",
        pytest.param("dask here", marks=pytest.mark.thorough),
        pytest.param("dask on a cluster", marks=pytest.mark.thorough),
    ]
)
def engine(request):
    """Each engine, the cluster being started for those who ask."""
    if request.param == "dask on a cluster":
        return DaskEngine(request.getfixturevalue("cluster"))
    return {
        "one thread": LocalEngine(1),
        "two threads": LocalEngine(2),
        "nine threads": LocalEngine(9),
        "dask here": DaskEngine(),
    }[request.param]


def test_the_same_rows(engine, pieces, districts, rows):
    """Every engine gives the rows of every piece, in the order of the pieces, with the same bits."""
    got = engine.run(pieces, gpd.read_parquet, partial(rows_of, districts=districts))
    pd.testing.assert_frame_equal(got, rows, check_exact=True)


def test_the_same_facts(engine, pieces, districts, parcels):
    """Figures are those of the whole layer measured at once, to the bit, from pieces in any order."""
    whole = facts_from(rows_of(parcels, districts), districts)
    assert len(whole) == 4
    for order in (pieces, pieces[::-1], pieces[3:] + pieces[:3]):
        got = engine.run(order, gpd.read_parquet, partial(rows_of, districts=districts))
        assert facts_from(got, districts) == whole


def test_rows_without_a_part(engine, tmp_path, districts):
    """A layer of one piece that has nothing there gives no row, but its columns."""
    path = tmp_path / "far.parquet"
    far = shapely.box(X + 90_000, Y, X + 90_100, Y + 100)
    layer = gpd.GeoDataFrame({"id": ["a"], "vegetated_m2": [1.0]}, geometry=[far], crs=LAMBERT_93)
    layer.to_parquet(path)
    got = engine.run([path], gpd.read_parquet, partial(vegetation.weigh, zones=districts.perimeters))
    assert got.empty
    assert list(got.columns) == ["zone", "id", *vegetation.AREAS]


def test_a_faulty_piece_is_named(engine, tmp_path, pieces, districts):
    """A piece that cannot be read stops the run with its own fault, from a thread as from another process."""
    layer = tmp_path / "couche.parquet"
    layer.write_bytes(b"PAR1 this is not it")
    boxes = districts.boxes(WGS84)
    good = tmp_path / "bonne.parquet"
    working_layers.write(gpd.read_parquet(pieces[0]), good)
    parts = [*working_layers.parts(good, boxes), working_layers.LayerPart(str(layer), (0,))]
    read = partial(working_layers.read, columns=["id", "vegetated_m2"], boxes=boxes)
    with pytest.raises(DataError) as caught:
        engine.run(parts, read, partial(rows_of, districts=districts))
    (fault,) = caught.value.faults
    assert fault.file == "couche.parquet"
    assert str(caught.value) == str(fault)


def test_all_cores_by_default():
    """Without a number, there are as many threads as cores; with one, that many."""
    assert LocalEngine().workers >= 1
    assert LocalEngine(0).workers == LocalEngine().workers
    assert LocalEngine(3).workers == 3


def test_pieces_run_side_by_side():
    """Two threads are at work together: each waits for the other before it goes on."""
    both = threading.Barrier(2, timeout=30)

    def read(piece):
        both.wait()
        return gpd.GeoDataFrame({"piece": [piece]})

    assert list(LocalEngine(2).run([1, 2], read, pd.DataFrame)["piece"]) == [1, 2]


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:1", "pas une adresse", "gopher://127.0.0.1:1", "tcp://"]
)
def test_no_scheduler(address, pieces, districts):
    """A scheduler that is not there, or an address that is not one, is reported with what to check."""
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "0.2s", "distributed.comm.retry.count": 0}),
        pytest.raises(RemoteError) as caught,
    ):
        DaskEngine(address).run(pieces, gpd.read_parquet, partial(rows_of, districts=districts))
    assert f"« {address} » ne répond pas" in str(caught.value)
    assert "tcp://machine:port" in str(caught.value)


def struck(piece):
    """Measure nothing: the worker that is given some rows is killed, as a system short of memory does."""
    if len(piece):
        os.kill(os.getpid(), signal.SIGKILL)
    return pd.DataFrame({"zone": []})


@pytest.mark.thorough
def test_workers_that_die(pieces):
    """Workers killed in the middle of the work are reported as such, with a remedy."""
    from distributed import LocalCluster  # noqa: PLC0415

    struck.__module__ = "__main__"  # sent whole: workers cannot import the tests
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(
            n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
        ) as cluster,
        pytest.raises(RemoteError, match="se sont arrêtés en plein travail"),
    ):
        DaskEngine(cluster.scheduler_address).run(pieces[:1], gpd.read_parquet, struck)


def test_dask_is_optional(monkeypatch, pieces, districts):
    """Where dask is not installed, the command that brings it is reported."""
    monkeypatch.setitem(sys.modules, "dask_geopandas", None)
    with pytest.raises(QpvertsError, match=r"pip install -r requirements-scale\.txt"):
        DaskEngine().run(pieces, gpd.read_parquet, partial(rows_of, districts=districts))
