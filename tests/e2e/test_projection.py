"""Before a room: everything can be read from the last row, the keyboard leads, and the map lives on."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.builders import AIR_BEL

pytestmark = pytest.mark.heavy

READABLE = (Path(__file__).parent / "readable.js").read_text(encoding="utf-8")
FULL_HD = {"viewport": {"width": 1920, "height": 1080}}
HD = {"viewport": {"width": 1280, "height": 720}}
#: The same share of the height of the screen is the same size on the wall.
LEAST = {1080: 24, 720: 16}
CONTRAST = 7
WITH_MAP = ("/carte?projection=1", f"/carte?q={AIR_BEL}&projection=1", f"/quartier?q={AIR_BEL}&projection=1")
PAGES = (
    "/?projection=1",
    *WITH_MAP,
    "/grille?projection=1",
    f"/grille?q={AIR_BEL}&theme=habiter&projection=1",
    "/comparer?projection=1",
    "/methode?projection=1",
)
#: A map, charts, a table: what is measured at each run, the rest when asked for.
EACH_TIME = ("/grille?projection=1", f"/quartier?q={AIR_BEL}&projection=1")
OVERFLOW = """() => [document.scrollingElement, document.querySelector('[data-testid="stMain"]')]
    .map((box) => box.scrollWidth - box.clientWidth)"""


def ready(person, path):
    """Open a projected page and wait until it is whole."""
    if path in WITH_MAP:
        person.open_map(path)
        expect(person.map.frame.locator("html")).to_have_class(re.compile("projection"))
    else:
        person.open(path)
    expect(person.page.get_by_role("heading", level=1)).to_be_visible()
    expect(person.page.locator(".st-key-projection_rang")).to_be_visible()
    person.settled()
    expect(person.page.locator("html")).to_have_attribute("data-touches", "projection")
    if "quartier" in path or "comparer" in path:
        expect(person.page.locator(".st-key-radar .angularaxistick").first).to_be_attached()
    return person.page


@pytest.mark.parametrize(
    "screen",
    [pytest.param(FULL_HD, id="1080"), pytest.param(HD, id="720", marks=pytest.mark.thorough)],
)
@pytest.mark.parametrize(
    "path", [pytest.param(path, marks=() if path in EACH_TIME else pytest.mark.thorough) for path in PAGES]
)
def test_everything_is_readable_from_the_last_row(visit, path, screen):
    """No text of the page, its map or its charts is too small or too pale; nothing slides sideways."""
    person = visit(**screen)
    page = ready(person, path)
    least = LEAST[screen["viewport"]["height"]]
    found = page.evaluate(READABLE, {"least": least, "contrast": CONTRAST})
    assert found["seen"] > 20
    assert found["faults"] == []
    assert page.evaluate(OVERFLOW) == [0, 0]
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert person.foreign() == []
    assert person.errors == []


@pytest.mark.thorough
def test_measure_would_see_a_fault(visit):
    """The measure itself finds small and pale text, so that its silence means something."""
    person = visit(**FULL_HD)
    page = ready(person, "/methode?projection=1")
    page.evaluate(
        """() => document.querySelector("h1").insertAdjacentHTML("beforeend",
            '<span style="font-size:23px">petit</span> <span style="color:#777">pâle</span>')"""
    )
    faults = page.evaluate(READABLE, {"least": 24, "contrast": CONTRAST})["faults"]
    assert ["petit" in fault or "pâle" in fault for fault in faults] == [True, True]


def test_arrows_step_through_districts_on_a_living_map(visit, atlas):
    """→ shows the next district and ← comes back; the frame of the map is the same one all along."""
    person = visit(**FULL_HD)
    page = ready(person, f"/quartier?q={AIR_BEL}&projection=1")
    person.map.mark_frame()
    first = atlas.qpvs[AIR_BEL].name
    heading = page.get_by_role("heading", level=2, name=first, exact=True)
    expect(heading).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page).not_to_have_url(re.compile(AIR_BEL))
    expect(heading).to_have_count(0)
    expect(page).to_have_url(re.compile("projection=1"))
    person.settled()
    assert person.map.has_mark()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(AIR_BEL))
    expect(heading).to_be_visible()
    person.settled()
    assert person.map.has_mark()


@pytest.mark.thorough
def test_keys_work_from_inside_the_map(visit):
    """With the focus on the map the arrows still step, and the map is not moved by them."""
    person = visit(**FULL_HD)
    page = ready(person, f"/carte?q={AIR_BEL}&projection=1")
    person.map.mark_frame()
    person.map.div.focus()
    page.keyboard.press("m")
    expect(page.locator("html")).to_have_class(re.compile("carte-plein-ecran"))
    page.keyboard.press("Escape")
    expect(page.locator("html")).not_to_have_class(re.compile("carte-plein-ecran"))
    before = person.map.view()
    page.keyboard.press("ArrowDown")
    assert person.map.view() == before
    page.keyboard.press("ArrowRight")
    expect(page).not_to_have_url(re.compile(AIR_BEL))
    person.settled()
    assert person.map.has_mark()


@pytest.mark.thorough
def test_map_fills_the_screen_and_comes_back(visit):
    """M gives the map the whole screen, and Leaflet knows; M or Escape gives it back, in the same place."""
    person = visit(**FULL_HD)
    page = ready(person, f"/quartier?q={AIR_BEL}&projection=1")
    person.map.mark_frame()
    small = person.map.element.bounding_box()
    for back in ("m", "Escape"):
        page.keyboard.press("m")
        assert person.map.element.bounding_box() == {"x": 0, "y": 0, "width": 1920, "height": 1080}
        person.map.js("return new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)));")
        width = person.map.js("return map.getSize().x;")
        assert width >= 1900
        top = page.evaluate("() => document.elementFromPoint(960, 20).tagName")
        assert top == "IFRAME"  # nothing of the page is above it
        page.keyboard.press(back)
        assert person.map.element.bounding_box() == small
    assert person.map.has_mark()


@pytest.mark.thorough
def test_c_compares_the_district_on_screen_and_keeps_the_other_side(visit):
    """C opens *Comparer* with the district first and the second territory of before; still projected."""
    person = visit(**FULL_HD)
    page = ready(person, f"/quartier?q={AIR_BEL}&b=QN01332M&projection=1")
    page.keyboard.press("c")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Comparer")
    expect(page).to_have_url(re.compile(rf"/comparer\?(?=.*a={AIR_BEL})(?=.*b=QN01332M)(?=.*projection=1)"))
    expect(page.get_by_test_id("stDialog")).to_have_count(0)  # no key of Streamlit's own answers


@pytest.mark.thorough
def test_help_lists_the_keys_and_closes(visit):
    """? tells the keys in French, in letters that a room reads; Escape closes it, and it does not step."""
    person = visit(**FULL_HD)
    page = ready(person, f"/quartier?q={AIR_BEL}&projection=1")
    page.keyboard.press("?")
    panel = page.get_by_role("dialog", name="Les touches")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("Quartier suivant")
    assert page.evaluate(READABLE, {"least": 24, "contrast": CONTRAST})["faults"] == []
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(page).to_have_url(re.compile(AIR_BEL))


@pytest.mark.thorough
def test_keys_can_be_turned_off_for_good(visit):
    """Whoever dictates turns the keys off, and finds them off the next day; the buttons remain."""
    person = visit(**FULL_HD)
    page = ready(person, f"/quartier?q={AIR_BEL}&projection=1")
    page.keyboard.press("?")
    panel = page.get_by_role("dialog", name="Les touches")
    panel.get_by_label("Utiliser ces touches").uncheck()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    page = ready(person, f"/quartier?q={AIR_BEL}&projection=1")
    for key in ("ArrowRight", "p", "c", "?"):
        page.keyboard.press(key)
    expect(panel).to_have_count(0)
    person.settled()
    expect(page).to_have_url(re.compile(rf"/quartier\?(?=.*{AIR_BEL})(?=.*projection=1)"))
    page.get_by_role("button", name="?", exact=True).click()
    panel.get_by_label("Utiliser ces touches").check()
    panel.get_by_role("button", name="Fermer").click()
    page.keyboard.press("ArrowRight")
    expect(page).not_to_have_url(re.compile(AIR_BEL))


def test_p_switches_and_the_page_is_the_same(visit):
    """P brings the mode and takes it away, without loading the map again nor losing what was chosen."""
    person = visit(**FULL_HD)
    person.open_map(f"/quartier?q={AIR_BEL}&mesure=actions")
    page = person.page
    person.settled()
    expect(page.locator("html")).to_have_attribute("data-touches", "repos")
    person.map.mark_frame()
    root = page.locator("html")
    size = root.evaluate("(node) => getComputedStyle(node).fontSize")
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile("projection=1"))
    expect(root).to_have_css("font-size", re.compile(r"^28"))
    expect(person.map.frame.locator("html")).to_have_class(re.compile("projection"))
    person.settled()
    page.keyboard.press("p")
    expect(page).not_to_have_url(re.compile("projection"))
    expect(root).to_have_css("font-size", size)
    expect(person.map.frame.locator("html")).not_to_have_class(re.compile("projection"))
    expect(page).to_have_url(re.compile(f"q={AIR_BEL}.*mesure=actions"))
    person.settled()
    assert person.map.has_mark()


def test_keys_are_letters_while_someone_types(visit):
    """In a field, and with Ctrl, the keys write and command as ever: nothing of the page moves."""
    person = visit(**FULL_HD)
    page = ready(person, f"/carte?q={AIR_BEL}&projection=1")
    address = page.url
    field = page.get_by_label("Chercher un quartier ou une commune")
    field.focus()
    page.keyboard.type("pcm?ga")
    page.keyboard.press("ArrowLeft")
    expect(field).to_have_value("pcm?ga")
    expect(page.locator("dialog")).to_have_count(0)
    field.blur()
    page.keyboard.press("Control+c")
    page.keyboard.press("Alt+m")
    person.settled()
    assert page.url == address
    expect(page.locator("html")).not_to_have_class(re.compile("carte-plein-ecran"))


@pytest.mark.thorough
def test_wheel_over_the_map_moves_the_page(visit):
    """Over the map, the wheel scrolls the page and does not zoom."""
    person = visit(**HD)
    page = ready(person, f"/quartier?q={AIR_BEL}&projection=1")
    before = person.map.view()
    box = person.map.element.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 120)
    page.mouse.wheel(0, 300)
    page.wait_for_function("() => document.querySelector('[data-testid=\"stMain\"]').scrollTop > 50")
    assert person.map.view() == before


@pytest.mark.thorough
def test_page_scrolls_from_the_keyboard_before_any_click(visit):
    """From the first key on, with the focus nowhere, the page goes down and up; in a field it does not."""
    person = visit(**HD)
    page = ready(person, f"/quartier?q={AIR_BEL}&projection=1")
    top = "() => document.querySelector('[data-testid=\"stMain\"]').scrollTop"
    assert page.evaluate("() => document.activeElement === document.body")
    for down, up in (("ArrowDown", "ArrowUp"), ("PageDown", "PageUp"), (" ", "Shift+ "), ("End", "Home")):
        page.keyboard.press(down)
        assert page.evaluate(top) > 100, down
        page.keyboard.press(up)
        assert page.evaluate(top) == 0, up
    page.keyboard.press("?")
    page.keyboard.press("PageDown")
    expect(page.get_by_role("dialog", name="Les touches")).to_contain_text("Faire défiler la page")
    assert page.evaluate(top) == 0
    page.keyboard.press("Escape")
    field = page.get_by_role("combobox").first
    field.focus()
    page.keyboard.press("End")
    assert page.evaluate(top) == 0


@pytest.mark.thorough
def test_link_written_in_the_grid_stays_projected(visit):
    """A district's name in the grid, a plain link, leads to its sheet without leaving the mode."""
    person = visit(**FULL_HD)
    page = ready(person, "/grille?projection=1")
    page.locator(".grille tbody th a").first.click()
    expect(page).to_have_url(re.compile(r"/quartier\?.*projection=1"))
    expect(page.locator(".st-key-projection_rang")).to_be_visible()


@pytest.mark.thorough
def test_a_desk_is_left_alone(visit):
    """Without the parameter no arrow steps, no key but P answers, and text has its usual size."""
    person = visit()
    person.open_map(f"/quartier?q={AIR_BEL}")
    page = person.page
    person.settled()
    expect(page.locator("html")).to_have_attribute("data-touches", "repos")
    address = page.url
    for key in ("ArrowRight", "c", "m", "?", "g", "a"):
        page.keyboard.press(key)
    person.settled()
    assert page.url == address
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("html")).to_have_css("font-size", "16px")
    expect(page.get_by_role("button", name="Projeter")).to_be_visible()
