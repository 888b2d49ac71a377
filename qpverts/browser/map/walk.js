/* The way to a park: the straight line beside the streets, for the point of a district where they differ most. */
"use strict";

qpverts.parts.push(
  (() => {
    let lines = null;

    const paint = (state, { tip }) => {
      if (lines) lines.remove();
      lines = null;
      const { walk } = state.order;
      if (!walk) return;
      const straight = [walk.route[0], walk.nearest];
      lines = L.featureGroup([
        L.polyline(walk.route, {
          pane: "chemins",
          color: "#ffffff",
          weight: 8,
          opacity: 0.9,
          interactive: false,
        }),
        L.polyline(walk.route, { pane: "chemins", color: "#8a1c1c", weight: 4 }),
        L.polyline(straight, { pane: "chemins", color: "#8a1c1c", weight: 3, dashArray: "3 7" }),
        L.circleMarker(walk.route[0], {
          pane: "chemins",
          radius: 6,
          color: "#8a1c1c",
          weight: 3,
          fillColor: "#ffffff",
          fillOpacity: 1,
        }),
      ]).addTo(state.map);
      lines.eachLayer((line) => tip(line, walk.lines, ""));
    };

    const legend = (state, { text }) => {
      const { walk } = state.order;
      return walk
        ? `<ul><li><i class="droite"></i>${text(walk.lines[1])}</li><li><i class="rue"></i>${text(walk.lines[2])}</li></ul>`
        : "";
    };

    return { paint, legend };
  })(),
);
