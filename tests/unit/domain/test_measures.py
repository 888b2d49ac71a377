"""Measures: two districts added by hand, A (100 ha, 1,000 residents) and B (10 ha, 2,000)."""

import math

import pytest

from qpverts.domain import measures
from qpverts.domain.facts import Interval

INF = math.inf


@pytest.fixture
def a(district, access):
    """District A: half served, five points of lattice."""
    green = access(
        served=(2e5, 5e5, 6e5),
        edge=(10, 20, 30),
        lattice=(10, 20, 30, 40, 50),
        spread=5,
        spaces=(["parc"], ["parc", "square"], ["parc", "square", "flou"]),
    )
    areas_ha = {"parc": 4.0, "square": 0.5, "flou": None, "jardin": 1.5}
    return district("QN00001I", area_m2=1e6, actions=["x", "y"], green=green, areas_ha=areas_ha)


@pytest.fixture
def b(district, access):
    """District B: all served, one point of lattice; shares an action and two spaces with A."""
    green = access(
        served=(0, 1e5, 1e5),
        edge=(0, 25, 26),
        lattice=(1000,),
        spread=5,
        spaces=(["parc"], ["parc", "square"], ["parc", "square", "jardin"]),
    )
    figures = {"population": 2000, "households": 600, "social_dwellings": 300, "poverty_pct": 40.0}
    areas_ha = {"parc": 4.0, "square": 0.5, "flou": None, "jardin": 1.5}
    return district(
        "QN00002I", area_m2=1e5, figures=figures, actions=["y", "z"], green=green, areas_ha=areas_ha
    )


def exact(value):
    """An interval without width, to compare with."""
    return Interval(pytest.approx(value), pytest.approx(value), pytest.approx(value))


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (measures.population, 3000),
        (measures.households, 1000),
        (measures.social_dwellings, 500),
        (measures.area, 110),
        (measures.density, 3000 / 110),  # the mean of rates would be (10 + 200) / 2 = 105
        (measures.actions, 3),  # x, y, z: y counts once
        (measures.actions_per_1000, 1.0),  # 3 for 3,000; the mean of rates would be (2 + 1) / 2 = 1.5
    ],
)
def test_sums_and_rates(a, b, measure, expected):
    """Sums add up, and a rate is a sum over a sum, in either order."""
    assert measure([a, b]) == exact(expected)
    assert measure([b, a]) == exact(expected)


def test_single_figures(a):
    """The figures of one district are its own."""
    assert measures.population([a]) == exact(1000)
    assert measures.area([a]) == exact(100)
    assert measures.density([a]) == exact(10)
    assert measures.actions_per_1000([a]) == exact(2)


def test_share_is_sum_over_sum(a, b):
    """Half of 100 ha and all of 10 ha make 60 of 110 ha, 54.5 %, where the mean of rates says 75 %."""
    got = measures.share_served(0.5)([a, b])
    assert got.low == pytest.approx(100 * 2e5 / 1.1e6)
    assert got.value == pytest.approx(100 * 6e5 / 1.1e6)
    assert got.high == pytest.approx(100 * 7e5 / 1.1e6)


def test_edge_distance_is_the_least(a, b):
    """A group is as near to a park as the nearest of its districts, under each hypothesis apart."""
    assert measures.edge_distance(0.5)([a, b]) == Interval(0, 20, 26)


def test_median_is_pooled(a, b):
    """The median of a group is that of all its points together: 35 m, not the mean of medians, 515 m."""
    assert measures.median_distance(0.5)([a]) == Interval(25, 30, 35)
    assert measures.median_distance(0.5)([a, b]) == Interval(30, 35, 40)


def test_spaces_count_once(a, b):
    """A space near two districts counts once for the two."""
    assert measures.spaces_count(300)([a]) == Interval(1, 2, 3)
    assert measures.spaces_count(300)([a, b]) == Interval(1, 2, 4)


def test_spaces_area(a, b):
    """Areas are whole, counted once, and an unknown area adds nothing."""
    assert measures.spaces_area(300)([a]) == Interval(4.0, 4.5, 4.5)
    assert measures.spaces_area(300)([a, b]) == Interval(4.0, 4.5, 6.0)


@pytest.mark.parametrize("measure", [measures.poverty, measures.employment])
def test_rates_without_numerator(a, b, measure):
    """A rate published without its numerator stands for its district and for no group."""
    assert measure([a]).value in {50.0, 40.0}
    assert measure([a, b]) is None


def test_no_resident_no_rate(district):
    """Actions in an empty district have no rate, rather than an infinite one."""
    assert measures.actions_per_1000([district(figures={"population": 0}, actions=["x"])]) is None


@pytest.mark.parametrize("measure", [measures.edge_distance(0.5), measures.median_distance(0.5)])
def test_no_park_no_distance(district, access, measure):
    """Where no park exists there is no distance, never infinity on a page."""
    assert measure([district(green=access(edge=(INF, INF, INF), lattice=(INF, INF)))]) is None


def test_park_only_at_best(district, access):
    """A park that counts only at best gives no distance either: the likely value is not known."""
    assert measures.edge_distance(0.5)([district(green=access(edge=(120, INF, INF)))]) is None


def test_near_and_far_in_one_group(district, access):
    """A district without any park does not keep its group from being near to one."""
    near, far = district(green=access(edge=(1, 2, 3))), district(green=access(edge=(INF, INF, INF)))
    assert measures.edge_distance(0.5)([far, near]) == Interval(1, 2, 3)
