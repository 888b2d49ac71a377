/* Maps side by side, in frames of one page: one zoom for all, the same number of pixels away from each one's start.
 *
 * They talk on a channel of their own. A map tells what a person does to it, and follows what it hears; what it does
 * while it follows or flies is never told, so that nothing echoes. A view is a zoom, and how far the centre is from
 * the start, in pixels of the whole world at zoom 0: at one zoom, equal views are equal numbers of pixels.
 */
"use strict";

qpverts.linked = (({ state }) => {
  const MAX_ZOOM = 16;
  const PADDING = 8; // pixels, both sides together: bounds have a margin of their own
  let channel = null;
  let button = null;
  let home = null; // where this map starts, in pixels at zoom 0
  let zooms = {}; // by side, the closest zoom at which it would show each of the territories whole
  let last = null; // the view that all have
  let moving = ""; // what this map does that nobody did here: "follow", "again" or none

  const view = (centre = state.map.getCenter(), zoom = state.map.getZoom()) => {
    const { x, y } = state.map.project(centre, 0).subtract(home);
    return { zoom, x, y };
  };

  const start = () => ({ zoom: Math.min(...Object.values(zooms)), x: 0, y: 0 });

  const pixels = (from, to) => L.point(to.x - from.x, to.y - from.y).multiplyBy(2 ** to.zoom);

  const same = (one, other) => one.zoom === other.zoom && pixels(one, other).distanceTo([0, 0]) < 0.8;

  const isCalm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  const fit = () => {
    const { side, fits } = state.order.link;
    zooms[side] = Math.min(
      MAX_ZOOM,
      ...fits.map((corners) => state.map.getBoundsZoom(corners, false, L.point(PADDING, PADDING))),
    );
  };

  /* ------------------------------------------------------------------- moving */

  const go = (wanted, how) => {
    const { map } = state;
    const centre = map.unproject(home.add([wanted.x, wanted.y]), 0);
    last = wanted;
    moving = moving || "follow";
    paintButton();
    if (how === "fly" && !isCalm()) map.flyTo(centre, wanted.zoom, { duration: 0.6 });
    else if (how === "smooth" && !isCalm()) map.setView(centre, wanted.zoom, { animate: true });
    // Cheaper than to draw everything again, many times a second.
    else if (map.getZoom() === wanted.zoom) map.panBy(pixels(view(), wanted), { animate: false });
    else map.setView(centre, wanted.zoom, { animate: false });
  };

  const arrived = () => {
    if (!moving) {
      tell(view());
    } else if (moving === "follow" && !same(view(), last)) {
      // What came while a zoom was under way could not turn it aside: it is caught up once, at its end.
      moving = "again";
      go(last, "now");
    } else {
      moving = "";
      last = view();
    }
  };

  const tell = (now, smooth = false) => {
    if (moving || same(now, last)) return;
    last = now;
    paintButton();
    post({ view: now, smooth });
  };

  /* ------------------------------------------------------------------- talking */

  const post = (message) => {
    const { side } = state.order.link;
    channel.postMessage({ token: state.view, side, zoom: zooms[side], ...message });
  };

  const heard = ({ data }) => {
    if (data.token !== state.view) return; // one of us has not had its order yet: it will ask
    const wasHome = same(last, start());
    zooms[data.side] = data.zoom;
    if (data.view) go(data.view, data.smooth ? "smooth" : "now");
    else if (wasHome && !same(last, start())) go(start(), "now");
    if (data.ask) post({ view: same(last, start()) ? null : last });
  };

  const open = (name) => {
    if (channel && channel.name === name) return;
    if (channel) channel.close();
    channel = new BroadcastChannel(name);
    channel.onmessage = heard;
  };

  /* -------------------------------------------------------------------- public */

  const paintButton = () => {
    if (button) button.hidden = same(last, start());
  };

  const listen = () => {
    state.map.on("dragstart", () => {
      moving = "";
    });
    state.map.on("zoomanim", ({ center, zoom }) => tell(view(center, zoom), true));
    state.map.on("move", () => tell(view()));
    state.map.on("moveend", arrived);
    button = document.createElement("button");
    button.type = "button";
    button.className = "recentrer";
    button.textContent = "Recentrer";
    L.DomEvent.disableClickPropagation(button);
    button.addEventListener("click", () => {
      go(start(), "smooth");
      post({ view: start(), smooth: true });
    });
    state.map.getContainer().appendChild(button);
  };

  // The size as it is now, without a move that would be told.
  const measure = () => {
    moving = "again";
    state.map.invalidateSize({ pan: false });
    moving = "";
    fit();
  };

  // A territory changed, here or beside: all go to their own start, at the zoom that fits the largest.
  const begin = (isFirst) => {
    const {
      link,
      view: { bounds },
    } = state.order;
    const [southWest, northEast] = bounds.map((corner) => state.map.project(corner, 0));
    home = southWest.add(northEast).divideBy(2);
    zooms = {};
    open(link.channel);
    measure();
    last = start();
    if (!button) listen();
    go(start(), isFirst ? "now" : "fly");
    post({ ask: true });
  };

  const resized = () => {
    if (!home) return;
    const wasHome = same(last, start());
    measure();
    go(wasHome ? start() : last, "now");
    post({});
  };

  return { begin, resized };
})(qpverts.tools);
