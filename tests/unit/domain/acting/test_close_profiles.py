"""Close profiles: a gap that is one, whatever the order and the unknowns, and who goes further on a theme."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.acting import close_profiles
from qpverts.domain.acting.close_profiles import CRITERIA, LEAST_SHARED
from qpverts.domain.grading.levels import NONE, Evidence, Grade
from qpverts.domain.grading.levels import UNKNOWN as UNKNOWN_LEVEL
from tests.builders import SCALE

LEVELS = {level.id: level for level in SCALE}
NAMES = [one.indicator for one in CRITERIA]

traits = st.fixed_dictionaries({name: st.none() | st.floats(-1e3, 1e3) for name in NAMES})
districts = st.dictionaries(st.text("ABCDEF", min_size=1, max_size=3), traits, max_size=8)
ranges = st.fixed_dictionaries({}, optional={name: st.floats(0.1, 10) for name in NAMES})


def made(population=None, poverty=None, green=None):
    """Make the traits of a district, its population as it is."""
    return dict(zip(NAMES, (math.log(population) if population else None, poverty, green), strict=True))


def grade(level, recorded=0):
    """Make a grade."""
    return Grade(LEVELS[level], Evidence(recorded, 0, 0, 0, "2026-11-25" if level == NONE else ""))


@given(traits, traits, ranges)
def test_gap_is_the_same_both_ways_and_never_negative(one, other, spreads):
    """From here to there is as far as from there to here."""
    there, back = close_profiles.gap(one, other, spreads), close_profiles.gap(other, one, spreads)
    assert there == back
    if there:
        assert there[0] >= 0
        assert len(there[1]) >= LEAST_SHARED


@given(traits, traits, ranges)
def test_gap_rests_on_what_both_know_alone(one, other, spreads):
    """The criteria of a gap are those known on both sides; with fewer than two there is no gap."""
    shared = tuple(name for name in spreads if one[name] is not None and other[name] is not None)
    found = close_profiles.gap(one, other, spreads)
    if len(shared) < LEAST_SHARED:
        assert found is None
    else:
        assert found[1] == shared


@given(traits, ranges)
def test_a_district_is_at_no_distance_of_itself(one, spreads):
    """The same profile is at zero."""
    found = close_profiles.gap(one, one, spreads)
    assert found is None or found[0] == 0


def test_gap_is_worked_out_by_hand():
    """Twice the residents, 6 points of poverty, 300 m: half of ranges of ln 4, 12 and 600."""
    spreads = {"population": math.log(4), "pauvrete": 12.0, "mediane_05ha": 600.0}
    one, other = made(1500, 40, 200), made(3000, 46, 500)
    assert close_profiles.gap(one, other, spreads) == (pytest.approx(0.5), tuple(spreads))
    assert close_profiles.gap(made(1500, 40), other, spreads) == (
        pytest.approx(0.5),
        ("population", "pauvrete"),
    )
    assert close_profiles.gap(made(1500), other, spreads) is None


def test_population_counts_by_its_ratio():
    """1,500 and 3,000 residents are as far apart as 3,000 and 6,000."""
    spreads = {"population": 1.0, "pauvrete": 1.0}
    small = close_profiles.gap(made(1500, 40), made(3000, 40), spreads)
    large = close_profiles.gap(made(3000, 40), made(6000, 40), spreads)
    assert small[0] == pytest.approx(large[0])


@given(districts, st.randoms())
def test_order_of_the_districts_does_not_matter(found, random):
    """Shuffled, the same districts are close, in the same order."""
    shuffled = dict(random.sample(list(found.items()), len(found)))
    assert close_profiles.closest(found) == close_profiles.closest(shuffled)


@given(districts, st.integers(1, 4))
def test_closest_are_others_with_the_most_in_common_first(found, count):
    """Nobody is close to oneself; more criteria come first, then the smaller gap; no more than asked."""
    for code, near in close_profiles.closest(found, count).items():
        assert code not in {one.code for one in near}
        assert len({one.code for one in near}) == len(near) <= count
        keys = [(-len(one.shared), one.gap, one.code) for one in near]
        assert keys == sorted(keys)


@given(districts, st.floats(1e-3, 1e3))
def test_a_change_of_unit_changes_nothing(found, factor):
    """Distances in kilometres or in metres: the same criteria, and the same gaps."""
    scaled = {
        code: one | {"mediane_05ha": None if (v := one["mediane_05ha"]) is None else v * factor}
        for code, one in found.items()
    }
    before, after = close_profiles.closest(found, 99), close_profiles.closest(scaled, 99)
    for code, near in before.items():
        gaps = {one.code: one for one in after[code]}
        assert gaps.keys() == {one.code for one in near}
        for one in near:
            assert gaps[one.code].gap == pytest.approx(one.gap, rel=1e-6, abs=1e-9)


def test_scale_is_the_middle_half_and_ignores_the_unknown():
    """Of 0, 10, 20, 30 and 40 % the middle half is 20 wide; a criterion alike for all tells nothing."""
    found = {str(p): made(2000, p) for p in (1, 11, 21, 31, 41)} | {"X": made(2000)}
    assert close_profiles.scales(found) == {"pauvrete": 20.0}


def test_nobody_at_home_is_not_a_population(atlas):
    """No resident has no logarithm: it is not known, as is what INSEE does not publish."""
    indicators = dict(atlas.indicators["QN01338I"])
    empty = type(indicators["population"])(
        indicators["population"].spec, indicators["population"].state, 0.0, 0.0, 0.0, 1, 1, None
    )
    assert close_profiles.traits(indicators | {"population": empty})["population"] is None
    assert close_profiles.traits(indicators)["population"] == math.log(indicators["population"].value)


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        (grade("emergent", 3), grade("engage", 1), True),
        (grade("engage", 1), grade("engage", 9), False),  # more actions, the same level
        (grade("engage", 1), grade("emergent", 9), False),
        (grade(NONE), grade("emergent", 1), True),
        (grade(NONE), grade(NONE), False),
        (grade(NONE), grade(UNKNOWN_LEVEL), False),
        (grade("emergent", 1), grade(UNKNOWN_LEVEL), False),
        (grade(UNKNOWN_LEVEL), grade("emergent", 1), True),
        (grade(UNKNOWN_LEVEL), grade(NONE), False),  # a survey that found nothing teaches nothing
        (grade(UNKNOWN_LEVEL), grade(UNKNOWN_LEVEL), False),
    ],
)
def test_who_goes_further(here, there, expected):
    """Only what is recorded goes further; what is not known never does, nor does it lose to a zero."""
    assert close_profiles.goes_further(here, there) is expected


def test_further_keeps_the_order_and_leaves_out_themes_without_any():
    """Districts come closest first, under each theme where they go further."""
    here = {"habiter": grade("engage", 1), "circuler": grade("emergent", 1)}
    grades = {
        "A": {"habiter": grade("engage", 1), "circuler": grade("installe", 3)},
        "B": {"habiter": grade(UNKNOWN_LEVEL), "circuler": grade("engage", 1)},
    }
    assert close_profiles.further(here, ["B", "A"], grades) == {"circuler": ("B", "A")}
