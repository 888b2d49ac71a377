"""A real browser in front of real servers.

Two servers serve all the tests: one on the repository's data, one on a copy that tests may spoil. They listen
on free ports of the loopback and are ended by their own process. No browser reaches the internet: names that
are not this machine's do not resolve, and what would have been asked is recorded.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit
from urllib.request import ProxyHandler, build_opener

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from playwright.sync_api import expect, sync_playwright

from tests.declared import SPECS

ROOT = Path(__file__).parents[2]
SENTINEL = Path(__file__).parent / "sentinel"
RESULTS = ROOT / "test-results"
DEBIAN_CHROMIUM = Path("/usr/bin/chromium")
START_LIMIT_S = 60
STOP_LIMIT_S = 10
LIMIT_S = 180  # for a whole test, the start of its servers included
WAIT_MS = 45_000  # what a person would wait on a slow, busy machine; expect() goes on as soon as it can
STILL_MS = 150
RUN_STATE = "data-test-script-state"
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
MAP_FRAME = 'iframe[src*="streamlit_folium.st_folium"]'
DESKTOP = {"width": 1280, "height": 900}

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


class Server:
    """A running application: its address, its process, and what it asked of the network."""

    def __init__(self, url, process, folder):
        self.url = url
        self.process = process
        self.folder = folder

    def calls(self):
        """List the hosts that the server itself looked up or called, this machine apart."""
        notes = self.folder / "sentinel.txt"
        return notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []

    def log(self):
        """Give what the server printed."""
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")

    def get(self, path):
        """Ask for an address without a browser; give the status and the body."""
        with opener().open(self.url + path, timeout=10) as answer:
            return answer.status, answer.read()


def opener():
    """Give an HTTP client that no proxy of the environment deviates."""
    return build_opener(ProxyHandler({}))


def free_port():
    """Find a port of the loopback on which nobody listens."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@contextmanager
def serving(folder, **env):
    """Run the application as the README says, until the block ends."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QPVERTS_")}
    environment |= {
        "PYTHONPATH": os.pathsep.join([str(SENTINEL), *filter(None, [os.environ.get("PYTHONPATH")])]),
        "QPVERTS_TEST_SENTINEL": str(folder / "sentinel.txt"),
        **env,
    }
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += ["--server.port", str(port), "--server.headless", "true"]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        server = Server(f"http://localhost:{port}", process, folder)
        try:
            _wait_until_healthy(server)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(STOP_LIMIT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_healthy(server):
    limit = time.monotonic() + START_LIMIT_S
    while time.monotonic() < limit:
        if server.process.poll() is not None:
            pytest.fail(f"the server ended at once:\n{server.log()}")
        with suppress(OSError):
            server.get("/_stcore/health")
            return
        time.sleep(0.05)
    pytest.fail(f"the server was not healthy after {START_LIMIT_S} s:\n{server.log()}")


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The application on the repository's own data."""
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running


class Geocoder:
    """A stand-in for the IGN address service, on the loopback, that can be switched off."""

    def __init__(self):
        self.asked = []
        self.is_up = True
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                stub.asked.append(parse_qs(urlsplit(self.path).query).get("q", [""])[0])
                body = json.dumps(stub.answer).encode() if stub.is_up else b"<h1>502 Bad Gateway</h1>"
                self.send_response(200 if stub.is_up else 502)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.httpd.server_port}/geocodage/search"
        self.answer = {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [5.43168, 43.29068]},
                    "properties": {"label": "36 Rue de la Pinède 13011 Marseille"},
                }
            ],
        }


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


class MapOnPage:
    """The Leaflet map inside its iframe."""

    def __init__(self, page, where=MAP_FRAME):
        self.page = page
        self.element = page.locator(where)
        self.frame = page.frame_locator(where)
        self.div = self.frame.locator("#map_div")

    def ready(self, districts=66):
        """Wait until the districts are drawn and an order has painted them."""
        expect(self.div).to_have_attribute("data-quartiers", str(districts))
        expect(self.div).to_have_attribute("data-peint", re.compile(r"^[1-9]"))
        return self

    def still(self):
        """Wait until no run is under way, and the frame has neither moved nor been painted for a while."""
        app, last = self.page.get_by_test_id("stApp"), None
        for _ in range(WAIT_MS // STILL_MS):
            now = (app.get_attribute(RUN_STATE), self.element.bounding_box(), self.painted())
            if now == last and now[0] == "notRunning":
                return self
            last = now
            self.page.wait_for_timeout(STILL_MS)
        raise AssertionError(f"the map does not stand still: {last}")

    def js(self, body, arg=None):
        """Evaluate a function of one argument in the frame."""
        return self.div.evaluate(f"(_, arg) => {{ {body} }}", arg)

    def view(self):
        """Give zoom, latitude and longitude of the centre, once the map has stopped moving."""
        return self.div.evaluate(
            """() => new Promise((done) => {
                const read = () => { const c = map.getCenter(); return [map.getZoom(), c.lat, c.lng]; };
                let last = null;
                const look = () => {
                    const now = read();
                    if (last && JSON.stringify(now) === JSON.stringify(last)) return done(now);
                    last = now;
                    setTimeout(look, 100);
                };
                look();
            })"""
        )

    def move(self, lat, lon, zoom):
        """Put the map somewhere, at once."""
        self.js("map.setView([arg[0], arg[1]], arg[2], {animate: false}); return 0;", [lat, lon, zoom])
        return self

    def painted(self):
        """Give how many orders have painted the map."""
        return int(self.div.get_attribute("data-peint"))

    def indicator(self):
        """Give the indicator that colours the map."""
        return self.div.get_attribute("data-indicateur")

    def fills(self):
        """Give the fill colour of each district as drawn, by code."""
        return self.js(
            """const found = {};
            map.eachLayer((l) => { const p = l.feature?.properties; if (p?.code && p.lat && l._path)
                found[p.code] = l._path.getAttribute("fill"); });
            return found;"""
        )

    def mark_frame(self):
        """Leave a mark in the frame, which a new frame would not have."""
        self.js("window.leftByTest = 'here'; return 0;")

    def has_mark(self):
        """Tell whether the frame is still the one that was marked."""
        return self.js("return window.leftByTest === 'here';")

    def point_in(self, code):
        """Find, in pixels of the page, a point where a click falls on this district's polygon itself."""
        self.still()
        point = self.js(
            """let layer = null;
            map.eachLayer((l) => {
                const p = l.feature?.properties;
                if (p?.code === arg && p.lat) layer = l;
            });
            const box = layer._path.getBoundingClientRect();
            for (let i = 1; i < 30; i++) for (let j = 1; j < 30; j++) {
                const x = box.left + (box.width * i) / 30, y = box.top + (box.height * j) / 30;
                if (document.elementFromPoint(x, y) === layer._path) return [x, y];
            }
            return null;""",
            code,
        )
        assert point, f"no visible point of {code} on the map"
        frame = self.element.bounding_box()
        return frame["x"] + point[0], frame["y"] + point[1]

    def empty_point(self):
        """Find, in pixels of the page, a point of the map where there is nothing to click."""
        self.still()
        point = self.js(
            """const box = map.getContainer().getBoundingClientRect();
            for (let i = 2; i < 30; i++) for (let j = 2; j < 30; j++) {
                const x = box.left + (box.width * i) / 30, y = box.top + (box.height * j) / 30;
                const top = document.elementFromPoint(x, y);
                const taken = ".leaflet-interactive, .leaflet-control, .leaflet-marker-pane";
                if (top && !top.closest(taken)) return [x, y];
            }
            return null;"""
        )
        assert point, "no empty point on the map"
        frame = self.element.bounding_box()
        return frame["x"] + point[0], frame["y"] + point[1]

    def click_district(self, code):
        """Click the polygon of a district, as a person does."""
        self.page.mouse.click(*self.point_in(code))

    def marker(self, ref):
        """Find, in pixels of the page, the mark of an ``action:…`` or of a ``quartier:…``."""
        self.still()
        point = self.js(
            """let icon = null;
            map.eachLayer((l) => { if (l._icon && l.qpvertsTip?.().includes(`[[${arg}#`)) icon = l._icon; });
            if (!icon) return null;
            const box = icon.getBoundingClientRect();
            const x = box.left + box.width / 2, y = box.top + box.height / 2;
            return icon.contains(document.elementFromPoint(x, y)) ? [x, y] : null;""",
            ref,
        )
        assert point, f"no visible mark of {ref} on the map"
        frame = self.element.bounding_box()
        return frame["x"] + point[0], frame["y"] + point[1]

    def click_marker(self, ref):
        """Click a mark."""
        self.page.mouse.click(*self.marker(ref))

    def hover_marker(self, ref):
        """Move the mouse onto a mark."""
        self.page.mouse.move(*self.marker(ref))

    def paths(self):
        """Give the locator of the districts' polygons."""
        return self.frame.locator(".leaflet-quartiers-pane path")


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


@pytest.fixture(scope="session")
def alone(atlas):
    """An action at an exact place far from the other ones: its mark is neither grouped nor covered."""
    exact = [action for action in atlas.actions.values() if action.is_exact]

    def away(action):
        others = (one for one in exact if one.id != action.id)
        return min((one.lat - action.lat) ** 2 + (one.lon - action.lon) ** 2 for one in others)

    return max(exact, key=away)


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
