"""Local actions that resemble one from elsewhere: explained, in an order of ours, by full words only."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.model import Carrier, Inspiration
from qpverts.domain.transfer.alike_actions import Index
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.transfer import read_transfer
from tests.builders import PRESS, action

RULES = read_transfer(catalogues.load(Path(__file__).parents[4] / "data")).likeness
EVERY_WORD = replace(RULES, common_pct=100.0)
ELSEWHERE = Inspiration(
    id="vrac", title="Achats groupés en vrac", city="Lyon", country="France", lon=4.8, lat=45.7,
    start_year=2013, themes=("se_nourrir", "consommer"), fields=(),
    summary="Des produits coûtants, avec le bailleur.", in_working_class_district="oui", scale="quartier",
    land="aucun", carrier_kind=Carrier.ASSOCIATION, cost="", cost_level=None, delay_months=None, results="",
    conditions="", limits="", source=PRESS, note="",
)  # fmt: skip


NEAR = action(title="Achat groupé VRAC", themes=("habiter", "consommer"), carrier_kind=Carrier.ASSOCIATION)


def like(*actions, rules=EVERY_WORD):
    """What resembles the action from elsewhere."""
    return Index(actions, rules).like(ELSEWHERE)


def test_why_it_resembles():
    """Themes and words in common are told as the inspiration writes them, with the same carrier."""
    (found,) = like(NEAR)
    assert found.action is NEAR
    assert found.themes == ("consommer",)
    assert found.carrier is Carrier.ASSOCIATION
    assert found.words == ("achats", "groupés", "vrac")
    assert found.points == 2 + 1 + 3


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Un verger", "summary": "Des pommiers."},
        {"title": "Achat", "carrier_kind": None},
        {"title": "Quartier public de la ville", "summary": "Projet avec les habitants du quartier."},
        {"title": "", "summary": ""},
    ],
)
def test_what_does_not_resemble(changes):
    """A theme and a carrier are not enough, nor one word, nor the words that every action has."""
    assert like(replace(NEAR, **changes)) == ()


def test_accents_and_plurals():
    """Words meet whatever their accents, case and plural."""
    assert like(replace(NEAR, title="ACHAT GROUPE"))[0].words == ("achats", "groupés")


def test_common_words_say_nothing():
    """A word that too many actions share no longer counts."""
    many = [replace(NEAR, id=f"a{rank}") for rank in range(20)]
    assert len(like(*many)) == 20
    assert like(*many, rules=RULES) == ()


def test_words_are_bounded():
    """Beyond some words in common, more of them add nothing: a long text does not win by its length."""
    long = replace(NEAR, summary=ELSEWHERE.summary + ELSEWHERE.title)
    assert like(long)[0].points == 2 + 1 + RULES.words_counted
    assert len(like(long)[0].words) > RULES.words_counted


@given(st.permutations(["a", "b", "c", "d"]))
def test_order_does_not_matter(names):
    """The most alike first, then by id, whatever the order of the file."""
    found = like(action("z", title="Autre"), *(replace(NEAR, id=name) for name in names))
    assert [one.action.id for one in found] == ["a", "b", "c", "d"]
