"""The accessibility statement says what the tests found, of the pages that there are, as listed today."""

import json
import re
import tomllib
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from qpverts.settings import load as load_settings
from qpverts.ui.address.pages import PAGES
from qpverts.web.public import contents, paths, statement
from qpverts.web.public.render import TEMPLATES
from qpverts.web.public.site import Site

DECLARED = Path(__file__).parents[3] / "docs" / "accessibility"
RESULTS = json.loads(statement.RESULTS.read_text(encoding="utf-8"))


def declared(name):
    """Read one of the two declared files."""
    return tomllib.loads((DECLARED / name).read_text(encoding="utf-8"))


def test_every_kind_of_page_is_tried(atlas):
    """Each page of the dashboard, and each template of the public pages, has an address in the list."""
    pages = declared("pages.toml")["page"]
    kinds = {page.template for page in contents.Contents(atlas).pages.values()} | {"missing.html"}
    assert {page["page"] for page in pages if "page" in page} == set(PAGES)
    assert {page["template"] for page in pages if "template" in page} == kinds
    assert kinds == {path.name for path in TEMPLATES.iterdir()} - {"base.html", "macros.html"}


def test_results_are_those_of_the_declared_pages_and_exceptions():
    """The results that are kept are neither older nor narrower than what is declared."""
    pages = declared("pages.toml")["page"]
    assert [(page["name"], page["address"]) for page in RESULTS["pages"]] == [
        (page["name"], page["address"]) for page in pages
    ]
    assert RESULTS["exceptions"] == declared("known.toml").get("exception", [])
    failed = {(rule, page["address"]) for page in RESULTS["pages"] for rule in page["failed"]}
    listed = {(one["rule"], address) for one in RESULTS["exceptions"] for address in one["pages"]}
    assert failed == listed


def test_results_are_those_of_the_version_of_axe_that_is_installed():
    """Another version has other rules: the results are then to be made again."""
    script = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    assert re.search(r"axe v(\S+)", script)[1] == RESULTS["axe"]
    assert date.fromisoformat(RESULTS["date"])


@pytest.mark.parametrize("contact", ["", "nature@example.org"])
def test_statement_follows_the_model_and_invents_nothing(atlas, contact):
    """The parts of the official model, the state of a site without audit, no rate, no contact of its own."""
    text = Site(atlas, replace(load_settings(), contact=contact)).body(paths.STATEMENT).plain.decode()
    text = text.replace("’", "'")
    for part in (
        "État de conformité",
        "Résultats des tests",
        "Contenus non accessibles",
        "Établissement de cette déclaration",
        "Retour d'information et contact",
        "Voies de recours",
    ):
        assert part in text
    assert "non conforme" in text
    assert re.search(r"\d\s*%(?![0-9A-F]{2})", text) is None
    assert re.search(r"\b0\d(?:[ .]?\d\d){4}\b", text) is None
    assert ("mailto:nature@example.org" in text) == bool(contact)
    for one in RESULTS["exceptions"]:
        assert one["upstream"] in text
        assert f"{statement.RULES[one['rule']]} ({one['rule']})" in text
