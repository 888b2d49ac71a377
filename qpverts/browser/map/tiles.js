/* The backgrounds of IGN, asked for only when a person chooses one. */
"use strict";

qpverts.tiles = (({ state, text, say }) => {
  const paint = () => {
    const wanted = state.order.tiles ? state.config.tiles[state.order.tiles] : null;
    if (state.tiles && (!wanted || state.tiles.name !== state.order.tiles)) {
      state.tiles.layer.remove();
      state.tiles = null;
      state.map.getContainer().classList.remove("avec-tuiles", "fond-plan", "fond-photo");
    }
    if (wanted && !state.tiles) {
      const layer = L.tileLayer(wanted.url, {
        pane: "tuiles",
        attribution: text(wanted.attribution),
        maxZoom: 19,
      });
      // The neutral background gives way only to tiles that have come: offline it stays, and one says why.
      layer.on("tileload", () => {
        state.map.getContainer().classList.add("avec-tuiles", `fond-${wanted.name}`);
        say("");
      });
      layer.on("tileerror", () => {
        if (!state.map.getContainer().classList.contains("avec-tuiles")) {
          say("Le fond de carte de l'IGN ne répond pas : le fond neutre reste affiché.");
        }
      });
      layer.addTo(state.map);
      state.tiles = { name: state.order.tiles, layer };
    }
    if (!state.tiles && !state.failed) say("");
  };

  return { paint };
})(qpverts.tools);
