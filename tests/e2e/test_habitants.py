"""*Mon quartier* in a browser: by a click on the map, by a name, by an address that is the state."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.thorough


def test_a_click_on_the_map_tells_the_district(visit):
    """A district that is clicked is described; the address names it; the public page is a link away."""
    person = visit()
    page = person.page
    shown = person.open_map("/habitants")
    expect(person.card.get_by_text("Trouvez votre quartier")).to_be_visible()
    shown.move(43.2905, 5.4317, 14)
    shown.click_district("QN01338I")
    expect(person.card.get_by_role("heading", name="Air Bel")).to_be_visible()
    expect(page).to_have_url(re.compile("q=QN01338I"))
    expect(page.get_by_role("heading", name="Ce que nous ne savons pas")).to_be_attached()
    link = page.get_by_role("link", name="La page à partager et à imprimer")
    assert link.get_attribute("href").endswith("/public/quartier/QN01338I-air-bel")
    assert person.foreign() == []


def test_a_point_leads_to_the_nearest_district(visit, said):
    """A point outside every district is said to be, with the distance to the nearest."""
    person = visit()
    person.open_map("/habitants?point=43.5297,5.4474")
    expect(person.page.get_by_text(said("n'est dans aucun quartier prioritaire"))).to_be_visible()


def test_a_name_in_the_list_is_enough(visit, choose):
    """Choosing a name tells the district, and the address can be given to a neighbour."""
    person = visit()
    person.open_map("/habitants")
    choose(person.page, "Quartier ou commune", "Frais Vallon (Marseille)")
    expect(person.card.get_by_role("heading", name="Frais Vallon")).to_be_visible()
    expect(person.page).to_have_url(re.compile("q=QN"))
