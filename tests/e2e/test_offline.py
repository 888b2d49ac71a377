"""Nothing leaves the machine, unless a person asks for it."""

import base64
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.thorough

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_no_page_asks_for_anything_elsewhere(visit, choose, colour_by, said):
    """All pages, and all that is usually done on them, talk to their own server and to nobody else."""
    person = visit()
    page = person.page
    person.open("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("QPVerts")
    page.get_by_role("link", name="Ouvrir la carte").click()
    shown = person.map.ready().move(43.312, 5.385, 14)
    colour_by(page, "population")
    expect(shown.div).to_have_attribute("data-indicateur", "population")
    shown.click_district("QN01332M")
    expect(person.card.get_by_role("link", name="Ouvrir la fiche du quartier")).to_be_visible()
    page.get_by_role("button", name="Mon adresse").click()
    expect(page.get_by_text("cliquez sur la carte")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("Filtres")).click()
    choose(page, "Thématique", "Se nourrir")
    expect(page).to_have_url(re.compile("theme=se_nourrir"))
    page.keyboard.press("Escape")
    search = page.get_by_label("Chercher un quartier ou une commune")
    search.fill("air bel")
    search.press("Enter")
    expect(person.card.get_by_role("heading", name="Air Bel")).to_be_visible()
    page.get_by_text("Voir la carte en tableau").click()
    expect(page.get_by_test_id("stTable")).to_be_visible()
    person.card.get_by_role("link", name="Ouvrir la fiche du quartier").click()
    expect(page.get_by_role("heading", name=said("Fiche d'un quartier"))).to_be_visible()
    person.map.ready()
    person.open("/comparer")
    expect(page.get_by_role("heading", name="Comparer des territoires")).to_be_visible()
    expect(page.get_by_text("Air Bel").first).to_be_visible()
    person.open("/methode")
    expect(page.get_by_role("heading", name="Les données")).to_be_visible()
    page.get_by_test_id("stExpander").first.locator("summary").click()
    expect(page.get_by_text("Calcul :").first).to_be_visible()

    assert person.foreign() == []
    assert {urlsplit(url).scheme for url in person.asked} >= {"http", "ws"}  # the recording does record
    assert any("/donnees/carte/" in url for url in person.asked)
    assert any("/vendor/leaflet" in url for url in person.asked)


def test_server_itself_calls_nobody(visit, server):
    """Started as the README says, the server looks up no name and calls no host but its own machine."""
    person = visit()
    person.open_map("/carte?q=QN01338I")
    expect(person.card.get_by_role("heading", name="Air Bel")).to_be_visible()
    assert server.calls() == []
    assert "External URL" not in server.log()


def test_ign_background_is_asked_only_when_chosen(visit, choose):
    """The IGN background is the one thing that goes out, and it stops when the neutral one comes back."""
    person = visit()
    served = []

    def stub(route):
        served.append(route.request.url)
        route.fulfill(body=PIXEL, content_type="image/png")

    person.context.route("https://data.geopf.fr/**", stub)
    shown = person.open_map("/carte")
    assert person.foreign() == []
    person.page.get_by_role("button", name=re.compile("Couches$")).click()
    choose(person.page, "Fond de carte", "Plan IGN")
    expect(person.page).to_have_url(re.compile("fond=plan"))
    expect(shown.frame.locator(".leaflet-tuiles-pane img.leaflet-tile-loaded").first).to_be_attached()
    expect(shown.frame.locator(".leaflet-control-attribution")).to_contain_text("Plan IGN")
    expect(shown.paths()).to_have_count(66)
    assert served
    assert {urlsplit(url).netloc for url in person.foreign()} == {"data.geopf.fr"}

    # The plan has its own names, an aerial picture has none: ours come back with the picture.
    expect(shown.div).to_have_class(re.compile(r"\bfond-plan\b"))
    choose(person.page, "Fond de carte", "Photographies aériennes IGN")
    expect(shown.div).to_have_class(re.compile(r"\bfond-photo\b"))
    expect(shown.div).not_to_have_class(re.compile(r"\bfond-plan\b"))

    choose(person.page, "Fond de carte", "Fond neutre, sans internet")
    expect(shown.frame.locator(".leaflet-tuiles-pane img")).to_have_count(0)
    asked = len(served)
    shown.move(43.30, 5.40, 13)
    shown.view()
    assert len(served) == asked
