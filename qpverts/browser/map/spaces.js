/* Green spaces: a disc of the same area, or a dot of one size where the area is not known. */
"use strict";

qpverts.spaces = (({ state, tip, refresh, fetchLayer, fail }) => {
  const start = () => {
    const group = L.featureGroup().on("click", refresh).addTo(state.map);
    state.layers.espaces = group;
    fetchLayer("espaces")
      .then((data) => {
        for (const { properties, geometry } of data.features) {
          const [lng, lat] = geometry.coordinates;
          const options = {
            pane: "espaces",
            bubblingMouseEvents: false,
            color: "#14532d",
            weight: 1.5,
            fillColor: "#2e9e5b",
            fillOpacity: 0.55,
            dashArray: properties.ouvert ? null : "4 4",
          };
          if (!properties.ouvert) options.fillOpacity = 0.15;
          const disc = properties.rayon_m
            ? L.circle([lat, lng], { ...options, radius: properties.rayon_m })
            : L.circleMarker([lat, lng], { ...options, radius: 5 });
          tip(disc, [properties.nom, properties.surface, properties.acces], `espace:${properties.id}`);
          disc.addTo(group);
          qpverts.names.name([lat, lng], properties.nom, "nom-espace").addTo(state.names.espaces);
        }
      })
      .catch(fail);
  };

  return { start };
})(qpverts.tools);
