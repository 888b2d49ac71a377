"""The maps of *Comparer*: live, at one scale, and moved as one."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.heavy

LETTERS = ("a", "b", "c", "d")
TOLERANCE_PX = 1.5  # Leaflet moves by whole pixels
LOOKS = 30  # each waits until the map is still


def sides(person, count, page=None):
    """Give the maps of the page, once their districts are drawn and painted."""
    return [person.map_in(f".st-key-carte_{letter}", page).ready() for letter in LETTERS[:count]]


def place(shown):
    """Give the zoom, and the centre in pixels of the world at that zoom, once the map has stopped."""
    shown.view()
    return shown.js("const p = map.project(map.getCenter()); return [map.getZoom(), p.x, p.y];")


def shared_zoom(maps, wanted=lambda _: True):
    """Wait until all the maps have one zoom, that is as wanted; give it."""
    zooms = []
    for _ in range(LOOKS):
        zooms = [shown.view()[0] for shown in maps]
        if len(set(zooms)) == 1 and wanted(zooms[0]):
            return zooms[0]
    pytest.fail(f"the zooms stay at {zooms}")


def middle(shown):
    """Give a point near the middle of the map, in pixels of the page."""
    shown.element.scroll_into_view_if_needed()
    box = shown.element.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.thorough
def test_opens_on_two_live_maps_at_the_same_scale(visit):
    """Air Bel and Salon are each drawn in the middle of their own map, at one zoom, under one legend."""
    person = visit()
    person.open("/comparer")
    first, second = sides(person, 2)
    for shown in (first, second):
        expect(shown.paths()).to_have_count(66)
        assert shown.fills()["QN01338I"]
    shared_zoom([first, second])
    outlined = "return [...document.querySelectorAll('.nom-choisi')].map((one) => one.textContent).sort();"
    assert first.js(outlined) == ["Air Bel"]
    assert second.js(outlined) == ["La Monaque", "Les Canourgues"]
    shown_whole = """const view = map.getBounds(); let whole = true;
        map.eachLayer((l) => { const p = l.feature?.properties;
            if (p?.lat && arg.includes(p.code)) whole = whole && view.contains(l.getBounds()); });
        return whole;"""
    assert first.js(shown_whole, ["QN01338I"])
    assert second.js(shown_whole, ["QN01327I", "QN01328I"])
    assert not second.js(shown_whole, ["QN01338I"])
    expect(person.page.get_by_role("region", name="Légende des cartes")).to_contain_text("actions proches")
    expect(first.frame.get_by_role("region", name="Légende")).to_have_count(0)
    expect(person.page.get_by_test_id("stException")).to_have_count(0)
    assert person.foreign() == []


def test_zoom_of_one_is_the_zoom_of_the_other(visit):
    """A turn of the wheel over either map brings both as near, and does not load them again."""
    person = visit()
    person.open("/comparer")
    maps = sides(person, 2)
    before = maps[0].view()[0]
    for shown in maps:
        shown.mark_frame()
    person.page.mouse.move(*middle(maps[0]))
    person.page.mouse.wheel(0, -240)
    nearer = shared_zoom(maps, lambda zoom: zoom > before)
    person.page.mouse.move(*middle(maps[1]))
    person.page.mouse.wheel(0, 360)
    shared_zoom(maps, lambda zoom: zoom < nearer)
    assert all(shown.has_mark() for shown in maps)


@pytest.mark.thorough
def test_pan_of_one_moves_the_other_by_the_same_pixels(visit):
    """A drag moves both maps as far, whichever is dragged; « Recentrer » brings both back to their start."""
    person = visit()
    person.open("/comparer")
    maps = sides(person, 2)
    start = [place(shown) for shown in maps]
    for shown, (across, down) in zip(maps, [(-70, 40), (110, -25)], strict=True):
        before = [place(one) for one in maps]
        x, y = middle(shown)
        person.page.mouse.move(x, y - 60)
        person.page.mouse.down()
        person.page.mouse.move(x + across, y - 60 + down, steps=5)
        person.page.mouse.up()
        after = [place(one) for one in maps]
        moved = [(b[1] - a[1], b[2] - a[2]) for a, b in zip(before, after, strict=True)]
        assert abs(moved[0][0]) > 20
        assert moved[0] == pytest.approx(moved[1], abs=TOLERANCE_PX)
    maps[1].frame.get_by_role("button", name="Recentrer").click()
    expect(maps[0].frame.get_by_role("button", name="Recentrer")).to_be_hidden()
    assert [place(shown) for shown in maps] == [pytest.approx(one, abs=TOLERANCE_PX) for one in start]


def test_change_of_a_side_keeps_both_frames_and_one_zoom(visit, choose, atlas):
    """Another second territory: its map flies there, the first one lives on, and both share the new zoom."""
    person = visit()
    person.open("/comparer")
    maps = sides(person, 2)
    near, painted = maps[0].view()[0], maps[0].painted()
    where = maps[0].view()[1:]
    for shown in maps:
        shown.mark_frame()
    choose(
        person.page, "Deuxième territoire", f"Marseille, {len(atlas.index.codes_in('13055'))}\u00a0quartiers"
    )
    expect(person.page).to_have_url(re.compile(r"[?&]b=13055\b"))
    expect(maps[0].div).not_to_have_attribute("data-peint", str(painted))
    expect(person.page.locator(".st-key-carte_b").get_by_role("heading")).to_contain_text("Marseille")
    far = shared_zoom(maps, lambda zoom: zoom < near)  # a larger territory needs more room, and so do all
    assert maps[0].view()[1:] == pytest.approx(where, abs=1e-3)
    assert all(shown.has_mark() for shown in maps)
    person.page.mouse.move(*middle(maps[1]))
    person.page.mouse.wheel(0, -240)
    shared_zoom(maps, lambda zoom: zoom > far)
    expect(maps[0].frame.get_by_role("button", name="Recentrer")).to_be_visible()


@pytest.mark.thorough
def test_click_on_a_map_changes_nothing_but_what_it_tells(visit):
    """A click on what stands there opens no card and writes nothing in the address."""
    person = visit()
    person.open("/comparer?a=QN01338I&b=13103")
    first, _ = sides(person, 2)
    first.element.scroll_into_view_if_needed()
    first.click_marker("quartier:QN01338I")
    expect(first.frame.locator(".leaflet-tooltip.bulle")).to_contain_text("Air Bel")
    person.settled()
    expect(person.page).to_have_url(re.compile(r"/comparer\?a=QN01338I&b=13103$"))
    expect(person.card).to_have_count(0)


@pytest.mark.thorough
def test_two_tabs_do_not_steer_each_other(visit):
    """The same comparison in another tab stays where it is."""
    person = visit()
    person.open("/comparer")
    maps = sides(person, 2)
    tab = person.context.new_page()
    tab.goto("/comparer")
    elsewhere = sides(person, 2, tab)
    still = [place(shown) for shown in elsewhere]
    maps[0].js("map.setZoom(map.getZoom() + 1, {animate: false}); return 0;")
    shared_zoom(maps, lambda zoom: zoom > still[0][0])
    assert [place(shown) for shown in elsewhere] == still


@pytest.mark.thorough
def test_four_territories_have_four_maps(visit):
    """Four sides are four maps at one zoom, and an indicator colours them all."""
    person = visit()
    person.open("/comparer?a=QN01338I&b=13103&c=QN01332M&d=13055&indicateur=population")
    maps = sides(person, 4)
    shared_zoom(maps)
    assert {shown.indicator() for shown in maps} == {"population"}
    fills = [shown.fills() for shown in maps]
    assert all(one == fills[0] for one in fills)


@pytest.mark.thorough
def test_maps_are_one_above_the_other_on_a_telephone(visit):
    """At 390 px both maps take the width of the screen, and nothing sticks out of it."""
    person = visit(viewport={"width": 390, "height": 844})
    person.open("/comparer")
    first, second = sides(person, 2)
    above, below = first.element.bounding_box(), second.element.bounding_box()
    assert above["x"] == below["x"]
    assert above["y"] + above["height"] <= below["y"]
    assert above["width"] > 330
    shared_zoom([first, second])
    width = person.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= 390
