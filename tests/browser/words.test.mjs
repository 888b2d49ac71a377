import assert from "node:assert/strict";
import { test } from "node:test";
import { mapPage } from "./stand_ins/maps.mjs";

const { words } = mapPage().qpverts;

test("what comes from data is text, never markup", () => {
  assert.equal(words.text("<img src=x> & co"), "&lt;img src=x&gt; &amp; co");
  assert.equal(words.text(null), "");
  assert.equal(words.text(0), "0");
});

test("an apostrophe between two letters is that of print, and no other sign changes", () => {
  assert.equal(words.text("l'eau d'Éguilles, 5' à pied"), "l’eau d’Éguilles, 5' à pied");
});

test("a tooltip begins with its title and leaves out what is empty", () => {
  assert.equal(
    words.tooltip(["Air Bel", "", null, "Marseille"], "", 3),
    "<strong>Air Bel</strong><br>Marseille",
  );
});

test("in a tooltip a number stays with its unit, and a sign with its word", () => {
  assert.equal(
    words.tooltip(["x", "Part : 12 % ; 3 ha"], ""),
    "<strong>x</strong><br>Part&nbsp;: 12&nbsp;%&nbsp;; 3&nbsp;ha",
  );
});

test("a tooltip says what was clicked, and a second click is told from the first", () => {
  const hidden = (clicks) => words.tooltip(["Air Bel"], "quartier:QN01338I", clicks).split("</strong>")[1];
  assert.equal(hidden(1), "<span hidden>[[quartier:QN01338I#1]]</span>");
  assert.notEqual(hidden(1), hidden(2));
});

test("no action recorded is never said as a zero", () => {
  assert.equal(words.recorded(0), "aucune action recensée");
  assert.equal(words.recorded(1), "1 action recensée");
  assert.equal(words.recorded(2), "2 actions recensées");
});

test("actions without a place are said to be in the district", () => {
  assert.equal(words.placeless(1), "1 action dans le quartier, lieu exact inconnu");
  assert.equal(words.placeless(3), "3 actions dans le quartier, lieu exact inconnu");
});
