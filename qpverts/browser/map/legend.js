/* The words under the map: what each colour and each mark means, at this zoom and for this order. */
"use strict";

qpverts.legend = (state, { text, shape, near, numbers }) => {
  const { order, config } = state;
  const swatch = (colour) => `<i class="carre" style="background:${text(colour)}"></i>`;

  const districts = () =>
    `<p><strong>${text(order.title)}</strong>${order.unit ? ` (${text(order.unit)})` : ""}</p>` +
    `<ul>${order.legend.map((row) => `<li>${swatch(row.colour)}${text(row.label)}</li>`).join("")}` +
    (order.missing ? `<li><i class="carre hachures"></i>${text(order.missing)}</li>` : "") +
    "</ul>";

  const spaces =
    '<ul><li><i class="rond"></i>espace vert (disque de même surface)</li>' +
    '<li><i class="rond ferme"></i>accès restreint ou projet</li></ul>';

  const places = () => {
    const themes = Object.entries(config.themes)
      .map(([id, theme]) => `<li>${shape(id, 16)}${text(theme.label)}</li>`)
      .join("");
    return (
      `<ul>${themes}<li><i class="grappe">3</i>actions proches</li>` +
      '<li><i class="pastille">3</i>actions dont le lieu exact est inconnu</li>' +
      (order.ring ? '<li><i class="tirets"></i>à 300 m du quartier</li>' : "") +
      "</ul>"
    );
  };

  const dots = () =>
    `<ul><li><i class="chiffre">${numbers ? "3" : ""}</i>un quartier` +
    `${numbers ? " et son nombre d’actions" : ""} ; rapprochez-vous pour voir les actions</li></ul>`;

  return (
    qpverts.parts.map((part) => part.legend(state, { text, swatch })).join("") +
    (order.grid && near ? "" : districts()) +
    spaces +
    (near ? places() : dots())
  );
};
