/* Green spaces of a scenario: dashed discs that nobody takes for what exists. */
"use strict";

qpverts.parts.push(
  (() => {
    let discs = null;

    const paint = (state, { tip }) => {
      if (discs) discs.remove();
      discs = null;
      const { added } = state.order;
      state.map.getContainer().dataset.ajouts = added ? added.length : 0;
      if (!added) return;
      discs = L.featureGroup(
        added.map(({ lat, lon, radius_m: radius, lines }) => {
          const disc = L.circle([lat, lon], {
            radius,
            pane: "chemins",
            color: "#8a1c1c",
            weight: 3,
            dashArray: "8 5",
            fillColor: "#2e9e5b",
            fillOpacity: 0.5,
          });
          tip(disc, lines, "");
          return disc;
        }),
      ).addTo(state.map);
    };

    const legend = (state) =>
      state.order.added
        ? '<ul><li><i class="rond ajout"></i>espace vert imaginé par ce scénario</li></ul>'
        : "";

    return { paint, legend };
  })(),
);
