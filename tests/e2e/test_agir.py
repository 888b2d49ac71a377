"""From a district's sheet to a selection that one orders, annotates, shares and prints."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.builders import AIR_BEL

PRINT = "window.print = () => { window.printedByTest = (window.printedByTest || 0) + 1; };"


def kept(page):
    """Give the ids of the selection, in the order of the address."""
    return parse_qs(urlsplit(page.url).query).get("liste", [""])[0].split(",")


def test_three_clicks_from_a_sheet_to_a_printed_selection(visit, said):
    """From Air Bel's sheet: where to act, keep an idea, print; on paper the selection is alone."""
    person = visit()
    page = person.page
    person.context.add_init_script(PRINT)
    person.open(f"/quartier?q={AIR_BEL}")
    page.get_by_role("link", name="Savoir où agir et comment").click()
    expect(page.get_by_role("heading", name=said("Ce que d'autres ont fait ailleurs"))).to_be_visible()
    page.get_by_role("button", name="Garder").first.click()
    expect(page.get_by_role("heading", name="Ma sélection (1)")).to_be_visible()
    expect(page).to_have_url(re.compile(rf"/agir\?.*q={AIR_BEL}.*liste=[a-z]"))
    selection = page.locator(".st-key-selection_pleine")
    expect(selection).to_contain_text("Source :")
    expect(selection).to_contain_text("Pour :")
    selection.get_by_role("button", name="Imprimer").click()
    page.wait_for_function("window.printedByTest === 1")

    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Ma sélection (1)")).to_be_visible()
    expect(page.get_by_role("heading", name=said("Ce que d'autres ont fait ailleurs"))).to_be_hidden()
    expect(selection.get_by_role("button", name="Tout retirer")).to_be_hidden()


@pytest.mark.thorough
def test_order_and_notes_travel_in_the_address(visit, atlas):
    """Two ideas change places, one gets a note; whoever opens the address sees the same, markup inert."""
    first, second = list(atlas.inspirations)[:2]
    person = visit()
    page = person.page
    person.open(f"/agir?q={AIR_BEL}&liste={first},{second}")
    expect(page.get_by_role("heading", name="Ma sélection (2)")).to_be_visible()
    page.get_by_role("button", name="Descendre").first.click()
    page.wait_for_url(re.compile(rf"liste={second}(,|%2C){first}"))
    assert kept(page) == [second, first]
    person.settled()  # filled while the notes change places, a field is filled in vain
    note = page.get_by_label("Ma note").first
    note.fill("<b onmouseover=alert(1)>voir la régie</b>")
    note.press("Enter")
    expect(page).to_have_url(re.compile(rf"note\.{second}="))

    other = visit()
    other.open(page.url.replace(person.base_url, ""))
    expect(other.page.get_by_label("Ma note").first).to_have_value(
        "<b onmouseover=alert(1)>voir la régie</b>"
    )
    titles = other.page.locator(".st-key-selection_pleine h3").all_inner_texts()
    assert [title.split(". ", 1)[0] for title in titles[:2]] == ["1", "2"]
    assert atlas.inspirations[second].title.split()[0] in titles[0]
    expect(other.page.locator("b[onmouseover]")).to_have_count(0)


@pytest.mark.thorough
def test_beginning_with_a_district_writes_the_address(visit):
    """From the Métropole, a district of the list opens its gaps, and the address can be shared."""
    person = visit()
    page = person.page
    person.open_map("/agir?poids=0,0,0,1")
    first = page.locator("[class*='st-key-commencer_'] button").first
    name = first.inner_text().strip().splitlines()[-1]  # before it, the name of the icon
    first.click()
    expect(page).to_have_url(re.compile(r"[?&]q=QN\d{5}[IMN]"))
    expect(
        page.get_by_role(
            "heading", name="Qui agit déjà sur cette thématique, du plus proche au plus lointain"
        )
    ).to_be_visible()
    expect(page.get_by_role("combobox", name=re.compile("Quartier"))).to_have_value(
        re.compile(re.escape(name))
    )
    expect(page.get_by_role("heading", name="Par où commencer")).to_have_count(0)


@pytest.mark.thorough
def test_the_map_takes_districts_only(visit, atlas, alone):
    """A click on an action tells what it is, and leaves the address; one on a district opens its gaps."""
    person = visit()
    shown = person.open_map("/agir").move(alone.lat, alone.lon, 17)
    expect(shown.frame.locator(".action").first).to_be_visible()
    before = person.page.url
    shown.click_marker(f"action:{alone.id}")
    expect(shown.frame.locator(".leaflet-tooltip.bulle").first).to_be_visible()
    person.settled()
    assert person.page.url == before
    point = atlas.perimeters.loc[[AIR_BEL]].representative_point().to_crs(4326).iloc[0]
    shown.move(point.y, point.x, 14).click_district(AIR_BEL)
    expect(person.page).to_have_url(re.compile(rf"[?&]q={AIR_BEL}"))
    expect(
        person.page.get_by_role(
            "heading", name="Qui agit déjà sur cette thématique, du plus proche au plus lointain"
        )
    ).to_be_visible()
