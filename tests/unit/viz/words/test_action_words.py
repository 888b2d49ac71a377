"""An action in words: the same facts for all who read, each in their register, and nothing made up."""

from dataclasses import replace

import pytest

from qpverts.domain.model import Status
from qpverts.viz.words.action_words import Register, action_words


@pytest.fixture(scope="module")
def action(atlas):
    """An action about which all is known."""
    return replace(
        atlas.actions["foresta-yes-we-camp"],
        title="Un jardin",
        status=Status.PLANNED,
        carrier="Une association",
        partners=("La Ville", "Un bailleur"),
        area_m2=20_000.0,
        budget_eur=12_500.0,
        note="Date à vérifier.",
    )


def test_a_project_never_reads_as_a_fact(action):
    """How far the action is comes with its title."""
    assert action_words(action).headline == "Un jardin · en projet"


def test_all_that_is_known_is_said(action):
    """Carrier, partners, budget and doubts are in the words, whoever they are for."""
    for register in Register:
        words = action_words(action, register)
        assert (words.carrier, words.who) == ("Une association", "Une association")
        assert words.partners == "La Ville, Un bailleur"
        assert words.budget == "12\u202f500\u00a0€"
        assert words.uncertain == "Ce qui reste incertain : Date à vérifier."


def test_what_is_not_known_is_said_or_left_out(action):
    """A carrier that nobody named is said to be unknown, in the register of the page; never a zero."""
    bare = replace(action, carrier="", partners=(), area_m2=None, budget_eur=None, note="")
    words = action_words(bare)
    assert (words.partners, words.size, words.budget, words.uncertain) == ("", "", "", "")
    assert (words.carrier, words.who) == ("", "porteur inconnu")
    assert action_words(bare, Register.RESIDENT).who == "nous ne savons pas"


def test_residents_are_told_what_an_area_looks_like(action):
    """The area is the same; a resident reads it in football pitches too."""
    plain, told = action_words(action).size, action_words(action, Register.RESIDENT).size
    assert plain == "2\u00a0ha"
    assert told.startswith(f"{plain}, ")
    assert "terrains de foot" in told


def test_a_better_known_place_is_said_instead(action):
    """Where the page knows the distance, it is said in the place of what the record tells."""
    assert action_words(action, where="à 40 m").where == "à 40 m"
    assert action_words(action).where.startswith(action.place)
