/* Names on the map: places when there is room for them, districts and parks from nearer. */
"use strict";

qpverts.names = (({ state, text, isChosen, fetchLayer, fail }) => {
  const start = () => {
    state.names.espaces = L.layerGroup();
    const places = [];
    // Those out of sight are taken off: a browser composes each of them apart, at each frame.
    const show = () => {
      // Names were spaced out for 12 px; where they are larger they need that much more room.
      const size = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--nom")) || 12;
      const zoom = state.map.getZoom() - Math.log2(size / 12);
      const seen = state.map.getBounds().pad(0.25);
      for (const { from, label } of places) {
        if (zoom >= from && seen.contains(label.getLatLng())) label.addTo(state.map);
        else label.remove();
      }
    };
    fetchLayer("etiquettes")
      .then((data) => {
        for (const { properties, geometry } of data.features) {
          const [lng, lat] = geometry.coordinates;
          places.push({
            from: properties.zoom_min,
            label: name([lat, lng], properties.nom, `nom-${properties.genre}`),
          });
        }
        state.map.on("moveend", show);
        show();
      })
      .catch(fail);
  };

  const name = (place, words, kind) => {
    // Leaflet moves the icon itself: what centres the words is on the span inside.
    const icon = L.divIcon({ className: `nom ${kind}`, html: `<span>${text(words)}</span>`, iconSize: null });
    return L.marker(place, { icon, pane: "noms", interactive: false, keyboard: false });
  };

  // Names of districts and parks come when there is room for them; that of the chosen district, always.
  const paint = () => {
    for (const [code, label] of Object.entries(state.names)) {
      if (code === "espaces") continue;
      const wanted = state.map.getZoom() >= 14 || (qpverts.marks.isNear() && isChosen(code));
      if (wanted) label.addTo(state.map);
      else label.remove();
      label.getElement()?.classList.toggle("nom-choisi", isChosen(code));
    }
    if (state.map.getZoom() >= parksFrom()) state.names.espaces.addTo(state.map);
    else state.names.espaces.remove();
  };

  // Twice larger before a room, names of parks need one more zoom.
  const parksFrom = () => (document.documentElement.classList.contains("projection") ? 15.5 : 14.5);

  return { start, name, paint, parksFrom };
})(qpverts.tools);
