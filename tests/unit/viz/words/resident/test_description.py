"""What a resident is told of a district: true to the data, and a silence is never an absence."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from qpverts.domain.figures.indicators import State
from qpverts.domain.model import Status
from qpverts.viz.words.labels import plainly_spaced
from qpverts.viz.words.resident.description import describe
from qpverts.viz.words.resident.resident_lists import brief, by_place, commune_spaces, place_row
from qpverts.viz.words.resident.resident_texts import compared
from tests.builders import AIR_BEL

FLORIDA = "QN01301M"


@pytest.fixture(scope="module")
def air_bel(atlas):
    """Air Bel as told to its residents."""
    return describe(atlas, AIR_BEL)


def test_brief_says_who_what_and_how_far(air_bel, atlas):
    """Residents, the nearest green space by name, the walk with its minutes, and the count of actions."""
    said = plainly_spaced(" ".join(air_bel.brief))
    assert "5 508 habitants" in said
    assert atlas.spaces[atlas.green_near[AIR_BEL][0].id].name in said
    assert "1,5 km" in said
    assert "23 minutes de marche" in said
    assert f"{len(atlas.actions_of(AIR_BEL))} actions connues" in said


def test_planned_is_apart(air_bel, atlas):
    """What is planned is never among what happens, and nothing is lost or said twice."""
    happening = [card.id for group in air_bel.happening for card in group.actions]
    planned = [card.id for card in air_bel.planned]
    assert planned
    assert all(atlas.actions[one].status is Status.PLANNED for one in planned)
    assert not any(atlas.actions[one].status is Status.PLANNED for one in happening)
    assert sorted(happening + planned) == sorted(action.id for action in atlas.actions_of(AIR_BEL))


def test_actions_of_others_are_said_to_be_beside(air_bel, atlas):
    """An action within 300 m that is for another district is listed apart, with its distance."""
    assert air_bel.around
    assert all(AIR_BEL not in card.districts for card in air_bel.around)
    assert all("à 40 m du quartier" in plainly_spaced(card.where) for card in air_bel.around[:5])


def test_every_card_has_its_source_and_its_carrier(air_bel, atlas):
    """An action never comes without its source; who carries it is said, or said to be unknown."""
    for group in air_bel.happening:
        for card in group.actions:
            assert card.source.url == atlas.actions[card.id].source.url
            assert card.who == (atlas.actions[card.id].carrier or "nous ne savons pas")


def test_every_district_can_be_told(atlas):
    """All 66, in sentences that end, without a hole left by a figure that is not known."""
    for code in atlas.qpvs:
        told = describe(atlas, code)
        for line in (*told.brief, *told.on_foot, told.compared, *told.unknown):
            assert line.endswith(".")
            assert "None" not in line
            assert "nan" not in line.split()


def test_no_green_space_known_is_not_no_green_space(atlas):
    """Where the layer has nothing, the page says that we do not know, and gives no distance."""
    told = describe(atlas, FLORIDA)
    assert atlas.indicators[FLORIDA]["distance_05ha"].state is State.NOT_COVERED
    assert not told.spaces
    assert any("cela ne veut pas dire qu'il n'y en a pas" in line for line in told.brief)
    assert not told.on_foot
    assert "Nous ne pouvons pas comparer" in told.compared
    assert any("(Se) cultiver" in line and "Cela ne veut pas dire" in line for line in told.unknown)


def test_walk_is_set_beside_the_straight_line(air_bel):
    """The streets are longer than the flight of a bird, and the page says both."""
    assert plainly_spaced(air_bel.on_foot[0]) == (
        "À vol d'oiseau, la moitié du quartier est à moins de 1,1 km d'un parc ou jardin public connu. Par "
        "les rues, jusqu'à un parc connu, c'est 1,5 km : 23 minutes de marche. Nous comptons ceux d'au moins "
        "5 000 m² (environ 1 terrain de foot)."
    )
    assert "sentiers" in air_bel.on_foot[-1]


def _with_walk(atlas, values):
    """An atlas's indicators reduced to the walk, with bounds by district."""
    usual = atlas.indicators[AIR_BEL]

    def bounded(spec, bounds):
        low, value, high = bounds or (None, None, None)
        return replace(usual[spec], value=value, low=low, high=high)

    return SimpleNamespace(
        indicators={
            code: {spec: bounded(spec, bounds) for spec in ("marche_05ha", "distance_05ha")}
            for code, bounds in values.items()
        }
    )


def test_comparison_only_says_what_no_bound_can_turn(atlas):
    """Nearer and farther count only where bounds do not meet; the rest is unsure, or unknown."""
    known = _with_walk(
        atlas,
        {
            "ici": (400, 500, 600),
            "près": (100, 200, 300),
            "loin": (700, 800, 900),
            "pareil": (550, 650, 750),
            "touche": (600, 700, 800),
            "inconnu": None,
        },
    )
    assert plainly_spaced(compared(known, "ici")) == (
        "Chemin à pied jusqu'à un parc connu. Plus court qu'ici : 1 quartier. Plus long : 1 quartier. Écart "
        "trop petit pour trancher : 2 quartiers. Inconnu : 1 quartier."
    )


def test_comparison_without_a_walk_is_in_a_straight_line(atlas):
    """Where no street is known, the sentence says that it speaks of a straight line."""
    code = next(
        code
        for code, values in atlas.indicators.items()
        if values["marche_05ha"].value is None and values["distance_05ha"].value is not None
    )
    assert compared(atlas, code).startswith(
        "Distance en ligne droite jusqu'à un parc connu. Plus courte qu'ici : "
    )


def test_comparison_counts_every_other_district_once(atlas):
    """The counts of the sentence add up to all the other districts."""
    for code in atlas.qpvs:
        said = compared(atlas, code)
        if "Nous ne pouvons pas" not in said:
            assert (
                sum(int(word) for word in plainly_spaced(said).split() if word.isdigit())
                == len(atlas.qpvs) - 1
            )


def test_row_says_unknown(atlas):
    """A district of which nothing is known says so in each column."""
    row = place_row(atlas, FLORIDA)
    assert row.nearest == "nous ne savons pas"
    assert row.actions == "aucune connue"


def test_brief_of_many_never_hides_the_silent_ones(atlas):
    """The sum says in how many districts nothing is known."""
    said = plainly_spaced(" ".join(brief(atlas, tuple(atlas.qpvs), tuple(atlas.actions.values()))))
    silent = sum(not facts.action_ids for facts in atlas.facts.values())
    assert f"Dans {silent} quartiers" in said
    assert f"{len(atlas.actions)} actions connues" in said


def test_spaces_of_a_commune_include_those_without_a_place(atlas):
    """A park that could not be placed is listed, said to be without an exact place."""
    cards = {card.id: card for card in commune_spaces(atlas, "13055")}
    unplaced = [one for one in atlas.spaces.values() if one.id in cards and not one.is_located]
    assert unplaced
    assert all(cards[one.id].where == "lieu exact inconnu" for one in unplaced)


def test_sorting_by_place_loses_nothing(atlas):
    """Each action of a theme is under one place, once."""
    actions = [one for one in atlas.actions.values() if "proteger" in one.themes]
    listed = [card.id for group in by_place(atlas, actions) for card in group.actions]
    assert sorted(listed) == sorted(one.id for one in actions)
