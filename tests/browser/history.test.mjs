import assert from "node:assert/strict";
import { test } from "node:test";
import { Element, page, run } from "./stand_ins/page.mjs";

/** A browser on a page of ours: the steps of its history, and what a person and Streamlit do there. */
const visit = (path) => {
  const location = new URL(path, "https://exemple.fr");
  const steps = [location.href];
  const history = {
    pushState: (_state, _title, url) => {
      steps.push(url);
      location.href = url;
    },
    replaceState: (_state, _title, url) => {
      steps[steps.length - 1] = url;
      location.href = url;
    },
  };
  const [window, document] = [new Element(), page()];
  run(["shell/selectors.js", "shell/history.js"], { window, document, history, location });
  const { menuLinks } = window.qpvertsStreamlit;
  return {
    steps: () => steps.map((one) => one.replace("https://exemple.fr", "")),
    /** Streamlit writes an address. */
    write: (url) => history.pushState(null, "", url),
    /** A person chooses a page in the menu. */
    choose: (to, more = {}) => {
      const link = new URL(to, location);
      document.tell("click", { target: new Element({ around: { [menuLinks]: link } }), ...more });
    },
    press: () => document.tell("keydown", { target: document.body }),
    back: () => {
      steps.pop();
      location.href = steps.at(-1);
      window.tell("popstate");
    },
  };
};

test("what nobody chose in a menu is written as it comes", () => {
  const { steps, write } = visit("/carte");
  write("/carte?q=QN1");
  write("/carte?q=QN2");
  assert.deepEqual(steps(), ["/carte", "/carte?q=QN1", "/carte?q=QN2"]);
});

test("a choice is one step, with what one works on, written before the change of page", () => {
  const { steps, write, choose } = visit("/carte?q=QN1");
  choose("/grille");
  write("/carte?q=QN1&colonne=eau");
  write("/grille");
  assert.deepEqual(steps(), ["/carte?q=QN1", "/grille?q=QN1&colonne=eau"]);
});

test("a choice is one step, with what one works on, written after the change of page", () => {
  const { steps, write, choose } = visit("/carte?q=QN1");
  choose("/grille");
  write("/grille");
  write("/grille?q=QN1");
  assert.deepEqual(steps(), ["/carte?q=QN1", "/grille?q=QN1"]);
});

test("a run that is late brings no page that was not asked for", () => {
  const { steps, write, choose } = visit("/carte");
  choose("/grille");
  write("/comparer?a=QN1");
  write("/grille");
  assert.deepEqual(steps(), ["/carte", "/grille"]);
});

test("once the person does something else, all is written again as it comes", () => {
  const { steps, write, choose, press } = visit("/carte");
  choose("/grille");
  write("/grille");
  press();
  write("/grille?q=QN1");
  assert.deepEqual(steps(), ["/carte", "/grille", "/grille?q=QN1"]);
});

test("after Back, the page one leaves does not come again; what the page itself writes does", () => {
  const { steps, write, back } = visit("/carte");
  write("/grille");
  back();
  write("/grille?q=QN1");
  assert.deepEqual(steps(), ["/carte"]);
  write("/carte?q=QN1");
  assert.deepEqual(steps(), ["/carte", "/carte?q=QN1"]);
});

test("a link opened elsewhere, or to the page one is on, is no choice", () => {
  for (const [to, more] of [
    ["/grille", { ctrlKey: true }],
    ["/grille", { metaKey: true }],
    ["/grille", { shiftKey: true }],
    ["/carte", {}],
  ]) {
    const { steps, write, choose } = visit("/carte");
    choose(to, more);
    write("/comparer");
    assert.deepEqual(steps(), ["/carte", "/comparer"]);
  }
});

test("the front page of a folder is the same with and without its slash", () => {
  const { steps, write, choose } = visit("/qpverts/");
  choose("/qpverts/grille");
  write("/qpverts?q=QN1");
  write("/qpverts/grille");
  assert.deepEqual(steps(), ["/qpverts/", "/qpverts/grille?q=QN1"]);
});
