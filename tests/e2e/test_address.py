"""« Mon adresse »: the IGN service when asked for, a plain message when it does not answer."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def person(visit, spoilt, geocoder):
    """Someone on the map of the server whose address service is the stand-in."""
    running, _ = spoilt
    geocoder.asked.clear()
    geocoder.is_up = True
    yield visit(running)
    geocoder.is_up = True


def ask(page, address, said):
    """Switch the service on, and search an address."""
    page.get_by_role("button", name="Mon adresse").click()
    page.get_by_text(said("Utiliser le service d'adresses de l'IGN")).click()
    box = page.get_by_role("textbox", name="Adresse", exact=True)
    box.fill(address)
    box.press("Enter")
    page.get_by_role("button", name="Chercher cette adresse").click()


@pytest.mark.thorough
def test_address_puts_a_point_and_tells_what_is_around(person, geocoder, said):
    """The address found is offered, then shown on the map with the nearest district and green space."""
    page = person.page
    shown = person.open_map("/carte")
    assert geocoder.asked == []  # nothing is asked before a person asks
    ask(page, "36 rue de la pinede marseille", said)
    page.get_by_role("button", name=re.compile("36 Rue de la Pinède 13011 Marseille")).click()
    expect(person.card.get_by_role("heading", name="Autour du point choisi")).to_be_visible()
    expect(person.card).to_contain_text("Air Bel")
    expect(page).to_have_url(re.compile(r"point=43\.29068(,|%2C)5\.43168"))
    expect(shown.frame.locator(".ici")).to_have_count(1)
    assert geocoder.asked == ["36 rue de la pinede marseille"]
    assert "pinede" not in page.url  # the address itself is not kept
    assert person.foreign() == []  # it is the server that asks


@pytest.mark.thorough
def test_service_down_is_said_plainly(person, geocoder, said):
    """Without the service, a sentence says what to do instead, and the map still works."""
    geocoder.is_up = False
    page = person.page
    shown = person.open_map("/carte")
    ask(page, "36 rue de la pinede", said)
    expect(page.get_by_text(said("Le service d'adresses de l'IGN ne répond pas"))).to_be_visible()
    expect(page.get_by_text("Cliquez sur la carte").first).to_be_visible()
    expect(shown.paths()).to_have_count(66)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(shown.frame.locator(".ici")).to_have_count(0)


@pytest.mark.thorough
def test_too_short_an_address_is_not_sent(person, geocoder, said):
    """Two letters are no address: a sentence says so, and nothing is sent."""
    page = person.page
    person.open_map("/carte")
    ask(page, "ru", said)
    expect(page.get_by_text("au moins trois lettres")).to_be_visible()
    assert geocoder.asked == []
