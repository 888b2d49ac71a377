"""Properties of the access measures that hold for any parks and districts."""

import functools

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from qpverts.domain.figures.facts import MIN_AREAS_HA, RADII_M
from qpverts.geo import access

X, Y = 900_000, 6_250_000
BOUNDS = ("low", "value", "high")
places = st.integers(-800, 1800)
areas_ha = st.one_of(st.none(), st.sampled_from([0.05, 0.1, 0.5, 1.0]), st.floats(0.01, 20))
parks = st.lists(st.tuples(places, places, areas_ha), max_size=5)
park = st.tuples(places, places, areas_ha)
lengths = st.integers(120, 900)
rectangles = st.builds(
    lambda x, y, w, h: shapely.box(X + x, Y + y, X + x + w, Y + y + h), places, places, lengths, lengths
)
properties = functools.partial(
    settings,
    deadline=None,  # two busy cores may be slow without anything being wrong
)


@pytest.fixture(scope="session")
def measure(located):
    """A function that measures a district among parks given as (x, y, hectares or None)."""

    def run(district, spaces):
        named = [(f"p{rank}", X + x, Y + y, area) for rank, (x, y, area) in enumerate(spaces)]
        return access.green_access(district, access.green_layer(located(*named)))

    return run


@given(district=rectangles, before=parks, added=park)
@properties(max_examples=60)
def test_a_park_more_never_harms(measure, district, before, added):
    """Adding a park never lowers a served area, raises a distance, or takes a space off a list."""
    without, with_it = measure(district, before), measure(district, [*before, added])
    for area in MIN_AREAS_HA:
        for bound in BOUNDS:
            was, now = getattr(without.served_m2[area], bound), getattr(with_it.served_m2[area], bound)
            assert now >= was - 1e-6
            assert getattr(with_it.edge_m[area], bound) <= getattr(without.edge_m[area], bound)
            was, now = getattr(without.lattice_m[area], bound), getattr(with_it.lattice_m[area], bound)
            assert np.all(now <= was)
            was, now = getattr(without.bordered_m[area], bound), getattr(with_it.bordered_m[area], bound)
            assert now >= was - 1e-6
    for ground in ("inside_m2", "near_m2"):
        for bound in BOUNDS:
            was, now = getattr(getattr(without, ground), bound), getattr(getattr(with_it, ground), bound)
            assert now >= was - 1e-6
    for radius in RADII_M:
        for bound in BOUNDS:
            assert getattr(with_it.spaces[radius], bound) >= getattr(without.spaces[radius], bound)


@given(district=rectangles, spaces=parks)
@properties(max_examples=80)
def test_bounded_and_ordered(measure, district, spaces):
    """A served area is between 0 and the district's, and every low ≤ value ≤ high."""
    got = measure(district, spaces)
    for area in MIN_AREAS_HA:
        bordered = got.bordered_m[area]
        assert 0 <= bordered.low <= bordered.value <= bordered.high <= district.length
        served, edge, lattice = got.served_m2[area], got.edge_m[area], got.lattice_m[area]
        assert 0 <= served.low <= served.value <= served.high <= district.area
        assert 0 <= edge.low <= edge.value <= edge.high
        assert np.all(lattice.low >= 0)
        assert np.all(lattice.low <= lattice.value)
        assert np.all(lattice.value <= lattice.high)
    for near in got.spaces.values():
        assert near.low <= near.value <= near.high
    inside, around = got.inside_m2, got.near_m2
    assert 0 <= inside.low <= inside.value <= inside.high <= district.area
    assert 0 <= around.low <= around.value <= around.high
    for bound in BOUNDS:
        assert getattr(inside, bound) <= getattr(around, bound) + 1e-6


@given(district=rectangles, spaces=parks)
@properties(max_examples=40)
def test_a_higher_least_area_never_helps(measure, district, spaces):
    """Asking for larger parks never serves more ground, nor brings a park nearer."""
    got = measure(district, spaces)
    for small, large in ((0.1, 0.5), (0.5, 1.0)):
        for bound in BOUNDS:
            assert getattr(got.served_m2[large], bound) <= getattr(got.served_m2[small], bound) + 1e-6
            assert getattr(got.edge_m[large], bound) >= getattr(got.edge_m[small], bound)
    for bound in BOUNDS:
        assert getattr(got.spaces[300], bound) <= getattr(got.spaces[1000], bound)


@given(district=rectangles, spaces=parks, data=st.data())
@properties(max_examples=40)
def test_the_order_of_parks_makes_no_difference(located, district, spaces, data):
    """The same parks in another order give the same figures, and the same names."""
    named = [(f"p{rank}", X + x, Y + y, area) for rank, (x, y, area) in enumerate(spaces)]
    one, other = (
        access.green_access(district, access.green_layer(located(*order)))
        for order in (named, data.draw(st.permutations(named)))
    )
    assert one.spaces == other.spaces
    for area in MIN_AREAS_HA:
        for bound in BOUNDS:
            assert getattr(one.served_m2[area], bound) == pytest.approx(getattr(other.served_m2[area], bound))
            assert getattr(one.edge_m[area], bound) == getattr(other.edge_m[area], bound)
            assert np.array_equal(getattr(one.lattice_m[area], bound), getattr(other.lattice_m[area], bound))


@given(district=rectangles, spaces=parks, share=st.floats(0.1, 0.9))
@properties(max_examples=60)
def test_the_parts_add_up(measure, district, spaces, share):
    """Cut in two, a district is served in its parts as it was whole, and as near as its nearer part."""
    west, south, east, north = district.bounds
    cut = west + share * (east - west)
    whole = measure(district, spaces)
    left, right = (measure(shapely.box(a, south, b, north), spaces) for a, b in ((west, cut), (cut, east)))
    for area in MIN_AREAS_HA:
        for bound in BOUNDS:
            parts = [getattr(part.served_m2[area], bound) for part in (left, right)]
            assert sum(parts) == pytest.approx(getattr(whole.served_m2[area], bound), rel=1e-9, abs=1e-3)
            nearest = min(getattr(part.edge_m[area], bound) for part in (left, right))
            assert nearest == pytest.approx(getattr(whole.edge_m[area], bound), abs=1e-6)
    for radius in RADII_M:
        for bound in BOUNDS:
            assert getattr(left.spaces[radius], bound) | getattr(right.spaces[radius], bound) == getattr(
                whole.spaces[radius], bound
            )


@given(district=rectangles, spaces=parks, dx=st.integers(-200, 200), dy=st.integers(-200, 200))
@properties(max_examples=40)
def test_moving_everything_changes_nothing(measure, district, spaces, dx, dy):
    """District and parks moved together, by steps of the lattice, keep their figures."""
    moved = shapely.affinity.translate(district, 50 * dx, 50 * dy)
    here, there = (
        measure(district, spaces),
        measure(moved, [(x + 50 * dx, y + 50 * dy, a) for x, y, a in spaces]),
    )
    assert here.spaces == there.spaces
    for area in MIN_AREAS_HA:
        for bound in BOUNDS:
            assert getattr(here.served_m2[area], bound) == pytest.approx(
                getattr(there.served_m2[area], bound), rel=1e-6, abs=1e-2
            )
            assert getattr(here.edge_m[area], bound) == pytest.approx(
                getattr(there.edge_m[area], bound), abs=1e-5
            )
            assert np.allclose(
                getattr(here.lattice_m[area], bound), getattr(there.lattice_m[area], bound), atol=1e-5
            )
