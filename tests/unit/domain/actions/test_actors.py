"""Shared actors: the same name however it is spelt, on two sides, and never a guess."""

import dataclasses

import pytest

from qpverts.domain.actions.actors import shared


@pytest.fixture
def make(atlas):
    """A function that makes an action from its carrier and its partners."""
    base = next(iter(atlas.actions.values()))

    def made(name, carrier, *partners):
        return dataclasses.replace(base, id=name, carrier=carrier, partners=partners)

    return made


def told(found):
    """Give name, and numbers of actions carried and joined on each side."""
    return [(one.name, [(len(part.carried), len(part.joined)) for part in one.parts]) for one in found]


def test_several_names_in_a_cell_are_several_actors(make):
    """A cell of carriers is split as lists are in the data files; empty names are none."""
    assert make("x", "Logirem ; Unicil;Erilia ;").carriers == ("Logirem", "Unicil", "Erilia")
    assert make("x", "").carriers == ()


def test_same_name_spelt_two_ways_is_one_actor(make):
    """Accents, case and dashes make no difference; the most frequent spelling is shown."""
    here = [make("1", "La Recyclerie sportive"), make("2", "Ligue de l'enseignement – FAIL 13")]
    there = [
        make("3", "La Recyclerie Sportive"),
        make("4", "La Recyclerie Sportive"),
        make("5", "Ligue de l\u2019enseignement - FAIL 13"),
    ]
    assert told(shared([here, there]))[0] == ("La Recyclerie Sportive", [(1, 0), (2, 0)])
    assert len(shared([here, there])) == 2


def test_names_that_only_look_alike_stay_apart(make):
    """A name with a detail in brackets is not taken for the name without."""
    assert shared([[make("1", "Heko Farm")], [make("2", "Heko Farm (Le Talus)")]]) == ()


def test_partner_on_both_sides_is_no_shared_actor(make):
    """A partner on both sides is no match; an actor that carries here and joins there is one."""
    here, there = make("1", "Ville", "habitants", "Logirem"), make("2", "Logirem", "habitants")
    assert told(shared([[here], [there]])) == [("Logirem", [(0, 1), (1, 0)])]


def test_carrier_that_is_also_named_partner_counts_once(make):
    """Named twice in one row, an actor carries it."""
    rows = [[make("1", "Ville", "Ville")], [make("2", "Ville")]]
    assert told(shared(rows)) == [("Ville", [(1, 0), (1, 0)])]


def test_district_on_both_sides_makes_no_meeting(make):
    """Where a side lies in the other, an actor in the common part only is not shared by them."""
    common, elsewhere = make("1", "Collectif"), make("2", "Ville")
    own = make("3", "Ville")
    inner, outer = [common, own], [common, own, elsewhere]
    assert told(shared([inner, outer], overlapping=True)) == [("Ville", [(1, 0), (2, 0)])]
    assert shared([inner, inner], overlapping=True) == ()


def test_action_of_two_districts_is_a_meeting(make):
    """One action carried in two territories that have no district in common links them."""
    both = make("1", "Ville")
    assert told(shared([[both], [both]])) == [("Ville", [(1, 0), (1, 0)])]
    assert shared([[both], [both]])[0].total == 1


def test_order_of_actions_and_sides_makes_no_difference(atlas):
    """On real data, the same actors are found from either end."""
    air_bel, salon = (atlas.actions_in(atlas.index.resolve(name)) for name in ("air bel", "salon"))
    there, back = shared([air_bel, salon]), shared([salon[::-1], air_bel[::-1]])
    assert [one.name for one in there] == [one.name for one in back]
    assert "Logirem" in {one.name for one in there}
