import assert from "node:assert/strict";
import { test } from "node:test";
import { Element, page, run } from "./stand_ins/page.mjs";

/** Streamlit's page, with the words of ours that watch it; `see` tells them of a change. */
const shell = ({ isNarrow = false } = {}) => {
  const document = page();
  const world = {
    document,
    Node: { TEXT_NODE: 3, ELEMENT_NODE: 1 },
    NodeFilter: {},
    MutationObserver: class {
      constructor(see) {
        world.see = (change) => see([change]);
      }
      observe = () => {};
    },
    matchMedia: () => ({ matches: isNarrow }),
    setTimeout: (act) => act(),
  };
  document.createTreeWalker = ({ texts = [] }) => {
    const left = [...texts];
    return {
      nextNode() {
        this.currentNode = left.shift();
        return this.currentNode;
      },
    };
  };
  const window = run(["shell/selectors.js", "shell/french.js"], world);
  return { document, see: world.see, streamlit: window.qpvertsStreamlit };
};

/** What a name of a control becomes. */
const named = (attribute, words) => {
  const target = new Element({ attributes: { [attribute]: words } });
  shell().see({ type: "attributes", target });
  return target.attributes[attribute];
};

test("names of Streamlit's own controls are put in French, whole words only", () => {
  assert.equal(named("aria-label", "Clear all"), "Tout effacer");
  assert.equal(named("placeholder", "Choose an option"), "Choisir");
  assert.equal(named("title", "Help for Commune"), "Aide : Commune");
  assert.equal(named("aria-label", "Open data"), "Open data");
});

/** What a text becomes, in a place that Streamlit writes in. */
const reworded = (data, where) => {
  const { see, streamlit } = shell();
  const parentElement = new Element({ around: where ? { [streamlit[where]]: {} } : {} });
  const target = { nodeType: 3, data, parentElement };
  see({ type: "characterData", target });
  return target.data;
};

test("a sentence of Streamlit is put in French where Streamlit writes it, and left alone elsewhere", () => {
  assert.equal(reworded("No results", "choices"), "Aucun résultat");
  assert.equal(reworded("No results", "dialog"), "No results");
  assert.equal(reworded("No results"), "No results");
  assert.equal(reworded(" Skip to main content ", "skipLink"), "Aller au contenu");
  assert.equal(reworded("toString", "dialog"), "toString");
});

test("what comes with its texts and its controls is put in French all through", () => {
  const { see, streamlit } = shell();
  const text = {
    nodeType: 3,
    data: "Page not found",
    parentElement: new Element({ around: { [streamlit.dialog]: {} } }),
  };
  const close = new Element({ attributes: { "aria-label": "Close" } });
  const dialog = new Element({ texts: [text], found: { "[aria-label], [title], [placeholder]": [close] } });
  see({ type: "childList", addedNodes: [dialog] });
  assert.equal(text.data, "Page introuvable");
  assert.equal(close.attributes["aria-label"], "Fermer");
});

/** How many times the menu was closed once a page was chosen in it. */
const closings = (options) => {
  const { document, streamlit } = shell(options);
  const close = new Element();
  document.found[streamlit.sideClose] = close;
  document.tell("click", { target: new Element({ around: { [streamlit.sideLink]: {} } }) });
  document.tell("click", { target: new Element() });
  return close.clicks;
};

test("on a telephone the menu closes once a page is chosen in it", () => {
  assert.equal(closings({ isNarrow: true }), 1);
  assert.equal(closings({ isNarrow: false }), 0);
});
