/* A Leaflet that draws nothing: on a flat world where a degree is a pixel at zoom 0, and north is up. */
import { Element } from "./page.mjs";

export class Point {
  constructor(x, y) {
    [this.x, this.y] = Array.isArray(x) ? x : [x, y];
  }
  static of = (value) => (value instanceof Point ? value : new Point(value));
  add = (other) => new Point(this.x + Point.of(other).x, this.y + Point.of(other).y);
  subtract = (other) => new Point(this.x - Point.of(other).x, this.y - Point.of(other).y);
  multiplyBy = (by) => new Point(this.x * by, this.y * by);
  divideBy = (by) => new Point(this.x / by, this.y / by);
  distanceTo = (other) => Math.hypot(this.x - Point.of(other).x, this.y - Point.of(other).y);
}

class Listener {
  #heard = new Map();
  on = (type, heard) => {
    this.#heard.set(type, heard);
    return this;
  };
  off = (type) => {
    this.#heard.delete(type);
    return this;
  };
  fire = (type, event = {}) => {
    this.fired = [...(this.fired ?? []), type];
    this.#heard.get(type)?.(event);
    return this;
  };
}

/** Anything on a map; a group holds others in `layers`. */
export class Layer extends Listener {
  layers = [];
  isShown = false;
  element = new Element();
  constructor(place, options = {}) {
    super();
    Object.assign(this, { place, options });
  }
  addTo = (holder) => {
    if (holder instanceof Layer) holder.layers.push(this);
    this.isShown = true;
    return this;
  };
  remove = () => {
    this.isShown = false;
    return this;
  };
  addLayer = (layer) => void this.layers.push(layer);
  addLayers = (layers) => void this.layers.push(...layers);
  clearLayers = () => {
    this.layers = [];
  };
  eachLayer = (act) => this.layers.forEach(act);
  addData = ({ features }) => {
    this.layers.push(...features.map((feature) => Object.assign(new Layer(), { feature })));
  };
  setStyle = (style) => {
    this.style = style;
  };
  bringToFront = () => {
    this.isInFront = true;
  };
  setZIndexOffset = (offset) => {
    this.offset = offset;
  };
  getElement = () => this.element;
  getContainer = () => this.element;
  getLatLng = () => this.place;
  getTooltip = () => this.tooltip;
  bindTooltip = (words) => {
    this.tooltip = words;
  };
  setTooltipContent = (words) => {
    this.tooltip = words;
  };
}
class Marker extends Layer {}

/** Leaflet itself; `made` lists all that is made with it. */
export const leaflet = () => {
  const made = [];
  const maker = (Kind) => (place, options) => {
    const layer = new Kind(place, options ?? (Array.isArray(place) || place === null ? {} : place));
    made.push(layer);
    return layer;
  };
  const [layer, marker] = [maker(Layer), maker(Marker)];
  return {
    made,
    Marker,
    Browser: {},
    DomEvent: { disableClickPropagation: () => {} },
    point: (x, y) => new Point(x, y),
    divIcon: (options) => options,
    canvas: (options) => options,
    control: { scale: layer },
    marker,
    ...Object.fromEntries(
      [
        "geoJSON",
        "featureGroup",
        "layerGroup",
        "markerClusterGroup",
        "circle",
        "circleMarker",
        "polyline",
        "tileLayer",
      ].map((name) => [name, layer]),
    ),
  };
};

/** A map; `moves` lists what it was told to do, in order. */
export class FlatMap extends Listener {
  moves = [];
  panes = {};
  container = new Element();
  seen = () => true; // the places in sight
  fits = () => 12; // the closest zoom at which bounds are whole
  attributionControl = { setPrefix: () => {}, addAttribution: () => {}, getContainer: () => new Element() };
  constructor({ centre = [0, 0], zoom = 10 } = {}) {
    super();
    Object.assign(this, { centre, zoom });
    this.scrollWheelZoom = {
      enable: () => this.moves.push("wheel on"),
      disable: () => this.moves.push("wheel off"),
    };
  }
  getZoom = () => this.zoom;
  getCenter = () => ({
    ...this.centre,
    distanceTo: (other) => Math.hypot(this.centre[0] - other[0], this.centre[1] - other[1]),
  });
  getContainer = () => this.container;
  getBounds = () => ({ pad: () => ({ contains: (place) => this.seen(place) }) });
  getBoundsZoom = (bounds) => this.fits(bounds);
  createPane = (name) => (this.panes[name] = { style: {} });
  getPane = (name) => this.panes[name];
  project = ({ 0: lat, 1: lng }, zoom) => new Point(lng, -lat).multiplyBy(2 ** zoom);
  unproject = (point, zoom) => [-point.y / 2 ** zoom, point.x / 2 ** zoom];
  invalidateSize = () => this.#told("invalidateSize");
  fitBounds = (bounds, options) => this.#told("fitBounds", bounds, options);
  flyToBounds = (bounds, options) => this.#told("flyToBounds", bounds, options);
  setView = (centre, zoom, options) => this.#moved("setView", centre, zoom, options);
  flyTo = (centre, zoom, options) => this.#moved("flyTo", centre, zoom, options);
  panBy = ({ x, y }, options) => {
    const { x: left, y: top } = this.project(this.centre, this.zoom);
    const centre = this.unproject(new Point(left + x, top + y), this.zoom);
    return this.#moved("panBy", centre, this.zoom, options, [x, y]);
  };
  #told = (name, ...told) => {
    this.moves.push([name, ...told]);
    return this;
  };
  #moved = (name, centre, zoom, options, by = centre) => {
    Object.assign(this, { centre, zoom });
    this.moves.push([name, by, zoom, options]);
    this.fire("move");
    return this.fire("moveend");
  };
}
