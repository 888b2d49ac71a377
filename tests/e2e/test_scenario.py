"""A scenario drawn on the map: placed by a click, carried by the address, set beside today."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.builders import AIR_BEL

PARK = "s1=ev@43.2861,5.4397,1"


def scenario_of(page, name="s1"):
    """Give what the address says of a scenario."""
    return parse_qs(urlsplit(page.url).query).get(name, [""])[0]


def table(page):
    """Find the table of figures."""
    return page.get_by_test_id("stTable").first


def test_a_click_places_a_park_and_its_address_gives_it_back(visit):
    """A click adds a park of the chosen area, without moving the map; the address tells it all."""
    person = visit()
    page = person.page
    shown = person.open_map(f"/scenario?q={AIR_BEL}")
    expect(page.get_by_text("Aucun indicateur ne bouge")).to_be_visible()
    place = shown.view()
    shown.mark_frame()
    shown.click_district(AIR_BEL)
    expect(page).to_have_url(re.compile(r"[?&]s1=ev(@|%40)"))
    expect(page.get_by_text("Espace vert public de 1 ha")).to_be_visible()
    expect(table(page)).to_contain_text("Scénario 1")
    assert shown.view() == place
    assert shown.has_mark()
    expect(shown.frame.locator("[data-ajouts='1']")).to_have_count(1)
    expect(page).not_to_have_url(re.compile(r"action=|espace="))

    again = visit()
    copy = again.open_map(page.url.replace(person.base_url, ""))
    expect(again.page.get_by_text("Espace vert public de 1 ha")).to_be_visible()
    expect(table(again.page)).to_have_text(table(page).inner_text().replace("\n", "").replace("\t", ""))
    expect(copy.frame.locator("[data-ajouts='1']")).to_have_count(1)


@pytest.mark.thorough
def test_three_scenarios_stand_beside_today(visit, said):
    """Each scenario of the address has its column; taking a part away takes it out of the address."""
    person = visit()
    page = person.page
    person.open_map(f"/scenario?q={AIR_BEL}&{PARK}&s2=ev@43.2861,5.4397,0.3&s3=ac@se_nourrir,realise,nouveau")
    for heading in ("Aujourd'hui", "Scénario 1", "Scénario 2", "Scénario 3"):
        expect(table(page)).to_contain_text(said(heading))
    page.get_by_role("button", name="close").first.click()
    expect(page).not_to_have_url(re.compile(r"[?&]s1="))
    assert scenario_of(page, "s2").startswith("ev@")
    expect(table(page)).to_contain_text("Scénario 2")


@pytest.mark.thorough
def test_an_action_is_added_from_the_form(visit, choose, said):
    """The form adds an action to the scenario at hand, and the level it would reach is shown."""
    person = visit()
    page = person.page
    person.open_map(f"/scenario?q={AIR_BEL}&s=s2")
    page.get_by_text("Une action", exact=True).click()
    choose(page, "Thématique", "Consommer")
    page.get_by_role("button", name=said("Ajouter l'action")).click()
    expect(page).to_have_url(re.compile(r"[?&]s2=ac(@|%40)consommer"))
    expect(page.get_by_text("Action en cours sur Consommer")).to_be_visible()
    expect(table(page)).to_contain_text("Consommer")
    assert not scenario_of(page)
