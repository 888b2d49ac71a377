"""*Mon quartier* without a browser: the words of the public page, by name, by code or by a point."""

import pytest

from qpverts.viz.words.labels import plainly_spaced
from qpverts.viz.words.resident.description import describe
from tests.builders import AIR_BEL


def bare(text):
    """What a reader sees: without the escapes of Markdown, with ordinary spaces."""
    return plainly_spaced(text.replace("\\", ""))


def test_nothing_chosen_says_what_to_do(screen):
    """The map of all the districts, and one sentence for each way to choose."""
    screen.open("habitants")
    assert screen.is_sound()
    assert "Choisissez-le dans la liste" in bare(screen.text)
    assert len(screen.maps) == 1
    assert screen.maps[0]["selected"] is None


@pytest.mark.parametrize("params", [{"q": AIR_BEL}, {"q": "air bel"}, {"point": "43.29068,5.43168"}])
def test_district_is_told_in_the_words_of_its_public_page(screen, atlas, params):
    """Named, coded or stood in: the same sentences as the public page, and a link to it."""
    screen.open("habitants", **params)
    assert screen.is_sound()
    told, said = describe(atlas, AIR_BEL), bare(screen.text)
    for line in (*told.brief, *told.on_foot, told.compared, *told.unknown, told.spaces_note):
        assert plainly_spaced(line) in said
    titles = [bare(expander.label) for expander in screen.app.expander]
    for card in (*told.planned, *told.around, *(card for group in told.happening for card in group.actions)):
        assert plainly_spaced(f"{card.title} · {card.state}") in " | ".join(titles).replace("« ", "« ")
    assert screen.maps[0]["selected"] == AIR_BEL


def test_point_outside_is_said_to_be(screen):
    """A point in no district leads to the nearest, and the page says how far it is."""
    screen.open("habitants", point="43.5297,5.4474")
    assert screen.is_sound()
    assert "n'est dans aucun quartier prioritaire" in bare(screen.text)


def test_commune_offers_its_districts(screen):
    """A commune's name lists its districts, each a link to itself."""
    screen.open("habitants", q="salon")
    assert screen.is_sound()
    assert {("La Monaque", "habitants"), ("Les Canourgues", "habitants")} <= {
        (label.replace("\\", ""), page) for label, page, _ in screen.links
    }


def test_what_the_address_cannot_mean_is_said(screen):
    """A name that nothing bears is named in a warning, and the page opens all the same."""
    screen.open("habitants", q="xyzzyqq")
    assert screen.is_sound()
    assert "xyzzyqq" in bare(screen.warnings[0])
    assert len(screen.maps) == 1


def test_door_of_the_first_page_leads_here(screen):
    """The door for residents opens their page."""
    screen.open("accueil")
    assert ("Trouver mon quartier", "habitants") in {(label, page) for label, page, _ in screen.links}
