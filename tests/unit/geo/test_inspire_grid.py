"""The grid: INSEE's names, squares of four hectares, and every place covered."""

import functools

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from qpverts.domain.figures.published import CELL_M2
from qpverts.geo import inspire_grid, vegetation
from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.geo.inspire_grid import LAEA_EUROPE

X, Y = 900_000, 6_250_000
properties = functools.partial(settings, deadline=None)
# A cell of Marseille as INSEE's gridded data of 200 m (Filosofi) write it.
VIEUX_PORT = "CRS3035RES200mN2252600E3944600"


def places(*shapes, crs=LAMBERT_93):
    """Places in Lambert-93."""
    return gpd.GeoSeries(list(shapes), crs=crs)


def test_names_are_those_of_insee():
    """The south comes first, then the west, in metres, without filling."""
    assert inspire_grid.cell_id(2_252_600, 3_944_600) == VIEUX_PORT
    assert inspire_grid.corner(VIEUX_PORT) == (2_252_600, 3_944_600)


@given(st.integers(0, 30_000), st.integers(0, 40_000))
def test_names_and_corners(row, column):
    """A name gives back the corner it was made from."""
    south, west = row * 200, column * 200
    assert inspire_grid.corner(inspire_grid.cell_id(south, west)) == (south, west)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "N2252600E3944600",
        "CRS3035RES1000mN2252000E3944000",
        "CRS2154RES200mN2252600E3944600",
        "CRS3035RES200mN2252600",
        "CRS3035RES200mE3944600N2252600",
        "CRS3035RES200mN-200E3944600",
        "CRS3035RES200mN2252601E3944600",  # not a corner of the grid
        "CRS3035RES200mN02252600E3944600",  # another writing of a name
        "CRS3035RES200mN2252600E\u0663\u0669\u0664\u0664\u0666\u0660\u0660",  # Arabic digits
        " CRS3035RES200mN2252600E3944600",
        "CRS3035RES200mN2252600E3944600\n",
        "CRS3035RES200mN2252600E3944600E0",
        "CRS3035RES200mN" + "2" * 5000 + "E3944600",
        "<img src=x onerror=alert(1)>",
    ],
)
def test_not_a_cell(name):
    """What is not the name of a cell is refused in French, and never repeated at length."""
    with pytest.raises(ValueError, match="n'est pas un carreau de 200 m") as caught:
        inspire_grid.corner(name)
    assert len(str(caught.value)) < 120


def test_square():
    """A cell is a square of 200 m on the plane of equal areas: 40,000 m²."""
    shape = inspire_grid.square(VIEUX_PORT)
    assert shape.bounds == (3_944_600, 2_252_600, 3_944_800, 2_252_800)
    assert shape.area == CELL_M2 == 40_000


def test_the_same_area_on_the_ground():
    """On the ellipsoid the cell covers four hectares within a thousandth, whatever the projection says."""
    ring = gpd.GeoSeries([inspire_grid.square(VIEUX_PORT)], crs=LAEA_EUROPE).to_crs(WGS84).iloc[0]
    area, _ = gpd.GeoSeries([ring], crs=WGS84).crs.get_geod().geometry_area_perimeter(ring)
    assert abs(area) == pytest.approx(CELL_M2, rel=1e-3)


def test_cell_of_a_point():
    """The town hall of Marseille (5.3698° E, 43.2965° N) is in the cell that holds it."""
    name = inspire_grid.cell_at(5.3698, 43.2965)
    point = gpd.GeoSeries([shapely.Point(5.3698, 43.2965)], crs=WGS84).to_crs(LAEA_EUROPE).iloc[0]
    assert inspire_grid.square(name).contains(point)


def test_origin_of_the_projection():
    """The origin of EPSG:3035, 10° E 52° N, is 4,321,000 m east and 3,210,000 m north."""
    assert inspire_grid.cell_at(10.000001, 52.000001) == "CRS3035RES200mN3210000E4321000"


def test_cells_of_a_cell():
    """A place that keeps within one cell is in that cell alone."""
    inner = shapely.buffer(inspire_grid.square(VIEUX_PORT).centroid, 50)
    got = inspire_grid.cells_around(places(inner, crs=LAEA_EUROPE))
    assert list(got.index) == [VIEUX_PORT]
    assert got.crs == LAEA_EUROPE
    assert got.loc[VIEUX_PORT].equals(inspire_grid.square(VIEUX_PORT))


def test_cells_of_a_shape():
    """A bent place is given the cells it meets, not those of its box: three of four for an L."""
    west, south, *_ = inspire_grid.square(VIEUX_PORT).bounds
    upright = shapely.box(west + 50, south + 50, west + 60, south + 350)
    lying = shapely.box(west + 50, south + 50, west + 350, south + 60)
    got = inspire_grid.cells_around(places(shapely.union_all([upright, lying]), crs=LAEA_EUROPE))
    assert list(got.index) == sorted(
        [
            VIEUX_PORT,
            "CRS3035RES200mN2252800E3944600",
            "CRS3035RES200mN2252600E3944800",
        ]
    )


def test_places_share_cells():
    """Two places in one cell have it once, and no place has no cell."""
    centre = inspire_grid.square(VIEUX_PORT).centroid
    two = places(centre.buffer(5), centre.buffer(20), crs=LAEA_EUROPE)
    assert list(inspire_grid.cells_around(two).index) == [VIEUX_PORT]
    assert inspire_grid.cells_around(two.iloc[:0]).empty


corners = st.integers(-2_000, 2_000)
lengths = st.integers(1, 900)
rectangles = st.builds(
    lambda x, y, w, h, angle: shapely.affinity.rotate(shapely.box(X + x, Y + y, X + x + w, Y + y + h), angle),
    corners,
    corners,
    lengths,
    lengths,
    st.floats(0, 90),
)


@given(st.lists(rectangles, min_size=1, max_size=3))
@properties(max_examples=60)
def test_cells_cover(shapes):
    """The cells cover the places whole, each meets one of them, and they come sorted and once."""
    got = inspire_grid.cells_around(places(*shapes))
    projected = places(*shapes).to_crs(LAEA_EUROPE)
    cover = shapely.union_all(got.to_numpy())
    assert all(shapely.covers(cover, shape) for shape in projected)
    assert got.intersects(shapely.union_all(projected.to_numpy())).all()
    assert got.index.is_unique
    assert got.index.is_monotonic_increasing
    assert (got.area == CELL_M2).all()


@given(rectangles, st.floats(0, 1))
@properties(max_examples=60)
def test_a_parcel_is_whole_in_its_cells(shape, share):
    """The vegetation of a parcel over all the cells that it meets is its own, and so is its area."""
    outline = places(shape).to_crs(LAEA_EUROPE)
    vegetated = share * float(outline.area.iloc[0])
    parcels = gpd.GeoDataFrame(
        {"id": ["a"], "vegetated_m2": [vegetated]}, geometry=outline.to_numpy(), crs=LAEA_EUROPE
    )
    totals = vegetation.total(vegetation.weigh(parcels, inspire_grid.cells_around(places(shape))))
    assert totals["value_m2"].sum() == pytest.approx(vegetated, rel=1e-9, abs=1e-6)
    assert totals["known_m2"].sum() == pytest.approx(float(outline.area.iloc[0]), rel=1e-9)
    assert totals["low_m2"].sum() <= vegetated + 1e-6
    assert totals["high_m2"].sum() >= vegetated - 1e-6
