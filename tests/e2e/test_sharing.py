"""Addresses: shared, reloaded, walked back and forth."""

import re

import pytest
from playwright.sync_api import expect

INDICATOR = "Colorer les quartiers selon"
SHARED = "/carte?indicateur=pauvrete&commune=13103&theme=se_nourrir&q=QN01327I"


@pytest.mark.thorough
def test_address_shared_in_another_browser_shows_the_same_thing(visit, choose, colour_by):
    """What one person chose by hand, another sees at the same address: colours, filter, card, place."""
    first = visit()
    page = first.page
    mine = first.open_map("/carte")
    colour_by(page, "pauvrete")
    expect(mine.div).to_have_attribute("data-indicateur", "pauvrete")
    page.get_by_role("button", name=re.compile("Filtres")).click()
    choose(page, "Thématique", "Se nourrir")
    expect(page).to_have_url(re.compile("theme=se_nourrir"))
    page.keyboard.press("Escape")
    search = page.get_by_label("Chercher un quartier ou une commune")
    search.fill("canourgues")
    search.press("Enter")
    expect(first.card.get_by_role("heading", name="Les Canourgues")).to_be_visible()
    near = mine.view()

    second = visit()
    theirs = second.open_map(page.url)
    expect(second.card.get_by_role("heading", name="Les Canourgues")).to_be_visible()
    expect(theirs.div).to_have_attribute("data-indicateur", "pauvrete")
    expect(second.card).to_have_text(first.card.inner_text(), use_inner_text=True)
    expect(second.page.get_by_role("button", name="Filtres (1)")).to_be_visible()
    assert theirs.fills() == mine.fills()
    zoom, lat, lon = theirs.view()
    assert abs(zoom - near[0]) <= 1
    assert abs(lat - near[1]) < 0.01
    assert abs(lon - near[2]) < 0.01
    expect(second.page.get_by_test_id("stAlert")).to_have_count(0)


@pytest.mark.thorough
def test_reload_keeps_everything(visit):
    """F5 loses nothing."""
    person = visit()
    person.open_map(SHARED)
    heading = person.card.get_by_role("heading", name="Les Canourgues")
    expect(heading).to_be_visible()
    said = person.card.inner_text()
    address = person.page.url
    person.page.reload()
    shown = person.map.ready()
    expect(heading).to_be_visible()
    expect(shown.div).to_have_attribute("data-indicateur", "pauvrete")
    assert person.card.inner_text() == said
    assert person.page.url == address
    expect(person.page.get_by_role("button", name="Filtres (2)")).to_be_visible()
    expect(person.page.get_by_test_id("stAlert")).to_have_count(0)


def test_back_and_forward_walk_through_the_choices(visit, colour_by, atlas):
    """The back button undoes one choice at a time, the forward button redoes it; the map does not move."""
    code = "QN01332M"
    person = visit()
    page = person.page
    shown = person.open_map("/carte").move(43.312, 5.385, 14)
    place, start = shown.view(), shown.indicator()
    shown.mark_frame()
    colour_by(page, "population")
    expect(shown.div).to_have_attribute("data-indicateur", "population")
    shown.click_district(code)
    heading = person.card.get_by_role("heading", name=atlas.qpvs[code].name)
    expect(heading).to_be_visible()

    page.go_back()
    expect(person.card).to_contain_text("66 quartiers")
    expect(shown.div).to_have_attribute("data-indicateur", "population")
    page.go_back()
    expect(shown.div).to_have_attribute("data-indicateur", start)
    expect(page.get_by_role("combobox", name=re.compile(INDICATOR))).not_to_have_value(
        re.compile("Habitants$")
    )
    page.go_forward()
    expect(shown.div).to_have_attribute("data-indicateur", "population")
    page.go_forward()
    expect(heading).to_be_visible()
    assert shown.view() == place
    assert shown.has_mark()

    # A click in the map, which the page around it does not see, is a step of its own after a Back too.
    page.go_back()
    expect(person.card).to_contain_text("66 quartiers")
    shown.click_district(code)
    expect(heading).to_be_visible()
    page.go_back()
    expect(person.card).to_contain_text("66 quartiers")
    expect(shown.div).to_have_attribute("data-indicateur", "population")


@pytest.mark.thorough
def test_back_button_returns_from_the_sheet_to_the_map(visit, said):
    """From the sheet, one step back is the map with its card, as it was left."""
    person = visit()
    person.open_map("/carte?q=QN01338I&indicateur=pauvrete")
    person.card.get_by_role("link", name="Ouvrir la fiche du quartier").click()
    expect(person.page.get_by_role("heading", name=said("Fiche d'un quartier"))).to_be_visible()
    person.page.go_back()
    expect(person.page.get_by_role("heading", name="Carte des quartiers")).to_be_visible()
    expect(person.card.get_by_role("heading", name="Air Bel")).to_be_visible()
    expect(person.page).to_have_url(re.compile("indicateur=pauvrete"))
    expect(person.page.get_by_role("heading", name=said("Fiche d'un quartier"))).to_have_count(0)


@pytest.mark.thorough
def test_sheet_address_opens_the_sheet(visit):
    """A sheet's address names its district by code or by name."""
    person = visit()
    person.open_map("/quartier?q=air bel")
    expect(person.page.get_by_role("heading", name="Air Bel", exact=True)).to_be_visible()
    expect(person.page.get_by_text("QN01338I").first).to_be_visible()
    expect(person.page.get_by_test_id("stAlert")).to_have_count(0)
