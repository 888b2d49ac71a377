"""What priorities say: golden sentences, and no order claimed that would not hold."""

from types import SimpleNamespace

import pytest

from qpverts.domain.acting.priorities import CRITERIA, Priority
from qpverts.domain.grading.ranks import Rank
from qpverts.viz.words.acting import priority_texts
from tests.builders import plain

NAMES = {"A": "Un", "B": "Deux", "C": "Trois", "D": "Quatre", "E": "Cinq"}
QPVS = {code: SimpleNamespace(name=name) for code, name in NAMES.items()}
CHANGING = (
    "L'ordre n'est pas stable : 3 quartiers peuvent être parmi les 2 premiers, selon les poids et ce que "
    "nous ignorons ; aucun n'y est à coup sûr. Servez-vous-en pour choisir où regarder, pas pour classer."
)
ONE_SURE = (
    "Dans neuf tirages de poids sur dix au moins, Un reste parmi les 2 premiers ; 4 quartiers peuvent être "
    "parmi les 2 premiers."
)
TWO_SURE = (
    "Dans neuf tirages de poids sur dix au moins pour chacun, Un, Deux restent parmi les 2 premiers ; 2 "
    "quartiers peuvent être parmi les 2 premiers."
)


def one(code="A", value=60.0, *, low=60.0, high=60.0, places=(1, 1)):
    """A priority with these figures, among five districts."""
    needs = dict.fromkeys((criterion.id for criterion in CRITERIA), value)
    return Priority(code, needs, value, low, high, Rank(*places, 5))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (one(), "priorité 60 ; place 1 sur 5"),
        (one(low=45.2, high=80, places=(2, 4)), "priorité 60 (entre 45 et 80) ; place de 2 à 4 sur 5"),
        (one(value=None, low=0, high=100, places=(1, 5)), "priorité non renseigné ; place de 1 à 5 sur 5"),
    ],
)
def test_the_place_of_a_district(found, expected):
    """A need comes with its bounds where something is unknown, and a place is an interval."""
    assert plain(priority_texts.place(found)) == expected


def test_a_need_that_is_not_known_is_not_a_number():
    """A need is from 0 to 100, or is said to be unknown."""
    assert priority_texts.need(one(), CRITERIA[0]) == "60"
    assert priority_texts.need(one(value=None), CRITERIA[0]) == "non renseigné"


@pytest.mark.parametrize(
    ("ranks", "count", "expected"),
    [
        ([(1, 3), (1, 3), (1, 3), (4, 5), (4, 5)], 2, CHANGING),
        ([(1, 1), (2, 4), (2, 4), (2, 4), (5, 5)], 2, ONE_SURE),
        ([(1, 2), (1, 2), (3, 4), (3, 4), (5, 5)], 2, TWO_SURE),
        ([(1, 2), (1, 2)], 2, "Avec si peu de quartiers, regardez-les tous."),
    ],
)
def test_how_far_the_order_holds(ranks, count, expected):
    """What is sure is named; where nothing is, the page says that it is no ranking."""
    found = [one(code, places=places) for code, places in zip(NAMES, ranks, strict=False)]
    assert plain(priority_texts.stability(found, QPVS, count)) == expected


def test_more_than_three_sure_ones_are_counted():
    """A long list of names would not be read aloud."""
    found = [*(one(code, places=(1, 4)) for code in "ABCD"), one("E", places=(5, 5))]
    assert "Un, Deux, Trois et 1 de plus restent" in plain(priority_texts.stability(found, QPVS, 4))
