"""The same figures by DuckDB's geometry as by our engine, on the real parcels and the real districts."""

from pathlib import Path

import duckdb
import duckdb_extension_spatial
import geopandas as gpd
import pytest

from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.geo.engine import LocalEngine
from qpverts.sources.building import working_layers
from qpverts.sources.building.ground import ground
from qpverts.sources.building.measuring import measure_vegetation

# Written from the definitions, with nothing of ours: areas are shared out in proportion, and bounded by what
# the rest of the parcel has room for; parcels that were not looked at count neither as green nor as known.
QUERY = """
with districts as materialized (
    select code_qp, st_transform(geometry, $wgs84, $lambert, always_xy := true) as shape
    from read_parquet($districts)
),
zones as materialized (
    select code_qp, 'inside' as part, shape from districts
    union all
    select code_qp, 'near', st_buffer(shape, 300, 16) from districts
),
parcels as materialized (
    select vegetated_m2 as green, st_transform(geometry, $wgs84, $lambert, always_xy := true) as shape
    from read_parquet($parcels) where vegetated_m2 is not null
),
pairs as (
    select code_qp, part, st_area(zones.shape) as whole, st_area(parcels.shape) as area,
        least(green, st_area(parcels.shape)) as green,
        st_area(st_intersection(zones.shape, parcels.shape)) as shared
    from parcels join zones on st_intersects(parcels.shape, zones.shape)
)
select code_qp, part, 100 * sum(shared) / any_value(whole), sum(greatest(0, green - (area - shared))),
    sum(green / area * shared), sum(least(green, shared))
from pairs where shared > 0 group by code_qp, part
"""


@pytest.fixture(scope="module")
def layer(official, tmp_path_factory):
    """The working layer of the real parcels."""
    raw = official / "ocsge_parcelles_13.parquet"
    path = tmp_path_factory.mktemp("couches") / "parcelles.parquet"
    working_layers.write(ground(gpd.read_parquet(raw), raw.name), path)
    return path


@pytest.fixture(scope="module")
def districts(data_dir):
    """The real districts, EPSG:4326."""
    return gpd.read_file(data_dir / "geo" / "qpv_2024.geojson")[["code_qp", "geometry"]]


@pytest.fixture(scope="module")
def by_duckdb(layer, districts, tmp_path_factory):
    """What DuckDB finds: by district and part, the known share (%), then low, value and high (m²)."""
    path = tmp_path_factory.mktemp("quartiers") / "quartiers.parquet"
    districts.to_parquet(path)
    files = {"districts": str(path), "parcels": str(layer)}
    folder = Path(duckdb_extension_spatial.__file__).parent
    with duckdb.connect() as connection:
        # Loaded from the package: nothing is fetched.
        connection.load_extension(str(next(folder.glob("extensions/*/spatial.duckdb_extension"))))
        rows = connection.execute(QUERY, {"wgs84": WGS84, "lambert": LAMBERT_93, **files}).fetchall()
    return {(code, part): figures for code, part, *figures in rows}


@pytest.fixture(scope="module")
def ours(layer, districts):
    """What our engine finds."""
    perimeters = districts.set_index("code_qp").geometry.to_crs(LAMBERT_93)
    return measure_vegetation(perimeters, layer, LocalEngine())


def test_same_districts_are_known(ours, by_duckdb, districts):
    """Both find known ground around the same districts, and around some of them none."""
    assert set(ours) == {code for code, part in by_duckdb if part == "near"}
    assert 0 < len(ours) < len(districts)


@pytest.mark.parametrize("part", ["inside", "near"])
def test_same_figures(part, ours, by_duckdb):
    """Known share, low, value and high are DuckDB's to a millionth, in the perimeter and within 300 m."""
    for code, facts in ours.items():
        known_pct, found = (
            (facts.known_pct, facts.inside_m2) if part == "inside" else (facts.near_known_pct, facts.near_m2)
        )
        expected = by_duckdb.get((code, part), [0.0, 0.0, 0.0, 0.0])
        assert [known_pct, found.low, found.value, found.high] == pytest.approx(
            expected, rel=1e-6, abs=1e-6
        ), code


def test_figures_say_something(by_duckdb):
    """Bounds are apart from the value in most districts: a comparison of zeros would prove nothing."""
    apart = [low < value < high for _, low, value, high in by_duckdb.values()]
    assert sum(apart) > len(apart) / 2
