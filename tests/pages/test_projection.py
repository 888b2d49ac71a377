"""Projection without a browser: switched on by its button, kept by links, and absent unless asked for."""

import pytest

from qpverts.ui.address.navigation import PAGES
from tests.builders import AIR_BEL

PLAIN = tuple(PAGES)


def address(screen):
    """Give the query string, one value per parameter."""
    found = dict(screen.app.query_params)
    return {name: value if isinstance(value, str) else value[-1] for name, value in found.items()}


def queries(screen):
    """Give the query strings of the links to our pages."""
    return [query for _, page, query in screen.links if page in {*PAGES, ""}]


@pytest.mark.parametrize("page", PLAIN)
def test_projection_is_kept_by_every_link(screen, page):
    """On every page, projected, no link to another page drops the mode."""
    screen.open(page, q=AIR_BEL, projection="1") if page in {"carte", "quartier"} else screen.open(
        page, projection="1"
    )
    assert screen.is_sound()
    assert len(queries(screen)) >= len(PAGES) - 1
    assert all("projection=1" in query for query in queries(screen))


@pytest.mark.parametrize("page", PLAIN)
def test_nothing_of_it_shows_unless_asked_for(screen, page):
    """Without the parameter there are no arrows, and no link brings the mode on."""
    screen.open(page)
    assert not {"avant", "apres", "aide_touches"} & {button.key for button in screen.app.button}
    assert not any("projection" in query for query in queries(screen))


def test_one_button_switches_it_and_nothing_else(screen):
    """The button writes the parameter, keeps the others, and takes it off again."""
    screen.open("quartier", q=AIR_BEL, mesure="actions")
    screen.app.button(key="projeter").click().run()
    assert address(screen) == {"q": AIR_BEL, "mesure": "actions", "projection": "1"}
    screen.app.button(key="projeter").click().run()
    assert address(screen) == {"q": AIR_BEL, "mesure": "actions"}


def test_arrow_shows_the_next_district_and_the_map_is_told(screen, atlas):
    """A step changes the district on the page and on its map, and no other parameter."""
    screen.open("quartier", q=AIR_BEL, mesure="actions", projection="1")
    (before,) = screen.maps
    screen.app.button(key="apres").click().run()
    (after,) = screen.maps
    assert screen.is_sound()
    assert before["projection"] is after["projection"] is True
    code = address(screen)["q"]
    assert code == after["selected"] != AIR_BEL
    assert atlas.qpvs[code].name in screen.text.replace("\\", "")
    assert address(screen)["mesure"] == "actions"
    screen.app.button(key="avant").click().run()
    assert address(screen)["q"] == AIR_BEL


@pytest.mark.parametrize("page", ["agir", "scenario", "habitants", "inspirations"])
def test_buttons_step_on_every_page_of_a_district(screen, page):
    """The buttons of the arrows are there, and show the next district as on *Quartier*."""
    screen.open(page, q=AIR_BEL, projection="1")
    screen.app.button(key="apres").click().run()
    assert screen.is_sound()
    assert address(screen)["q"] != AIR_BEL
    screen.app.button(key="avant").click().run()
    assert address(screen) == {"q": AIR_BEL, "projection": "1"}


def test_map_is_not_projected_on_a_desk(screen):
    """Any other value of the parameter is no projection."""
    screen.open("carte", projection="0")
    assert [order["projection"] for order in screen.maps] == [False]
