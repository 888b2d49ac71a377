"""The table of legal CRS, checked against PROJ's own registry, geodesy and real districts."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import CRS, Geod

from qpverts.errors import DataError
from qpverts.geo.crs import LAMBERT_93, TERRITORIES, WGS84, by_projection

GEOD = Geod(ellps="GRS80")
NAMES = {
    "13": "RGF93 v1 / Lambert-93",
    "2A": "RGF93 v1 / Lambert-93",
    "971": "RGAF09 / UTM zone 20N",
    "972": "RGAF09 / UTM zone 20N",
    "973": "RGFG95 / UTM zone 22N",
    "974": "RGR92 / UTM zone 40S",
    "975": "RGSPM06 / UTM zone 21N",
    "976": "RGM04 / UTM zone 38S",
    "977": "RGAF09 / UTM zone 20N",
    "978": "RGAF09 / UTM zone 20N",
    "986": "RGWF96 / UTM zone 1S",
    "987": "RGPF / UTM zone 6S",
    "988": "RGNC91-93 / Lambert New Caledonia",
}


def geodesic_m2(shapes):
    """Areas on the ellipsoid of shapes in degrees, by a method that knows no projection."""
    return np.array([abs(GEOD.geometry_area_perimeter(shape)[0]) for shape in shapes])


@pytest.fixture(scope="module")
def districts(official_districts):
    """The 1,609 districts of France that have a surface, valid, by code."""
    layer = official_districts.set_index("code_qp")
    layer = layer.set_geometry(layer.geometry.make_valid())
    return layer[shapely.area(layer.geometry.to_numpy()) > 0]


def layer(rows, columns=("code_qp", "insee_dep")):
    """A layer of unit squares in degrees, one for each row of texts."""
    data = {column: [row[rank] for row in rows] for rank, column in enumerate(columns)}
    return gpd.GeoDataFrame(data, geometry=[shapely.box(5, 43, 5.01, 43.01)] * len(rows), crs=WGS84)


def system_of(departement):
    """The system that a district of a département is measured in."""
    (crs,) = by_projection(layer([("", departement)]))
    return crs


@pytest.mark.parametrize(("code", "name"), NAMES.items(), ids=NAMES)
def test_each_collectivity_has_its_legal_system(code, name):
    """The system of each département is the one that its texts name, projected, in metres, and in force."""
    crs = CRS(system_of(code))
    assert crs.name == name
    assert crs.is_projected
    assert not crs.is_deprecated
    assert {axis.unit_name for axis in crs.axis_info} == {"metre"}


def test_the_hexagone_is_lambert_93():
    """Every département of the hexagone, and Corsica under its three codes, is measured in Lambert-93."""
    codes = [*(f"{number:02d}" for number in range(1, 96)), "2A", "2B"]
    assert {system_of(code) for code in codes} == {LAMBERT_93}


@pytest.mark.parametrize("territory", TERRITORIES, ids=lambda territory: territory.name)
def test_each_territory_lies_where_its_system_holds(territory):
    """The middle of each territory's box is in the area that PROJ gives to its system."""
    west, south, east, north = CRS(territory.crs).area_of_use.bounds
    box = territory.bounds
    lon, lat = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    # the area of Wallis-et-Futuna begins west of the antimeridian
    assert (west if west < east else west - 360) <= lon <= east
    assert south <= lat <= north


@pytest.mark.parametrize("code", ["", "00", "96", "99", "979", "984", "1", "13055", "Réunion", "<b>"])
def test_unknown_departement(code):
    """A département that the table does not have is refused in a sentence, not measured in Lambert-93."""
    with pytest.raises(DataError) as caught:
        system_of(code)
    (fault,) = caught.value.faults
    assert "INSEE" in fault.message or "insee_dep" in fault.message


def test_a_national_layer_is_split():
    """Rows go to the system of their département, in their order, and none is lost or doubled."""
    frame = layer([("QN01338I", "13"), ("QN97401I", "974"), ("QN01327I", "13"), ("QN97101M", "971")])
    parts = by_projection(frame)
    assert {crs: list(part["code_qp"]) for crs, part in parts.items()} == {
        LAMBERT_93: ["QN01338I", "QN01327I"],
        "EPSG:5490": ["QN97101M"],
        "EPSG:2975": ["QN97401I"],
    }
    assert all(part.crs == crs for crs, part in parts.items())
    assert sorted(rank for part in parts.values() for rank in part.index) == [0, 1, 2, 3]


def test_guadeloupe_and_martinique_share_a_system():
    """The two collectivities that share a system come out in one part."""
    assert list(by_projection(layer([("QN97101M", ""), ("QN97201M", "")]))) == ["EPSG:5490"]


@pytest.mark.parametrize("told", [None, "", float("nan"), "  "])
def test_the_code_stands_in_for_the_departement(told):
    """Where insee_dep is empty, the code of the district tells the département, of 2015 as of 2024."""
    frame = layer([("QN97401I", told), ("QP974012", told)])
    assert list(by_projection(frame)) == ["EPSG:2975"]


def test_codes_in_the_index():
    """Codes may be the index, as everywhere in the project."""
    frame = layer([("QN97401I", "")]).set_index("code_qp").drop(columns="insee_dep")
    assert list(by_projection(frame)) == ["EPSG:2975"]


def test_rows_without_departement_are_named():
    """Every row that nothing places is named, and nothing is given back without them."""
    frame = layer([("QN01338I", "13"), ("Air Bel", ""), ("QN99901I", "999")])
    with pytest.raises(DataError) as caught:
        by_projection(frame)
    assert [fault.message.split(" : ")[0] for fault in caught.value.faults] == ["« Air Bel »", "« QN99901I »"]


def test_many_rows_without_departement():
    """Of very many such rows the first are named and the others counted."""
    with pytest.raises(DataError) as caught:
        by_projection(layer([(f"x{rank}", "") for rank in range(500)]))
    assert len(caught.value.faults) == 11
    assert caught.value.faults[-1].message == "… et 490 autres"


def test_no_crs():
    """A layer that does not say its own system cannot be projected: the caller's fault."""
    with pytest.raises(ValueError, match="no CRS"):
        by_projection(layer([("QN01338I", "13")]).set_crs(None, allow_override=True))


def test_nothing():
    """Without districts there is no part."""
    assert by_projection(layer([])) == {}


@pytest.mark.parametrize(
    ("dep", "name", "least_error"), [("974", "La Réunion", 2.4), ("971", "Guadeloupe", 0.2)]
)
def test_real_overseas_areas(districts, dep, name, least_error):
    """Legal areas are those of the ellipsoid to 0.1 %; Lambert-93 would say 1.2 to 3.5 times more."""
    there = districts[districts["insee_dep"] == dep]
    assert len(there) > 15, name
    truth = geodesic_m2(there.geometry)
    ((crs, part),) = by_projection(there).items()
    assert crs == system_of(dep)
    assert np.abs(part.area.to_numpy() / truth - 1).max() < 0.001
    assert (there.to_crs(LAMBERT_93).area.to_numpy() / truth - 1).min() > least_error


def test_real_districts_of_all_france(districts):
    """All districts but none twice are placed; their areas are those of the ellipsoid to 0.6 %."""
    parts = by_projection(districts)
    assert set(parts) == {LAMBERT_93, "EPSG:5490", "EPSG:2972", "EPSG:2975", "EPSG:4471", "EPSG:3297"}
    assert sum(map(len, parts.values())) == len(districts) == 1_606
    for part in parts.values():
        truth = geodesic_m2(part.to_crs(WGS84).geometry)
        assert np.abs(part.area.to_numpy() / truth - 1).max() < 0.006


def test_real_districts_are_in_the_boxes(districts):
    """Each real district lies in the box of the territory that its département belongs to."""
    by_code = {code: territory for territory in TERRITORIES for code in territory.departements}
    for dep, part in districts.groupby("insee_dep"):
        west, south, east, north = by_code[dep].bounds
        assert shapely.box(west, south, east, north).contains(shapely.box(*part.total_bounds)), dep
