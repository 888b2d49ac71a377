import assert from "node:assert/strict";
import { test } from "node:test";
import { mapPage } from "./stand_ins/maps.mjs";
import { Element } from "./stand_ins/page.mjs";

/** A map painted with projection on or off, and what its page took of the keys. */
const painted = (projection, taken = []) => {
  const qpvertsKeys = {
    scroll: (by) => taken.push(by),
    press: ({ key }) => {
      taken.push(key);
      return key === "m";
    },
  };
  const made = mapPage({ order: { projection }, parent: { qpvertsKeys } });
  made.window.parent.document.documentElement.style.fontSize = "28px";
  made.state.scale = made.L.control.scale({});
  const part = made.qpverts.parts.at(-1); // the last script of all
  part.paint(made.state);
  return { ...made, part, root: made.document.documentElement };
};

test("before a room letters have six sevenths of the page's size: 24 pixels for 28", () => {
  const { root } = painted(true);
  assert.equal(root.style["--texte"], "24px");
  assert.equal(root.style["--nom"], "24px");
});

test("once projection is left, letters have the size of the map's own sheet", () => {
  const { root, state, part } = painted(true);
  state.order.projection = false;
  part.paint(state);
  assert.equal("--texte" in root.style, false);
  assert.equal(root.classList.contains("projection"), false);
});

test("before a room the wheel moves the page, not the map", () => {
  const { map, state, part } = painted(true);
  assert.deepEqual(map.moves, ["wheel off"]);
  part.paint(state);
  assert.deepEqual(map.moves, ["wheel off"]); // nothing changed
  state.order.projection = false;
  part.paint(state);
  assert.deepEqual(map.moves, ["wheel off", "wheel on"]);
});

/** Which keys the page was handed, and whether the map was kept from a key. */
const press = (projection, event) => {
  const taken = [];
  const { document } = painted(projection, taken);
  let isKept = false;
  const keep = () => {
    isKept = true;
  };
  document.tell("keydown", {
    preventDefault: keep,
    stopPropagation: () => {},
    target: new Element(),
    ...event,
  });
  return { taken, isKept };
};

test("before a room the arrows that go up and down scroll the page, by 120 pixels", () => {
  assert.deepEqual(press(true, { key: "ArrowUp" }), { taken: [-120], isKept: true });
  assert.deepEqual(press(true, { key: "ArrowDown" }), { taken: [120], isKept: true });
});

test("with Shift, or elsewhere than before a room, arrows stay the map's", () => {
  assert.equal(press(true, { key: "ArrowDown", shiftKey: true }).isKept, false);
  assert.equal(press(false, { key: "ArrowDown" }).isKept, false);
});

test("other keys are handed to the page, and are the map's if it has no use for them", () => {
  assert.deepEqual(press(true, { key: "m" }), { taken: ["m"], isKept: true });
  assert.deepEqual(press(true, { key: "z" }), { taken: ["z"], isKept: false });
});
