/* What Streamlit's own page lacks and lets nobody change, sent with it, before it draws anything.
 *
 * The few words that it writes in English (its issue 1353) are put in French as they come. Only these exact words are
 * replaced, and only where Streamlit itself puts them: what comes from data is left alone.
 *
 * Its menu, which covers a telephone, closes once a page is chosen: it would stay open, and open again at each load.
 */
"use strict";

(() => {
  const STREAMLIT = window.qpvertsStreamlit;
  const TEXTS = {
    [STREAMLIT.skipLink]: { "Skip to main content": "Aller au contenu" },
    [STREAMLIT.choices]: { "No results": "Aucun résultat" },
    [STREAMLIT.dialog]: {
      "Page not found": "Page introuvable",
      "The page that you have requested does not seem to exist. Running the app's main page.":
        "Cette page n'existe pas. Voici l'accueil.",
    },
  };
  const NAMES = {
    "Link to heading": "Lien vers ce titre",
    Open: "Ouvrir la liste",
    Close: "Fermer",
    "Collapse sidebar": "Fermer le menu",
    "Expand sidebar": "Ouvrir le menu",
    "Clear value": "Effacer",
    "Clear all": "Tout effacer",
    "App pages": "Pages",
    "Scroll tabs left": "Onglets précédents",
    "Scroll tabs right": "Onglets suivants",
    "Choose an option": "Choisir",
    "Choose options": "Choisir",
  };
  const HELP = /^Help for /;
  const ATTRIBUTES = ["aria-label", "title", "placeholder"];

  const named = (value) => NAMES[value] ?? value.replace(HELP, "Aide : ");

  const rename = (element) => {
    for (const attribute of ATTRIBUTES) {
      const value = element.getAttribute(attribute);
      if (value && named(value) !== value) element.setAttribute(attribute, named(value));
    }
  };

  const reword = (text) => {
    const said = text.data.trim();
    for (const [where, words] of Object.entries(TEXTS)) {
      if (Object.hasOwn(words, said) && text.parentElement?.closest(where)) text.data = words[said];
    }
  };

  const look = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return reword(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    rename(node);
    for (const one of node.querySelectorAll("[aria-label], [title], [placeholder]")) rename(one);
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) reword(texts.currentNode);
  };

  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") rename(target);
      else if (type === "characterData") reword(target);
      else addedNodes.forEach(look);
    }
  }).observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ATTRIBUTES,
  });

  const COVERED = window.matchMedia("(max-width: 767.98px)"); // where the menu lies over the page

  document.addEventListener("click", ({ target }) => {
    if (!COVERED.matches || !target.closest?.(STREAMLIT.sideLink)) return;
    // Once Streamlit has taken the choice: should it come to close its menu by itself, this finds nothing to press.
    setTimeout(() => document.querySelector(STREAMLIT.sideClose)?.click());
  });
})();
