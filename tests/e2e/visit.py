"""One person's browser, and what a person does in it."""

import re
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from playwright.sync_api import expect

from tests.e2e.map_on_page import MAP_FRAME, RUN_STATE, WAIT_MS, MapOnPage

DESKTOP = {"width": 1280, "height": 900}


class Visit:
    """One person's browser: a page, and everything it asked for or complained of."""

    def __init__(self, browser, base_url, **options):
        self.base_url = base_url
        wanted = {"viewport": DESKTOP, "locale": "fr-FR", "reduced_motion": "reduce", **options}
        self.context = browser.new_context(base_url=base_url, **wanted)
        self.context.set_default_timeout(WAIT_MS)
        self.asked, self.dialogs, self.errors = [], [], []
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self.page = self.context.new_page()
        self.page.on("websocket", lambda ws: self.asked.append(ws.url))
        self.page.on("dialog", self._dialog)

    def _dialog(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def hosts(self):
        """List the hosts asked for, with their port; addresses inside the page itself apart."""
        urls = [urlsplit(url) for url in self.asked]
        return {url.netloc for url in urls if url.scheme not in {"data", "blob", "about"}}

    def foreign(self):
        """List the addresses asked of any other host than the server's own."""
        own = urlsplit(self.base_url).netloc
        urls = [(url, urlsplit(url)) for url in self.asked]
        return [
            url
            for url, parts in urls
            if parts.netloc != own and parts.scheme not in {"data", "blob", "about"}
        ]

    def open(self, path):
        """Go to a page of the application."""
        self.page.goto(path)
        return self

    def open_map(self, path):
        """Go to a page with a map, and wait until its districts are drawn."""
        self.page.goto(path)
        return self.map.ready()

    @property
    def map(self):
        """The map of the page that is open."""
        return MapOnPage(self.page)

    def map_in(self, block, page=None):
        """Give the map inside a block of the page, or of another page of the same browser."""
        return MapOnPage(page or self.page, f"{block} {MAP_FRAME}")

    @property
    def card(self):
        """The card beside the map."""
        return self.page.locator(".st-key-fiche")

    def settled(self):
        """Wait until Streamlit has nothing under way."""
        expect(self.page.get_by_test_id("stApp")).to_have_attribute(RUN_STATE, "notRunning")


def choose(page, label, option):
    """Choose in a Streamlit select box, by typing then clicking, which works whatever the list's length.

    A page that is drawn again meanwhile shuts the list: one opens it again, as a person would.
    """
    box = page.get_by_role("combobox", name=re.compile(re.escape(label)))
    wanted = page.get_by_role("option", name=option, exact=True)
    for limit_ms in (5_000, WAIT_MS):
        box.click()
        box.fill(option)
        with suppress(PlaywrightTimeoutError):
            wanted.click(timeout=limit_ms)
            return
        page.keyboard.press("Escape")
    pytest.fail(f"« {option} » ne se laisse pas choisir")
