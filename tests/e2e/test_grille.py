"""The reading grid in a browser: a cell leads to its actions, headings stay, a telephone holds it."""

import io
import re

import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import expect

TELEPHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
OVERFLOW = """() => [document.scrollingElement, document.querySelector('[data-testid="stMain"]')]
    .map((box) => box.scrollWidth - box.clientWidth)"""
#: Contrast of each cell's text with what is behind it, as the browser paints them; those under 4.5.
PALE = """() => {
    const light = (c) => { const [r, g, b] = c.match(/\\d+/g).slice(0, 3).map((v) => v / 255)
        .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
    return [...document.querySelectorAll('.grille tbody td a')].filter((a) => {
        const paper = getComputedStyle(a.closest('td')).backgroundColor;
        const [x, y] = [getComputedStyle(a).color, paper].map(light);
        return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05) < 4.5;
    }).length;
}"""


#: Cells that have an outline: the open one.
OUTLINED = """() => [...document.querySelectorAll('a[data-case]')]
    .filter((a) => getComputedStyle(a.closest('td')).outlineStyle === 'solid').map((a) => a.dataset.case)"""

#: What the clipboard holds: type, width and height of its picture.
CLIPBOARD = """async () => {
    const [item] = await navigator.clipboard.read();
    const image = await createImageBitmap(await item.getType("image/png"));
    return [...item.types, image.width, image.height];
}"""


def listening(page):
    """Wait until cells open in the page, for a click made sooner loads it again."""
    expect(page.locator(".st-key-grille_clics [data-ecoute=oui]")).to_be_attached()
    return page


def rows(page):
    """Give the locator of the districts' headings."""
    return page.locator(".grille:not(.grille-totaux) tbody th")


def test_cell_leads_to_its_actions_and_back(visit, said):
    """A click on a cell of a filtered grid opens why and what, keeps the filter, and is in the address."""
    person = visit()
    page = listening(person.open("/grille?commune=13055&tri=actions").page)
    expect(rows(page).first).to_contain_text("Air Bel")
    page.locator(".grille tbody tr", has_text="Air Bel").get_by_role("link").nth(1).click()
    card = page.locator(".st-key-case")
    expect(card.get_by_role("heading", name="Air Bel · Habiter")).to_be_visible()
    expect(card).to_contain_text(said("Personne n'a encore fait de relevé sur cette thématique ici"))
    expect(card.get_by_text("Réhabilitation énergétique de 851 logements", exact=False).first).to_be_visible()
    expect(page).to_have_url(re.compile(r"/grille\?(?=.*commune=13055)(?=.*q=QN01338I)(?=.*theme=habiter)"))
    expect(page.locator("a[data-case][aria-current]")).to_have_attribute("data-case", "QN01338I:habiter")
    assert len(person.context.pages) == 1  # in this tab
    card.get_by_role("button", name="Fermer").click()
    expect(card).to_have_count(0)
    expect(page).not_to_have_url(re.compile("QN01338I"))
    expect(page).to_have_url(re.compile("commune=13055"))
    assert person.foreign() == []


def test_cell_opens_without_loading_the_page_again(visit):
    """What a click leaves in the page survives, the grid stays scrolled, and Back closes the cell."""
    person = visit()
    page = listening(person.open("/grille").page)
    page.evaluate("window.leftByTest = 'here'")
    link = page.locator('a[data-case="QN01330M:proteger"]')
    link.scroll_into_view_if_needed()
    scrolled = page.locator(".grille-cadre").first.evaluate("(box) => box.scrollTop")
    link.click()
    heading = page.locator(".st-key-case").get_by_role("heading", name=re.compile("Protéger"))
    expect(heading).to_be_in_viewport()
    expect(page).to_have_url(re.compile(r"q=QN01330M.*theme=proteger"))
    assert page.locator(".grille-cadre").first.evaluate("(box) => box.scrollTop") == scrolled > 0
    assert page.evaluate(OUTLINED) == ["QN01330M:proteger"]
    page.go_back()
    expect(page.locator(".st-key-case")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("QN01330M"))
    assert page.evaluate(OUTLINED) == []
    assert page.evaluate("window.leftByTest") == "here"


def test_cell_by_keyboard_and_back_to_it(visit):
    """Enter opens the cell and the focus goes to what opened; closed, it comes back to the cell."""
    person = visit()
    page = listening(person.open("/grille?commune=13103").page)
    link = page.locator("a[data-case]").nth(2)
    page.locator("a[data-case]").nth(1).focus()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-case h2")).to_be_focused()
    close = page.locator(".st-key-case").get_by_role("button", name="Fermer")
    close.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-case")).to_have_count(0)
    expect(link).to_be_focused()


@pytest.mark.thorough
def test_cell_in_a_new_tab(visit):
    """A click with Ctrl opens the cell in another tab and leaves this one as it was."""
    person = visit()
    page = listening(person.open("/grille?commune=13103").page)
    with person.context.expect_page() as opened:
        page.locator("a[data-case]").first.click(modifiers=["ControlOrMeta"])
    expect(opened.value.locator(".st-key-case").get_by_role("heading")).to_be_visible()
    expect(page.locator(".st-key-case")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("theme="))


@pytest.mark.thorough
def test_weights_change_the_order(visit):
    """A weight moved by the keyboard moves districts, and the address says so."""
    person = visit()
    page = person.open("/grille?tri=niveau").page
    expect(rows(page)).to_have_count(66)
    before = rows(page).all_inner_texts()
    page.get_by_text("Changer les poids du niveau global").click()
    for times in range(1, 3):
        page.get_by_role("slider", name="Circuler").press("ArrowRight")
        expect(page).to_have_url(re.compile(rf"poids=1(,|%2C){1 + times}(,|%2C)1"))
    person.settled()
    expect(rows(page)).to_have_count(66)
    after = rows(page).all_inner_texts()
    assert before != after
    assert sorted(before) == sorted(after)
    page.get_by_role("button", name="Poids égaux").click()
    expect(page).not_to_have_url(re.compile("poids"))


def test_headings_stay_when_scrolled(visit):
    """Scrolled to the last district and the last column, the first row and column are still in sight."""
    person = visit(viewport={"width": 800, "height": 800})
    page = person.open("/grille").page
    frame = page.locator(".grille-cadre").first
    expect(rows(page)).to_have_count(66)
    frame.scroll_into_view_if_needed()
    frame.evaluate("(box) => box.scrollTo(box.scrollWidth, box.scrollHeight)")
    box, head = frame.bounding_box(), page.locator(".grille thead th").first.bounding_box()
    last = rows(page).last.bounding_box()
    assert frame.evaluate("(box) => box.scrollTop > 1000 && box.scrollLeft > 50")
    assert abs(head["y"] - box["y"]) < 4
    assert abs(head["x"] - box["x"]) < 4
    assert abs(last["x"] - box["x"]) < 4
    assert (
        page.evaluate(
            "([x, y]) => document.elementFromPoint(x, y).closest('th')?.innerText",
            [head["x"] + 5, head["y"] + 5],
        )
        == "Quartier"
    )


def test_words_on_every_cell_are_readable(visit):
    """As painted, each cell's words have a contrast of at least 4.5 with their background."""
    person = visit()
    page = person.open("/grille").page
    expect(rows(page)).to_have_count(66)
    assert page.evaluate(PALE) == 0


@pytest.mark.thorough
def test_telephone_scrolls_the_grid_and_not_the_page(visit):
    """At 390 pixels the grid scrolls in its frame; a touched cell opens at the top."""
    person = visit(**TELEPHONE)
    page = person.open("/grille?commune=13103").page
    expect(rows(page)).to_have_count(2)
    person.settled()
    assert page.evaluate(OVERFLOW) == [0, 0]
    assert page.locator(".grille-cadre").first.evaluate("(box) => box.scrollWidth > box.clientWidth")
    page.locator(".grille tbody td a").first.tap()
    title = page.locator(".st-key-case").get_by_role("heading")
    expect(title).to_be_visible()
    person.settled()
    assert title.bounding_box()["y"] < 844
    assert page.evaluate(OVERFLOW) == [0, 0]


@pytest.mark.thorough
def test_file_holds_what_is_shown(visit):
    """The file has the districts listed, no more."""
    person = visit()
    page = person.open("/grille?commune=13103").page
    with page.expect_download() as got:
        page.get_by_role("button", name="Tableau (CSV)").click()
    content = got.value.path().read_bytes().decode("utf-8-sig")
    assert got.value.suggested_filename == "grille.csv"
    assert len(content.strip().splitlines()) == 3
    assert "Les Canourgues" in content


@pytest.mark.thorough
def test_workbook_opens_with_every_district(visit):
    """The workbook of the grid has 66 districts and, for Air Bel, its actions with their sources."""
    person = visit()
    page = person.open("/grille").page
    with page.expect_download() as got:
        page.get_by_role("button", name="Classeur (XLSX)").click()
    assert got.value.suggested_filename == "grille.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(got.value.path().read_bytes()))
    assert book["Grille"].max_row == 1 + 66
    traced = [row for row in book["Actions"].iter_rows(values_only=True) if row[0] == "QN01338I"]
    assert traced
    assert all(row[9] and row[10].startswith("http") for row in traced)


def test_picture_is_downloaded_and_copied(visit):
    """The picture of what is shown, as a file and in the clipboard, of the same size."""
    person = visit(permissions=["clipboard-read", "clipboard-write"])
    page = person.open("/grille?commune=13103").page
    with page.expect_download() as got:
        page.get_by_role("button", name="Image (PNG)").click()
    picture = Image.open(io.BytesIO(got.value.path().read_bytes()))
    assert (got.value.suggested_filename, picture.format) == ("grille.png", "PNG")
    page.get_by_role("button", name="Copier l'image").click()
    expect(page.get_by_text("Image copiée")).to_be_visible()
    assert page.evaluate(CLIPBOARD) == ["image/png", *picture.size]
    assert person.foreign() == []


@pytest.mark.thorough
def test_browser_that_cannot_copy_says_so(visit):
    """Where the clipboard takes no picture, one is told, and the file is still there."""
    person = visit()
    person.page.add_init_script("delete window.ClipboardItem")
    page = person.open("/grille?commune=13103").page
    page.get_by_role("button", name="Copier l'image").click()
    expect(page.get_by_text("Ce navigateur ne permet pas de copier")).to_be_visible()
    expect(page.get_by_role("button", name="Image (PNG)")).to_be_enabled()
