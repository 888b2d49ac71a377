"""The vegetation grid and the ways of counting green ground, as a person switches them."""

import re

import pytest
from playwright.sync_api import expect

GRID = "/maille.geojson"
AIR_BEL = (43.2915, 5.4335, 15)


def rough(view):
    """Round a view to what an eye would notice: the legend grows, and the map gives it a few pixels."""
    zoom, lat, lon = view
    return round(zoom, 1), round(lat, 3), round(lon, 3)


def layers(person):
    """Open the panel of the layers."""
    person.page.get_by_role("button", name=re.compile("Couches$")).click()


def fetched(person):
    """Count the times that the grid was asked for."""
    return sum(GRID in url for url in person.asked)


@pytest.mark.thorough
def test_grid_comes_when_asked_for_and_goes_away(visit):
    """The grid is fetched once, when it is first switched on, and the map stays where it was."""
    person = visit()
    shown = person.open_map("/carte").move(*AIR_BEL)
    place = rough(shown.view())
    shown.mark_frame()
    assert fetched(person) == 0
    layers(person)
    switch = person.page.get_by_text("Végétation par carreau de 200 m", exact=True)
    switch.click()
    expect(person.page).to_have_url(re.compile("maille=1"))
    expect(shown.div).to_have_attribute("data-mailles", re.compile(r"^[1-9]\d{3}$"))
    legend = shown.frame.get_by_role("region", name="Légende")
    expect(legend).to_contain_text("part du sol connu")
    expect(shown.frame.locator(".leaflet-maille-pane canvas")).to_be_attached()
    assert rough(shown.view()) == place
    switch.click()
    expect(person.page).not_to_have_url(re.compile("maille"))
    expect(legend).not_to_contain_text("part du sol connu")
    switch.click()
    expect(legend).to_contain_text("part du sol connu")
    assert fetched(person) == 1
    assert shown.has_mark()
    expect(shown.frame.locator(".panne:visible")).to_have_count(0)


def test_grid_is_really_painted(visit):
    """The cells are drawn: where the map was bare ground there is now green."""
    person = visit()
    shown = person.open_map("/carte?maille=1").move(*AIR_BEL)
    expect(shown.div).to_have_attribute("data-mailles", re.compile(r"^[1-9]\d{3}$"))
    colours = shown.js(
        """const canvas = document.querySelector(".leaflet-maille-pane canvas");
        const { width, height } = canvas, found = new Set();
        const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
        for (let at = 0; at < data.length; at += 4 * 997) if (data[at + 3] > 100)
            found.add([data[at], data[at + 1], data[at + 2]].join());
        return found.size;"""
    )
    assert colours >= 3  # several classes around Air Bel


@pytest.mark.thorough
def test_definition_switch_changes_what_is_counted(visit):
    """Parks or all vegetated ground, inside or up to 300 m: two clicks change the map and the address."""
    person = visit()
    shown = person.open_map("/carte?indicateur=parcs_hab")
    shown.mark_frame()
    fills = shown.fills()
    person.page.get_by_role("radio", name="Tout le sol végétalisé").or_(
        person.page.get_by_role("button", name="Tout le sol végétalisé")
    ).first.click()
    expect(shown.div).to_have_attribute("data-indicateur", "vegetation_hab")
    person.page.get_by_text("Jusqu'à 300 m autour", exact=True).click()
    expect(shown.div).to_have_attribute("data-indicateur", "vegetation_hab_300m")
    expect(person.page).to_have_url(re.compile("indicateur=vegetation_hab_300m"))
    assert shown.fills() != fills
    assert shown.has_mark()
    expect(person.page.get_by_test_id("stException")).to_have_count(0)


@pytest.mark.thorough
def test_sheet_sets_the_four_definitions_side_by_side(visit):
    """A district's sheet shows the four figures, says why they differ, and maps the one that is chosen."""
    person = visit()
    shown = person.open_map("/quartier?q=QN01338I")
    table = person.page.get_by_test_id("stTable").filter(has_text="Espaces verts publics seulement")
    expect(table).to_contain_text(re.compile(r"21\s*m² par habitant"))
    expect(person.page.get_by_text("Selon la définition, le chiffre va de")).to_be_visible()
    person.page.get_by_text("Végétation par carreau de 200 m", exact=True).click()
    expect(shown.div).to_have_attribute("data-mailles", re.compile(r"^[1-9]\d{3}$"))
    expect(person.page).to_have_url(re.compile(r"q=QN01338I.*maille=1|maille=1.*q=QN01338I"))
