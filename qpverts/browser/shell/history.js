/* One choice in the menu, or one Back, is one step of the history. Sent with Streamlit's page, before it draws anything.
 *
 * Streamlit writes the address as the server's messages come, and they come in any order. What one works on is written
 * now before the change of page (the history would have it under the page one leaves), now after it (one step more). A
 * run that is late, when one goes Back twice, brings its own page back. So until the person does something else, only
 * the page they asked for is let in, once.
 */
"use strict";

(() => {
  const { menuLinks } = window.qpvertsStreamlit;
  const push = history.pushState.bind(history);
  let asked = null; // the page asked for; from a menu, the one it was asked from, and the parameters that came before it

  const bare = ({ pathname }) => pathname.replace(/\/+$/, ""); // the front page of a folder is written both ways

  const act = ({ target, type, ctrlKey, metaKey, shiftKey }) => {
    const link = type === "click" && !(ctrlKey || metaKey || shiftKey) && target.closest?.(menuLinks);
    const changes = link && bare(link) !== bare(location);
    asked = changes ? { path: bare(link), from: bare(location), search: "" } : null;
  };
  for (const name of ["pointerdown", "keydown", "click"]) document.addEventListener(name, act, true);
  window.addEventListener("blur", act); // to a frame, as the map's, where what one does is not seen from here
  window.addEventListener("popstate", () => {
    asked = { path: bare(location), search: "" };
  });

  history.pushState = (state, title, url) => {
    const next = new URL(url ?? "", location.href);
    if (asked === null) push(state, title, next.href);
    else if (bare(next) === asked.from) asked.search = next.search;
    else if (bare(next) !== asked.path) return;
    else if (bare(location) !== asked.path) {
      next.search ||= asked.search;
      push(state, title, next.href);
    } else if (asked.from !== undefined) history.replaceState(state, title, next.href);
    else push(state, title, next.href); // after a Back, Streamlit itself tells what the page writes from a choice
  };
})();
