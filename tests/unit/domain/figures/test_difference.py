"""Differences: fair to both sides, sure only outside the bounds, and silent where nothing compares."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.figures.difference import MAX_COVERAGE_GAP, Obstacle, difference, spread
from qpverts.domain.figures.indicators import Indicator, State
from tests.declared import SPECS

SPEC = SPECS.by_id["part_vegetalisee"]
FINITE = {"allow_nan": False, "allow_infinity": False, "min_value": -1e9, "max_value": 1e9}


def made(low, value, high, **changes):
    """Give an indicator with these bounds, of one district wholly known."""
    one = Indicator(SPEC, State.KNOWN, value, low, high, known=1, total=1, coverage_pct=80.0)
    return dataclasses.replace(one, **changes)


UNKNOWN = made(None, None, None, state=State.VEGETATION_UNKNOWN, known=0)
intervals = st.tuples(*[st.floats(**FINITE)] * 3).map(lambda three: made(*sorted(three)))
sides = st.one_of(intervals, st.just(UNKNOWN))


def test_bounds_are_those_of_intervals():
    """The least is the low of one less the high of the other; 30–40 % against 10–15 % is 15 to 30 points."""
    found = difference(made(30, 34, 40), made(10, 12, 15))
    assert (found.low, found.value, found.high) == (15, 22, 30)
    assert found.is_apart
    assert found.obstacle is None


@given(sides, sides)
def test_swapping_the_sides_changes_the_sign_and_nothing_else(one, other):
    """A difference says the same thing from both ends."""
    there, back = difference(one, other), difference(other, one)
    assert there.obstacle is back.obstacle
    if there.value is not None:
        assert (there.low, there.value, there.high) == (-back.high, -back.value, -back.low)
        assert there.low <= there.value <= there.high


@given(intervals, intervals)
def test_zero_is_possible_exactly_when_the_bounds_overlap(one, other):
    """A sure difference is one that no pair of values inside the bounds can undo."""
    overlap = one.low <= other.high and other.low <= one.high
    assert difference(one, other).is_apart == (not overlap)


@given(sides)
def test_unknown_side_gives_no_difference(other):
    """Nothing is subtracted from nothing, on either side."""
    for found in (difference(UNKNOWN, other), difference(other, UNKNOWN)):
        assert found.obstacle is Obstacle.UNKNOWN
        assert (found.low, found.value, found.high) == (None, None, None)
        assert not found.is_apart


@pytest.mark.parametrize(
    ("changes", "obstacle"),
    [
        ({"known": 45, "total": 66, "state": State.PARTIAL}, Obstacle.DISTRICTS),
        ({"coverage_pct": 80.0 - MAX_COVERAGE_GAP - 1}, Obstacle.COVERAGE),
        ({"coverage_pct": 80.0 - MAX_COVERAGE_GAP}, None),
        ({"coverage_pct": None}, None),
    ],
)
def test_figures_that_speak_of_other_things_are_not_subtracted(changes, obstacle):
    """A part of the districts, or ground known to another extent: the gap could be what is not known."""
    assert difference(made(1, 2, 3), made(1, 2, 3, **changes)).obstacle is obstacle


def test_figures_of_other_dates_are_not_subtracted():
    """What changed between two dates is no gap between two places."""
    found = difference(made(1, 2, 3), made(7, 8, 9), same_vintage=False)
    assert found.obstacle is Obstacle.VINTAGE


def test_two_indicators_are_never_subtracted():
    """Hectares less percent is a fault of the program, and is said."""
    other = dataclasses.replace(made(1, 2, 3), spec=SPECS.by_id["surface"])
    with pytest.raises(ValueError, match="ne se soustraient pas"):
        difference(made(1, 2, 3), other)


def test_figure_without_bounds_is_its_own():
    """An exact figure has a difference without width."""
    found = difference(made(None, 5, None), made(None, 3, None))
    assert (found.low, found.value, found.high) == (2, 2, 2)


def test_spread_prefers_what_is_sure():
    """A wide gap that the bounds may undo comes after a narrow one that they cannot."""
    found = spread([made(0, 50, 100), made(40, 41, 42), made(44, 45, 46)])
    assert (found.more, found.less) == (2, 1)
    assert found.difference.value == 4
    assert found.alone == ()


@given(st.lists(sides, min_size=2, max_size=4))
def test_spread_names_who_has_more_first(found):
    """Whoever is named first has no less; without any known pair nobody is named."""
    widest = spread(found)
    known = [rank for rank, one in enumerate(found) if one.value is not None]
    assert set(widest.alone) == set(range(len(found))) - set(known if len(known) > 1 else [])
    if widest.difference is None:
        assert (widest.more, widest.less) == (None, None)
        assert len(known) < 2
    else:
        assert found[widest.more].value >= found[widest.less].value
        assert widest.difference.value >= 0
