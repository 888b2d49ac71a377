"""Ranks as intervals: wide where little is known, narrow where the order would hold anyhow."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from qpverts.domain.grading.ranks import Rank, intervals

NAN = float("nan")
EQUAL = [1.0] * 3
scores = arrays(
    float, st.tuples(st.integers(1, 8), st.just(3)), elements=st.sampled_from([NAN, 0.0, 25.0, 50.0, 100.0])
)


def test_clear_order_has_clear_ranks():
    """Where one district is above another on every theme, no weight changes the order."""
    got = intervals(np.array([[0.0] * 3, [100.0] * 3, [50.0] * 3]), EQUAL)
    assert got == [Rank(3, 3, 3), Rank(1, 1, 3), Rank(2, 2, 3)]


def test_equal_districts_share_their_rank():
    """Nobody is above anybody: all are first."""
    assert intervals(np.full((4, 3), 50.0), EQUAL) == [Rank(1, 1, 4)] * 4


def test_nothing_known_may_be_first_or_last():
    """A district of which nothing is known can stand anywhere."""
    got = intervals(np.array([[NAN] * 3, [50.0] * 3, [75.0] * 3]), EQUAL)
    assert got[0] == Rank(1, 3, 3)
    assert got[2] == Rank(1, 2, 3)


def test_order_that_hangs_on_the_weights_is_not_claimed():
    """Two districts, each ahead on its own theme, may each be first."""
    got = intervals(np.array([[100.0, 0.0, 50.0], [0.0, 100.0, 50.0]]), EQUAL)
    assert got == [Rank(1, 2, 2)] * 2


def test_theme_without_weight_does_not_count():
    """What nobody weighs cannot change the order."""
    got = intervals(np.array([[100.0, 0.0, 0.0], [0.0, 50.0, 50.0]]), [0.0, 1.0, 1.0])
    assert got == [Rank(2, 2, 2), Rank(1, 1, 2)]


@given(scores)
def test_interval_is_one(found):
    """Best comes before worst, both within the districts, and the same draws give the same ranks."""
    got = intervals(found, EQUAL)
    assert all(1 <= rank.best <= rank.worst <= len(found) for rank in got)
    assert got == intervals(found, EQUAL)


@given(scores, st.randoms(use_true_random=False))
def test_order_of_districts_does_not_matter(found, random):
    """Each district has its rank, wherever its row is."""
    order = list(range(len(found)))
    random.shuffle(order)
    assert [intervals(found, EQUAL)[row] for row in order] == intervals(found[order], EQUAL)


@given(scores)
def test_knowing_less_never_narrows(found):
    """Forgetting a district's levels cannot make its rank surer."""
    known, forgotten = intervals(found, EQUAL)[0], found.copy()
    forgotten[0] = NAN
    less = intervals(forgotten, EQUAL)[0]
    assert less.best <= known.best
    assert less.worst >= known.worst
