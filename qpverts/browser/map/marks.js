/* What stands on the map: actions and their clusters, dots and badges of the districts. */
"use strict";

qpverts.marks = (({ state, text, tip, refresh, isChosen, fetchLayer, fail }) => {
  const { recorded, placeless } = qpverts.words;

  const shape = (theme, size) => {
    const { colour, path } = state.config.themes[theme] || {
      colour: "#777777",
      path: "M12 2a10 10 0 1 0 .1 0z",
    };
    return (
      `<svg viewBox="0 0 24 24" width="${size}" height="${size}" aria-hidden="true">` +
      `<path d="${path}" fill="${colour}" stroke="#111111" stroke-width="1.6" stroke-linejoin="round"/></svg>`
    );
  };

  const start = () => {
    const group = L.markerClusterGroup({
      showCoverageOnHover: false,
      maxClusterRadius: 34,
      disableClusteringAtZoom: 16,
      spiderfyOnMaxZoom: true,
      iconCreateFunction: (cluster) =>
        L.divIcon({
          className: "grappe",
          html: `<b>${cluster.getChildCount()}</b>`,
          iconSize: [30 * scale(), 30 * scale()],
        }),
    });
    group.on("click", refresh).addTo(state.map);
    const markers = new Map(); // by the id of the action
    state.layers.actions = { group, markers };
    fetchLayer("actions")
      .then((data) => {
        data.features.forEach(({ properties, geometry }) => {
          const [lng, lat] = geometry.coordinates;
          const icon = L.divIcon({
            className: "action",
            html: shape(properties.theme, 24),
            iconSize: [24, 24],
          });
          const marker = L.marker([lat, lng], { icon, alt: properties.titre, riseOnHover: true });
          tip(
            marker,
            [properties.titre, state.config.themes[properties.theme]?.label],
            `action:${properties.id}`,
          );
          markers.set(properties.id, marker);
        });
        paintActions();
      })
      .catch(fail);
    const badges = L.featureGroup().on("click", refresh).addTo(state.map);
    state.layers.badges = badges;
  };

  const paintActions = () => {
    const { actions: known } = state.layers;
    if (!known?.markers.size || !state.order) return;
    const { actions: shown, action: chosen } = state.order;
    known.group.clearLayers();
    if (state.chosen) state.chosen.remove();
    state.chosen = known.markers.get(chosen) || null;
    // The chosen action stands out of the clusters, whatever the zoom.
    if (isNear())
      known.group.addLayers(
        shown
          .filter((id) => id !== chosen)
          .map((id) => known.markers.get(id))
          .filter(Boolean),
      );
    for (const [id, marker] of known.markers) marker.setZIndexOffset(id === chosen ? 2000 : 0);
    if (state.chosen) state.chosen.addTo(state.map).getElement().classList.add("choisie");
  };

  // Seen from afar a district is a dot with its colour and the number of its actions; from nearer,
  // its outline, with a number for the actions known only to the district: never a place.
  const paintBadges = () => {
    const { quartiers, badges } = state.layers;
    if (!quartiers || !badges || !state.order) return;
    badges.clearLayers();
    const near = isNear();
    quartiers.eachLayer((layer) => {
      const { code, nom, commune, lng, lat } = layer.feature.properties;
      const [, value, all, loose] = state.order.districts[code] || [-1, "?", 0, 0];
      const lines = near
        ? [nom, placeless(loose)]
        : [nom, commune, `${state.order.title} : ${value}`, recorded(all)];
      if (near && !loose) return;
      const icon = near ? badge(loose) : dot(code, all);
      const marker = L.marker([lat, lng], {
        icon,
        alt: nom,
        zIndexOffset: isChosen(code) ? 1000 : near ? -500 : 0,
      });
      tip(marker, lines, `quartier:${code}`);
      badges.addLayer(marker);
    });
  };

  const isNear = () => state.map.getZoom() >= state.config.near;

  // Dots shrink from afar, where Marseille's districts would hide one another; numbers need room.
  // Marks grow with the text, which map.css and projection.js set.
  const scale = () =>
    (parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--texte")) || 13) / 13;
  const size = () => (state.map.getZoom() < 10.5 ? 13 : state.map.getZoom() < 11.5 ? 18 : 22) * scale();
  const hasNumbers = () => state.map.getZoom() >= 10.5;
  const step = () =>
    [
      isNear() ? "near" : size(),
      state.map.getZoom() >= 14,
      state.map.getZoom() >= qpverts.names.parksFrom(),
    ].join();

  const badge = (count) =>
    L.divIcon({
      className: "pastille",
      html: `<b>${Number(count)}</b>`,
      iconSize: [28 * scale(), 20 * scale()],
    });

  const dot = (code, count) => {
    const { districts: told, ramp, shown } = state.order;
    const [rank] = told[code] || [-1];
    const faded = shown && !shown.includes(code) ? " efface" : "";
    const dark = rank >= 3 ? " fonce" : "";
    const fill = rank >= 0 ? ` style="background:${text(ramp[rank])}"` : "";
    return L.divIcon({
      className: `point-quartier${faded}${isChosen(code) ? " choisi" : ""}`,
      iconSize: [size(), size()],
      html: `<i class="${rank >= 0 ? dark : "hachures"}"${fill}><b>${(hasNumbers() && Number(count)) || ""}</b></i>`,
    });
  };

  return { start, shape, paintActions, paintBadges, isNear, hasNumbers, step };
})(qpverts.tools);
