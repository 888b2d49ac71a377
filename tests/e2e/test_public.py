"""The public pages in a browser: without a script on a telephone, and richer with one."""

import re

import pytest
from playwright.sync_api import expect

TELEPHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NARROW = {"viewport": {"width": 320, "height": 640}}
AIR_BEL = "/public/quartier/QN01338I-air-bel"
PAGES = (
    "/public/",
    AIR_BEL,
    "/public/quartier/QN01301M-florida-parc",
    "/public/commune/13055-marseille",
    "/public/theme/proteger",
    "/public/methode",
    "/public/chercher?q=centre",
    "/public/nulle-part",
    f"{AIR_BEL}?integrer=1",
)
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# The smallest side of what a finger must hit, inline links of a sentence apart (WCAG 2.5.8).
TARGETS = """() => [...document.querySelectorAll('a, button, input, summary')]
    .filter((e) => e.getClientRects().length && !e.closest('p, dd, td, th, h3, svg, .evitement'))
    .map((e) => [e.textContent.trim().slice(0, 30), e.getBoundingClientRect()])
    .filter(([, box]) => Math.min(box.width, box.height) < 24)
    .map(([name]) => name)"""


def test_two_taps_without_a_script_lead_to_parks_and_actions(visit):
    """On a telephone without JavaScript: Air Bel, then its green spaces, or its actions."""
    person = visit(**TELEPHONE, java_script_enabled=False)
    page = person.open("/public/").page
    page.get_by_role("link", name=re.compile("^Air Bel")).last.tap()
    expect(page.get_by_role("heading", level=1, name="Air Bel")).to_be_visible()
    page.get_by_role("link", name="Espaces verts", exact=True).tap()
    expect(page.get_by_role("heading", name=re.compile("berges de l.Huveaune")).first).to_be_in_viewport()
    page.get_by_role("link", name="Actions", exact=True).tap()
    expect(page.get_by_role("heading", name="Ce qui se fait dans le quartier")).to_be_in_viewport()
    action = page.locator("#action-air-bel-jardins-verger")
    expect(action.get_by_role("heading")).to_contain_text("Jardins partagés et verger d’Air Bel")
    expect(action).to_contain_text("Ville de Marseille")
    action.locator("summary").tap()
    expect(action.get_by_text("Source")).to_be_visible()
    assert page.locator("svg.dessin path.quartier").count() == 1
    assert page.locator("svg.radar circle.point").count() == 7
    assert person.foreign() == []


@pytest.mark.thorough
def test_search_without_a_script(visit):
    """The form leads to the page of a name, and to the list of an arrondissement."""
    person = visit(**TELEPHONE, java_script_enabled=False)
    page = person.open("/public/").page
    page.get_by_label("Nom du quartier").fill("airbel")
    page.get_by_role("button", name="Chercher").tap()
    expect(page).to_have_url(re.compile(f"{AIR_BEL}$"))
    person.open("/public/")
    page.get_by_label("Nom du quartier").fill("marseille 11e")
    page.get_by_role("button", name="Chercher").tap()
    expect(page.locator("#trouve").get_by_role("link", name=re.compile("^Air Bel"))).to_be_visible()


@pytest.mark.parametrize("script", [True, pytest.param(False, marks=pytest.mark.thorough)])
def test_no_page_overflows_at_320_pixels(visit, script):
    """Narrow, or at 400 % on a desktop: nothing has to be scrolled sideways; targets stay large enough."""
    person = visit(**NARROW, java_script_enabled=script)
    for path in PAGES:
        person.open(path)
        expect(person.page.get_by_role("heading", level=1)).to_be_visible()
        assert person.page.evaluate(OVERFLOW) <= 0, path
        assert person.page.evaluate(TARGETS) == [], path
    assert person.foreign() == []
    assert person.errors == []


def test_map_and_list_are_in_step(visit):
    """With a script the same drawing becomes a map; a mark of the list is found on it, and the other way."""
    person = visit()
    page = person.open(AIR_BEL).page
    expect(page.locator(".vivante svg.dessin")).to_be_visible()
    expect(page.get_by_role("button", name="Agrandir")).to_be_visible()
    page.locator("#espace-marseille-parc-berges-huveaune .repere").click()
    expect(page.locator("svg.dessin a.vu")).to_have_attribute("data-repere", "espace-A")
    page.locator('svg.dessin a[data-repere="action-1"]').click()
    expect(page).to_have_url(re.compile("#action-air-bel-jardins-verger$"))
    expect(page.locator("#action-air-bel-jardins-verger summary")).to_be_in_viewport()
    expect(page.locator("#action-air-bel-jardins-verger details")).to_have_attribute("open", "")
    assert person.foreign() == []
    assert person.errors == []


def test_keyboard_reaches_the_content_first(visit):
    """The first key leads past the header, and what has the focus is seen."""
    person = visit()
    page = person.open(AIR_BEL).page
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Aller au contenu")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#contenu")).to_be_focused()
    page.keyboard.press("Tab")
    outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"


@pytest.mark.thorough
def test_lists_filter_as_a_name_is_typed(visit):
    """On the search page, names that do not match go away as one types, whatever the accents."""
    person = visit()
    page = person.open("/public/chercher").page
    page.get_by_label("Nom du quartier").fill("barthelemy")
    expect(page.get_by_role("link", name=re.compile("Grand Saint Barthélémy"))).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Air Bel"))).to_be_hidden()


@pytest.mark.thorough
def test_no_cookie_is_set(visit):
    """Reading leaves nothing in the browser."""
    person = visit()
    for path in PAGES[:3]:
        person.open(path)
    assert person.context.cookies() == []
    assert person.page.evaluate("() => localStorage.length + sessionStorage.length") == 0
