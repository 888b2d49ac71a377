/* The vegetation grid: cells of 200 m, fetched when first asked for, drawn on a canvas under the districts. */
"use strict";

qpverts.parts.push(
  (() => {
    let cells = null;

    const paint = (state, { fetchLayer, fail }) => {
      state.map.getContainer().classList.toggle("avec-maille", Boolean(state.order.grid));
      if (!state.order.grid) {
        if (cells) cells.remove();
        return;
      }
      if (cells) {
        cells.addTo(state.map);
        return;
      }
      const { grid } = state.config;
      cells = L.geoJSON(null, {
        pane: "maille",
        interactive: false,
        renderer: L.canvas({ pane: "maille" }),
        style: ({ properties: { classe } }) => ({
          stroke: false,
          fillOpacity: 0.8,
          fillColor: classe < 0 ? grid.unknown : grid.ramp[classe],
        }),
      }).addTo(state.map);
      fetchLayer("maille")
        .then((data) => {
          cells.addData(data);
          state.map.getContainer().dataset.mailles = data.features.length;
        })
        .catch(fail);
    };

    const legend = (state, { text, swatch }) => {
      if (!state.order.grid) return "";
      const { grid } = state.config;
      return (
        `<p><strong>${text(grid.title)}</strong></p><ul>` +
        grid.labels.map((label, rank) => `<li>${swatch(grid.ramp[rank])}${text(label)}</li>`).join("") +
        `<li>${swatch(grid.unknown)}${text(grid.missing)}</li></ul>`
      );
    };

    return { paint, legend };
  })(),
);
