"""The first map, and what changes on it without moving it."""

import re

import pytest
from playwright.sync_api import expect

MARSEILLE = (43.32, 5.40, 13)


def rough(view):
    """Round a view to what an eye would notice: a tenth of zoom, some ten metres."""
    zoom, lat, lon = view
    return round(zoom, 1), round(lat, 4), round(lon, 4)


def test_first_map_shows_66_districts_a_legend_and_names(look):
    """Someone who opens the map sees every district, what the colours mean, and where they are."""
    person = look("/carte")
    shown = person.map
    expect(shown.paths()).to_have_count(66)
    expect(shown.frame.locator(".point-quartier")).to_have_count(66)
    legend = shown.frame.get_by_role("region", name="Légende")
    expect(legend).to_be_visible()
    expect(legend).to_contain_text("espace vert public")
    expect(legend.locator(".carre")).to_have_count(6)  # five classes, and what is not covered
    expect(shown.frame.locator(".nom", has_text="Marseille").first).to_be_visible()
    expect(person.card).to_contain_text("66 quartiers")
    expect(person.page).to_have_url(re.compile(r"/carte$"))  # nothing was chosen
    expect(shown.frame.locator(".panne:visible")).to_have_count(0)
    expect(person.page.get_by_test_id("stException")).to_have_count(0)


def test_names_follow_the_view_and_marks_stay_in_the_plane(visit):
    """Names come where one looks, and only there; neither they nor marks are layers composed apart."""
    person = visit()
    shown = person.open_map("/carte").move(43.64, 5.10, 12)
    names = shown.frame.locator(".nom-commune")
    expect(names.filter(has_text="Salon-de-Provence")).to_have_count(1)
    expect(names.filter(has_text="Cassis")).to_have_count(0)
    shown.js("map.panTo([43.215, 5.54], {animate: false}); return 0;")
    expect(names.filter(has_text="Cassis")).to_have_count(1)
    expect(names.filter(has_text="Salon-de-Provence")).to_have_count(0)
    assert shown.js("return document.querySelectorAll('.leaflet-marker-icon').length;") > 0
    assert (
        shown.js("return document.querySelectorAll('.leaflet-marker-icon[style*=translate3d]').length;") == 0
    )


def test_legend_has_the_apostrophes_of_print(look):
    """What the map says is set as the page around it."""
    legend = look("/carte").map.frame.get_by_role("region", name="Légende")
    expect(legend).to_contain_text("d’un espace vert public")
    assert "'" not in legend.inner_text()


def test_change_of_indicator_repaints_and_stays_in_place(visit, colour_by):
    """A change of indicator redraws the colours, and neither moves nor rebuilds the map."""
    person = visit()
    shown = person.open_map("/carte")
    middle = shown.element.bounding_box()
    person.page.mouse.move(middle["x"] + 420, middle["y"] + 260)
    before_zoom = shown.view()[0]
    for _ in range(3):
        person.page.mouse.wheel(0, -240)
        shown.view()
    person.page.mouse.down()
    person.page.mouse.move(middle["x"] + 340, middle["y"] + 200, steps=4)
    person.page.mouse.up()
    place = shown.view()
    assert place[0] > before_zoom
    shown.mark_frame()
    fills, painted = shown.fills(), shown.painted()

    colour_by(person.page, "population")

    expect(shown.div).to_have_attribute("data-indicateur", "population")
    expect(shown.frame.get_by_role("region", name="Légende")).to_contain_text("Habitants")
    expect(person.page).to_have_url(re.compile(r"[?&]indicateur=population\b"))
    assert shown.painted() > painted
    after = shown.fills()
    assert len(after) == 66
    assert sum(after[code] != fills[code] for code in fills) > 20
    assert rough(shown.view()) == rough(place)
    assert shown.has_mark()  # the same frame: it was not mounted anew
    expect(shown.frame.locator(".panne:visible")).to_have_count(0)


@pytest.mark.thorough
def test_several_changes_in_a_row_then_back_to_the_first(visit, colour_by):
    """The map always ends on the last choice, and the same choice always gives the same colours."""
    person = visit()
    shown = person.open_map("/carte").move(*MARSEILLE)
    shown.mark_frame()
    first, place = shown.fills(), shown.view()
    start = shown.indicator()
    seen = {start: first}
    for other in ("pauvrete", "actions", "logements_sociaux", "menages"):
        colour_by(person.page, other)
        expect(shown.div).to_have_attribute("data-indicateur", other)
        seen[other] = shown.fills()
    colour_by(person.page, start)
    expect(shown.div).to_have_attribute("data-indicateur", start)
    assert shown.fills() == first
    assert len({tuple(sorted(fills.items())) for fills in seen.values()}) == len(seen)
    assert rough(shown.view()) == rough(place)
    assert shown.has_mark()
    expect(person.page).not_to_have_url(re.compile("indicateur="))  # the default stays out of the address


def test_theme_filter_changes_markers_and_counts_and_leaves_polygons(visit, choose, atlas):
    """A theme keeps its own actions on the map; the districts and their colours stay."""
    person = visit()
    shown = person.open_map("/carte").move(*MARSEILLE)
    fills, painted = shown.fills(), shown.painted()
    markers = "return document.querySelectorAll('.action, .grappe, .pastille').length;"
    expect(shown.frame.locator(".pastille").first).to_be_visible()
    many = shown.js(markers)
    expect(person.card).to_contain_text(f"{len(atlas.actions)} actions recensées")

    person.page.get_by_role("button", name=re.compile("Filtres")).click()
    choose(person.page, "Thématique", "Circuler")

    wanted = [action for action in atlas.actions.values() if "circuler" in action.themes]
    expect(person.card).to_contain_text(f"{len(wanted)} actions recensées avec ces filtres")
    expect(person.page).to_have_url(re.compile(r"[?&]theme=circuler\b"))
    expect(shown.div).not_to_have_attribute("data-peint", str(painted))
    assert 0 < shown.js(markers) < many
    assert shown.fills() == fills
    expect(shown.paths()).to_have_count(66)


@pytest.mark.thorough
def test_filters_panel_stays_open_for_the_next_choice(visit, choose):
    """Several filters are chosen one after the other: the panel closes when the person says so."""
    person = visit()
    page = person.page
    person.open_map("/carte")
    page.get_by_role("button", name=re.compile("Filtres")).click()
    choose(page, "Thématique", "Se nourrir")
    expect(page.get_by_role("button", name="Filtres (1)")).to_be_visible()
    person.settled()
    choose(page, "Commune", "Marseille")
    expect(page.get_by_role("button", name="Filtres (2)")).to_be_visible()
    expect(page).to_have_url(re.compile("theme=se_nourrir"))
    expect(page).to_have_url(re.compile("commune=13055"))
    person.settled()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)


@pytest.mark.thorough
def test_filter_that_matches_nothing_says_so_and_offers_the_way_out(visit):
    """An empty result is explained, and one button brings everything back."""
    person = visit()
    shown = person.open_map("/carte?texte=zzzzzz").move(*MARSEILLE)
    expect(person.card).to_contain_text("Aucune action ne répond à ces choix")
    expect(shown.frame.locator(".leaflet-marker-pane :is(.action, .grappe, .pastille)")).to_have_count(0)
    person.card.get_by_role("button", name="Effacer les filtres").click()
    expect(shown.frame.locator(".leaflet-marker-pane .pastille").first).to_be_visible()
    expect(person.card).not_to_contain_text("Aucune action")
    expect(person.page).not_to_have_url(re.compile("texte="))


TIPS = """const found = {};
    map.eachLayer((layer) => {
        const tip = layer._icon && layer.qpvertsTip?.(), code = tip?.match(/quartier:(\\w+)#/)?.[1];
        if (!code) return;
        const box = document.createElement("p");
        box.innerHTML = tip;
        found[code] = box.textContent;
    });
    return found;"""


@pytest.mark.thorough
def test_mark_tells_what_is_recorded_and_no_zero(visit, atlas):
    """A district where nothing is recorded says so, never 0; a number stays on the line of its unit."""
    person = visit()
    tips = person.open_map("/carte?indicateur=pauvrete").js(TIPS)
    assert set(tips) == set(atlas.qpvs)
    for code, tip in tips.items():
        count = len(atlas.actions_of(code))
        assert ("aucune action recensée" in tip) is (count == 0), tip
        assert not re.search(r"\b0\sactions?\b", tip)
        assert not re.search(r"\d %", tip)
    assert any("aucune action recensée" in tip for tip in tips.values())
    assert any("\u00a0%" in tip for tip in tips.values())


FITS = """const bar = document.querySelector(".leaflet-control-scale-line").getBoundingClientRect();
    const map = document.getElementById("map_div").getBoundingClientRect(), words = document.createRange();
    words.selectNodeContents(document.querySelector(".leaflet-control-scale-line"));
    const label = words.getBoundingClientRect();
    return [label.left >= bar.left && label.right <= bar.right, bar.top >= map.bottom];"""


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("width", "height", "projected"),
    [(390, 844, False), (1280, 900, False), (1920, 1080, False), (1280, 720, True), (1920, 1080, True)],
)
def test_scale_holds_its_label_and_hides_nothing_from_a_room(visit, width, height, projected):
    """At any zoom the label is within its bar; before a room both are under the map, and come back after."""
    person = visit(viewport={"width": width, "height": height})
    shown = person.open_map("/carte?projection=1" if projected else "/carte")
    for zoom in (8, 9.5, 11, 12, 13.5, 15, 16.5, 18):
        shown.move(43.312, 5.385, zoom)
        assert shown.js(FITS) == [True, projected], zoom
    if projected:
        person.page.keyboard.press("p")
        expect(shown.frame.locator(".leaflet-right .leaflet-control-scale")).to_be_visible()
        assert shown.js(FITS) == [True, False]


def test_frame_says_that_its_map_is_coming(visit):
    """Until the map is drawn its frame is no empty box; then nothing of that is left."""
    person = visit()
    held = []

    def hold(route):
        held.append(route)

    person.page.route("**/vendor/carte-*/carte.js", hold)
    person.open("/carte")
    expect(person.map.frame.locator("script[src*='/carte.js']")).to_have_count(1)
    said = "(frame) => getComputedStyle(frame.parentElement, '::after').content"
    assert person.map.element.evaluate(said) == '"La carte se dessine…"'
    for one in held:
        one.continue_()
    person.map.ready()
    expect(person.page.get_by_title("Carte des quartiers")).to_be_visible()
    assert person.map.element.evaluate(said) == "none"
