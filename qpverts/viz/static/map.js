/* The map in the browser: layers fetched once by address, then repainted by small orders.
 *
 * qpverts.start(map, config) is called by the constant base map; qpverts.paint(order) by the feature
 * group that Streamlit sends at each change. A layer that arrives late is painted on arrival.
 * All text is data, never markup: see text().
 */
"use strict";

window.qpverts = (() => {
  const PANES = {
    terre: 200, communes: 210, tuiles: 220, maille: 225, arrondissements: 230, quartiers: 410, espaces: 420,
    anneaux: 430, chemins: 440, noms: 620,
  };
  const MISSING = "url(#hachures)";
  const state = { map: null, config: null, layers: {}, order: null, view: null, clicks: 0, tiles: null, here: null, names: {} };

  // What other scripts add: each has paint(state, tools), and legend(state, tools) for its lines of the legend.
  const parts = [];

  const text = (value) => {
    const span = document.createElement("span");
    span.textContent = String(value ?? "");
    return span.innerHTML;
  };

  // What a click sends back is the tooltip's text: the hidden part says what was clicked, and a
  // counter makes a second click on the same thing news again.
  const tooltip = (lines, ref) =>
    lines.filter(Boolean).map((line, rank) => (rank ? text(line) : `<strong>${text(line)}</strong>`)).join("<br>") +
    (ref ? `<span hidden>[[${text(ref)}#${state.clicks}]]</span>` : "");

  const tip = (layer, lines, ref) => {
    layer.qpvertsTip = () => tooltip(lines, ref);
    if (layer.getTooltip()) layer.setTooltipContent(layer.qpvertsTip());
    else layer.bindTooltip(layer.qpvertsTip(), { sticky: true, className: "bulle" });
    if (layer instanceof L.Marker) reachable(layer, lines);
  };

  // A marker is a button: it needs a name, and the keys that press a button.
  const reachable = (marker, lines) => {
    const name = () => marker.getElement()?.setAttribute("aria-label", lines.filter(Boolean).join(", "));
    marker.off("add").on("add", name).off("keydown").on("keydown", ({ originalEvent: key }) => {
      if (key.key !== "Enter" && key.key !== " ") return;
      key.preventDefault();
      marker.fire("click", { latlng: marker.getLatLng() }, true);
    });
    name();
  };

  const refresh = (event) => {
    state.clicks += 1;
    const layer = event.sourceTarget || event.layer;
    if (layer && layer.qpvertsTip) layer.setTooltipContent(layer.qpvertsTip());
  };

  const fetchLayer = async (name) => {
    const answer = await fetch(state.config.urls[name]);
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer.json();
  };

  // One sentence over the map when something is missing; an empty one takes it away.
  const say = (sentence) => {
    const frame = state.map.getContainer();
    const box = frame.querySelector(".panne") || frame.appendChild(document.createElement("p"));
    box.className = "panne";
    box.setAttribute("role", "status");
    box.textContent = sentence;
    box.hidden = !sentence;
  };

  const fail = (error) => {
    console.error(error);
    state.failed = true;
    say("Une partie de la carte n'a pas pu être chargée. Rechargez la page.");
  };

  /* ------------------------------------------------------------------ layers */

  const background = (name, style) => {
    const layer = L.geoJSON(null, { pane: name, interactive: false, style }).addTo(state.map);
    fetchLayer(name).then((data) => layer.addData(data)).catch(fail);
  };

  const labels = () => {
    const groups = {};
    const show = () => {
      // Names were spaced out for 12 px; where they are larger they need that much more room.
      const size = parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--nom")) || 12;
      for (const [zoom, group] of Object.entries(groups)) {
        if (state.map.getZoom() >= Number(zoom) + Math.log2(size / 12)) group.addTo(state.map);
        else group.remove();
      }
    };
    fetchLayer("etiquettes").then((data) => {
      for (const { properties, geometry } of data.features) {
        const [lng, lat] = geometry.coordinates;
        groups[properties.zoom_min] = groups[properties.zoom_min] || L.layerGroup();
        name([lat, lng], properties.nom, `nom-${properties.genre}`).addTo(groups[properties.zoom_min]);
      }
      state.map.on("zoomend", show);
      show();
    }).catch(fail);
  };

  const name = (place, words, kind) => {
    // Leaflet moves the icon itself: what centres the words is on the span inside.
    const icon = L.divIcon({ className: `nom ${kind}`, html: `<span>${text(words)}</span>`, iconSize: null });
    return L.marker(place, { icon, pane: "noms", interactive: false, keyboard: false });
  };

  const districts = () => {
    const group = L.geoJSON(null, { pane: "quartiers", style: districtStyle, bubblingMouseEvents: false });
    group.on("click", refresh).addTo(state.map);
    state.layers.quartiers = group;
    fetchLayer("quartiers").then((data) => {
      group.addData(data);
      for (const { properties: { code, nom, lat, lng } } of data.features) {
        state.names[code] = name([lat, lng], nom, "nom-quartier");
      }
      paintDistricts();
      paintNear();
      state.map.getContainer().dataset.quartiers = data.features.length;
    }).catch(fail);
    const rings = L.geoJSON(null, {
      pane: "anneaux", interactive: false,
      style: (feature) => ({
        color: "#14532d", weight: 2, dashArray: "6 6", fill: false,
        opacity: state.order && state.order.ring === feature.properties.code ? 1 : 0,
      }),
    }).addTo(state.map);
    state.layers.anneaux = rings;
    fetchLayer("anneaux").then((data) => rings.addData(data)).catch(fail);
  };

  const districtStyle = (feature) => {
    const order = state.order || { districts: {}, ramp: [] };
    const code = feature.properties.code;
    const [rank] = order.districts[code] || [-1];
    const shown = !order.shown || order.shown.includes(code);
    const selected = order.selected === code;
    return {
      fillColor: rank >= 0 ? order.ramp[rank] : MISSING,
      fillOpacity: order.grid ? 0 : !shown ? 0.15 : state.tiles ? 0.55 : 0.85,
      color: selected ? "#111111" : "#3b3355",
      weight: selected ? 4 : order.grid ? 2 : 1.2,
      opacity: shown ? 1 : 0.35,
    };
  };

  const spaces = () => {
    const group = L.featureGroup().on("click", refresh).addTo(state.map);
    state.layers.espaces = group;
    fetchLayer("espaces").then((data) => {
      for (const { properties, geometry } of data.features) {
        const [lng, lat] = geometry.coordinates;
        const options = {
          pane: "espaces", bubblingMouseEvents: false, color: "#14532d", weight: 1.5, fillColor: "#2e9e5b",
          fillOpacity: 0.55, dashArray: properties.ouvert ? null : "4 4",
        };
        if (!properties.ouvert) options.fillOpacity = 0.15;
        const disc = properties.rayon_m
          ? L.circle([lat, lng], { ...options, radius: properties.rayon_m })
          : L.circleMarker([lat, lng], { ...options, radius: 5 });
        tip(disc, [properties.nom, properties.surface, properties.acces], `espace:${properties.id}`);
        disc.addTo(group);
        name([lat, lng], properties.nom, "nom-espace").addTo(state.names.espaces);
      }
    }).catch(fail);
  };

  const shape = (theme, size) => {
    const { colour, path } = state.config.themes[theme] || { colour: "#777777", path: "M12 2a10 10 0 1 0 .1 0z" };
    return `<svg viewBox="0 0 24 24" width="${size}" height="${size}" aria-hidden="true">` +
      `<path d="${path}" fill="${colour}" stroke="#111111" stroke-width="1.6" stroke-linejoin="round"/></svg>`;
  };

  const actions = () => {
    const group = L.markerClusterGroup({
      showCoverageOnHover: false, maxClusterRadius: 34, disableClusteringAtZoom: 16, spiderfyOnMaxZoom: true,
      iconCreateFunction: (cluster) =>
        L.divIcon({ className: "grappe", html: `<b>${cluster.getChildCount()}</b>`, iconSize: wide() ? [38, 38] : [30, 30] }),
    });
    group.on("click", refresh).addTo(state.map);
    const markers = [];
    state.layers.actions = { group, markers };
    fetchLayer("actions").then((data) => {
      data.features.forEach(({ properties, geometry }) => {
        const [lng, lat] = geometry.coordinates;
        const icon = L.divIcon({ className: "action", html: shape(properties.theme, 24), iconSize: [24, 24] });
        const marker = L.marker([lat, lng], { icon, alt: properties.titre, riseOnHover: true });
        tip(marker, [properties.titre, state.config.themes[properties.theme]?.label], `action:${properties.id}`);
        markers.push(marker);
      });
      paintActions();
    }).catch(fail);
    const badges = L.featureGroup().on("click", refresh).addTo(state.map);
    state.layers.badges = badges;
  };

  /* ---------------------------------------------------------------- painting */

  const paintDistricts = () => {
    const { quartiers } = state.layers;
    if (!quartiers || !state.order) return;
    quartiers.setStyle(districtStyle);
    quartiers.eachLayer((layer) => {
      const { code, nom, commune } = layer.feature.properties;
      tip(layer, [nom, commune, `${state.order.title} : ${state.order.districts[code]?.[1] ?? "?"}`], `quartier:${code}`);
      if (state.order.selected === code) layer.bringToFront();
    });
  };

  // Names of districts and parks come when there is room for them; that of the chosen district, always.
  const paintNames = () => {
    for (const [code, label] of Object.entries(state.names)) {
      if (code === "espaces") continue;
      const wanted = state.map.getZoom() >= 14 || (isNear() && state.order.selected === code);
      if (wanted) label.addTo(state.map);
      else label.remove();
      label.getElement()?.classList.toggle("nom-choisi", state.order.selected === code);
    }
    if (state.map.getZoom() >= 14.5) state.names.espaces.addTo(state.map);
    else state.names.espaces.remove();
  };

  const paintNear = () => {
    if (!state.order) return;
    state.step = step();
    state.map.getContainer().classList.toggle("de-loin", !isNear());
    paintNames();
    paintActions();
    paintBadges();
    paintLegend();
  };

  const paintRings = () => {
    const { anneaux } = state.layers;
    if (anneaux) anneaux.setStyle(anneaux.options.style);
  };

  const paintActions = () => {
    const { actions: known } = state.layers;
    if (!known || !known.markers.length || !state.order) return;
    const { actions: shown, action: chosen } = state.order;
    known.group.clearLayers();
    if (state.chosen) state.chosen.remove();
    state.chosen = known.markers[chosen] || null;
    // The chosen action stands out of the clusters, whatever the zoom.
    if (isNear()) known.group.addLayers(shown.filter((rank) => rank !== chosen).map((rank) => known.markers[rank]).filter(Boolean));
    known.markers.forEach((marker, rank) => marker.setZIndexOffset(rank === chosen ? 2000 : 0));
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
        ? [nom, `${loose} ${loose > 1 ? "actions" : "action"} dans le quartier, lieu exact inconnu`]
        : [nom, commune, `${state.order.title} : ${value}`, `${all} ${all > 1 ? "actions" : "action"}`];
      if (near && !loose) return;
      const icon = near ? badge(loose) : dot(code, all);
      const selected = state.order.selected === code;
      const marker = L.marker([lat, lng], { icon, alt: nom, zIndexOffset: selected ? 1000 : near ? -500 : 0 });
      tip(marker, lines, `quartier:${code}`);
      badges.addLayer(marker);
    });
  };

  const isNear = () => state.map.getZoom() >= state.config.near;

  // Dots shrink from afar, where Marseille's districts would hide one another; numbers need room.
  const wide = () => state.map.getSize().x >= 1000; // a projector, where text is larger too
  const size = () => (state.map.getZoom() < 10.5 ? 13 : state.map.getZoom() < 11.5 ? 18 : 22) * (wide() ? 1.35 : 1);
  const hasNumbers = () => state.map.getZoom() >= 10.5;
  const step = () => [isNear() ? "near" : size(), state.map.getZoom() >= 14, state.map.getZoom() >= 14.5].join();

  const badge = (count) =>
    L.divIcon({ className: "pastille", html: `<b>${Number(count)}</b>`, iconSize: wide() ? [36, 26] : [28, 20] });

  const dot = (code, count) => {
    const { districts: told, ramp, shown, selected } = state.order;
    const [rank] = told[code] || [-1];
    const faded = shown && !shown.includes(code) ? " efface" : "";
    const dark = rank >= 3 ? " fonce" : "";
    const fill = rank >= 0 ? ` style="background:${text(ramp[rank])}"` : "";
    return L.divIcon({
      className: `point-quartier${faded}${selected === code ? " choisi" : ""}`, iconSize: [size(), size()],
      html: `<i class="${rank >= 0 ? dark : "hachures"}"${fill}><b>${(hasNumbers() && Number(count)) || ""}</b></i>`,
    });
  };

  const paintTiles = () => {
    const wanted = state.order.tiles ? state.config.tiles[state.order.tiles] : null;
    if (state.tiles && (!wanted || state.tiles.name !== state.order.tiles)) {
      state.tiles.layer.remove();
      state.tiles = null;
      state.map.getContainer().classList.remove("avec-tuiles", "fond-plan", "fond-photo");
    }
    if (wanted && !state.tiles) {
      const layer = L.tileLayer(wanted.url, { pane: "tuiles", attribution: text(wanted.attribution), maxZoom: 19 });
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

  const paintHere = () => {
    if (state.here) state.here.remove();
    state.here = null;
    if (!state.order.here) return;
    const icon = L.divIcon({ className: "ici", html: "", iconSize: [22, 22] });
    state.here = L.marker(state.order.here, { icon, interactive: false, keyboard: false, alt: "Point choisi" });
    state.here.addTo(state.map);
  };

  const OPTIONS = { maxZoom: 16, padding: [24, 24] };

  // Where the map must look, at once: on arrival, and again while nobody has moved it and its size settles.
  const settle = () => {
    state.map.invalidateSize({ pan: false });
    state.map.fitBounds(state.order.view.bounds, { ...OPTIONS, animate: false });
    state.settled = { centre: state.map.getCenter(), zoom: state.map.getZoom() };
  };

  const isSettled = () =>
    state.settled && state.map.getZoom() === state.settled.zoom &&
    state.map.getCenter().distanceTo(state.settled.centre) < 1;

  const fly = () => {
    const { map, order } = state;
    if (!order || !order.view || state.view === order.view.token) return;
    const first = state.view === null;
    state.view = order.view.token;
    if (first || window.matchMedia("(prefers-reduced-motion: reduce)").matches) settle();
    else map.flyToBounds(order.view.bounds, { ...OPTIONS, duration: 0.6 });
  };

  // Under the map, not over it: nothing hides a district.
  const legend = () => {
    state.legend = document.createElement("section");
    state.legend.className = "legende";
    state.legend.setAttribute("aria-label", "Légende");
    document.body.appendChild(state.legend);
    new ResizeObserver(() => {
      if (state.order && isSettled()) settle();
      else state.map.invalidateSize({ pan: false });
    }).observe(state.map.getContainer());
  };

  const paintLegend = () => {
    state.legend.innerHTML = api.legend(state, { text, shape, near: isNear(), numbers: hasNumbers() });
  };

  /* ------------------------------------------------------------------- public */

  const hatch = () => {
    const svg = document.createElement("div");
    svg.innerHTML =
      '<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs><pattern id="hachures" width="7" ' +
      'height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" ' +
      'fill="#ffffff"/><rect width="2.4" height="7" fill="#8a8a8a"/></pattern></defs></svg>';
    document.body.appendChild(svg.firstChild);
  };

  const start = (map, config) => {
    Object.assign(state, { map, config });
    state.names.espaces = L.layerGroup();
    for (const [part, words] of [["in", "Rapprocher"], ["out", "Éloigner"]]) {
      const button = map.getContainer().querySelector(`.leaflet-control-zoom-${part}`);
      button?.setAttribute("title", words);
      button?.setAttribute("aria-label", words);
    }
    document.documentElement.lang = "fr";
    map.attributionControl.setPrefix(false);
    map.attributionControl.addAttribution(text(config.attribution));
    for (const [name, zIndex] of Object.entries(PANES)) map.createPane(name).style.zIndex = zIndex;
    map.getPane("noms").style.pointerEvents = "none";
    hatch();
    background("terre", { stroke: false, fillColor: "#eceae4", fillOpacity: 1 });
    background("communes", (f) => ({
      color: "#c9c5b8", weight: 0.8, fillOpacity: 1, fillColor: f.properties.dans_metropole ? "#faf8f3" : "#f0eee8",
    }));
    background("arrondissements", { color: "#d8d4c8", weight: 0.8, fill: false });
    labels();
    districts();
    spaces();
    actions();
    legend();
    map.on("zoomend", () => {
      if (step() === state.step || !state.order) return;
      paintNear();
    });
    L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  };

  const paint = (order) => {
    state.order = order;
    paintTiles();
    for (const part of parts) part.paint(state, { fetchLayer, fail, tip });
    paintDistricts();
    paintRings();
    paintHere();
    paintNear();
    fly();
    state.map.getContainer().dataset.indicateur = order.indicator;
    state.map.getContainer().dataset.peint = String(Number(state.map.getContainer().dataset.peint || 0) + 1);
  };

  const api = { start, paint, parts, legend: () => "" };
  return api;
})();
