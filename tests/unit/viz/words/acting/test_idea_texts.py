"""What gaps, ideas and examples say: golden sentences, the unknown told apart, reasons on both sides."""

from types import SimpleNamespace

import pytest

from qpverts.domain.acting.nearby_examples import Example
from qpverts.domain.grading.missing import Gaps
from qpverts.domain.transfer.best_fit import Idea
from qpverts.domain.transfer.conclusion import Answer, Verdict, conclude
from qpverts.viz.words.acting import idea_texts
from tests.builders import plain

EVERY = (
    "Sur 7 thématiques : 1 sans action d'après un relevé ; 1 à renforcer ; 2 où il faut d'abord faire un "
    "relevé, car nous n'en savons rien."
)
LETTERS = {
    "F": Verdict.FAVOURABLE,
    "L": Verdict.OBSTACLE,
    "B": Verdict.BLOCKING,
    "I": Verdict.UNKNOWN,
}


@pytest.fixture
def idea(atlas):
    """A function that makes an idea from eight letters, one an answer."""
    method = atlas.transfer

    def make(letters):
        answers = [
            Answer(criterion.id, LETTERS[letter], f"phrase {rank}", "source")
            for rank, (criterion, letter) in enumerate(zip(method.criteria, letters, strict=True))
        ]
        found = conclude(answers, method.criteria, method.readings, method.rules)
        return Idea(next(iter(atlas.inspirations.values())), found)

    return make


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Gaps((), (), ()), "Des actions sont en cours ou réalisées sur les 7 thématiques."),
        (Gaps((), ("a", "b"), ()), "Sur 7 thématiques : 2 à renforcer."),
        (
            Gaps(("a",), ("b",), ("c", "d")),
            EVERY,
        ),
    ],
)
def test_gaps_are_counted_by_what_is_known(found, expected):
    """What someone looked for, what is weak and what nobody knows are three counts."""
    assert idea_texts.gaps_text(found, 7) == expected


def test_gaps_come_in_the_order_of_acting():
    """Absent, weak, then unknown; each has its words, and unknown is never called a lack."""
    needs = idea_texts.needs(Gaps(("d",), ("b",), ("a", "c")))
    assert list(needs) == ["d", "b", "a", "c"]
    assert needs["a"] == needs["c"] == "relevé à faire d'abord"
    assert "manque" not in "".join(needs.values())


def test_an_outcome_counts_every_answer(idea, atlas):
    """The counts add up to the eight answers, and the criterion to look at first is named."""
    text = plain(idea_texts.outcome(idea("FFFFFLLI"), atlas.transfer))
    assert "8 réponses : 5 favorables, 2 à lever, 1 inconnue." in text
    assert "À regarder d'abord" in text
    assert "bloquante" not in text
    assert "À regarder d'abord" not in idea_texts.outcome(idea("F" * 8), atlas.transfer)


def test_reasons_are_on_both_sides_and_the_worst_first(idea, atlas):
    """For before against; what blocks before what is to lift, before what is not known."""
    told = idea_texts.for_and_against(idea("FLBIFLBI"), atlas.transfer)
    assert [text.split(" : ")[0] for text in told] == [
        "Pour",
        "Pour",
        "Bloquant",
        "Bloquant",
        "À lever",
        "À lever",
        "On ne sait pas",
        "On ne sait pas",
    ]
    short = idea_texts.for_and_against(idea("FLBIFLBI"), atlas.transfer, most=1)
    assert [text.split(" : ")[0] for text in short] == ["Pour", "Bloquant"]


@pytest.mark.parametrize(
    ("metres", "count", "expected"),
    [
        (0.0, 1, "Juste à côté : La Valbarelle, qui a une action sur cette thématique"),
        (1234.0, 3, "À 1,2 km : La Valbarelle, qui a 3 actions sur cette thématique"),
    ],
)
def test_who_acts_on_the_theme_already(atlas, metres, count, expected):
    """A district that touches is beside; another is at its distance; its actions are counted."""
    actions = tuple(atlas.actions.values())[:count]
    assert plain(idea_texts.example("La Valbarelle", Example("X", metres, actions))) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Rotterdam, Pays-Bas, depuis 2013, en quartier populaire"),
        ({"start_year": None}, "Rotterdam, Pays-Bas, date inconnue, en quartier populaire"),
        ({"in_working_class_district": "inconnu"}, "Rotterdam, Pays-Bas, depuis 2013"),
        ({"city": ""}, "Pays-Bas, depuis 2013, en quartier populaire"),
    ],
)
def test_where_an_inspiration_is(changes, expected):
    """Place and date are told; what is not known is said, or left out where it would be a guess."""
    known = {"city": "Rotterdam", "country": "Pays-Bas", "start_year": 2013}
    one = SimpleNamespace(**known | {"in_working_class_district": "oui"} | changes)
    assert idea_texts.where(one) == expected
