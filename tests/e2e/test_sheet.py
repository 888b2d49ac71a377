"""The sheet of a district as a person sees it: the radar of nature, similar districts, and a telephone."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.thorough

SHEET = "/quartier?q=QN01338I"
RADAR = ".st-key-radar_nature .scatterlayer .trace"
DOTS = ".st-key-points_nature .scatterlayer .trace"


def test_radar_of_nature_has_its_words_and_its_table(visit):
    """Both charts are drawn offline, say in words what they show, and the table has every axis."""
    person = visit()
    person.open(SHEET)
    page = person.page
    expect(page.locator(RADAR)).to_have_count(2)
    expect(page.locator(DOTS)).to_have_count(3)  # the district in the middle, this one, and its ranges
    for key, what in (("radar_nature", "Radar"), ("points_nature", "Points sur une échelle")):
        named = page.locator(f".st-key-{key}").get_by_label(re.compile(f"^{what} : la nature sur"))
        expect(named).to_have_count(1)
    table = page.get_by_test_id("stTable").filter(has_text="Repères, de 0 à 100")
    expect(table.locator("tbody tr")).to_have_count(6)
    expect(table).to_contain_text("Chemin direct")
    assert person.foreign() == []


def test_range_of_a_measure_is_drawn_through_its_mark(visit):
    """Air Bel has a range on each axis, Les Canourgues on the three that are known."""
    person = visit()
    person.open(SHEET)
    expect(person.page.locator(DOTS)).to_have_count(3)
    expect(person.page.locator(f"{DOTS} .errorbar")).to_have_count(6)
    person.open("/quartier?q=QN01327I")  # three axes are not covered there: nothing is drawn for them
    expect(person.page.get_by_role("heading", name="Les Canourgues", exact=True)).to_be_visible()
    expect(person.page.locator(f"{DOTS} .errorbar")).to_have_count(3)


def test_action_of_a_district_alike_opens_its_card(visit):
    """A theme opened on the sheet gives the actions of others; one click shows the action where it is."""
    person = visit()
    shown = person.open_map(SHEET)
    shown.mark_frame()
    page = person.page
    panel = page.get_by_test_id("stExpander").filter(has_text="plus recensé dans").first
    panel.locator("summary").click()
    actions = panel.locator(
        "[class*=st-key-proche_][class*=_QN]:not(:has([data-testid=stIconMaterial])) button"
    )
    expect(actions.first).to_be_visible()
    assert shown.has_mark()  # opening a theme does not touch the map
    actions.first.click()
    expect(page).to_have_url(re.compile("action="))
    expect(page.locator(".st-key-fiche")).to_contain_text("Source :")
    expect(page.get_by_role("heading", name="Air Bel", exact=True)).to_have_count(0)


@pytest.mark.parametrize("code", ["QN01338I", "QN01301M", "QN01327I"])
def test_sheet_fits_a_telephone(visit, code):
    """At 390 pixels the charts of nature are one under the other, and nothing slides sideways."""
    person = visit(viewport={"width": 390, "height": 844})
    person.open(f"/quartier?q={code}")
    page = person.page
    expect(page.locator(RADAR).first).to_be_attached()
    expect(page.locator(DOTS).first).to_be_attached()
    person.settled()
    above, below = (
        page.locator(f".st-key-{key} .main-svg").first.bounding_box()
        for key in ("radar_nature", "points_nature")
    )
    assert above["y"] + above["height"] <= below["y"]
    for box in (above, below):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    main = page.get_by_test_id("stMain")
    assert main.evaluate("(node) => node.scrollWidth - node.clientWidth") <= 0
