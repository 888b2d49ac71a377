"""Charts by theme as a person sees them: drawn offline, switched, and small enough for a telephone."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.thorough

RADAR = ".st-key-radar .scatterlayer .trace"
DOTS = ".st-key-points .scatterlayer .trace"


def drawn(page, chart):
    """Give where the marks of the last line of a chart are drawn."""
    return page.locator(f"{chart} >> nth=-1").evaluate(
        "(line) => [...line.querySelectorAll('path.point')].map((mark) => mark.getAttribute('transform'))"
    )


def scaled(page, word):
    """Wait until the scale of the dot plot says this, and the chart before it is gone."""
    scale = page.locator(".st-key-points .xaxislayer-above")
    expect(scale.filter(has_text=word)).to_have_count(1)
    expect(scale).to_have_count(1)


@pytest.mark.parametrize(("path", "count"), [("/quartier?q=QN01338I", 2), ("/comparer", 3)])
def test_charts_are_drawn_with_nothing_from_elsewhere(visit, path, count):
    """Both charts are there with all their lines, and no request has left the machine."""
    person = visit()
    person.open(path)
    expect(person.page.locator(RADAR)).to_have_count(count)
    expect(person.page.locator(DOTS)).to_have_count(count)
    expect(person.page.locator(".st-key-radar")).to_contain_text("Se nourrir")
    expect(person.page.locator(".modebar")).to_have_count(0)
    expect(person.page.get_by_test_id("stException")).to_have_count(0)
    assert person.foreign() == []


def test_measure_changes_the_charts_and_the_address_but_not_the_map(visit):
    """Another measure moves the marks and is in the address; the map of the sheet is the same one."""
    person = visit()
    shown = person.open_map("/quartier?q=QN01338I")
    shown.mark_frame()
    expect(person.page.locator(RADAR)).to_have_count(2)
    levels = drawn(person.page, RADAR), drawn(person.page, DOTS)
    person.page.get_by_text("Nombre d'actions recensées", exact=True).click()
    expect(person.page).to_have_url(re.compile("mesure=actions(&|$)"))
    scaled(person.page, "15")
    assert drawn(person.page, RADAR) != levels[0]
    assert drawn(person.page, DOTS) != levels[1]
    assert shown.has_mark()
    person.page.get_by_text("Niveaux d'engagement", exact=True).click()
    expect(person.page).not_to_have_url(re.compile("mesure"))
    scaled(person.page, "engagé")


def test_pointer_reads_a_value_in_french(visit):
    """On a mark, the pointer reads the district, the theme, the level and the count."""
    person = visit()
    person.open("/quartier?q=QN01338I")
    marks = person.page.locator(f"{DOTS} >> nth=-1").locator("path.point")
    expect(marks).to_have_count(7)
    marks.first.scroll_into_view_if_needed()
    box = marks.first.bounding_box()
    person.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(person.page.locator(".st-key-points .hoverlayer")).to_contain_text(
        re.compile(r"Air Bel · Habiter : ● démonstrateur, 10.actions")
    )


def test_goalposts_cannot_be_dragged(visit):
    """Dragged across, the radar keeps its scale: a mark means the same for everyone."""
    person = visit(viewport={"width": 1280, "height": 1400})
    person.open("/comparer")
    expect(person.page.locator(RADAR)).to_have_count(3)
    before = drawn(person.page, RADAR)
    plot = person.page.locator(".st-key-radar .maindrag").bounding_box()
    x, y = plot["x"] + plot["width"] / 3, plot["y"] + plot["height"] / 2
    for dx, dy in ((0, -80), (0, 60), (80, -40)):
        person.page.mouse.move(x, y)
        person.page.mouse.down()
        person.page.mouse.move(x + dx, y + dy, steps=5)
        person.page.mouse.up()
        assert drawn(person.page, RADAR) == before


@pytest.mark.parametrize("path", ["/quartier?q=QN01338I", "/comparer?b=metropole&mesure=actions"])
def test_charts_fit_a_telephone(visit, path):
    """At 390 pixels the charts are one under the other, whole, and nothing makes the page slide sideways."""
    person = visit(viewport={"width": 390, "height": 844})
    person.open(path)
    expect(person.page.locator(RADAR).first).to_be_attached()
    expect(person.page.locator(DOTS).first).to_be_attached()
    person.settled()
    radar, dots = (person.page.locator(f".st-key-{key} .main-svg").first for key in ("radar", "points"))
    above, below = radar.bounding_box(), dots.bounding_box()
    assert above["y"] + above["height"] <= below["y"]
    for box in (above, below):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    main = person.page.get_by_test_id("stMain")
    assert main.evaluate("(node) => node.scrollWidth - node.clientWidth") <= 0
