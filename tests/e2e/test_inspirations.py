"""*Inspirations* in a browser: filters and sheets in the address, a mark opens its sheet, a reason stays."""

import re
from collections import Counter

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.thorough

TELEPHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
OVERFLOW = """() => [document.scrollingElement, document.querySelector('[data-testid="stMain"]')]
    .map((box) => box.scrollWidth - box.clientWidth)"""


def marks(page, rank):
    """Give the locator of the marks of a map, by its rank on the page."""
    return page.get_by_test_id("stPlotlyChart").nth(rank).locator(".scatterlayer .points path")


def test_filters_lead_to_a_sheet(visit, choose, atlas):
    """A theme and a filter narrow cards and maps, all in the address; a card opens its sheet and closes."""
    person = visit()
    page = person.open("/inspirations").page
    countries = Counter(one.country for one in atlas.inspirations.values())
    told = f"{countries.total()} inspirations, {len(countries)} pays"
    expect(page.get_by_text(told)).to_be_visible()
    expect(marks(page, 0)).to_have_count(countries["France"])
    choose(page, "Thématique", "Circuler")
    expect(page).to_have_url(re.compile("theme=circuler"))
    expect(page.get_by_text(re.compile(rf"inspirations sur\s{countries.total()}"))).to_be_visible()
    page.get_by_role("button", name="Filtres").click()
    choose(page, "Terrain demandé", "Petit terrain")
    expect(page).to_have_url(re.compile(r"\?(?=.*theme=circuler)(?=.*terrain=petit)"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Ouvrir la fiche")).to_have_count(2)
    page.locator(".st-key-inspiration_taco-arles").get_by_role("button", name="Ouvrir la fiche").click()
    expect(page.get_by_role("heading", name="Taco & Co")).to_be_visible()
    expect(page.get_by_text("Activité centrée sur le centre-ville", exact=False)).to_be_visible()
    expect(page).to_have_url(re.compile("id=taco-arles"))
    expect(page.get_by_test_id("stPlotlyChart")).to_have_count(0)
    page.get_by_role("button", name="Toutes les inspirations").click()
    expect(page.get_by_role("button", name="Ouvrir la fiche")).to_have_count(2)
    expect(page).not_to_have_url(re.compile("id="))
    assert person.foreign() == []


def test_a_mark_opens_its_sheet(visit):
    """A touch on a mark of the map opens that inspiration; the maps ask nothing of anybody else."""
    person = visit()
    page = person.open("/inspirations?pays=Suède&theme=habiter").page
    mark = marks(page, 1)
    expect(mark).to_have_count(1)
    person.settled()
    mark.click(force=True)  # Plotly listens on a layer above its marks
    expect(page.get_by_role("heading", name="Ekostaden Augustenborg")).to_be_visible()
    expect(page).to_have_url(re.compile("id=augustenborg-malmo"))
    assert person.foreign() == []


def test_a_person_decides_and_the_reason_stays(visit, choose, said):
    """A reason is asked for; with it the conclusion changes, the tool's word stays, the address has both."""
    person = visit()
    page = person.open("/inspirations?id=vrac-lyon").page
    choose(page, "Dans quel quartier", "Air Bel (Marseille)")
    conclusion = page.locator(".st-key-conclusion")
    expect(conclusion).to_contain_text("À adapter")
    answer = page.locator(".st-key-reponse_foncier")
    expect(answer).to_contain_text("favorable")
    answer.get_by_role("button", name="Source, et répondre autrement").click()
    choose(page, "Ma réponse", "bloquant")
    page.get_by_role("button", name="Répondre", exact=True).click()
    expect(page.get_by_text("Dites pourquoi")).to_be_visible()
    expect(conclusion).not_to_contain_text("Non transposable")
    page.get_by_label("Ma raison").fill("Le local : vendu | à 100 %")
    page.get_by_role("button", name="Répondre", exact=True).click()
    expect(conclusion).to_contain_text(said("Non transposable en l'état"))
    expect(answer).to_contain_text("Le local : vendu | à 100 %")
    expect(answer).to_contain_text(said("Proposé par l'outil : favorable"))

    other = visit()
    other.page.goto(page.url)
    expect(other.page.locator(".st-key-conclusion")).to_contain_text(said("Non transposable en l'état"))
    expect(other.page.locator(".st-key-reponse_foncier")).to_contain_text("Le local : vendu | à 100 %")


def test_a_sheet_holds_in_a_telephone(visit):
    """At 390 pixels the sheet and its answers are read without scrolling sideways, the form too."""
    person = visit(**TELEPHONE)
    page = person.open("/inspirations?id=vrac-lyon&q=QN01344M").page
    expect(page.locator(".st-key-reponse_preuve")).to_be_visible()
    person.settled()
    assert page.evaluate(OVERFLOW) == [0, 0]
    page.locator(".st-key-reponse_climat").get_by_role("button", name="répondre autrement").tap()
    panel = page.get_by_test_id("stPopoverBody")
    expect(panel.get_by_label("Ma raison")).to_be_visible()
    box = panel.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert page.evaluate(OVERFLOW) == [0, 0]
