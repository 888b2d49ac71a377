"""The map of a page, in its frame: what it shows, and where to click on it."""

import re

from playwright.sync_api import expect

MAP_FRAME = 'iframe[src*="streamlit_folium.st_folium"]'
RUN_STATE = "data-test-script-state"
WAIT_MS = 45_000  # what a person would wait on a slow, busy machine; expect() goes on as soon as it can
STILL_MS = 150


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
