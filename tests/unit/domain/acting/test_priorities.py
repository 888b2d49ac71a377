"""Priorities: bounded needs on fixed goalposts, unknowns that widen ranks, weights that a person moves."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.acting import priorities
from qpverts.domain.acting.priorities import CRITERIA, Situation
from qpverts.domain.model import Status

EQUAL = dict.fromkeys((criterion.id for criterion in CRITERIA), 1.0)
BY_ID = {criterion.id: criterion for criterion in CRITERIA}

situations = st.builds(
    Situation,
    st.none() | st.integers(0, 60_000),
    st.none() | st.integers(0, 50),
    st.none() | st.floats(0, 100),
    st.none() | st.floats(0, 100),
)


@pytest.mark.parametrize(
    ("criterion", "situation", "expected"),
    [
        ("actions", Situation(1000, 0, None, None), 100),
        ("actions", Situation(1000, 1, None, None), 50),
        ("actions", Situation(1000, 9, None, None), 0),
        ("actions", Situation(1000, None, None, None), None),
        ("actions", Situation(0, 3, None, None), None),
        ("vegetation", Situation(None, None, 25, None), 50),
        ("vegetation", Situation(None, None, 80, None), 0),
        ("acces", Situation(None, None, None, 0), 100),
        ("acces", Situation(None, None, None, 30), 70),
        ("habitants", Situation(1000, None, None, None), 0),
        ("habitants", Situation(3162, None, None, None), 50),
        ("habitants", Situation(52_539, None, None, None), 100),
        ("habitants", Situation(0, None, None, None), 0),
        ("habitants", Situation(None, None, None, None), None),
    ],
)
def test_a_need_on_its_goalposts(criterion, situation, expected):
    """Goalposts give 0 and 100, the middle gives 50, beyond is held, unknown stays unknown."""
    need = BY_ID[criterion].need(situation)
    assert need == (None if expected is None else pytest.approx(expected, abs=0.01))


@given(situations)
def test_needs_are_bounded(situation):
    """A need is from 0 to 100, or is not known."""
    for criterion in CRITERIA:
        need = criterion.need(situation)
        assert need is None or 0 <= need <= 100


@given(situations, st.integers(1, 9))
def test_one_more_action_never_raises_the_need(situation, more):
    """A district where one more action is recorded is never a greater priority."""
    if situation.recorded is None:
        return
    after = Situation(
        situation.population, situation.recorded + more, situation.vegetated_pct, situation.served_pct
    )
    before, then = BY_ID["actions"].need(situation), BY_ID["actions"].need(after)
    assert before is None or then <= before


@given(st.lists(situations, min_size=1, max_size=8))
def test_bounds_hold_the_value_and_ranks_hold_in_order(found):
    """The mean over what is known lies within its bounds, and a rank within the number of districts."""
    ordered = priorities.priorities({f"Q{n}": one for n, one in enumerate(found)}, EQUAL)
    assert sorted(one.code_qp for one in ordered) == sorted(f"Q{n}" for n in range(len(found)))
    for one in ordered:
        assert 0 <= one.low <= one.high <= 100
        assert one.value is None or one.low - 1e-9 <= one.value <= one.high + 1e-9
        assert 1 <= one.rank.best <= one.rank.worst <= len(found)


@given(st.lists(situations, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_the_districts_does_not_matter(found, shuffle):
    """The same districts in another order get the same answer."""
    named = list({f"Q{n}": one for n, one in enumerate(found)}.items())
    expected = priorities.priorities(dict(named), EQUAL)
    shuffle.shuffle(named)
    assert priorities.priorities(dict(named), EQUAL) == expected


def test_an_unknown_need_is_neither_small_nor_great():
    """A district of which nothing is known may stand anywhere, and comes last for want of a value."""
    worst = Situation(9_000, 0, 5.0, 5.0)
    best = Situation(1_200, 2, 40.0, 90.0)
    found = priorities.priorities(
        {"pire": worst, "mieux": best, "inconnu": Situation(None, None, None, None)}, EQUAL
    )
    assert [one.code_qp for one in found] == ["pire", "mieux", "inconnu"]
    unknown = found[-1]
    assert (unknown.value, unknown.low, unknown.high) == (None, 0, 100)
    assert (unknown.rank.best, unknown.rank.worst) == (1, 3)
    assert priorities.surely_first(found, 1) == ()
    assert priorities.surely_first(found, 2) == ("pire",)


def test_a_weight_of_zero_takes_a_criterion_out():
    """What counts for nothing changes nothing, known or not."""
    only = {"habitants": 1.0, "actions": 0.0}
    found = priorities.priorities(
        {"petit": Situation(1500, None, None, None), "grand": Situation(9000, 40, 50.0, 100.0)}, only
    )
    assert [one.code_qp for one in found] == ["grand", "petit"]
    assert found[1].low == found[1].high


@pytest.mark.parametrize("weights", [{}, dict.fromkeys(EQUAL, 0.0), {"autre": 1.0}])
def test_no_criterion_is_refused(weights):
    """With nothing that counts there is no order to give."""
    with pytest.raises(ValueError, match="au moins un critère"):
        priorities.priorities({"Q": Situation(1000, 1, 1.0, 1.0)}, weights)


def test_no_district_is_no_priority():
    """An empty commune gives an empty list."""
    assert priorities.priorities({}, EQUAL) == []


def test_no_recorded_action_is_unknown_until_all_was_surveyed():
    """Zero is said where someone looked on every theme; stopped actions do not count."""

    def recorded(score, *statuses):
        grades = {"habiter": SimpleNamespace(level=SimpleNamespace(score=score))}
        figures = SimpleNamespace(population=1000)
        indicators = dict.fromkeys((priorities.VEGETATED, priorities.SERVED), SimpleNamespace(value=None))
        actions = [SimpleNamespace(status=status) for status in statuses]
        return priorities.situation(figures, indicators, grades, actions).recorded

    assert recorded(None) is None
    assert recorded(0) == 0
    assert recorded(None, Status.STOPPED) is None
    assert recorded(None, Status.RUNNING, Status.UNKNOWN, Status.STOPPED) == 2


@given(situations)
def test_a_map_shows_the_need_with_its_bounds(found):
    """What is shown is what was computed; a need of which nothing is known has no value at all."""
    one = priorities.priorities({"Q": found}, EQUAL)[0]
    shown = priorities.as_indicator(one)
    assert shown.value == one.value
    assert (shown.low, shown.high) == ((None, None) if one.value is None else (one.low, one.high))
