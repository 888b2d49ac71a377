"""Measure what a person waits for: *Carte*, beside the usual page (``benchmarks/naive``), and heavier pages.

Run with ``python -m benchmarks.ui`` in a ready environment; it takes some three minutes and needs a Chromium
(``QPVERTS_CHROMIUM``, else ``/usr/bin/chromium``, else Playwright's own). Nothing fails on time, since
machines differ: ratios are what to compare. A map that does not show the right colours fails the run.
"""

from __future__ import annotations

import os
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, WebSocket, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from benchmarks.server import NoServerError, serving
from qpverts.atlas.atlas import Atlas
from qpverts.sources import load as atlases
from qpverts.ui.parts.choices import indicator_options
from qpverts.viz.palette import RAMP, class_of

CHANGES = 12
NAIVE = "benchmarks/naive/app.py"
WAIT_MS = 30_000
FRAME = 'iframe[src*="streamlit_folium.st_folium"]'
SECOND_FRAME = f".st-key-carte_b {FRAME}"
#: Pages with much under their maps: address, and the frame of the last one.
OPENINGS = {"quartier": ("/quartier?q=QN01338I", FRAME), "comparer": ("/comparer", SECOND_FRAME)}
CHROMIUM = Path("/usr/bin/chromium")
BROWSER_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Looks, at each frame drawn by the browser, whether the map shows what it must; both pages' frames are of the
# same origin, so that one watcher serves for both. Times are those of the browser's own clock.
WATCH = """([selector, wanted, limit]) => {
    let began = 0;  // the start of navigation, until a click
    const read = () => {
        const inside = document.querySelector(selector)?.contentDocument;
        const map = inside?.getElementById("map_div");
        if (!map) return null;
        const paths = [...inside.querySelectorAll("path.leaflet-interactive[d]")];
        const fills = {};
        for (const p of paths) { const f = p.getAttribute("fill"); fills[f] = (fills[f] || 0) + 1; }
        return { fills, painted: Number(map.dataset.peint || 0), selected: paths.filter(
            (p) => p.getAttribute("stroke-width") === (wanted.width || "4")).length };
    };
    const is = (now) => now && (!wanted.fills || Object.entries(wanted.fills).every(
        ([colour, count]) => (now.fills[colour] || 0) === count))
        && (wanted.painted === undefined || now.painted > wanted.painted)
        && (wanted.selected === undefined || now.selected === wanted.selected);
    const clicked = () => { began = performance.now(); };
    document.addEventListener("click", clicked, { capture: true, once: true });
    window.watched = new Promise((done) => {
        const start = performance.now();
        const look = () => {
            if (is(read())) return done(performance.now() - began);
            if (performance.now() - start > limit) return done(null);
            requestAnimationFrame(look);
        };
        look();
    });
}"""


class WrongMapError(Exception):
    """A map that does not show what was chosen."""


@dataclass
class Figures:
    """What was measured of one page: seconds, and bytes received through the websocket a change."""

    start_s: float = 0.0
    first_polygon_s: float = 0.0
    changes_s: list[float] = field(default_factory=list)
    changes_bytes: list[int] = field(default_factory=list)
    districts_s: list[float] = field(default_factory=list)
    themes_s: list[float] = field(default_factory=list)
    sides_s: list[float] = field(default_factory=list)
    sides_bytes: list[int] = field(default_factory=list)
    openings_s: dict[str, float] = field(default_factory=dict)


def p95(values: Sequence[float]) -> float:
    """Give the 95th percentile, the largest value of small samples."""
    return sorted(values)[min(len(values) - 1, round(0.95 * len(values)))]


def expected(atlas: Atlas, indicator_id: str) -> dict[str, int]:
    """Count the districts of each colour of the ramp."""
    found = Counter(class_of(values[indicator_id]) for values in atlas.indicators.values())
    return {colour: found[rank] for rank, colour in enumerate(RAMP)}


class Watcher:
    """A page, what its websocket received, and the time it takes to show something."""

    def __init__(self, page: Page, frame: str = FRAME) -> None:
        self.page = page
        self.frame = frame
        self.received = 0
        page.on("websocket", self._listen)

    def _listen(self, socket_: WebSocket) -> None:
        def count(payload: str | bytes) -> None:
            self.received += len(payload)

        socket_.on("framereceived", count)

    def first(self, url: str, wanted: dict[str, object]) -> float:
        """Open the page; give the seconds from the start of navigation to the map drawn."""
        self.page.goto(url, wait_until="commit")
        self.page.evaluate(WATCH, [self.frame, wanted, WAIT_MS])
        return self.result("première carte")

    def change(self, label: str, option: str, wanted: dict[str, object]) -> tuple[float, int]:
        """Choose an option; give the seconds from the click to the map repainted, and the bytes received."""
        box = self.page.get_by_role("combobox", name=label)
        box.click()
        box.fill(option)
        entry = self.page.get_by_role("option", name=option, exact=True)
        entry.wait_for()
        before = self.received
        self.page.evaluate(WATCH, [self.frame, wanted, WAIT_MS])
        entry.click()
        seconds = self.result(option)
        self.quiet()
        return seconds, self.received - before

    def result(self, what: str) -> float:
        """Give the seconds that the browser measured, or say what was not shown."""
        elapsed_ms = self.page.evaluate("window.watched")
        if elapsed_ms is None:
            message = f"« {what} » : la carte n'a pas été redessinée comme il faut en {WAIT_MS / 1000:.0f} s."
            raise WrongMapError(message)
        return float(elapsed_ms) / 1000

    def quiet(self) -> None:
        """Wait until the run has ended, so that its last bytes are counted."""
        self.page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        last = -1
        while last != self.received:
            last = self.received
            self.page.wait_for_timeout(150)


def cycle(atlas: Atlas, first: str) -> Iterator[str]:
    """Give indicators, each with other colours than the one before, round and round."""
    current = first
    while True:
        for indicator_id in indicator_options(atlas):
            if expected(atlas, indicator_id) != expected(atlas, current):
                current = indicator_id
                yield indicator_id


def measure(browser: Browser, script: str, path: str, atlas: Atlas) -> Figures:
    """Measure one page; districts and themes too where the page has them."""
    figures = Figures()
    options = indicator_options(atlas)
    first = next(iter(options))
    with serving(script) as server:
        url, figures.start_s = server.url, server.start_s
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
        context.set_default_timeout(WAIT_MS)
        watcher = Watcher(context.new_page())
        figures.first_polygon_s = watcher.first(url + path, {"fills": expected(atlas, first)})
        watcher.quiet()
        for indicator_id, _ in zip(cycle(atlas, first), range(CHANGES), strict=False):
            wanted: dict[str, object] = {"fills": expected(atlas, indicator_id)}
            seconds, received = watcher.change("Colorer les quartiers selon", options[indicator_id], wanted)
            figures.changes_s.append(seconds)
            figures.changes_bytes.append(received)
        if path == "/carte":
            _districts(watcher, atlas, figures)
            _themes(watcher, atlas, figures)
            _sides(context.new_page(), url, atlas, figures)
            for name, (heavy, frame) in OPENINGS.items():
                figures.openings_s[name] = statistics.median(
                    _opening(browser, url + heavy, frame) for _ in range(5)
                )
        context.close()
    return figures


def _opening(browser: Browser, url: str, frame: str) -> float:
    """Open a page in a browser that has nothing yet; give the seconds to its last map."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    context.set_default_timeout(WAIT_MS)
    try:
        return Watcher(context.new_page(), frame).first(url, {"painted": 0})
    finally:
        context.close()


def _painted(watcher: Watcher) -> int:
    frame = watcher.page.frame_locator(watcher.frame)
    return int(frame.locator("#map_div").get_attribute("data-peint") or 0)


def _districts(watcher: Watcher, atlas: Atlas, figures: Figures) -> None:
    """Choose districts by searching their name: the card, the outline and the place change."""
    unique = [qpv.name for qpv in atlas.qpvs.values() if len(atlas.index.find(qpv.name)) == 1]
    box = watcher.page.get_by_label("Chercher un quartier ou une commune")
    for name in unique[:6]:
        box.fill(name)
        watcher.page.evaluate(WATCH, [FRAME, {"selected": 1, "painted": _painted(watcher)}, WAIT_MS])
        # Enter, and not a click, is what starts this one.
        watcher.page.evaluate(
            "document.addEventListener('keydown', () => document.body.click(), {once: true})"
        )
        box.press("Enter")
        figures.districts_s.append(watcher.result(name))
        watcher.quiet()


def _themes(watcher: Watcher, atlas: Atlas, figures: Figures) -> None:
    """Filter by theme: the counts change."""
    panel = watcher.page.get_by_role("combobox", name="Thématique")
    for theme in atlas.vocabulary.themes:
        if not panel.is_visible():
            watcher.page.get_by_role("button", name="Filtres").click()
            panel.wait_for()
            watcher.quiet()
        seconds, _ = watcher.change("Thématique", theme.label, {"painted": _painted(watcher)})
        figures.themes_s.append(seconds)


def _sides(page: Page, url: str, atlas: Atlas, figures: Figures) -> None:
    """Change the second territory of *Comparer*: its map, the last one sent, shows the new outline."""
    watcher = Watcher(page, SECOND_FRAME)
    watcher.first(f"{url}/comparer", {"fills": expected(atlas, next(iter(indicator_options(atlas))))})
    watcher.quiet()
    for code, qpv in list(atlas.qpvs.items())[:CHANGES]:
        wanted: dict[str, object] = {"painted": _painted(watcher), "selected": 1, "width": "2.5"}
        option = f"{atlas.index.of_qpv(code).name} ({qpv.commune_names})"
        seconds, received = watcher.change("Deuxième territoire", option, wanted)
        figures.sides_s.append(seconds)
        figures.sides_bytes.append(received)


def table(ours: Figures, light: Figures, same: Figures) -> str:
    """Set the figures side by side, with ratios and the budgets of DESIGN §8."""
    rows = [("", "QPVerts", "usuelle légère", "rapport", "usuelle, même carte", "rapport", "budget")]

    def add(name: str, read: Callable[[Figures], float], unit: str, budget: str = "") -> None:
        mine = read(ours)
        cells = [f"{mine:.2f} {unit}"]
        for other in (light, same):
            cells += [f"{read(other):.2f} {unit}", f"× {read(other) / mine:.1f}"]
        rows.append((name, *cells, budget))

    def alone(name: str, value: float, budget: str = "") -> None:
        rows.append((name, f"{value:.2f} s", "", "", "", "", budget))

    add("démarrage à froid du serveur", lambda f: f.start_s, "s", "≤ 10 s")
    add("premier polygone, navigateur froid", lambda f: f.first_polygon_s, "s", "≤ 2,5 s")
    add("changer d'indicateur, p50", lambda f: statistics.median(f.changes_s), "s", "≤ 0,2 s et ≥ × 8")
    add("changer d'indicateur, p95", lambda f: p95(f.changes_s), "s")
    add("reçu par changement, p50", lambda f: statistics.median(f.changes_bytes) / 1024, "Kio", "≥ × 50")
    alone("choisir un quartier, p50", statistics.median(ours.districts_s), "≤ 0,2 s")
    alone("choisir un quartier, p95", p95(ours.districts_s))
    alone("choisir une thématique, p50", statistics.median(ours.themes_s), "≤ 0,2 s")
    alone("choisir une thématique, p95", p95(ours.themes_s))
    alone("comparer : changer un territoire, p50", statistics.median(ours.sides_s), "≤ 0,2 s")
    alone("comparer : changer un territoire, p95", p95(ours.sides_s))
    for name, seconds in ours.openings_s.items():
        alone(f"{name} : dernière carte, navigateur froid", seconds)
    received = f"{statistics.median(ours.sides_bytes) / 1024:.2f} Kio"
    rows.append(("comparer : reçu par changement, p50", received, "", "", "", "", ""))
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = []
    for name, *cells in rows:
        padded = [cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)]
        lines.append("  ".join((name.ljust(widths[0]), *padded)))
    return "\n".join(lines)


def main() -> int:
    """Measure both pages and print the table."""
    atlas = atlases.current()
    named = os.environ.get("QPVERTS_CHROMIUM") or (str(CHROMIUM) if CHROMIUM.exists() else None)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=named, args=list(BROWSER_ARGS))
            light = measure(browser, NAIVE, "/", atlas)
            same = measure(browser, NAIVE, "/?couches=toutes", atlas)
            ours = measure(browser, "app.py", "/carte", atlas)
            browser.close()
    except (WrongMapError, NoServerError, PlaywrightError) as error:
        print(f"ÉCHEC : {error}", file=sys.stderr)
        return 1
    print(
        f"{len(ours.changes_s)} changements d'indicateur, {len(ours.districts_s)} quartiers, "
        f"{len(ours.themes_s)} thématiques, {len(ours.sides_s)} territoires comparés ; "
        f"{os.cpu_count()} processeurs"
    )
    print(table(ours, light, same))
    return 0


if __name__ == "__main__":
    sys.exit(main())
