"""Gaps in words: what was looked for, what is weak, and what nobody knows, each told for what it is."""

import pytest

from qpverts.domain.figures.indicators import State
from qpverts.domain.grading.levels import Evidence, Grade
from qpverts.domain.model import Status
from qpverts.viz.words import missing_texts
from tests.builders import plain
from tests.declared import SPECS


class Recorded:
    """What these words look at in an action."""

    def __init__(self, status):
        self.status = status


@pytest.fixture
def step(atlas):
    """A function that grades a theme."""
    by_id = {level.id: level for level in atlas.scale}
    return lambda level, *counts: Grade(by_id[level], Evidence(*counts))


def test_absent_says_who_looked_and_what_it_takes(atlas, step):
    """A survey found nothing: its date, and the first step."""
    text = plain(missing_texts.absent_text(step("aucune", 0, 0, 0, 0, "2026-11-25"), atlas.scale))
    assert text == (
        "aucune action trouvée (relevé du 25 novembre 2026). Pour « émergent », il faudrait encore : "
        "1 action recensée."
    )


@pytest.mark.parametrize(
    ("loose", "tail"),
    [
        (0, ""),
        (1, " 1 action est d'état inconnu : savoir où elle en est suffirait peut-être."),
        (2, " 2 actions sont d'état inconnu : savoir où elles en sont suffirait peut-être."),
    ],
)
def test_weak_says_what_the_next_level_takes(atlas, step, loose, tail):
    """What is recorded, what is missing, and that knowing more could be enough."""
    actions = [Recorded(Status.UNKNOWN)] * loose + [Recorded(Status.PLANNED)] * (3 - loose)
    text = plain(missing_texts.weak_text(step("emergent", 3, 0, 0, 0, ""), actions, atlas.scale))
    assert text == (
        "◔ émergent, 3 actions recensées. Pour « engagé », il faudrait encore : 1 action en cours ou "
        "réalisée." + tail
    )


def test_unknown_is_never_told_as_missing(atlas):
    """Themes that nobody looked for are to be surveyed; the words say that nothing can be said to lack."""
    text = missing_texts.unknown_text(["Habiter", "Circuler"], atlas.scale)
    assert text.startswith("Habiter, Circuler. Personne n'a encore fait de relevé")
    assert "nous ne pouvons pas dire que cela manque" in text
    assert "il faudrait encore" not in text


@pytest.mark.parametrize("state", [State.NOT_COVERED, State.VEGETATION_UNKNOWN, State.STREETS_UNKNOWN])
def test_measures_not_covered_say_why_and_what_would_tell(atlas, state):
    """How many of how many, why, that it is not zero, and what would make them known."""
    found = [atlas.indicators["QN01338I"][spec.id] for spec in SPECS.nature[:2]]
    text = plain(missing_texts.nature_text(state, found, len(SPECS.nature)))
    assert text.startswith(f"2 mesures non couvertes sur {len(SPECS.nature)}.")
    assert "nous ne savons pas" in text
    assert "Pour le savoir :" in text
