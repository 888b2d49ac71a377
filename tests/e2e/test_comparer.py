"""*Comparer* as a person uses it: change a side, add one, open what proves a figure, share the address."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.thorough

TELEPHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
#: The whole page, with its maps and charts, on a machine that others use too.
LONG_MS = 60_000
THEMES = ".st-key-tableau_compare_themes"
PEOPLE = ".st-key-tableau_compare_population"


def whole(person):
    """Wait until the last section of the page is there and nothing is under way."""
    for last in (".st-key-actions_comparees h3", f"{THEMES} td", f"{PEOPLE} td"):
        expect(person.page.locator(last).first).to_be_visible(timeout=LONG_MS)
    person.settled()


def cells(person):
    """Give what the table by theme and the last table of figures say."""
    return [person.page.locator(f"{table} td").all_inner_texts() for table in (THEMES, PEOPLE)]


def heads(person, *names):
    """Wait until the columns of the last table of figures are these, after the names of its rows."""
    wanted = ["Indicateur", *(re.compile(rf"^{name}") for name in names)]
    expect(person.page.locator(f"{PEOPLE} thead th")).to_have_text(wanted, timeout=LONG_MS)


def test_default_is_changed_then_extended_then_shared(visit, choose):
    """Another second side, then a third: the tables follow, and a reload gives the very same page."""
    person = visit()
    person.open("/comparer")
    whole(person)
    heads(person, "Air Bel", "Salon-de-Provence, 2.quartiers", "Écart")
    choose(person.page, "Deuxième territoire", "Frais Vallon (Marseille)")
    heads(person, "Air Bel", "Frais Vallon", "Écart")
    expect(person.page).to_have_url(re.compile("b=QN01344M"))
    choose(person.page, "Troisième territoire", "Les Canourgues (Salon-de-Provence)")
    heads(person, "Air Bel", "Frais Vallon", "Les Canourgues", "Plus grand écart")
    expect(person.page.get_by_text("des trois côtés").first).to_be_visible()
    whole(person)
    before = cells(person)
    person.page.reload()
    whole(person)
    heads(person, "Air Bel", "Frais Vallon", "Les Canourgues", "Plus grand écart")
    assert cells(person) == before
    expect(person.page.get_by_test_id("stException")).to_have_count(0)


def test_side_that_was_added_can_be_taken_away(visit, choose):
    """The third side is removed where it was chosen, and the browser's way back brings it again."""
    person = visit()
    person.open("/comparer?c=QN01344M")
    whole(person)
    heads(person, "Air Bel", "Salon", "Frais Vallon", "Plus grand écart")
    choose(person.page, "Troisième territoire", "Retirer ce territoire")
    heads(person, "Air Bel", "Salon", "Écart")
    expect(person.page).not_to_have_url(re.compile("c="))
    person.page.go_back()
    heads(person, "Air Bel", "Salon", "Frais Vallon", "Plus grand écart")


def test_figures_and_kinds_open_on_what_proves_them(visit):
    """One click from a table: the definition with its source, then the actions, then one on the map."""
    person = visit()
    person.open("/comparer")
    whole(person)
    page = person.page
    assert page.get_by_text("Calcul :").count() == 0
    page.get_by_text("Définitions et sources de ces chiffres").last.click()
    expect(page.get_by_text("Population du quartier au recensement de 2020.")).to_be_visible()
    expect(page.get_by_text("Source :").first).to_be_visible()
    page.get_by_text("Les actions qui le montrent").click()
    proof = page.locator(".st-key-preuves_sortes").get_by_test_id("stPageLink-NavLink").first
    expect(proof).to_be_visible()
    assert "action=" in proof.get_attribute("href")


def test_actions_open_one_by_one(visit):
    """A title opens on the action and its source, and another theme on its own actions."""
    person = visit()
    person.open("/comparer")
    whole(person)
    listed = person.page.locator(".st-key-actions_comparees")
    assert listed.get_by_text("Source :").count() == 0
    listed.locator("summary").first.click()
    expect(listed.get_by_text("Source :")).to_be_visible()
    person.page.locator(".st-key-choix_theme_compare").get_by_text("Circuler").click()
    expect(person.page).to_have_url(re.compile("theme=circuler"))
    expect(listed.get_by_text(re.compile(r"^3.actions recensées"))).to_be_visible()


@pytest.mark.parametrize("path", ["/comparer?c=QN01344M", "/comparer?b=metropole"])
def test_comparison_fits_a_telephone(visit, path):
    """At 390 pixels only the tables scroll, each in its own frame, with the names of its rows in sight."""
    person = visit(**TELEPHONE)
    person.open(path)
    whole(person)
    main = person.page.get_by_test_id("stMain")
    assert main.evaluate("(node) => node.scrollWidth - node.clientWidth") <= 0
    name = person.page.locator(f"{PEOPLE} tbody th").first
    name.scroll_into_view_if_needed()
    frame = person.page.locator(f"{PEOPLE} table").locator("..")
    before = name.bounding_box()["x"]
    frame.evaluate("(node) => { node.scrollLeft = 150; }")
    assert frame.evaluate("(node) => node.scrollLeft") > 0
    assert abs(name.bounding_box()["x"] - before) <= 2  # its border may go, not its name
