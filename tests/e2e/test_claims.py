"""The claim on green edges as a person sees it: answered, drawn, and within the width of a telephone."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize("width", [1280, 390])
def test_the_claim_is_answered_drawn_and_mapped_with_nothing_from_elsewhere(visit, width, said):
    """Both charts have their marks, the map is a picture that loads, no request leaves, nothing overflows."""
    person = visit()
    person.page.set_viewport_size({"width": width, "height": 900})
    person.open("/methode")
    page = person.page
    expect(page.locator("#verifie-par-les-donnees")).to_be_visible()
    expect(
        page.get_by_role("heading", name=said("Deux affirmations mises à l'épreuve des données"))
    ).to_be_visible()
    expect(page.locator(".st-key-bordure_repartition .barlayer .point")).to_have_count(10, timeout=60_000)
    picture = page.locator(".carte-bordure img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("(image) => image.naturalWidth") > 0
    expect(page.get_by_text("On ne peut pas le dire avec ces données.")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert person.foreign() == []
