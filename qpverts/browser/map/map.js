/* The map in the browser: layers fetched once by address, then repainted by small orders.
 *
 * qpverts.start(map, config) is called by the constant base map; qpverts.paint(order) by the feature
 * group that Streamlit sends at each change. A layer that arrives late is painted on arrival.
 * All text is data, never markup: see words.js.
 */
"use strict";

((qpverts) => {
  const { text, tooltip } = qpverts.words;
  const PANES = {
    terre: 200,
    communes: 210,
    tuiles: 220,
    maille: 225,
    arrondissements: 230,
    quartiers: 410,
    espaces: 420,
    anneaux: 430,
    chemins: 440,
    noms: 620,
  };
  const MISSING = "url(#hachures)";
  const state = {
    map: null,
    config: null,
    layers: {},
    order: null,
    view: null,
    clicks: 0,
    tiles: null,
    here: null,
    scale: null,
    names: {},
  };

  // What other scripts add: each has paint(state, tools), and legend(state, tools) for its lines of the legend.
  const parts = [];

  const tip = (layer, lines, ref) => {
    layer.qpvertsTip = () => tooltip(lines, ref, state.clicks);
    if (layer.getTooltip()) layer.setTooltipContent(layer.qpvertsTip());
    else layer.bindTooltip(layer.qpvertsTip(), { sticky: true, className: "bulle" });
    if (layer instanceof L.Marker) reachable(layer, lines);
  };

  // A marker is a button: it needs a name, and the keys that press a button.
  const reachable = (marker, lines) => {
    const name = () => marker.getElement()?.setAttribute("aria-label", lines.filter(Boolean).join(", "));
    marker
      .off("add")
      .on("add", name)
      .off("keydown")
      .on("keydown", ({ originalEvent: key }) => {
        if (key.key !== "Enter" && key.key !== " ") return;
        key.preventDefault();
        marker.fire("click", { latlng: marker.getLatLng() }, true);
      });
    name();
  };

  const refresh = (event) => {
    state.clicks += 1;
    const layer = event.sourceTarget || event.layer;
    if (layer?.qpvertsTip) layer.setTooltipContent(layer.qpvertsTip());
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
    fetchLayer(name)
      .then((data) => layer.addData(data))
      .catch(fail);
  };

  const districts = () => {
    const group = L.geoJSON(null, { pane: "quartiers", style: districtStyle, bubblingMouseEvents: false });
    group.on("click", refresh).addTo(state.map);
    state.layers.quartiers = group;
    fetchLayer("quartiers")
      .then((data) => {
        group.addData(data);
        for (const {
          properties: { code, nom, lat, lng },
        } of data.features) {
          state.names[code] = qpverts.names.name([lat, lng], nom, "nom-quartier");
        }
        paintDistricts();
        paintNear();
        state.map.getContainer().dataset.quartiers = data.features.length;
      })
      .catch(fail);
    const rings = L.geoJSON(null, {
      pane: "anneaux",
      interactive: false,
      style: (feature) => ({
        color: "#14532d",
        weight: 2,
        dashArray: "6 6",
        fill: false,
        opacity: state.order && state.order.ring === feature.properties.code ? 1 : 0,
      }),
    }).addTo(state.map);
    state.layers.anneaux = rings;
    fetchLayer("anneaux")
      .then((data) => rings.addData(data))
      .catch(fail);
  };

  const isChosen = (code) =>
    Boolean(state.order) && (state.order.selected === code || state.order.outlined.includes(code));

  const districtStyle = (feature) => {
    const order = state.order || { districts: {}, ramp: [] };
    const code = feature.properties.code;
    const [rank] = order.districts[code] || [-1];
    const shown = !order.shown || order.shown.includes(code);
    const selected = isChosen(code);
    return {
      fillColor: rank >= 0 ? order.ramp[rank] : MISSING,
      fillOpacity: order.grid ? 0 : !shown ? 0.15 : state.tiles ? 0.55 : 0.85,
      color: selected ? "#111111" : "#3b3355",
      weight: selected ? (order.link ? 2.5 : 4) : order.grid ? 2 : 1.2,
      opacity: shown ? 1 : 0.35,
    };
  };

  /* ---------------------------------------------------------------- painting */

  const paintDistricts = () => {
    const { quartiers } = state.layers;
    if (!quartiers || !state.order) return;
    quartiers.setStyle(districtStyle);
    quartiers.eachLayer((layer) => {
      const { code, nom, commune } = layer.feature.properties;
      tip(
        layer,
        [nom, commune, `${state.order.title} : ${state.order.districts[code]?.[1] ?? "?"}`],
        `quartier:${code}`,
      );
      if (isChosen(code)) layer.bringToFront();
    });
  };

  const paintNear = () => {
    if (!state.order) return;
    state.step = qpverts.marks.step();
    state.map.getContainer().classList.toggle("de-loin", !qpverts.marks.isNear());
    qpverts.names.paint();
    qpverts.marks.paintActions();
    qpverts.marks.paintBadges();
    paintLegend();
  };

  const paintRings = () => {
    const { anneaux } = state.layers;
    if (anneaux) anneaux.setStyle(anneaux.options.style);
  };

  const paintHere = () => {
    if (state.here) state.here.remove();
    state.here = null;
    if (!state.order.here) return;
    const icon = L.divIcon({ className: "ici", html: "", iconSize: [22, 22] });
    state.here = L.marker(state.order.here, {
      icon,
      interactive: false,
      keyboard: false,
      alt: "Point choisi",
    });
    state.here.addTo(state.map);
  };

  // Under the map, not over it: nothing hides a district.
  const legend = () => {
    state.legend = document.createElement("section");
    state.legend.className = "legende";
    state.legend.setAttribute("aria-label", "Légende");
    document.body.appendChild(state.legend);
    new ResizeObserver(() => qpverts.view.resized()).observe(state.map.getContainer());
  };

  const paintLegend = () => {
    const { shape, isNear, hasNumbers } = qpverts.marks;
    state.legend.hidden = Boolean(state.order.link); // maps side by side share one, in the page
    state.legend.innerHTML = qpverts.legend(state, { text, shape, near: isNear(), numbers: hasNumbers() });
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
    // Marks are moved in the plane: moved in space, each would be a layer of its own, composed again at each frame.
    L.Browser.ie3d = true;
    for (const [part, words] of [
      ["in", "Rapprocher"],
      ["out", "Éloigner"],
    ]) {
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
      color: "#c9c5b8",
      weight: 0.8,
      fillOpacity: 1,
      fillColor: f.properties.dans_metropole ? "#faf8f3" : "#f0eee8",
    }));
    background("arrondissements", { color: "#d8d4c8", weight: 0.8, fill: false });
    qpverts.names.start();
    districts();
    qpverts.spaces.start();
    qpverts.marks.start();
    legend();
    map.on("zoomend", () => {
      if (qpverts.marks.step() === state.step || !state.order) return;
      paintNear();
    });
    state.scale = scale().addTo(map);
  };

  // Its bar is never shorter than half of its greatest width: with this one, no label sticks out, at any size of text.
  const scale = () => {
    const made = L.control.scale({ imperial: false, position: "bottomright" });
    const texte = () =>
      parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--texte")) || 13;
    Object.defineProperty(made.options, "maxWidth", { get: () => 9 * texte() });
    return made;
  };

  const paint = (order) => {
    state.order = order;
    qpverts.tiles.paint();
    for (const part of parts) part.paint(state, tools);
    paintDistricts();
    paintRings();
    paintHere();
    paintNear();
    qpverts.view.fly();
    window.frameElement?.setAttribute("title", order.name); // Streamlit names every frame after its component
    state.map.getContainer().dataset.indicateur = order.indicator;
    state.map.getContainer().dataset.peint = String(Number(state.map.getContainer().dataset.peint || 0) + 1);
  };

  // What the other scripts are made with.
  const tools = { state, text, tip, refresh, isChosen, fetchLayer, fail, say };

  Object.assign(qpverts, { start, paint, parts, tools });
})(window.qpverts);
