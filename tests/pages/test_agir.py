"""*Agir* without a browser: where to begin, the gaps of a district, ideas that fit, and a selection."""

import re

import pytest

from qpverts.domain.acting.nearby_examples import examples
from qpverts.domain.acting.shortlist import MOST
from qpverts.geo.join import distances_m
from tests.builders import AIR_BEL


def buttons(screen, label):
    """Give the buttons of this label."""
    return [button for button in screen.app.button if button.label == label]


def plain(screen):
    """Give all that is written, without the marks that make it inert."""
    return screen.text.replace("\\", "")


def first_ones(screen):
    """Name the districts that the page would begin with, in order."""
    return [button.label for button in screen.app.button if str(button.key).startswith("commencer_")]


def test_the_metropole_says_how_far_its_order_holds(screen):
    """Without a district: a map of needs, the first districts with their interval, how far it holds."""
    screen.open("agir")
    assert screen.is_sound()
    assert screen.maps[0]["indicator"] == "priorite"
    assert re.search(r"L'ordre n'est pas stable|Dans neuf tirages de poids sur dix au moins", screen.text)
    assert re.search(r"place de \d+ à \d+ sur 66", screen.text)
    assert len(first_ones(screen)) == 10


def test_weights_change_the_order(screen):
    """A criterion alone decides: with residents only, the largest district comes first."""
    screen.open("agir", poids="0,0,0,1")
    assert screen.is_sound()
    largest = first_ones(screen)[0]
    screen.open("agir", poids="0,1,0,0")
    assert first_ones(screen)[0] != largest


def test_a_commune_keeps_places_among_all(screen):
    """A commune shows its districts only, and their place is among all those of the Métropole."""
    screen.open("agir", commune="13103")
    assert screen.is_sound()
    assert set(first_ones(screen)) == {"Les Canourgues", "La Monaque"}
    assert "sur 66" in screen.text


def test_gaps_come_first_and_ideas_say_why(screen):
    """A district opens on its first gap, with inspirations explained and districts that do it already."""
    screen.open("agir", q=AIR_BEL)
    assert screen.is_sound()
    assert "à renforcer" in plain(screen)
    assert "Ce que d'autres ont fait ailleurs" in screen.text
    assert "Pour : " in plain(screen)
    assert any("sur cette thématique" in link[0] for link in screen.links)
    assert all(
        "id=" in link[2] and f"q={AIR_BEL}" in link[2] for link in screen.links if link[1] == "inspirations"
    )


def test_what_nobody_surveyed_is_not_called_a_lack(screen, atlas):
    """A district of which nothing is known is said to need a survey first."""
    code = next(
        code
        for code, grades in atlas.grades.items()
        if all(grade.level.score is None for grade in grades.values())
    )
    screen.open("agir", q=code)
    assert screen.is_sound()
    assert "où il faut d'abord faire un relevé" in plain(screen)
    assert "sans action d'après un relevé" not in screen.text
    assert "demandez d'abord sur place" in screen.text


def test_keeping_and_letting_go(screen):
    """« Garder » puts an idea in the address, « Retirer » takes it out; nothing else changes."""
    screen.open("agir", q=AIR_BEL)
    buttons(screen, "Garder")[0].click().run()
    assert screen.app.query_params["liste"]
    assert AIR_BEL in screen.app.query_params["q"]
    assert "Ma sélection (1)" in screen.text
    buttons(screen, "Tout retirer")[0].click().run()
    assert "liste" not in screen.app.query_params
    assert "Ma sélection (0)" in screen.text


def test_a_selection_has_its_reasons_and_sources(screen, atlas):
    """What is kept is shown with results, limits, reasons for and against, its source and one's note."""
    item = next(iter(atlas.inspirations))
    screen.open("agir", q=AIR_BEL, liste=item, **{f"note.{item}": "voir avec la régie"})
    assert screen.is_sound()
    for said in ("Résultats :", "Limites :", "Source :", "Pour : "):
        assert said in plain(screen)
    assert screen.app.text_input(key=f"note_{item}").value == "voir avec la régie"


def test_a_full_selection_takes_no_more(screen, atlas):
    """At the limit the page says so, and keeps what it has."""
    items = list(atlas.inspirations)[: MOST + 2]
    screen.open("agir", q=AIR_BEL, liste=",".join(items))
    assert screen.is_sound()
    assert f"Ma sélection ({MOST})" in screen.text
    assert all(button.disabled for button in buttons(screen, "Garder"))
    assert len(screen.warnings) == 1


@pytest.mark.parametrize("note", ["<img src=x onerror=alert(1)>", "**gras** [x](javascript:1)", "é" * 500])
def test_a_hostile_note_is_only_text(screen, atlas, note):
    """A note is never markup, and is cut to what an address can carry."""
    item = next(iter(atlas.inspirations))
    screen.open("agir", liste=item, **{f"note.{item}": note})
    assert screen.is_sound()
    assert note not in screen.text


def test_an_action_of_two_districts_near_can_be_kept_from_both(screen, atlas):
    """Where the nearest examples share an action, each has its own button, and the page is whole."""
    for code, theme in (("QN01302M", "habiter"), ("QN01303I", "circuler")):
        near = distances_m(atlas.perimeters, code)
        shown = [a.id for one in examples(theme, code, near, atlas.actions.values())[:3] for a in one.actions]
        shared = next(item for item in shown if shown.count(item) > 1)
        screen.open("agir", q=code, theme=theme)
        assert screen.is_sound()
        keys = [button.key for button in buttons(screen, "Garder")]
        assert sum(key.startswith(f"garder_{shared}") for key in keys) == shown.count(shared)
