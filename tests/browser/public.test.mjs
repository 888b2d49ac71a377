import assert from "node:assert/strict";
import { test } from "node:test";
import { Element, page, run } from "./stand_ins/page.mjs";

const NAMES = ["Air Bel", "Noailles", "Les Hauts-de-Sainte-Marthe", "Saint-André"];

/** A public page with a list of names and a field over it; gives which names are left. */
const listed = ({ typed, search = "", isAnswered = false }) => {
  const items = NAMES.map((name) => Object.assign(new Element(), { textContent: name }));
  const field = new Element({ value: "" });
  const document = page({
    "[data-filtre]": [new Element()],
    "[data-filtre] > li": items,
    "#trouve *": isAnswered ? [new Element()] : [],
  });
  Object.assign(document, { currentScript: new Element(), getElementById: () => field });
  const world = { document, location: { search }, navigator: {}, addEventListener: () => {} };
  run(["public/public.js"], world);
  if (typed !== undefined) {
    field.value = typed;
    field.tell("input");
  }
  return { left: items.filter((item) => !item.hidden).map((item) => item.textContent), field, document };
};

test("names are found without their accents, their capitals and their signs", () => {
  assert.deepEqual(listed({ typed: "SAINT andre" }).left, ["Saint-André"]);
  assert.deepEqual(listed({ typed: "hauts de sainte" }).left, ["Les Hauts-de-Sainte-Marthe"]);
  assert.deepEqual(listed({ typed: "" }).left, NAMES);
  assert.deepEqual(listed({ typed: "zzz" }).left, []);
});

test("on a host without our server, the lists answer what the address asks", () => {
  const { left, field } = listed({ search: "?q=noailles" });
  assert.deepEqual(left, ["Noailles"]);
  assert.equal(field.value, "noailles");
});

test("where the server has answered, the lists stay whole", () => {
  assert.deepEqual(listed({ search: "?q=noailles", isAnswered: true }).left, NAMES);
});

test("in the frame of another site the page is bare", () => {
  const isBare = (search) => listed({ search }).document.body.classList.contains("integre");
  assert.equal(isBare("?integrer=1"), true);
  assert.equal(isBare("?integrer=0"), false);
});
