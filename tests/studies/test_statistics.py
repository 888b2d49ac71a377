"""Ranks, quantiles and means of districts against random places."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from qpverts.domain.claims import Finding, Green, Reading, Reference
from studies.edge_test.statistics import compare_means, rank_pct, spread

SHARES = st.floats(0, 100)
PLACES = arrays(float, st.integers(1, 40), elements=SHARES)


def compared(real, places):
    """The test of made figures."""
    return compare_means(
        np.array(real, float), np.array(places, float), Green.PARKS, Reference.AROUND, Reading.LIKELY
    )


@given(value=SHARES, more=SHARES, places=PLACES)
def test_a_rank_grows_with_the_value(value, more, places):
    """A rank is a share, a larger figure never has a smaller one, and order does not matter."""
    low, high = sorted((value, more))
    assert 0 <= rank_pct(low, places) <= rank_pct(high, places) <= 100
    assert rank_pct(value, places) == rank_pct(value, places[::-1])


def test_ties_count_by_half():
    """A figure that every place has is in the middle, not at an end."""
    assert rank_pct(0.0, np.zeros(10)) == 50
    assert rank_pct(5.0, np.array([0.0, 5.0, 10.0, 10.0])) == 37.5


@given(places=PLACES)
def test_a_spread_is_in_order_and_within_the_places(places):
    """The five quantiles grow, from the least to the most of the places."""
    found = spread(places)
    assert list(found) == sorted(found)
    assert places.min() <= found[0]
    assert found[-1] <= places.max()


@given(st.data())
def test_draws_are_all_counted(data):
    """Each draw reaches the mean or does not pass it; ties do both; shares and means are in 0–100."""
    districts, draws = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 9))
    real = data.draw(arrays(float, districts, elements=SHARES))
    places = data.draw(arrays(float, (districts, draws), elements=SHARES))
    test = compared(real, places)
    assert test.at_least + test.at_most >= draws
    assert max(test.at_least, test.at_most) <= draws
    assert test.random_low <= test.random_high
    assert all(0 <= share <= 100 for share in (test.mean, test.real_25_pct, test.random_25_pct))


def test_means_by_hand():
    """Two districts at 40 and 20 %, three draws of mean 10, 30 and 50 %: two reach 30, two do not pass it."""
    test = compared([40, 20], [[20, 60, 100], [0, 0, 0]])
    assert (test.mean, test.random_mean) == (30, 30)
    assert (test.at_least, test.at_most) == (2, 2)
    assert (test.real_25_pct, test.random_25_pct) == (50, pytest.approx(100 / 3))
    assert test.finding is Finding.UNKNOWN  # two districts are too few


def test_nothing_known_is_not_zero():
    """Without districts there are no figures, and nothing is said."""
    test = compared([], np.empty((0, 0)))
    assert (test.mean, test.random_mean, test.real_25_pct) == (None, None, None)
    assert test.finding is Finding.UNKNOWN
