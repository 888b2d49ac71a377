"""A real browser in front of real servers.

Two servers serve all the tests: one on the repository's data, one on a copy that tests may spoil. They listen
on free ports of the loopback and are ended by their own process. No browser reaches the internet: names that
are not this machine's do not resolve, and what would have been asked is recorded.
"""

import os
import re
import shutil
import threading
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.declared import SPECS
from tests.e2e.map_on_page import WAIT_MS
from tests.e2e.server import Geocoder, opener, serving
from tests.e2e.visit import Visit, choose

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "test-results"
DEBIAN_CHROMIUM = Path("/usr/bin/chromium")
LIMIT_S = 180  # for a whole test, the start of its servers included
BROWSER_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]
INDICATOR_BOX = "Colorer les quartiers selon"

expect.set_options(timeout=WAIT_MS)


def pytest_collection_modifyitems(items):
    """Mark this folder's tests, give them time, and skip them loudly where there is no browser."""
    here = Path(__file__).parent
    for item in items:
        if here not in item.path.parents:
            continue
        item.add_marker(pytest.mark.e2e)
        if not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(LIMIT_S))
        if os.environ.get("QPVERTS_E2E") == "skip":
            item.add_marker(
                pytest.mark.skip(
                    reason="QPVERTS_E2E=skip: NO BROWSER: clicks, URLs, offline and screens were NOT tested"
                )
            )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Keep the outcome where the fixtures find it, for the screenshot of a failure."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


# Servers


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The application on the repository's own data."""
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="session")
def run():
    """What tests that need servers or visits of their own use."""
    return SimpleNamespace(serving=serving, opener=opener, Visit=Visit)


@pytest.fixture(scope="session")
def geocoder():
    """The stand-in for the address service."""
    stub = Geocoder()
    thread = threading.Thread(target=stub.httpd.serve_forever, daemon=True)
    thread.start()
    yield stub
    stub.httpd.shutdown()
    stub.httpd.server_close()
    thread.join()


@pytest.fixture(scope="session")
def _spoilable(tmp_path_factory, geocoder):
    folder = tmp_path_factory.mktemp("spoilable")
    data = folder / "data"
    shutil.copytree(ROOT / "data", data)
    where = {"QPVERTS_DATA": str(data), "QPVERTS_GEOCODER_URL": geocoder.url, "QPVERTS_GEOCODER_WAIT": "2"}
    with serving(folder, **where) as running:
        yield running, data


@pytest.fixture
def spoilt(_spoilable):
    """A server on a copy of the data, and that copy, which is put right again after the test."""
    running, data = _spoilable
    yield running, data
    shutil.copytree(ROOT / "data", data, dirs_exist_ok=True)


# Browser


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the session; each test has contexts of its own."""
    named = os.environ.get("QPVERTS_CHROMIUM")
    path = named or (str(DEBIAN_CHROMIUM) if DEBIAN_CHROMIUM.exists() else None)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=BROWSER_ARGS)
        yield launched
        launched.close()


@pytest.fixture
def visit(request, browser, server):
    """Open browsers of their own: ``visit()`` on the main server, ``visit(other)`` on another.

    At the end no page may have raised an error or opened a dialog; a failed test leaves a screenshot.
    """
    opened = []

    def begin(on=None, **options):
        opened.append(Visit(browser, (on or server).url, **options))
        return opened[-1]

    yield begin
    try:
        if request.node.stash.get(FAILED, False):
            RESULTS.mkdir(exist_ok=True)
            name = re.sub(r"[^\w-]+", "_", request.node.name)
            for rank, one in enumerate(opened):
                with suppress(Exception):
                    one.page.screenshot(path=RESULTS / f"{name}_{rank}.png")
        for one in opened:
            assert one.dialogs == []
            assert one.errors == []
    finally:
        for one in opened:
            one.context.close()


@pytest.fixture(scope="module")
def look(browser, server):
    """Open pages that the tests of a file only look at: each address once, for all of them."""
    opened = {}

    def at(path):
        if path not in opened:
            opened[path] = Visit(browser, server.url)
            opened[path].open_map(path)
        return opened[path]

    yield at
    for one in opened.values():
        one.context.close()
    assert [fault for one in opened.values() for fault in (*one.dialogs, *one.errors)] == []


@pytest.fixture(scope="session")
def alone(atlas):
    """An action at an exact place far from the other ones: its mark is neither grouped nor covered."""
    exact = [action for action in atlas.actions.values() if action.is_exact]

    def away(action):
        others = (one for one in exact if one.id != action.id)
        return min((one.lat - action.lat) ** 2 + (one.lon - action.lon) ** 2 for one in others)

    return max(exact, key=away)


@pytest.fixture
def said():
    """Match a text as a reader takes it: any apostrophe is one, and so is any kind of space."""

    def pattern(text):
        words = (re.escape(word).replace("'", "['’]") for word in text.split())
        return re.compile(r"\s+".join(words))

    return pattern


@pytest.fixture(name="choose")
def _choose():
    return choose


@pytest.fixture
def colour_by():
    """Choose the indicator that colours the map, by its id."""

    def change(page, indicator_id):
        choose(page, INDICATOR_BOX, SPECS.by_id[indicator_id].label)

    return change
