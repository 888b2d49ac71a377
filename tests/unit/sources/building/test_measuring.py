"""Measures on layers in files: the figures of hand-made squares, whatever the file and the engine."""

import dataclasses
import math
import os

import geopandas as gpd
import numpy as np
import pytest

from qpverts.domain.figures.facts import Interval
from qpverts.errors import DataError
from qpverts.geo import inspire_grid
from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.geo.engine import DaskEngine, LocalEngine
from qpverts.sources.building import measuring, working_layers
from qpverts.sources.building.ground import ground
from tests.builders import square

X, Y = 900_000, 6_250_000
ENGINES = {"local": LocalEngine(2), "dask": DaskEngine()}


@pytest.fixture
def put(tmp_path):
    """A function that writes parcels (outline in Lambert-93, vegetated m²) in a layer of a given CRS."""

    def write(*parcels, crs=WGS84):
        frame = gpd.GeoDataFrame(
            {
                "id": [f"p{rank}" for rank in range(len(parcels))],
                "vegetated_m2": np.array([vegetated for _, vegetated in parcels], dtype=float),
            },
            geometry=gpd.GeoSeries([shape for shape, _ in parcels], crs=LAMBERT_93),
            crs=LAMBERT_93,
        )
        path = tmp_path / "couche.parquet"
        working_layers.write(frame.to_crs(crs), path)
        return path

    return write


def districts(**shapes):
    """Districts by code."""
    return gpd.GeoSeries(shapes, crs=LAMBERT_93)


ONE = districts(Q=square(0, 0))


def close(interval):
    """An interval, but for what sides that are straight in one projection bend in another."""
    return Interval(*(pytest.approx(bound, abs=0.05) for bound in interval))


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
@pytest.mark.parametrize("crs", [WGS84, LAMBERT_93, "EPSG:3035"])
def test_vegetation(put, engine, crs):
    """Half of the district is a meadow of 6,000 m² on a hectare: 3,000 likely, from 1,000 to 5,000."""
    layer = put((square(50, 0), 6_000), (square(5_000, 0), 10_000), crs=crs)
    got = measuring.measure_vegetation(ONE, layer, engine)["Q"]
    assert got.inside_m2 == close((1_000, 3_000, 5_000))
    assert got.near_m2 == close((6_000, 6_000, 6_000))
    assert got.known_pct == pytest.approx(50, abs=1e-3)


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_nothing_there(put, engine):
    """A layer with nothing near, or nothing at all, gives no district, rather than zeros."""
    for layer in (put((square(50_000, 0), 6_000)), put()):
        assert measuring.measure_vegetation(ONE, layer, engine) == {}
        assert measuring.measure_cells(ONE, layer, engine) == ()


def test_unknown_ground(put):
    """Ground that nobody looked at gives neither a district nor cells."""
    layer = put((square(0, 0), math.nan))
    assert measuring.measure_vegetation(ONE, layer, LocalEngine()) == {}
    assert measuring.measure_cells(ONE, layer, LocalEngine()) == ()


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_cells_hold_all_of_a_parcel(put, engine):
    """The cells around the district hold, together, all the vegetation and ground of a parcel near it."""
    parcel, vegetated = square(-170, -90, 400, 230), 31_000.0
    cells = measuring.measure_cells(ONE, put((parcel, vegetated)), engine)
    on_grid = gpd.GeoSeries([parcel], crs=LAMBERT_93).to_crs(inspire_grid.LAEA_EUROPE).area.iloc[0]
    assert sum(cell.value_m2 for cell in cells) == pytest.approx(vegetated, abs=1e-2)
    assert sum(cell.known_m2 for cell in cells) == pytest.approx(on_grid, rel=1e-7)
    for cell in cells:
        assert 0 <= cell.low_m2 <= cell.value_m2 <= cell.high_m2 <= cell.known_m2 <= 40_000
        inspire_grid.corner(cell.id)
    assert len({cell.id for cell in cells}) == len(cells)


def test_cells_all_green(put):
    """Under a meadow all around, every cell is known and green from side to side, and not a hair more."""
    meadow = square(-3_000, -3_000, 6_000, 6_000)
    cells = measuring.measure_cells(ONE, put((meadow, 36e6), (meadow, 36e6)), LocalEngine())
    assert {(cell.known_m2, cell.value_m2) for cell in cells} == {(40_000.0, 40_000.0)}
    reach = 100 + 2 * measuring.GRID_AROUND_M
    assert (reach / 200) ** 2 <= len(cells) <= (reach / 200 + 2) ** 2


def test_order_of_districts_and_parcels(put):
    """Districts and parcels in another order give the very same facts."""
    parcels = [(square(37 * n - 300, 11 * n, 90, 70), 700.3 * n) for n in range(30)]
    both = districts(Q=square(0, 0), R=square(200, 30))
    straight = measuring.measure_vegetation(both, put(*parcels), LocalEngine())
    assert measuring.measure_vegetation(both.iloc[::-1], put(*parcels), LocalEngine()) == straight
    turned = measuring.measure_vegetation(both, put(*parcels[::-1]), LocalEngine())
    for code in straight:
        for part in ("inside_m2", "near_m2", "edge_m"):
            here, there = (dataclasses.astuple(getattr(facts[code], part)) for facts in (straight, turned))
            assert here == pytest.approx(there, rel=1e-12)


def test_no_layer(tmp_path):
    """A layer that is not one is told by its name before anything is measured."""
    (tmp_path / "couche.parquet").write_bytes(os.urandom(1_000))
    for measure in (measuring.measure_vegetation, measuring.measure_cells):
        with pytest.raises(DataError, match=r"couche\.parquet : la couche ne peut pas être lue"):
            measure(ONE, tmp_path / "couche.parquet", LocalEngine())


def test_the_real_parcels(official, atlas, tmp_path):
    """On the real parcels, threads and dask give the same possible facts and cells, to the bit."""
    raw = gpd.read_parquet(official / "ocsge_parcelles_13.parquet")
    layer = tmp_path / "couche.parquet"
    working_layers.write(ground(raw, "parcelles"), layer)
    local, dask = (
        measuring.measure_vegetation(atlas.perimeters, layer, engine) for engine in ENGINES.values()
    )
    assert local == dask
    assert len(local) >= 50
    some = atlas.perimeters.iloc[:6]
    cells, again = (measuring.measure_cells(some, layer, engine) for engine in ENGINES.values())
    assert cells == again
    for code, facts in local.items():
        whole = atlas.perimeters.area[code]
        inside = facts.inside_m2
        assert 0 <= inside.low <= inside.value <= inside.high <= whole * facts.known_pct / 100 + 1e-6
        assert facts.known_pct <= 100
        assert 0 <= facts.edge_m.low <= facts.edge_m.value <= facts.edge_m.high
        assert facts.edge_m.high <= atlas.perimeters.length[code] * (1 + 1e-9)
        assert facts.near_m2.value >= inside.value - 1e-6
