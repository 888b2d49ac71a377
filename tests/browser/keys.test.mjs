import assert from "node:assert/strict";
import { test } from "node:test";
import { Element, load, page, run } from "./stand_ins/page.mjs";

const STREAMLIT = run(["shell/selectors.js"], {}).qpvertsStreamlit;
const button = (key) => `.st-key-${key} :is(button, a)`;

/** A page of Streamlit with its buttons, in projection or not, whose area is 1000 pixels high and 5000 long. */
const keys = async ({ on = true, off = null, maps = 0, dialog } = {}) => {
  const area = new Element({ clientHeight: 1000, scrollHeight: 5000, scrollTop: 700, scrolled: [] });
  area.scrollBy = ({ top }) => area.scrolled.push(top);
  const frames = Array.from({ length: maps }, () => new Element());
  const found = { [STREAMLIT.main]: area, [STREAMLIT.maps]: frames, "dialog.touches": dialog ?? [] };
  for (const key of ["avant", "apres", "vers_comparer", "vers_grille", "vers_accueil", "projeter"]) {
    found[button(key)] = new Element();
  }
  const document = page(found);
  const kept = { "qpverts-touches-arretees": off };
  const globals = {
    document,
    window: { qpvertsStreamlit: STREAMLIT },
    location: new URL("https://exemple.fr/carte"),
    localStorage: { getItem: (name) => kept[name] ?? null },
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  (await load("pages/keys.mjs"))({ data: { on, page: "carte", help: [] } });
  const press = (key, more = {}) => globals.window.qpvertsKeys.press({ key, target: new Element(), ...more });
  const type = (key, more = {}) => {
    let isTaken = false;
    const preventDefault = () => {
      isTaken = true;
    };
    document.tell("keydown", { key, target: document.body, preventDefault, ...more });
    return isTaken;
  };
  const clicks = (key) => found[button(key)].clicks;
  return {
    press,
    kept,
    type,
    clicks,
    area,
    document,
    frames,
    found,
    set: (data) => globals.window.qpvertsKeys.set(data),
  };
};

for (const [key, name] of [
  ["ArrowLeft", "avant"],
  ["ArrowRight", "apres"],
  ["c", "vers_comparer"],
  ["C", "vers_comparer"],
  ["g", "vers_grille"],
  ["a", "vers_accueil"],
  ["p", "projeter"],
]) {
  test(`in projection ${key} presses what is drawn as ${name}`, async () => {
    const { press, clicks } = await keys();
    assert.equal(press(key), true);
    assert.equal(clicks(name), 1);
  });
}

test("elsewhere than in projection, only the key that enters it is of use", async () => {
  const { press, clicks } = await keys({ on: false });
  assert.equal(press("ArrowRight"), false);
  assert.equal(press("m"), false);
  assert.equal(press("p"), true);
  assert.deepEqual([clicks("apres"), clicks("projeter")], [0, 1]);
});

test("a key has no use where its button is not drawn", async () => {
  const { press, found } = await keys();
  delete found[button("apres")];
  assert.equal(press("ArrowRight"), false);
});

test("keys are left to who types, to shortcuts of the browser, and are not repeated", async () => {
  const { press } = await keys();
  const field = new Element({ closest: (selector) => (selector.includes("textarea") ? field : null) });
  assert.equal(press("c", { target: field }), false);
  for (const held of ["ctrlKey", "altKey", "metaKey", "repeat", "defaultPrevented"]) {
    assert.equal(press("c", { [held]: true }), false, held);
  }
});

test("arrows are left to what moves by them, and to the maps with Shift", async () => {
  const { press } = await keys();
  const slider = new Element({ closest: (selector) => (selector.includes("slider") ? slider : null) });
  assert.equal(press("ArrowRight", { target: slider }), false);
  assert.equal(press("ArrowRight", { shiftKey: true }), false);
  assert.equal(press("c", { target: slider }), true);
});

test("where the keys were turned off, only the way out of the whole screen is left", async () => {
  const { press, kept } = await keys({ maps: 1 });
  press("m");
  kept["qpverts-touches-arretees"] = "1";
  assert.equal(press("c"), false);
  assert.equal(press("p"), false);
  assert.equal(press("m"), false);
  assert.equal(press("Escape"), true);
});

test("M gives the screen to the maps, each its share, and gives the page back where it was", async () => {
  const { press, document, frames, area } = await keys({ maps: 2 });
  const { classList } = document.documentElement;
  assert.equal(press("m"), true);
  assert.ok(classList.contains("carte-plein-ecran"));
  assert.deepEqual(
    frames.map(({ style }) => [style["--rang"], style["--nombre"]]),
    [
      [0, 2],
      [1, 2],
    ],
  );
  area.scrollTop = 0;
  assert.equal(press("Escape"), true);
  assert.equal(classList.contains("carte-plein-ecran"), false);
  assert.equal(area.scrollTop, 700);
});

test("a page without a map has nothing to show whole; another page gives the screen back", async () => {
  assert.equal((await keys()).press("m"), false);
  const { press, set, document } = await keys({ maps: 1 });
  press("m");
  set({ on: true, page: "grille", help: [] });
  assert.equal(document.documentElement.classList.contains("carte-plein-ecran"), false);
});

for (const [key, by, more] of [
  ["ArrowUp", -120],
  ["ArrowDown", 120],
  ["PageUp", -900],
  ["PageDown", 900],
  [" ", 900],
  [" ", -900, { shiftKey: true }],
  ["Home", -5000],
  ["End", 5000],
]) {
  test(`in projection ${more ? "Shift and " : ""}"${key}" scrolls the page by ${by} pixels`, async () => {
    const { type, area } = await keys();
    assert.equal(type(key, more), true);
    assert.deepEqual(area.scrolled, [by]);
  });
}

test("the page is scrolled even where the keys were turned off", async () => {
  const { type, area } = await keys({ off: "1" });
  assert.equal(type("PageDown"), true);
  assert.deepEqual(area.scrolled, [900]);
});

test("the page is not scrolled outside projection, from a control, under the help, or under a whole map", async () => {
  const cases = {
    outside: { on: false },
    control: { change: ({ document }) => Object.assign(document, { activeElement: new Element() }) },
    help: { dialog: new Element() },
    whole: { maps: 1, change: ({ press }) => press("m") },
  };
  for (const [name, { change, ...options }] of Object.entries(cases)) {
    const made = await keys(options);
    change?.(made);
    assert.equal(made.type("PageDown"), false, name);
    assert.deepEqual(made.area.scrolled, [], name);
  }
});

test("in projection links of ours stay in it, and those of others are left alone", async () => {
  const follow = async (href, on = true) => {
    const { document } = await keys({ on });
    const link = { href, origin: new URL(href).origin };
    const target = new Element({ around: { "a[href]": link } });
    document.tell("click", { target });
    return link.href;
  };
  assert.equal(
    await follow("https://exemple.fr/grille?q=QN1"),
    "https://exemple.fr/grille?q=QN1&projection=1",
  );
  assert.equal(
    await follow("https://exemple.fr/grille?projection=1"),
    "https://exemple.fr/grille?projection=1",
  );
  assert.equal(await follow("https://ailleurs.fr/"), "https://ailleurs.fr/");
  assert.equal(await follow("https://exemple.fr/grille", false), "https://exemple.fr/grille");
});
