"""Clicks on the map: a district, an action, an empty place; and what they open."""

import re

import pytest
from playwright.sync_api import expect

ACTION_LAYER_ZOOM = 17


def still(before, after):
    """Tell whether the map has not moved."""
    return before == after


def test_district_card_then_its_sheet(visit, atlas):
    """A click on a district opens its card without moving the map, and its link opens its own sheet."""
    code = "QN01332M"
    name = atlas.qpvs[code].name
    person = visit()
    page = person.page
    shown = person.open_map("/carte").move(43.312, 5.385, 14)
    place = shown.view()
    shown.mark_frame()
    shown.click_district(code)

    expect(person.card.get_by_role("heading", name=name)).to_be_visible()
    expect(page).to_have_url(re.compile(rf"[?&]q={code}\b"))
    assert still(place, shown.view())
    assert shown.has_mark()
    expect(person.card).not_to_contain_text("Autour du point choisi")

    person.card.get_by_role("link", name="Ouvrir la fiche du quartier").click()
    expect(page).to_have_url(re.compile(rf"/quartier\?q={code}$"))
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    sheet = person.map.ready()
    assert sheet.fills()[code]
    rings = sheet.js(
        """return [...document.querySelectorAll(".leaflet-anneaux-pane path")]
            .filter((path) => Number(path.getAttribute("stroke-opacity")) === 1).length;"""
    )
    assert rings == 1
    figure = page.locator("[data-indicateur=population]")
    expect(figure).to_contain_text("habitants")
    source = figure.get_by_text("Source :")
    expect(source).to_be_hidden()
    figure.get_by_text("Définition et source").click()
    expect(source).to_be_visible()
    expect(figure).to_contain_text("INSEE")
    expect(page.get_by_text("Choisissez un quartier dans la liste")).to_have_count(0)


def test_action_marker_opens_the_action_with_its_source(visit, alone, said):
    """A click on an action's mark opens that action, with the link to where it was read."""
    action = alone
    person = visit()
    shown = person.open_map("/carte").move(action.lat, action.lon, ACTION_LAYER_ZOOM)
    place = shown.view()
    expect(shown.frame.locator(".action").first).to_be_visible()
    shown.click_marker(f"action:{action.id}")

    expect(person.card.get_by_role("heading", name=said(action.title))).to_be_visible()
    source = person.card.get_by_role("link", name=said(action.source.title))
    expect(source).to_have_attribute("href", action.source.url)
    expect(person.page).to_have_url(re.compile(rf"[?&]action={action.id}\b"))
    assert still(place, shown.view())
    person.card.get_by_role("button", name="Fermer").click()
    expect(person.card).to_contain_text("66 quartiers")
    expect(person.page).not_to_have_url(re.compile("action="))


@pytest.mark.thorough
def test_empty_place_tells_what_is_around(visit):
    """A click where there is nothing tells the nearest district and green space, and stays there."""
    person = visit()
    shown = person.open_map("/carte").move(43.45, 5.25, 12)
    place = shown.view()
    person.page.mouse.click(*shown.empty_point())
    expect(person.card.get_by_role("heading", name="Autour du point choisi")).to_be_visible()
    expect(person.card).to_contain_text("quartier prioritaire le plus proche")
    expect(person.page).to_have_url(re.compile(r"[?&]point=4[2-4]\.\d+(,|%2C)[4-6]\.\d+"))
    expect(shown.frame.locator(".ici")).to_have_count(1)
    assert still(place, shown.view())
    expect(person.page).not_to_have_url(re.compile(r"[?&]q="))


@pytest.mark.thorough
def test_second_click_on_the_same_district_reopens_its_card(visit, atlas):
    """Once the card is closed, a click on the same district opens it again."""
    code = "QN01338I"
    person = visit()
    shown = person.open_map("/carte").move(43.2905, 5.4317, 15)
    heading = person.card.get_by_role("heading", name=atlas.qpvs[code].name)
    shown.click_district(code)
    expect(heading).to_be_visible()
    person.card.get_by_role("button", name="Fermer").click()
    expect(person.card).to_contain_text("66 quartiers")
    shown.click_district(code)
    expect(heading).to_be_visible()
    expect(person.card).not_to_contain_text("66 quartiers")


@pytest.mark.thorough
def test_number_of_loose_actions_opens_the_district_not_a_place(visit, atlas, said):
    """Actions known only to their district are a number on it, which opens the district's card."""
    code = "QN01338I"
    person = visit()
    shown = person.open_map("/carte").move(43.2905, 5.4317, 15)
    expect(shown.frame.locator(".leaflet-marker-pane .pastille").first).to_be_visible()
    shown.click_marker(f"quartier:{code}")
    expect(person.card.get_by_role("heading", name=atlas.qpvs[code].name)).to_be_visible()
    expect(person.page).not_to_have_url(re.compile("action="))
    loose = [a for a in atlas.actions_of(code) if not a.is_exact]
    assert loose
    for action in loose[:3]:
        expect(person.card.get_by_role("button", name=said(action.title))).to_be_visible()
    drawn = shown.js(
        "const all = []; map.eachLayer((l) => l.qpvertsTip && all.push(l.qpvertsTip())); return all.join();"
    )
    assert "[[action:" in drawn  # exact actions are drawn there
    assert not [a.id for a in loose if f"[[action:{a.id}#" in drawn]


@pytest.mark.thorough
def test_marks_have_names_for_those_who_do_not_see_them(visit):
    """Whatever on the map can be reached by keyboard says what it is."""
    person = visit()
    shown = person.open_map("/carte").move(43.2905, 5.4317, 15)
    expect(shown.frame.locator(".leaflet-marker-pane .pastille").first).to_be_visible()
    buttons = shown.frame.locator('.leaflet-marker-pane [role="button"][tabindex="0"]')
    assert buttons.count() > 1
    for number in range(min(buttons.count(), 12)):
        expect(buttons.nth(number)).to_have_accessible_name(re.compile(r"[^\W\d]{3}"))
    expect(shown.frame.locator(".panne:visible")).to_have_count(0)
