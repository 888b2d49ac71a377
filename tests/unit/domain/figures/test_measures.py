"""Measures: two districts added by hand, A (100 ha, 1,000 residents) and B (10 ha, 2,000)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.figures import measures
from qpverts.domain.figures.facts import Interval, VegetationFacts, WalkFacts

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


def vegetation(inside, near=(0, 0, 0), edge=(0, 0, 0), known=80.0, near_known=60.0):
    """The vegetation of a district, whose inside, near and edge are (low, value, high)."""
    return VegetationFacts(known, Interval(*inside), near_known, Interval(*near), Interval(*edge))


@pytest.fixture
def salon(district):
    """Les Canourgues, large and green, and La Monaque, a tenth of it and bare: hand-made figures."""
    canourgues = district(
        "QN01327I", area_m2=160_000, figures={"population": 3_000},
        vegetation=vegetation((40_000, 60_000, 80_000), (1e5, 2e5, 3e5), (200, 800, 1_200), known=90),
    )  # fmt: skip
    monaque = district(
        "QN01328I", area_m2=40_000, figures={"population": 1_000},
        vegetation=vegetation((0, 4_000, 10_000), (1e4, 2e4, 3e4), (0, 0, 400), known=50),
    )  # fmt: skip
    return [canourgues, monaque]


def test_vegetated_share_of_salon(salon):
    """64,000 of 200,000 m² is 32 %; the mean of 37.5 % and 10 % would be 23.75 %."""
    assert measures.vegetated_share(salon) == Interval(20, 32, 45)
    assert measures.vegetated_share(salon[:1]) == Interval(25, 37.5, 50)
    assert measures.vegetated_share(salon[::-1]) == measures.vegetated_share(salon)


def test_vegetation_per_resident_of_salon(salon):
    """64,000 m² for 4,000 residents is 16 m² each; the mean of 20 and 4 would be 12."""
    assert measures.vegetated_per_resident(salon) == Interval(10, 16, 22.5)
    assert measures.vegetated_per_resident(salon[1:]) == Interval(0, 4, 10)
    assert measures.vegetated_near_per_resident(salon[1:]) == Interval(10, 20, 30)


def test_green_edge_of_salon(salon):
    """800 m of boundaries of 1,600 and 800 m: a third, where the mean of 50 % and 0 % would be a quarter."""
    assert measures.green_edge_share(salon) == Interval(
        pytest.approx(100 * 200 / 2_400), pytest.approx(100 / 3), pytest.approx(100 * 1_600 / 2_400)
    )


def test_coverage_of_salon(salon):
    """90 % of 160,000 m² and 50 % of 40,000 m² are known: 82 %, weighed by area."""
    assert measures.vegetation_coverage(salon) == pytest.approx(82)
    assert measures.vegetation_coverage(salon[:1]) == pytest.approx(90)


def test_coverage_counts_unknown_ground(salon, district):
    """A district without any known ground counts with its area in the coverage, as nothing known."""
    nowhere = district(area_m2=200_000)
    assert measures.vegetation_coverage([*salon, nowhere]) == pytest.approx(41)
    assert measures.vegetation_coverage([nowhere]) == 0


def test_parks_per_resident(district, access):
    """Ground of parks over residents, for one district as for two: a sum over a sum."""
    one = district(
        figures={"population": 1_000}, green=access(inside=(0, 2_000, 4_000), near=(1e3, 6e3, 8e3))
    )
    two = district(figures={"population": 3_000}, green=access(inside=(2_000, 2_000, 2_000)))
    assert measures.parks_per_resident([one]) == Interval(0, 2, 4)
    assert measures.parks_per_resident([one, two]) == Interval(0.5, 1, 1.5)
    assert measures.parks_near_per_resident([one]) == Interval(1, 6, 8)


def test_parks_edge(district, access):
    """A boundary of 4,000 m of which 1,000 m are along a park: a quarter; with 400 m of none, 22.7 %."""
    green, bare = district(green=access(bordered=(0, 1_000, 3_000))), district(area_m2=1e4, green=access())
    assert measures.parks_edge_share(0.5)([green]) == Interval(0, 25, 75)
    assert measures.parks_edge_share(0.5)([green, bare]).value == pytest.approx(100 * 1_000 / 4_400)


@pytest.mark.parametrize(
    "measure",
    [
        measures.vegetated_per_resident,
        measures.vegetated_near_per_resident,
        measures.parks_per_resident,
        measures.parks_near_per_resident,
    ],
)
def test_nothing_per_nobody(district, access, measure):
    """Green ground without any resident gives no figure, rather than an infinite one."""
    empty = district(
        figures={"population": 0}, green=access(inside=(1, 1, 1)), vegetation=vegetation((1, 1, 1))
    )
    assert measure([empty]) is None


@pytest.mark.parametrize(
    "measure",
    [
        measures.vegetated_share,
        measures.green_edge_share,
        measures.parks_edge_share(0.5),
        measures.share_served(0.5),
    ],
)
def test_no_share_of_nothing(district, access, measure):
    """A perimeter without area or boundary, which a rule refuses, gives no share and no error."""
    nothing = district(area_m2=0.0, green=access(), vegetation=vegetation((0, 0, 0)))
    assert measure([nothing]) is None


def test_a_share_is_never_above_the_whole(district, access):
    """Parts are rounded where they are written, wholes are not: 100 % stays 100 %."""
    hair = 1_000_000.00004
    full = district(
        area_m2=1e6,
        green=access(bordered=(4e3, 4_000.00004, 4_000.00004), served=(1e6, hair, hair)),
        vegetation=vegetation((1e6, hair, hair), edge=(4e3, 4_000.00004, 4_000.00004)),
    )
    for measure in (
        measures.vegetated_share,
        measures.green_edge_share,
        measures.parks_edge_share(0.5),
        measures.share_served(0.5),
    ):
        assert measure([full]) == Interval(100, 100, 100)


def walking(street, straight, reached=90.0):
    """The walk of a district: (low, value, high) along the streets and in a straight line."""
    return WalkFacts(Interval(*street), Interval(*straight), reached)


def test_walk(district):
    """The median walk of a district is its own, with the share of its points that a street serves."""
    one = district(walk=walking((800, 900, 1_000), (200, 250, 300)))
    assert measures.walking_distance([one]) == Interval(800, 900, 1_000)
    assert measures.walk_coverage([one]) == 90


def test_detour(district):
    """900 m for 250 m is 3.6 times; the bounds are those of the same reach, 4 times and 3.33 times."""
    one = district(walk=walking((800, 900, 1_000), (200, 250, 300)))
    assert measures.detour([one]) == Interval(pytest.approx(10 / 3), 3.6, 4)


def test_detour_from_inside_a_park(district):
    """In a park there is no straight line to walk, and no detour; in one at best only, no bound of it."""
    assert measures.detour([district(walk=walking((0, 0, 50), (0, 0, 40)))]) is None
    assert measures.detour([district(walk=walking((0, 120, 150), (0, 100, 100)))]) == Interval(1.2, 1.2, 1.5)


@pytest.mark.parametrize(
    "measure",
    [
        measures.walking_distance,
        measures.detour,
        measures.walk_coverage,
        measures.near_vegetation_coverage,
    ],
)
def test_nothing_of_two_districts(district, measure):
    """What belongs to one district alone is not given for two, nor where there is nothing."""
    one = district(walk=walking((1, 1, 1), (1, 1, 1)), vegetation=vegetation((0, 0, 0)))
    assert measure([one]) is not None
    assert measure([one, one]) is None
    assert measure([district()]) is None


bounds = st.tuples(*[st.floats(0, 1e6)] * 3).map(sorted)


@given(st.lists(st.tuples(bounds, st.floats(1, 1e6)), min_size=1, max_size=6), st.randoms())
def test_ratios_stay_between_those_of_their_parts(parts, dice):
    """For any districts, low ≤ value ≤ high, and a group is between its least and its greatest part."""
    intervals, wholes = [Interval(*part) for part, _ in parts], [whole for _, whole in parts]
    got = measures._ratio(intervals, sum(wholes))
    assert got.low <= got.value <= got.high
    each = [part.value / whole for part, whole in zip(intervals, wholes, strict=True)]
    assert min(each) * (1 - 1e-9) <= got.value <= max(each) * (1 + 1e-9)
    dice.shuffle(intervals)
    assert measures._ratio(intervals, sum(wholes)).value == pytest.approx(got.value)
