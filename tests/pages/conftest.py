"""Pages run without a browser, by Streamlit's own AppTest, through the real router."""

import json
import re
from pathlib import Path

import html5lib
import pytest
from streamlit.testing.v1 import AppTest

from qpverts.ui.parts import map_view

ROOT = Path(__file__).parents[2]
ROUTER = ROOT / "qpverts" / "ui" / "shell" / "router.py"
LIMIT_S = 60


def as_read(text):
    """Give a text as a reader takes it: any apostrophe is one, and no-break spaces are spaces."""
    return text.replace("\u00a0", " ").replace("’", "'")


class Screen:
    """What one session shows, after each run."""

    def __init__(self):
        self.app = AppTest.from_file(str(ROUTER), default_timeout=LIMIT_S)

    def open(self, name, **params):
        """Go to a page by its file name, as a link with these parameters does."""
        if not self.app._registered_pages:  # Streamlit knows the pages once the router has run
            self.app.run()
        self.app.query_params.clear()
        if "page_vue" in self.app.session_state:
            del self.app.session_state["page_vue"]  # as an address that is typed, not as a step from a page
        for param, value in params.items():
            self.app.query_params[param] = value
        self.app.switch_page(f"../../../pages/{name}.py").run()
        return self

    def step(self, name, **params):
        """Go on to another page by the row of pages, whose addresses are bare, or by a link of ours."""
        self.app.query_params.clear()
        for param, value in params.items():
            self.app.query_params[param] = value
        self.app.switch_page(f"../../../pages/{name}.py").run()
        return self

    def unfold(self, *keys):
        """Open some folds, which are filled only then."""
        for key in keys:
            self.app.session_state[key] = True
        self.app.run()
        return self

    @property
    def titles(self):
        """Give the title of the page."""
        return [as_read(title.value) for title in self.app.title]

    @property
    def text(self):
        """Give all that is written, one element per line."""
        kinds = (self.app.title, self.app.header, self.app.subheader, self.app.markdown, self.app.caption)
        alerts = (self.app.error, self.app.warning, self.app.info, self.app.code)
        written = "\n".join(element.value for kind in (*kinds, *alerts) for element in kind)
        return as_read(written)

    @property
    def cards(self):
        """Give what each card of a figure says, one paragraph per item, by indicator."""
        cards = {}
        for element in self.app.get("html"):
            page = html5lib.parse(element.proto.body, namespaceHTMLElements=False)
            for card in page.iter("article"):
                told = [as_read("".join(one.itertext())) for one in card.iter() if one.tag in {"h3", "p"}]
                cards[card.get("data-indicateur")] = told
        return cards

    @property
    def warnings(self):
        """Give what the page says it could not do."""
        return [as_read(warning.value) for warning in self.app.warning]

    @property
    def links(self):
        """Give the links to other pages: label, page and query string."""
        return [
            (as_read(link.proto.label), link.proto.page, link.proto.query_string)
            for link in self.app.get("page_link")
        ]

    @property
    def maps(self):
        """Give the paint order that each map of the page was sent."""
        orders = []
        for component in self.app.get("component_instance"):
            group = json.loads(component.proto.json_args)["feature_group"]
            orders.append(json.loads(re.search(r"qpverts\.paint\((\{.*\})\);", group)[1]))
        return orders

    def is_sound(self):
        """Tell that nothing was raised."""
        return not self.app.exception and not self.app.error


@pytest.fixture
def screen(monkeypatch):
    """A new session on the repository's own data."""
    for name in ("QPVERTS_DATA", "QPVERTS_GEOCODER_URL", "QPVERTS_GEOCODER_WAIT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(map_view, "HEAD_START_S", 0.0)  # there is no browser to wait for
    return Screen()
