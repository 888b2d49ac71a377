"""Accessibility measured by axe-core in a browser: every page opened once, then held to what is declared.

With ``QPVERTS_WRITE_ACCESSIBILITY=1`` the results become those of the public statement.
"""

import json
import os
import re
import tomllib
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Error, expect

from qpverts.web.public import statement

ROOT = Path(__file__).parents[2]
DECLARED = ROOT / "docs" / "accessibility"
PAGES = tomllib.loads((DECLARED / "pages.toml").read_text(encoding="utf-8"))["page"]
KNOWN = tomllib.loads((DECLARED / "known.toml").read_text(encoding="utf-8")).get("exception", [])
ADDRESSES = [page["address"] for page in PAGES]
DASHBOARD = [page["address"] for page in PAGES if "page" in page]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice"]
MAP = 'iframe[src*="streamlit_folium.st_folium"]'
AXE = """(tags) => axe.run(document, { runOnly: { type: "tag", values: tags } })"""
FACTS = """() => ({
    language: document.documentElement.lang,
    title: document.title,
    frames: [...document.querySelectorAll("iframe")].map((frame) => frame.title),
    levels: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
        .filter((heading) => heading.getClientRects().length).map((heading) => Number(heading.tagName[1])),
    moving: document.getAnimations().filter((one) => one.playState === "running").length,
})"""
WORDS = """() => [...document.querySelectorAll("*")].flatMap((one) => [
    ...["aria-label", "title", "placeholder"].map((name) => one.getAttribute(name)),
    ...[...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data.trim()),
]).filter(Boolean)"""
ENGLISH = re.compile(
    r"^(Skip to|Link to heading|Choose (an|options)|No results|Open$|Close$|Clear |Help for|App pages)"
)
OVERFLOW = """() => [document.scrollingElement, document.querySelector('[data-testid="stMain"]')]
    .filter(Boolean).every((box) => box.scrollWidth <= box.clientWidth)"""


# Twenty-two pages, some twice: what they gave last is committed, and held by test_accessibility.py.
pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def measured(browser, server, run):
    """What was found on each page, by address: the machine is slow, each is opened once."""
    person = run.Visit(browser, server.url)
    found = {page["address"]: _measure(person, page) for page in PAGES}
    person.context.close()
    if os.environ.get("QPVERTS_WRITE_ACCESSIBILITY") == "1":
        _write(found)
    return found


def _measure(person, page):
    shown = person.open(page["address"]).page
    expect(shown.get_by_role("heading", level=1)).to_be_visible()
    if "page" in page:
        person.settled()
        expect(shown.get_by_test_id("stSkeleton")).to_have_count(0)
        expect(shown.locator(MAP)).to_have_count(page.get("maps", 0))
        for rank in range(page.get("maps", 0)):
            div = shown.locator(MAP).nth(rank).content_frame.locator("#map_div")
            expect(div).to_have_attribute("data-peint", re.compile(r"^[1-9]"))
            expect(div).to_have_attribute("data-quartiers", "66")
    for frame in shown.frames:
        frame.evaluate(AXE_SCRIPT)
    result = shown.evaluate(AXE, TAGS)
    facts = shown.evaluate(FACTS)
    facts["english"] = [words for words in shown.evaluate(WORDS) if ENGLISH.match(words)]
    facts["narrow"] = _fits(shown, 320, 640)
    shown.set_viewport_size({"width": 1280, "height": 900})
    shown.evaluate("() => document.documentElement.style.setProperty('font-size', '200%', 'important')")
    facts["enlarged"] = _fits(shown, 1280, 900)
    return facts | {name: result[name] for name in ("testEngine", "violations", "incomplete", "passes")}


def _fits(page, width, height):
    """Tell whether nothing has to be scrolled sideways, once the page has taken its place in a window."""
    page.set_viewport_size({"width": width, "height": height})
    try:
        page.wait_for_function(OVERFLOW, timeout=5_000)
    except Error:
        return False
    return True


def _exception(address, rule, node):
    """Give the declared exception that a finding belongs to."""
    for one in KNOWN:
        is_same = one["rule"] == rule and address in one["pages"] and node["html"].startswith(one["html"])
        if is_same:
            return one["id"]
    return None


def _findings(found, address):
    return [(rule["id"], node) for rule in found[address]["violations"] for node in rule["nodes"]]


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_but_what_is_declared(measured, address):
    """No fault on the page or in its maps, but those that are listed with their reason."""
    unlisted = [
        (rule, " > ".join(map(str, node["target"])), node["html"][:150])
        for rule, node in _findings(measured, address)
        if _exception(address, rule, node) is None
    ]
    assert unlisted == []


def test_what_is_declared_is_still_true(measured):
    """A fault that is listed is still found on each page that the list says, else it must leave the list."""
    seen = {
        (_exception(address, rule, node), address)
        for address in ADDRESSES
        for rule, node in _findings(measured, address)
    }
    listed = [(one["id"], address) for one in KNOWN for address in one["pages"]]
    assert [one for one in listed if one not in seen] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_is_named_ordered_and_still(measured, address):
    """French, with a title, one first heading, no level skipped, named maps, and nothing that moves."""
    found = measured[address]
    assert found["language"] == "fr"
    assert re.fullmatch(r".+ – QPVerts", found["title"])
    levels = found["levels"]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
    assert len(set(found["frames"])) == len(found["frames"])
    assert all(title.startswith("Carte") for title in found["frames"])
    assert found["moving"] == 0  # the browser asks for less motion
    assert found["english"] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_fits_when_narrow_or_enlarged(measured, address):
    """At 320 pixels, and with text twice as large, nothing has to be scrolled sideways."""
    assert measured[address]["narrow"], "320 pixels"
    assert measured[address]["enlarged"], "text at 200 %"


def test_titles_tell_pages_apart(measured):
    """Two pages of the dashboard do not bear the same title."""
    titles = {page["page"]: measured[page["address"]]["title"] for page in PAGES if "page" in page}
    assert len(set(titles.values())) == len(titles)


def test_keyboard_reaches_the_content_of_the_dashboard(visit):
    """The first key offers, in French, to skip the navigation; what has the focus is seen."""
    person = visit()
    page = person.open("/methode").page
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    person.settled()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Aller au contenu").or_(
        page.get_by_role("button", name="Aller au contenu")
    )
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()


def _write(found):
    """Keep for the statement what was found, what was not, and what nobody but a person can tell."""
    pages = [
        {
            "name": page["name"],
            "address": page["address"],
            "passed": len(found[page["address"]]["passes"]),
            "failed": sorted({rule for rule, _ in _findings(found, page["address"])}),
            "to_review": {rule["id"]: len(rule["nodes"]) for rule in found[page["address"]]["incomplete"]},
        }
        for page in PAGES
    ]
    content = {
        "date": datetime.now(UTC).date().isoformat(),
        "axe": found[ADDRESSES[0]]["testEngine"]["version"],
        "pages": pages,
        "exceptions": KNOWN,
    }
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    statement.RESULTS.write_text(text, encoding="utf-8")
