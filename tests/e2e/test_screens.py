"""A telephone, and a projector."""

import re

import pytest
from playwright.sync_api import expect

from tests.builders import AIR_BEL

pytestmark = pytest.mark.heavy

PAGES = (
    "/",
    "/carte",
    "/carte?q=QN01338I",
    "/habitants",
    "/habitants?q=QN01338I",
    "/grille",
    "/grille?q=QN01338I&theme=habiter",
    "/quartier?q=QN01338I",
    "/quartier?q=salon",
    "/comparer",
    "/inspirations",
    "/inspirations?id=vrac-lyon&q=QN01338I",
    "/agir",
    "/agir?q=QN01338I",
    "/scenario?s1=ev@43.2861,5.4397,1",
    "/methode",
)
TELEPHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PROJECTOR = {"viewport": {"width": 1920, "height": 1080}}

OVERFLOW = """() => [document.scrollingElement, document.querySelector('[data-testid="stMain"]')]
    .map((box) => box.scrollWidth - box.clientWidth)"""
# Body text: what pages say, and neither the notes under it nor the names on controls.
SMALL_TEXT = """(least) => [...document.querySelectorAll(
        '[data-testid="stMarkdown"] :is(p, li), .theme-titre, [data-testid="stAlert"] p')]
    .filter((e) => e.innerText.trim() && e.getClientRects().length)
    .filter((e) => !e.closest('[data-testid="stCaptionContainer"]'))
    .map((e) => [e.innerText.slice(0, 40), parseFloat(getComputedStyle(e).fontSize)])
    .filter(([_, size]) => size < least)"""


def ready(person, path):
    """Open a page and wait until it is whole."""
    if "carte" in path or "quartier?q=Q" in path or "habitants" in path:
        person.open_map(path)
    else:
        person.open(path)
    expect(person.page.get_by_role("heading", level=1)).to_be_visible()
    person.settled()


def test_no_page_is_wider_than_a_telephone(visit):
    """At 390 pixels nothing has to be scrolled sideways, on any page; and none asks anything elsewhere."""
    person = visit(**TELEPHONE)
    for path in PAGES:
        ready(person, path)
        assert person.page.evaluate(OVERFLOW) == [0, 0], path
        expect(person.page.get_by_test_id("stException")).to_have_count(0)
    assert person.foreign() == []


def test_map_on_a_telephone(visit):
    """The map is tall enough, the controls can be reached, and a touched district's card comes below."""
    person = visit(**TELEPHONE)
    page = person.page
    shown = person.open_map("/carte")
    assert shown.div.bounding_box()["height"] >= 300
    for control in (
        page.get_by_label("Chercher un quartier ou une commune"),
        page.get_by_role("combobox", name="Colorer les quartiers selon"),
        page.get_by_role("button", name="Filtres"),
        page.get_by_role("button", name="Mon adresse"),
    ):
        control.scroll_into_view_if_needed()
        box = control.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    page.get_by_role("button", name="Filtres").tap()
    panel = page.get_by_test_id("stPopoverBody")
    expect(panel).to_be_visible()
    inside = panel.bounding_box()
    assert inside["x"] >= 0
    assert inside["x"] + inside["width"] <= 390
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()

    shown.element.scroll_into_view_if_needed()
    shown.move(43.2905, 5.4317, 14)
    page.touchscreen.tap(*shown.point_in("QN01338I"))
    expect(person.card.get_by_role("heading", name="Air Bel")).to_be_visible()
    frame, card = shown.element.bounding_box(), person.card.bounding_box()
    assert card["y"] + card["height"] <= frame["y"]  # told above the map, where it is seen
    assert card["x"] + card["width"] <= 390
    assert page.evaluate(OVERFLOW) == [0, 0]


@pytest.mark.thorough
def test_menu_of_a_telephone_closes_once_a_page_is_chosen(visit):
    """The menu covers the page: a choice closes it, and it is still closed at the next load."""
    person = visit(**TELEPHONE)
    page = person.open("/methode").page
    menu = page.get_by_test_id("stSidebarNav")
    page.get_by_role("button", name="Ouvrir le menu").tap()
    expect(menu).to_be_in_viewport()
    menu.get_by_role("link", name="Agir").tap()
    expect(page).to_have_url(re.compile("/agir$"))
    expect(menu).not_to_be_in_viewport()
    person.settled()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(menu).not_to_be_in_viewport()


@pytest.mark.thorough
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/carte?q=QN01338I",
        "/grille",
        "/quartier?q=QN01338I",
        "/habitants?q=QN01338I",
        "/comparer",
        "/inspirations",
        "/inspirations?id=vrac-lyon&q=QN01338I",
        "/methode",
    ],
)
def test_text_is_readable_on_a_projector(visit, path):
    """At 1920 pixels body text is at least 18 px, and the legend of the map at least 14."""
    person = visit(**PROJECTOR)
    ready(person, path)
    expect(person.page.locator("html")).to_have_css("font-size", "20px")  # our style has arrived
    assert person.page.evaluate(SMALL_TEXT, 18) == []
    if "?q" in path:
        sizes = person.map.js(
            """return [...document.querySelectorAll(".legende li, .legende p")]
                .map((row) => parseFloat(getComputedStyle(row).fontSize));"""
        )
        assert sizes
        assert min(sizes) >= 14
    assert person.page.evaluate(OVERFLOW) == [0, 0]


def test_each_choice_of_the_menu_is_one_step_back(visit):
    """The district comes along from page to page, and Back goes through the same pages, one at a time."""
    person = visit()
    page = person.page
    person.open(f"/quartier?q={AIR_BEL}")
    steps = [("Quartier", rf"/quartier\?q={AIR_BEL}$")]
    for name, address in (
        ("Scénarios", rf"/scenario\?q={AIR_BEL}$"),
        ("Grille", r"/grille$"),
        ("Accueil", r":\d+/$"),
        ("Agir", rf"/agir\?q={AIR_BEL}$"),
    ):
        page.get_by_test_id("stTopNavLink").filter(has_text=name).click()
        expect(page).to_have_url(re.compile(address))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        person.settled()
        steps.append((name, address))
    for _, address in reversed(steps[:-1]):
        page.go_back()
        expect(page).to_have_url(re.compile(address))
        person.settled()
    expect(page.get_by_role("heading", level=2, name="Air Bel")).to_be_visible()
    for _ in steps[1:]:  # one after the other, without waiting for what is on the way
        page.go_forward()
    expect(page.get_by_role("heading", level=1, name="Savoir où agir")).to_be_visible()
    person.settled()
    expect(page).to_have_url(re.compile(steps[-1][1]))
