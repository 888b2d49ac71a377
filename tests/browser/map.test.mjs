import assert from "node:assert/strict";
import { test } from "node:test";
import { district, mapPage, ORDER, point } from "./stand_ins/maps.mjs";
import { settled } from "./stand_ins/page.mjs";

const LAYERS = {
  terre: [],
  communes: [],
  arrondissements: [],
  etiquettes: [],
  anneaux: [],
  maille: [],
  quartiers: [district("QN1", "Air Bel"), district("QN2", "Noailles")],
  espaces: [
    point({ id: "p1", nom: "Parc", ouvert: true, rayon_m: 80 }),
    point({ id: "p2", nom: "Square", ouvert: false }),
  ],
  actions: [point({ id: "a1", titre: "Un jardin", theme: "habiter" })],
};

const started = async (options = {}) => {
  const made = mapPage({ data: LAYERS, ...options });
  made.qpverts.start(made.map, made.config);
  made.qpverts.paint({ ...ORDER, ...options.order });
  await settled();
  return made;
};

test("every pane that something is drawn in was made", async () => {
  const walk = {
    route: [
      [43, 5],
      [43, 6],
    ],
    nearest: [43, 5.5],
    lines: ["", "", ""],
  };
  const order = {
    grid: true,
    walk,
    tiles: "plan",
    added: [{ lat: 43, lon: 5, radius_m: 50, lines: ["Parc"] }],
  };
  const { L, map } = await started({ order });
  const used = new Set(L.made.map(({ options }) => options.pane).filter(Boolean));
  assert.deepEqual(new Set(Object.keys(map.panes)), used);
});

test("the ground is under the districts, and names are over all", async () => {
  const { map } = await started();
  const order = Object.entries(map.panes).sort(([, one], [, other]) => one.style.zIndex - other.style.zIndex);
  assert.deepEqual(
    order.map(([name]) => name),
    [
      "terre",
      "communes",
      "tuiles",
      "maille",
      "arrondissements",
      "quartiers",
      "espaces",
      "anneaux",
      "chemins",
      "noms",
    ],
  );
});

/** The style of the first district. */
const style = async (order) =>
  (await started({ order })).state.layers.quartiers.options.style(LAYERS.quartiers[0]);

test("a district has the colour of its class; without a figure it is hatched", async () => {
  assert.equal((await style({ districts: { QN1: [4, "60 %", 0, 0] } })).fillColor, "#6b0a66");
  assert.equal((await style({})).fillColor, "url(#hachures)");
});

test("what is left out of a choice is faint, the ground shows through tiles, and the grid takes the place of colours", async () => {
  const opacity = async (order) => (await style(order)).fillOpacity;
  assert.equal(await opacity({}), 0.85);
  assert.equal(await opacity({ shown: ["QN2"] }), 0.15);
  assert.equal(await opacity({ tiles: "plan" }), 0.55);
  assert.equal(await opacity({ grid: true }), 0);
});

test("the chosen district has the widest outline, narrower where maps are side by side", async () => {
  const weight = async (order) => (await style(order)).weight;
  assert.equal(await weight({ selected: "QN1" }), 4);
  assert.equal(await weight({ outlined: ["QN1"] }), 4);
  assert.equal(await weight({}), 1.2);
});

test("a district says its name, its commune and its figure, and that it was clicked", async () => {
  const { state } = await started({ order: { districts: { QN1: [4, "60 %", 0, 0] } } });
  const [first, second] = state.layers.quartiers.layers;
  assert.equal(
    first.tooltip,
    "<strong>Air Bel</strong><br>Marseille<br>Pauvreté&nbsp;: 60&nbsp;%<span hidden>[[quartier:QN1#0]]</span>",
  );
  assert.match(second.tooltip, /Pauvreté&nbsp;:&nbsp;\?/);
});

test("a second click on the same district is news", async () => {
  const { state } = await started();
  const [first] = state.layers.quartiers.layers;
  state.layers.quartiers.fire("click", { sourceTarget: first });
  assert.match(first.tooltip, /QN1#1/);
  state.layers.quartiers.fire("click", { sourceTarget: first });
  assert.match(first.tooltip, /QN1#2/);
});

test("a marker has a name, and the keys that press a button", async () => {
  const { state } = await started();
  const [marker] = state.layers.actions.markers.values();
  assert.equal(marker.element.attributes["aria-label"], "Un jardin, Habiter");
  let taken = 0;
  const press = (key) =>
    marker.fire("keydown", {
      originalEvent: {
        key,
        preventDefault: () => {
          taken += 1;
        },
      },
    });
  press("a");
  assert.deepEqual([taken, marker.fired.includes("click")], [0, false]);
  press("Enter");
  press(" ");
  assert.equal(taken, 2);
  assert.equal(marker.fired.filter((one) => one === "click").length, 2);
});

test("a green space is a disc of its area, or a dot; one that is not open to all is paler and dashed", async () => {
  const { state } = await started();
  const [park, square] = state.layers.espaces.layers;
  assert.deepEqual([park.options.radius, park.options.fillOpacity, park.options.dashArray], [80, 0.55, null]);
  assert.deepEqual(
    [square.options.radius, square.options.fillOpacity, square.options.dashArray],
    [5, 0.15, "4 4"],
  );
});

test("a layer that does not come is said, once, over the map", async () => {
  const { espaces, ...others } = LAYERS;
  const { state, map, errors } = await started({ data: others });
  assert.deepEqual(
    errors.map(({ message }) => message),
    ["espaces: 404"],
  );
  assert.ok(state.failed);
  assert.match(map.container.children.at(-1).textContent, /Une partie de la carte n'a pas pu être chargée/);
});

test("a painting tells the page what it shows, and the frame has the name of the map", async () => {
  const { map, window } = await started();
  assert.equal(map.container.dataset.indicateur, "pauvrete");
  assert.equal(map.container.dataset.peint, "1");
  assert.equal(window.frameElement.attributes.title, "Carte");
});
