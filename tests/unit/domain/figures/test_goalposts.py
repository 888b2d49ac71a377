"""Goalposts of the radar of nature: bounded, monotone the right way, never a zero for the unknown."""

from dataclasses import replace
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.figures import goalposts
from qpverts.domain.figures.facts import Interval
from qpverts.domain.figures.goalposts import Goalpost
from qpverts.domain.figures.indicators import Indicator, State
from tests.declared import SPECS

#: Two axes whose districts come in nearly the same order would say the same thing twice.
TWICE = 0.85

posts = st.sampled_from(SPECS.axes)
measured = st.floats(0, 1e6)
by_indicator = pytest.mark.parametrize("post", SPECS.axes, ids=lambda post: post.indicator)


def indicator(post, low, value, high, state=State.KNOWN):
    """Make a measured indicator of one district."""
    return Indicator(post.spec, state, value, low, high, 1, 1, None)


@by_indicator
def test_goalposts_give_0_and_100(post):
    """The worst goalpost is 0, the best is 100, half-way is 50."""
    assert goalposts.score(post, post.worst) == 0
    assert goalposts.score(post, post.best) == 100
    assert goalposts.score(post, (post.worst + post.best) / 2) == pytest.approx(50)


def test_axes_are_indicators_of_nature_that_never_come_twice():
    """Each axis is one indicator of nature, with a name and a reason of its own."""
    assert {post.indicator for post in SPECS.axes} <= {spec.id for spec in SPECS.nature}
    for field in ("indicator", "label", "why"):
        assert len({getattr(post, field) for post in SPECS.axes}) == len(SPECS.axes)


def test_axes_do_not_say_the_same_thing_twice(atlas):
    """Over the districts of the Métropole, no two axes put them in nearly the same order."""
    values = pd.DataFrame(
        {
            post.label: [found[post.indicator].value for found in atlas.indicators.values()]
            for post in SPECS.axes
        },
        dtype=float,
    )
    alike = values.corr("spearman").abs()
    for one, other in combinations(values, 2):
        assert alike.loc[one, other] < TWICE, (one, other)


@given(posts, measured)
def test_score_is_bounded(post, value):
    """Whatever is measured, the score is between 0 and 100."""
    assert 0 <= goalposts.score(post, value) <= 100


@given(posts, measured, measured)
def test_score_is_monotone_in_the_right_direction(post, one, other):
    """More green is never worse; a longer way is never better."""
    less, more = sorted((one, other))
    if post.best > post.worst:
        assert goalposts.score(post, less) <= goalposts.score(post, more)
    else:
        assert goalposts.score(post, less) >= goalposts.score(post, more)


def test_near_is_better():
    """Distance and detour go down: a park nearer or a straighter way gives a higher score."""
    by_id = {post.indicator: post for post in SPECS.axes}
    assert goalposts.score(by_id["mediane_05ha"], 400) > goalposts.score(by_id["mediane_05ha"], 800)
    assert goalposts.score(by_id["detour_05ha"], 1.2) > goalposts.score(by_id["detour_05ha"], 1.8)


@given(posts, st.tuples(measured, measured, measured).map(sorted))
def test_bounds_carry_to_the_score(post, bounds):
    """The score has bounds in order too, which are the scores of the bounds, turned over for a distance."""
    found = goalposts.scored(post, indicator(post, *bounds))
    assert 0 <= found.low <= found.value <= found.high <= 100
    assert {found.low, found.high} == {goalposts.score(post, bounds[0]), goalposts.score(post, bounds[2])}


def test_bounds_of_a_distance_are_turned_over():
    """A median distance of 600 m, between 420 and 900: the nearest makes the highest score."""
    post = next(post for post in SPECS.axes if post.indicator == "mediane_05ha")
    assert goalposts.scored(post, indicator(post, 420, 600, 900)) == Interval(50, 75, 90)


@by_indicator
@pytest.mark.parametrize("state", [State.NOT_COVERED, State.VEGETATION_UNKNOWN, State.NOT_ADDITIVE])
def test_unknown_stays_unknown(post, state):
    """What is not known has no score."""
    assert goalposts.scored(post, indicator(post, None, None, None, state)) is None


@given(posts, st.lists(measured | st.none(), max_size=9), st.randoms())
def test_middle_is_a_district_whatever_the_order(post, values, random):
    """The median is the value of a known district, as many are at or above as at or below, in any order."""
    districts = [indicator(post, value, value, value) for value in values]
    shuffled = random.sample(districts, len(districts))
    found = goalposts.middle(post, districts)
    again = goalposts.middle(post, shuffled)
    known = [value for value in values if value is not None]
    assert (found.known, found.total) == (len(known), len(values))
    if not known:
        assert found.indicator is None
        return
    assert found.indicator.value == again.indicator.value
    scores = [goalposts.score(post, value) for value in known]
    mine = goalposts.score(post, found.indicator.value)
    assert sum(one <= mine for one in scores) * 2 >= len(known)
    assert sum(one >= mine for one in scores) * 2 >= len(known)


def test_what_is_not_listed_can_only_raise_a_score():
    """An unlisted park adds to a share and shortens a distance, which raises; a detour goes either way."""
    more = {post.indicator for post in SPECS.axes if post.may_be_more}
    assert more == {post.indicator for post in SPECS.axes} - {"detour_05ha"}
    down = replace(SPECS.axes[0], worst=50, best=0)
    assert isinstance(down, Goalpost)
    assert not down.may_be_more
