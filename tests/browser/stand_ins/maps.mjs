/* A map of ours with nothing drawn: all its scripts, run in the order that viz/addresses.py sends them in. */
import { readFileSync } from "node:fs";
import { FlatMap, leaflet } from "./leaflet.mjs";
import { Element, getComputedStyle, page, run } from "./page.mjs";

const ADDRESSES = new URL("../../../qpverts/viz/maps/addresses.py", import.meta.url);
const SCRIPTS = [...readFileSync(ADDRESSES, "utf8").matchAll(/\("qpverts", "(\w+\.js)"\)/g)].map(
  ([, name]) => `map/${name}`,
);

export const CONFIG = {
  near: 12.5,
  attribution: "IGN",
  urls: {},
  tiles: { plan: { name: "plan", url: "/plan", attribution: "IGN" } },
  themes: { habiter: { label: "Habiter", colour: "#0072b2", path: "M0 0z" } },
  grid: {
    title: "Végétation",
    ramp: ["#aaa", "#bbb"],
    labels: ["peu", "assez"],
    unknown: "#ccc",
    missing: "inconnu",
  },
};

export const ORDER = {
  title: "Pauvreté",
  indicator: "pauvrete",
  unit: "%",
  name: "Carte",
  legend: [{ colour: "#eee", label: "10 à 20" }],
  ramp: ["#d3e2f0", "#a3bfdf", "#8b8fc5", "#8a4fa3", "#6b0a66"],
  districts: {},
  outlined: [],
  selected: null,
  actions: [],
  action: null,
};

/** A channel between maps: `said` is what this one told, and `hear` what it is told. */
class Channel {
  said = [];
  constructor(name) {
    this.name = name;
    Channel.last = this;
  }
  postMessage = (message) => this.said.push(message);
  close = () => {};
  hear = (data) => this.onmessage({ data });
}

export const mapPage = ({ order = {}, data = {}, zoom, centre, isCalm = false, parent = {} } = {}) => {
  const L = leaflet();
  const document = page();
  const map = new FlatMap({ zoom, centre });
  const window = new Element({
    matchMedia: () => ({ matches: isCalm }),
    parent: { document: page(), ...parent },
    frameElement: new Element(),
  });
  const errors = [];
  const world = {
    window,
    document,
    L,
    getComputedStyle,
    BroadcastChannel: Channel,
    ResizeObserver: class {
      observe = () => {};
    },
    console: { error: (error) => errors.push(error) },
    fetch: async (url) => ({ ok: url in data, status: 404, json: async () => ({ features: data[url] }) }),
  };
  const { qpverts } = run(SCRIPTS, world);
  const { state } = qpverts.tools;
  const names = [
    "terre",
    "communes",
    "arrondissements",
    "etiquettes",
    "quartiers",
    "anneaux",
    "espaces",
    "actions",
    "maille",
  ];
  const config = { ...CONFIG, urls: Object.fromEntries(names.map((name) => [name, name])) };
  Object.assign(state, { map, config, order: { ...ORDER, ...order } });
  return { qpverts, state, L, map, window, document, errors, config, channel: () => Channel.last };
};

/** A district as the layer of districts has it. */
export const district = (code, nom) => ({
  properties: { code, nom, commune: "Marseille", lat: 43.3, lng: 5.4 },
});

/** A point of a layer, in decimal degrees. */
export const point = (properties, lat = 43.3, lng = 5.4) => ({
  properties,
  geometry: { coordinates: [lng, lat] },
});
