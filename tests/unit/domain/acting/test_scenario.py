"""Scenarios: carried by a URL without loss, bounded, and never lowering a level."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.acting import scenario
from qpverts.domain.acting.scenario import MOST, AddedAction, AddedSpace, Scenario
from qpverts.domain.grading.levels import Evidence, grade
from qpverts.domain.model import Status
from qpverts.domain.territory import WINDOW
from tests.builders import SCALE

THEMES = ("habiter", "circuler", "se_nourrir")
PARK = AddedSpace(43.28912, 5.4321, 1.0)

spaces = st.builds(
    AddedSpace,
    st.integers(4_290_000, 4_420_000).map(lambda n: n / 100_000),
    st.integers(400_000, 640_000).map(lambda n: n / 100_000),
    st.sampled_from([0.05, 0.1, 0.5, 1.0, 2.5, 50.0]),
)
actions = st.builds(AddedAction, st.sampled_from(THEMES), st.sampled_from(scenario.STATUSES), st.booleans())
scenarios = st.builds(
    Scenario,
    st.lists(spaces, max_size=MOST).map(tuple),
    st.lists(actions, max_size=MOST).map(tuple),
)
counts = st.builds(
    lambda planned, running, done, carriers, surveyed: Evidence(
        planned + running + done,
        running + done,
        done,
        max(bool(running + done), min(carriers, running + done)),
        surveyed,
    ),
    *[st.integers(0, 4)] * 4,
    st.sampled_from(["", "2026-11-25"]),
)


def read(text):
    """Read as a page does."""
    return scenario.read(text, THEMES, WINDOW)


@given(scenarios)
def test_what_is_written_is_read_again(made):
    """A shared address gives the same scenario, with nothing refused."""
    assert read(scenario.written(made)) == (made, ())


@pytest.mark.parametrize(
    "text",
    [
        "ev@43.3,5.4",
        "ev@43.3,5.4,1,2",
        "ev@nan,5.4,1",
        "ev@43.3,5.4,inf",
        "ev@43.3,5.4,-1",
        "ev@43.3,5.4,0.01",
        "ev@43.3,5.4,51",
        "ev@48.85,2.35,1",
        "ac@voler,realise,nouveau",
        "ac@habiter,arrete,nouveau",
        "ac@habiter,realise,peut-etre",
        "ac@habiter",
        "<script>",
        "@",
        "x" * 5000,
    ],
)
def test_what_means_nothing_is_given_back(text):
    """A part that cannot be understood is left out and named; the others stay."""
    found, refused = read(f"{text};{scenario.written(Scenario((PARK,)))}")
    assert found == Scenario((PARK,))
    assert refused == (text,)


def test_a_scenario_is_bounded():
    """An address of a thousand parks keeps the first ones, and gives the others back."""
    found, refused = read(";".join(["ev@43.3,5.4,1"] * 1000))
    assert len(found.spaces) == MOST
    assert len(refused) == 1000 - MOST


@given(counts, actions)
def test_one_more_action_never_lowers_a_level(found, action):
    """Whatever is there, adding is never losing, and an action added is never unknown."""
    before = grade(found, SCALE).level
    after = grade(scenario.evidence_with(found, action), SCALE).level
    assert (after.score or 0) >= (before.score or 0)
    assert after.score is not None


@pytest.mark.parametrize(
    ("found", "added", "expected"),
    [
        ((0, 0, 0, 0), (Status.PLANNED, True), (1, 0, 0, 0)),
        ((0, 0, 0, 0), (Status.RUNNING, False), (1, 1, 0, 1)),  # somebody carries the first one
        ((2, 2, 1, 1), (Status.DONE, True), (3, 3, 2, 2)),
        ((2, 2, 1, 1), (Status.DONE, False), (3, 3, 2, 1)),
    ],
)
def test_what_an_action_adds(found, added, expected):
    """Counts grow by what the action is, no more."""
    after = scenario.evidence_with(Evidence(*found, "2026"), AddedAction("habiter", *added))
    assert after == Evidence(*expected, "2026")


def test_other_themes_keep_their_grade():
    """An action moves its theme only."""
    grades = {theme: grade(Evidence(0, 0, 0, 0, ""), SCALE) for theme in THEMES}
    after = scenario.grades_with(grades, [AddedAction("habiter", Status.RUNNING, new_carrier=True)], SCALE)
    assert after["habiter"].level.id == "engage"
    assert [after[theme] for theme in THEMES[1:]] == [grades[theme] for theme in THEMES[1:]]


@given(scenarios, st.integers(0, 2 * MOST))
def test_a_part_is_taken_away_by_its_rank(made, rank):
    """Taking away removes one part, or none when there is no such rank."""
    parts = [*made.spaces, *made.actions]
    after = made.without(rank)
    assert [*after.spaces, *after.actions] == parts[:rank] + parts[rank + 1 :]


class Figure:
    """What is compared of an indicator."""

    def __init__(self, value, low, high):
        self.value, self.low, self.high = value, low, high


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((1, 0, 2), (1, 0, 2), False),
        ((1, 0, 2), (1, 0, 3), True),
        ((None, None, None), (0, 0, 0), True),
        ((None, None, None), (None, None, None), False),
        ((0.1 + 0.2, 0, 1), (0.3, 0, 1), False),
    ],
)
def test_a_figure_has_moved_when_it_or_a_bound_has(before, after, expected):
    """A value that appears has moved; the noise of a sum has not."""
    assert scenario.moved(Figure(*before), Figure(*after)) is expected
