"""Levels of engagement: declared, monotone, whatever the order, and never a zero for what is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.grading import levels
from qpverts.domain.grading.levels import NONE, UNKNOWN, Evidence, Survey
from qpverts.domain.model import Action, Status
from tests.builders import SCALE


class Recorded:
    """What a level looks at in an action."""

    carriers = Action.carriers

    def __init__(self, status, carrier="", themes=("habiter",), fields=("vivre_ensemble",)):
        self.status, self.carrier, self.themes, self.fields = status, carrier, themes, fields


def survey(date="2026-11-25", theme="habiter"):
    """Someone looked."""
    return Survey("QN01338I", theme, date, "Une personne", "", "")


def level(actions, surveys=()):
    """Grade some actions."""
    return levels.grade(levels.evidence(actions, surveys), SCALE).level.id


DONE, RUNNING, PLANNED = Status.DONE, Status.RUNNING, Status.PLANNED
actions = st.lists(
    st.builds(
        Recorded, st.sampled_from(Status), st.sampled_from(["", "Ville", "Bailleur", "Association", "ville"])
    ),
    max_size=9,
)


@pytest.mark.parametrize(
    ("found", "surveys", "expected"),
    [
        ([], [], UNKNOWN),
        ([], [survey()], NONE),
        ([Recorded(PLANNED)], [], "emergent"),
        ([Recorded(Status.UNKNOWN)] * 9, [], "emergent"),
        ([Recorded(RUNNING)], [], "engage"),
        ([Recorded(RUNNING, "A")] * 3, [], "engage"),  # one carrier only
        ([Recorded(RUNNING, "A"), Recorded(DONE, "B"), Recorded(DONE, "B")], [], "installe"),
        ([Recorded(DONE, "A"), Recorded(DONE, "B"), *[Recorded(RUNNING, "C")] * 3], [], "demonstrateur"),
        ([Recorded(RUNNING, c) for c in "ABCDE"], [], "installe"),  # nothing done yet
        ([Recorded(Status.STOPPED, "A")], [], UNKNOWN),
        ([Recorded(Status.STOPPED, "A")], [survey()], NONE),
    ],
)
def test_levels_of_the_declared_scale(found, surveys, expected):
    """Each step is reached by what its sentence says, and by no less."""
    assert level(found, surveys) == expected


@given(actions, st.builds(Recorded, st.sampled_from(Status), st.sampled_from(["", "Ville", "Autre"])))
def test_one_more_action_never_lowers_a_level(found, more):
    """Recording an action can only raise a level or leave it."""
    ranks = [step.id for step in SCALE]
    assert ranks.index(level([*found, more])) >= ranks.index(level(found))


@given(actions, st.randoms(use_true_random=False))
def test_order_does_not_matter(found, random):
    """The same actions in another order give the same evidence."""
    shuffled = list(found)
    random.shuffle(shuffled)
    assert levels.evidence(shuffled) == levels.evidence(found)


@given(actions, st.booleans())
def test_score_is_bounded_and_unknown_has_none(found, surveyed):
    """A score lies between 0 and 100; where nothing is known there is none, and never a zero."""
    got = levels.grade(levels.evidence(found, [survey()] if surveyed else []), SCALE)
    if got.level.id == UNKNOWN:
        assert got.level.score is None
    else:
        assert 0 <= got.level.score <= 100
    assert (got.level.score == 0) == (got.level.id == NONE)


def test_last_survey_is_the_one_told():
    """Of several surveys the latest date counts, whatever its precision."""
    assert levels.evidence([], [survey("2025-03"), survey("2026"), survey("2024-12-31")]).surveyed == "2026"


def test_carriers_are_counted_by_name_whatever_the_case():
    """The same body written twice is one carrier, and one without a name is none."""
    found = levels.evidence([Recorded(DONE, "Ville"), Recorded(DONE, "ville"), Recorded(DONE, "")])
    assert found == Evidence(recorded=3, active=3, done=3, carriers=1, surveyed="")


def graded(*scores):
    """Make the grades of some themes, ``None`` where nothing is known."""
    by_score = {step.score: step for step in SCALE}
    nothing = Evidence(0, 0, 0, 0, "")
    return {f"theme_{rank}": levels.Grade(by_score[score], nothing) for rank, score in enumerate(scores)}


def test_overall_is_the_weighted_mean_of_what_is_known():
    """Unknown themes widen the bounds and lower the coverage; they do not lower the value."""
    got = levels.overall(graded(50, 100, None, None), dict.fromkeys(graded(50, 100, None, None), 1.0))
    assert (got.value, got.low, got.high, got.coverage_pct) == (75, 37.5, 87.5, 50)
    got = levels.overall(graded(50, 100), {"theme_0": 3.0, "theme_1": 1.0})
    assert got.value == pytest.approx(62.5)
    assert got.low == got.high == got.value


def test_overall_of_nothing_known_is_no_figure():
    """A district of which nothing is known has no level, between 0 and 100."""
    got = levels.overall(graded(None, None), {"theme_0": 1.0, "theme_1": 1.0})
    assert (got.value, got.low, got.high, got.coverage_pct) == (None, 0, 100, 0)


def test_weights_that_count_for_nothing_are_refused():
    """At least one theme has to count."""
    with pytest.raises(ValueError, match="au moins une"):
        levels.overall(graded(50), {"theme_0": 0.0})


@given(st.lists(st.sampled_from([None, 0, 25, 50, 75, 100]), min_size=1, max_size=7), st.data())
def test_overall_lies_between_its_bounds(scores, data):
    """Whatever the weights, the value is between the bounds, and all are between 0 and 100."""
    grades = graded(*scores)
    weights = {theme: data.draw(st.floats(0.1, 10)) for theme in grades}
    got = levels.overall(grades, weights)
    assert -1e-9 <= got.low <= got.high <= 100 + 1e-9
    if got.value is not None:
        assert got.low - 1e-9 <= got.value <= got.high + 1e-9


def test_themes_keep_their_order_and_their_actions():
    """A territory is graded theme by theme; an action that serves two themes counts under both."""
    found = [Recorded(DONE, "A", themes=("circuler", "habiter")), Recorded(PLANNED, themes=("proteger",))]
    got = levels.grades_by_theme(
        found, [survey(theme="consommer")], ["habiter", "circuler", "proteger", "consommer"], SCALE
    )
    assert [grade.level.id for grade in got.values()] == ["engage", "engage", "emergent", NONE]
    assert list(got) == ["habiter", "circuler", "proteger", "consommer"]
    assert levels.grades_by_field(found, ["vivre_ensemble", "autre"], SCALE)["autre"].level.id == UNKNOWN


def test_bodies_that_carry_together_are_counted_one_by_one():
    """Three landlords in one cell are three carriers; one of them alone elsewhere is no fourth."""
    found = levels.evidence(
        [Recorded(RUNNING, "Logirem ; Unicil ; Érilia"), Recorded(DONE, "ERILIA"), Recorded(DONE, "")]
    )
    assert found.carriers == 3
