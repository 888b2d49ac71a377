/* Words on the map: as print has them, as data and never as markup, and what is said of a number of actions. */
"use strict";

window.qpverts = {};

window.qpverts.words = (() => {
  const text = (value) => {
    const span = document.createElement("span");
    span.textContent = String(value ?? "").replace(/(?<=\p{L})'(?=\p{L})/gu, "’"); // as labels.typeset does
    return span.innerHTML;
  };

  // A number stays with its unit, and a sign with its word, at the end of a line.
  const glued = (line) => String(line).replace(/(?<=\d) | (?=[:;!?%»])/g, "\u00a0");

  // What a click sends back is the tooltip's text: the hidden part says what was clicked, and a
  // counter makes a second click on the same thing news again.
  const tooltip = (lines, ref, clicks) =>
    lines
      .filter(Boolean)
      .map(glued)
      .map((line, rank) => (rank ? text(line) : `<strong>${text(line)}</strong>`))
      .join("<br>") + (ref ? `<span hidden>[[${text(ref)}#${clicks}]]</span>` : "");

  // No action recorded is no proof that there is none: never a plain zero.
  const recorded = (count) =>
    count ? `${count} ${count > 1 ? "actions recensées" : "action recensée"}` : "aucune action recensée";

  const placeless = (count) =>
    `${count} ${count > 1 ? "actions" : "action"} dans le quartier, lieu exact inconnu`;

  return { text, tooltip, recorded, placeless };
})();
