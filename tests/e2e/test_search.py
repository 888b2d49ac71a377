"""The search box of the map."""

import re

import pytest
from playwright.sync_api import expect

SEARCH = "Chercher un quartier ou une commune"


def search(page, words):
    """Type words and press Enter."""
    box = page.get_by_label(SEARCH)
    box.fill(words)
    box.press("Enter")


@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        ("airbel", "QN01338I", "Air Bel"),
        pytest.param("canourgues", "QN01327I", "Les Canourgues", marks=pytest.mark.thorough),
    ],
)
def test_search_flies_to_the_district(visit, atlas, words, code, name):
    """A name without its spaces, or half a name, is enough: the map goes there and the card opens."""
    person = visit(reduced_motion="no-preference")
    shown = person.open_map("/carte")
    shown.mark_frame()
    far = shown.view()
    search(person.page, words)
    expect(person.card.get_by_role("heading", name=name)).to_be_visible()
    expect(person.page).to_have_url(re.compile(rf"[?&]q={code}\b"))
    expect(shown.frame.locator(".leaflet-marker-pane .pastille").first).to_be_visible()  # it came near
    zoom, lat, lon = shown.view()
    south, west, north, east = bounds(atlas, code)
    assert zoom > far[0] + 2
    assert south <= lat <= north
    assert west <= lon <= east
    assert shown.has_mark()
    expect(person.page.get_by_label(SEARCH)).to_have_value("")
    expect(person.page.get_by_text("Aucun quartier ni commune")).to_have_count(0)


def bounds(atlas, code):
    """Give south, west, north, east of a district, in decimal degrees."""
    west, south, east, north = atlas.perimeters.loc[[code]].to_crs(4326).total_bounds
    return south, west, north, east


@pytest.mark.thorough
def test_salon_means_its_commune(visit, atlas):
    """« salon » is the commune, hence its two districts, and the others fade."""
    person = visit()
    shown = person.open_map("/carte")
    search(person.page, "salon")
    expect(person.card).to_contain_text("2 quartiers")
    expect(person.page).to_have_url(re.compile(r"[?&]commune=13103\b"))
    expect(shown.frame.get_by_role("region", name="Légende")).to_be_visible()
    _, lat, lon = shown.view()
    assert abs(lat - 43.64) < 0.03
    assert abs(lon - 5.1) < 0.03
    expect(person.page).not_to_have_url(re.compile(r"[?&]q="))


@pytest.mark.thorough
def test_nonsense_gets_a_message_and_moves_nothing(visit, said):
    """What matches nothing is said to match nothing; the map stays."""
    person = visit()
    shown = person.open_map("/carte").move(43.312, 5.385, 14)
    place = shown.view()
    shown.mark_frame()
    search(person.page, "xyzzyqq <img src=x>")
    expect(
        person.page.get_by_text(said("Aucun quartier prioritaire ni commune ne s'appelle"))
    ).to_be_visible()
    person.settled()
    shown.ready()
    assert shown.has_mark()  # the message did not mount the map anew
    assert shown.view() == place
    expect(person.page.locator('img[src="x"]')).to_have_count(0)


@pytest.mark.thorough
def test_near_miss_gets_a_suggestion(visit):
    """A slip of the keyboard is answered with the nearest names."""
    person = visit()
    person.open_map("/carte")
    search(person.page, "canourges")
    expect(person.page.get_by_text("Les Canourgues")).to_be_visible()
    expect(person.page).not_to_have_url(re.compile(r"[?&]q="))


@pytest.mark.thorough
def test_several_candidates_get_a_button_each(visit):
    """Where a name means several districts the person chooses, and nothing is chosen for them."""
    person = visit()
    shown = person.open_map("/carte").move(43.312, 5.385, 14)
    place = shown.view()
    shown.mark_frame()
    search(person.page, "saint")
    choice = person.page.get_by_role("button", name=re.compile("Saint André"))
    expect(choice).to_be_visible()
    expect(person.page.get_by_role("button", name=re.compile("Saint Thys"))).to_be_visible()
    person.settled()
    shown.ready()
    assert shown.has_mark()  # the buttons did not mount the map anew
    assert shown.view() == place
    choice.click()
    expect(person.card.get_by_role("heading", name="Saint André")).to_be_visible()
    expect(choice).to_have_count(0)


@pytest.mark.thorough
def test_back_leads_the_map_where_the_address_says(visit, atlas):
    """After a search, Back moves the map to the district of before; Back over a click moves nothing."""
    air_bel, found = "QN01338I", "QN01344M"
    person = visit()
    shown = person.open_map(f"/carte?q={air_bel}")
    shown.mark_frame()
    start = shown.view()
    search(person.page, "frais vallon")
    expect(person.page).to_have_url(re.compile(rf"[?&]q={found}\b"))
    person.settled()
    assert contains(bounds(atlas, found), shown.view())
    person.page.go_back()
    expect(person.card.get_by_role("heading", name="Air Bel")).to_be_visible()
    person.settled()
    assert shown.view() == start
    shown.move(43.312, 5.385, 14)
    place = shown.view()
    shown.click_district("QN01332M")
    expect(person.page).to_have_url(re.compile(r"[?&]q=QN01332M\b"))
    person.settled()
    person.page.go_back()
    expect(person.card.get_by_role("heading", name="Air Bel")).to_be_visible()
    person.settled()
    assert shown.view() == place
    assert shown.has_mark()


def contains(box, view):
    """Tell whether a view is centred in a box."""
    (south, west, north, east), (_, lat, lon) = box, view
    return south <= lat <= north and west <= lon <= east
