import assert from "node:assert/strict";
import { test } from "node:test";
import { mapPage } from "./stand_ins/maps.mjs";

const BOUNDS = [
  [43, 5],
  [44, 6],
];
const view = (token) => ({ view: { token, bounds: BOUNDS } });
const names = (map) => map.moves.map(([name]) => name);

test("on arrival the map is there at once", () => {
  const { qpverts, map } = mapPage({ order: view("1") });
  qpverts.view.fly();
  assert.deepEqual(map.moves.at(-1), [
    "fitBounds",
    BOUNDS,
    { maxZoom: 16, padding: [24, 24], animate: false },
  ]);
});

test("later it flies, once for each place that is asked for", () => {
  const { qpverts, state, map } = mapPage({ order: view("1") });
  qpverts.view.fly();
  qpverts.view.fly();
  Object.assign(state.order, view("2"));
  qpverts.view.fly();
  assert.deepEqual(names(map), ["invalidateSize", "fitBounds", "flyToBounds"]);
});

test("who asked for less motion sees none", () => {
  const { qpverts, state, map } = mapPage({ order: view("1"), isCalm: true });
  qpverts.view.fly();
  Object.assign(state.order, view("2"));
  qpverts.view.fly();
  assert.equal(names(map).includes("flyToBounds"), false);
});

test("while nobody has moved it, a map whose size settles looks at the same place; moved, it stays where it is", () => {
  const { qpverts, map } = mapPage({ order: view("1") });
  qpverts.view.fly();
  qpverts.view.resized();
  assert.deepEqual(names(map).slice(2), ["invalidateSize", "fitBounds"]);
  map.zoom += 1;
  qpverts.view.resized();
  assert.deepEqual(names(map).slice(4), ["invalidateSize"]);
});
