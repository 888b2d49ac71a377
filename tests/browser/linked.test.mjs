import assert from "node:assert/strict";
import { test } from "node:test";
import { mapPage } from "./stand_ins/maps.mjs";

// On the flat world of stand_ins/leaflet.mjs a degree is a pixel at zoom 0: 1024 pixels at zoom 10.
const BOUNDS = [
  [43, 5],
  [44, 7],
]; // the middle: 43.5 north, 6 east
const CENTRE = [43.5, 6];

/** The map at the left of two; each of both territories is whole at the zoom given. */
const left = ({ fits = 12, ...options } = {}) => {
  const link = { channel: "compare", side: "a", fits: [BOUNDS] };
  const made = mapPage({ order: { link, view: { token: "1", bounds: BOUNDS } }, ...options });
  made.map.fits = () => fits;
  made.qpverts.view.fly();
  return { ...made, channel: made.channel(), button: made.map.container.children[0] };
};
const at = ({ centre, zoom }) => [...centre, zoom];
const other = (more) => ({ token: "1", side: "b", zoom: 12, ...more });

test("a map starts in the middle of its territory, at the zoom that shows it whole, and asks where the others are", () => {
  const { map, channel } = left();
  assert.deepEqual(at(map), [...CENTRE, 12]);
  assert.deepEqual(channel.said, [{ token: "1", side: "a", zoom: 12, ask: true }]);
  assert.equal(channel.name, "compare");
});

test("it is never nearer than streets", () => {
  assert.equal(left({ fits: 18 }).map.zoom, 16);
});

test("a larger territory beside takes all maps to its zoom", () => {
  const { map, channel } = left();
  channel.hear(other({ zoom: 10.5 }));
  assert.deepEqual(at(map), [...CENTRE, 10.5]);
});

test("what a person does is told as a zoom, and pixels of the whole world from the start", () => {
  const { map, channel } = left();
  map.setView([43.25, 6.5], 13);
  assert.deepEqual(channel.said.at(-1), {
    token: "1",
    side: "a",
    zoom: 12,
    view: { zoom: 13, x: 0.5, y: 0.25 },
    smooth: false,
  });
});

test("what another map tells is followed, as far from one's own start, and not told again", () => {
  const { map, channel } = left();
  const before = channel.said.length;
  channel.hear(other({ view: { zoom: 13, x: 0.5, y: 0.25 } }));
  assert.deepEqual(at(map), [43.25, 6.5, 13]);
  assert.equal(channel.said.length, before);
});

test("places on the way to what is followed are not told", () => {
  const { map, channel } = left();
  const before = channel.said.length;
  const arrive = map.setView;
  map.setView = (...told) => {
    map.centre = [43.4, 6.2];
    map.fire("move");
    return arrive(...told);
  };
  channel.hear(other({ view: { zoom: 13, x: 0.5, y: 0.25 }, smooth: true }));
  assert.deepEqual(at(map), [43.25, 6.5, 13]);
  assert.equal(channel.said.length, before);
});

test("at one zoom a map that follows is only slid, by the pixels that are missing", () => {
  const { map, channel } = left();
  channel.hear(other({ view: { zoom: 12, x: 0.5, y: 0.25 } }));
  assert.deepEqual(map.moves.at(-1), ["panBy", [2048, 1024], 12, { animate: false }]);
});

test("less than a pixel is no move", () => {
  const { map, channel, button } = left();
  const before = channel.said.length;
  map.setView([43.5, 6 + 0.7 / 4096], 12);
  assert.equal(channel.said.length, before);
  assert.equal(button.hidden, true);
  map.setView([43.5, 6 + 0.9 / 4096], 12);
  assert.equal(channel.said.length, before + 1);
});

test("a map that has not had the same order is not followed", () => {
  const { map, channel } = left();
  channel.hear(other({ token: "0", view: { zoom: 13, x: 0.5, y: 0.25 } }));
  assert.deepEqual(at(map), [...CENTRE, 12]);
});

test("who asks is told where all are, and nothing where all are at their start", () => {
  const { map, channel } = left();
  channel.hear(other({ ask: true }));
  assert.equal(channel.said.at(-1).view, null);
  map.setView([43.5, 6], 14);
  channel.hear(other({ ask: true }));
  assert.deepEqual(channel.said.at(-1).view, { zoom: 14, x: 0, y: 0 });
});

test("away from the start there is a way back, which takes the others too", () => {
  const { map, channel, button } = left();
  assert.equal(button.hidden, true);
  map.setView([43.25, 6.5], 13);
  assert.equal(button.hidden, false);
  button.tell("click");
  assert.deepEqual(at(map), [...CENTRE, 12]);
  assert.deepEqual(channel.said.at(-1).view, { zoom: 12, x: 0, y: 0 });
  assert.equal(button.hidden, true);
});

test("a map whose size changes stays at its start, if it was there, at the zoom that fits it now", () => {
  const { qpverts, map } = left();
  map.fits = () => 11;
  qpverts.view.resized();
  assert.deepEqual(at(map), [...CENTRE, 11]);
});

test("another territory is flown to, but by those who asked for less motion", () => {
  for (const [isCalm, move] of [
    [false, "flyTo"],
    [true, "setView"],
  ]) {
    const { qpverts, state, map } = left({ isCalm });
    state.order.view = {
      token: "2",
      bounds: [
        [43, 5],
        [43, 5],
      ],
    };
    map.fits = () => 14;
    qpverts.view.fly();
    assert.equal(map.moves.at(-1)[0], move);
    assert.deepEqual(at(map), [43, 5, 14]);
  }
});
