"""Rubbish and malice, in the address and in the data: text stays text, and the page works."""

import csv
import json
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.thorough

EXACT = "escourtines-epicerie-solidaire"  # far from any other, so that its mark is not grouped
SCRIPT = "<script>window.pwned=1</script><img src=x onerror=window.pwned=1>"
TITLE = "<img src=x onerror=window.pwned=1>"
MARKDOWN = "![](http://evil.example/x.png) [x](javascript:alert(1)) <svg onload=window.pwned=1> :smile: $x^2$"


def innocent(person):
    """Check that nothing was executed, drawn or asked for on behalf of a text."""
    for frame in person.page.frames:
        assert frame.evaluate("window.pwned === undefined")
        assert frame.locator('img[src="x"], img[src*="evil"], [onerror], [onload]').count() == 0
        assert frame.locator('a[href^="javascript:" i]').count() == 0
    assert person.foreign() == []  # hence nothing from evil.example
    assert person.dialogs == []


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (f"/carte?q={quote(SCRIPT)}", "Aucun quartier prioritaire ni commune ne s'appelle"),
        (f"/carte?indicateur={quote(SCRIPT)}&theme=abc&commune=99999&action=zz", "n'est pas un indicateur"),
        (f"/carte?q={'a' * 10_000}&texte={'b' * 10_000}&statut={'c' * 10_000}", "n'est pas un état d'action"),
        ("/carte?point=nan,nan", "n'est pas un point de la région"),
        ("/carte?point=1e999,-1e999&annee=%D9%A1%D9%A2%D9%A3%D9%A4", "n'est pas une année"),
        (f"/carte?fond={quote('javascript:alert(1)')}&q=%00%ff%fe", "n'est pas un fond de carte"),
    ],
)
def test_rubbish_in_the_map_address_is_said_and_left_out(visit, said, path, message):
    """A mistyped or malicious address still opens the map, and says in French what it could not do."""
    person = visit()
    shown = person.open_map(path)
    expect(person.page.get_by_test_id("stAlert").filter(has_text=said(message))).to_be_visible()
    expect(shown.paths()).to_have_count(66)
    expect(person.card).to_be_visible()
    expect(person.page.get_by_test_id("stException")).to_have_count(0)
    innocent(person)


@pytest.mark.parametrize(
    "value", [quote(SCRIPT), "a" * 10_000, "QN99999X", quote("![](http://evil.example/x.png)")]
)
def test_rubbish_in_the_sheet_address_offers_the_list(visit, said, value):
    """The sheet of what does not exist says so, and offers the list of districts."""
    person = visit()
    page = person.open(f"/quartier?q={value}").page
    expect(page.get_by_test_id("stAlert")).to_contain_text(
        said("Aucun quartier prioritaire ni commune ne s'appelle")
    )
    expect(page.get_by_text("Choisissez un quartier dans la liste")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    innocent(person)


def poison(data):
    """Put hostile texts wherever a person may type: an exact action, a loose one, and a district's name."""
    path = data / "actions" / "actions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    exact = next(row for row in rows if row["id"] == EXACT)
    loose = next(row for row in rows if row["precision"] == "quartier" and row["qpv_code"] == "QN01338I")
    for row in (exact, loose):
        row["titre"] = TITLE
        for column in ("resume", "lieu", "porteur", "source_titre", "note"):
            row[column] = f"{MARKDOWN} {TITLE}"
        row["partenaires"] = TITLE
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    perimeters = data / "geo" / "qpv_2024.geojson"
    content = json.loads(perimeters.read_text(encoding="utf-8"))
    for feature in content["features"]:
        if feature["properties"]["code_qp"] == "QN01327I":
            feature["properties"]["lib_qp"] = TITLE
    perimeters.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return exact, loose


def test_hostile_texts_in_the_data_stay_inert(visit, spoilt):
    """A title that is a script is read as a title: in tooltip, card, sheet, table and lists."""
    running, data = spoilt
    exact, loose = poison(data)
    person = visit(running)
    page = person.page

    shown = person.open_map(f"/carte?action={exact['id']}").move(float(exact["lat"]), float(exact["lon"]), 17)
    expect(person.card.get_by_role("heading", name=TITLE).first).to_be_visible()
    expect(person.card).to_contain_text("![](http://evil.example/x.png)")
    expect(person.card).to_contain_text("$x^2$")
    shown.hover_marker(f"action:{exact['id']}")
    expect(shown.frame.locator(".leaflet-tooltip")).to_contain_text(TITLE)
    innocent(person)

    shown = person.open_map("/carte?q=QN01327I")
    expect(person.card.get_by_role("heading", name=TITLE)).to_be_visible()
    page.mouse.move(*shown.point_in("QN01327I"))
    expect(shown.frame.locator(".leaflet-tooltip")).to_contain_text(TITLE)
    page.get_by_text("Voir la carte en tableau").click()
    expect(page.get_by_test_id("stTable")).to_contain_text(TITLE)
    innocent(person)

    person.open_map("/carte?q=QN01338I")
    opener = person.card.get_by_role("button", name=TITLE)
    expect(opener).to_be_visible()
    opener.click()
    expect(person.card.get_by_role("heading", name=TITLE)).to_be_visible()
    innocent(person)

    person.open("/comparer?a=QN01327I")
    expect(page.get_by_test_id("stTable").first).to_contain_text(TITLE)
    innocent(person)

    person.open("/grille?q=QN01327I&theme=habiter")
    expect(page.locator(".grille tbody th", has_text=TITLE)).to_be_visible()
    expect(page.locator(".st-key-case").get_by_role("heading", name=TITLE)).to_be_visible()
    innocent(person)

    person.open_map("/quartier?q=QN01338I")
    summary = page.get_by_test_id("stExpander").filter(has_text=TITLE).first
    summary.locator("summary").click()
    expect(summary).to_contain_text("[x](javascript:alert(1))")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    innocent(person)
    assert loose["titre"] == TITLE


def test_javascript_address_as_a_source_is_refused(visit, spoilt):
    """A source must be an http address: anything else stops the application, which names the line."""
    running, data = spoilt
    path = data / "actions" / "actions.csv"
    text = path.read_text(encoding="utf-8")
    known = re.search(r",(https://[^,]+),", text)[1]
    path.write_text(text.replace(known, "javascript:alert(1)", 1), encoding="utf-8")
    person = visit(running)
    page = person.open("/carte").page
    expect(page.get_by_test_id("stAlert")).to_contain_text("Les données ne peuvent pas être lues")
    expect(page.get_by_text("source_url")).to_be_visible()
    innocent(person)
