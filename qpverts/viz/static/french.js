/* The few words that Streamlit writes in English and lets nobody change (its issue 1353), put in French as they come.
 *
 * Sent with Streamlit's page, before it draws anything. Only these exact words are replaced, and only where Streamlit
 * itself puts them: what comes from data is left alone.
 */
"use strict";

(() => {
  const TEXTS = {
    '[data-testid="stSkipToContent"]': { "Skip to main content": "Aller au contenu" },
    '[role="listbox"], [data-testid*="Dropdown"], [data-baseweb="popover"]': { "No results": "Aucun résultat" },
    '[role="dialog"]': {
      "Page not found": "Page introuvable",
      "The page that you have requested does not seem to exist. Running the app's main page.":
        "Cette page n'existe pas. Voici l'accueil.",
    },
  };
  const NAMES = {
    "Link to heading": "Lien vers ce titre",
    Open: "Ouvrir la liste",
    Close: "Fermer",
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
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
})();
