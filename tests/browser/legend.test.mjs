import assert from "node:assert/strict";
import { test } from "node:test";
import { mapPage } from "./stand_ins/maps.mjs";

/** The legend, without its markup but for where its lines end. */
const legend = (order, { near = false, numbers = false } = {}) => {
  const { qpverts, state } = mapPage({ order });
  const html = qpverts.legend(state, { text: String, shape: () => "", near, numbers });
  return html
    .replace(/<\/(li|p)>/g, "\n")
    .replace(/<[^>]*>/g, "")
    .trim()
    .split("\n");
};

test("from afar: the figure and its unit, the classes, the green spaces, the dots", () => {
  assert.deepEqual(legend({ missing: "inconnu" }), [
    "Pauvreté (%)",
    "10 à 20",
    "inconnu",
    "espace vert (disque de même surface)",
    "accès restreint ou projet",
    "un quartier ; rapprochez-vous pour voir les actions",
  ]);
});

test("dots are said to have a number once there is room for it", () => {
  assert.match(legend({}, { numbers: true }).at(-1), /^3un quartier et son nombre d’actions ;/);
});

test("from near: themes and clusters take the place of dots, the ring is said where it is drawn", () => {
  assert.deepEqual(legend({ ring: "QN1" }, { near: true }).slice(-4), [
    "Habiter",
    "3actions proches",
    "3actions dont le lieu exact est inconnu",
    "à 300 m du quartier",
  ]);
  assert.equal(legend({}, { near: true }).includes("à 300 m du quartier"), false);
});

test("from near the grid takes the place of the districts' colours", () => {
  assert.equal(legend({ grid: true }, { near: true }).includes("Pauvreté (%)"), false);
  assert.deepEqual(legend({ grid: true }, { near: true }).slice(0, 4), [
    "Végétation",
    "peu",
    "assez",
    "inconnu",
  ]);
  assert.ok(legend({ grid: true }).includes("Pauvreté (%)"));
});

test("what a scenario adds and the way to a park are said where they are drawn", () => {
  const walk = { route: [], nearest: [], lines: ["", "210 m à vol d'oiseau", "480 m par les rues"] };
  const told = legend({ added: [], walk });
  for (const line of ["espace vert imaginé par ce scénario", "210 m à vol d'oiseau", "480 m par les rues"]) {
    assert.ok(told.includes(line), line);
  }
});
