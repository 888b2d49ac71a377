import assert from "node:assert/strict";
import { test } from "node:test";
import { district, mapPage, point } from "./stand_ins/maps.mjs";
import { settled } from "./stand_ins/page.mjs";

/** A map with districts, at a zoom; gives the marks on them, in the order of the districts. */
const badges = ({ letters, ...options }, codes = ["QN1"]) => {
  const { qpverts, state, L, document } = mapPage(options);
  if (letters) document.documentElement.style["--texte"] = letters;
  state.layers.quartiers = L.geoJSON(null, {});
  state.layers.quartiers.addData({ features: codes.map((code) => district(code, `Quartier ${code}`)) });
  qpverts.marks.start();
  qpverts.marks.paintBadges();
  return state.layers.badges.layers;
};

for (const [zoom, size] of [
  [8, 13],
  [10.4, 13],
  [10.5, 18],
  [11.4, 18],
  [11.5, 22],
  [12.4, 22],
]) {
  test(`at zoom ${zoom} the dot of a district is ${size} px wide`, () => {
    const [{ options }] = badges({ zoom });
    assert.deepEqual(options.icon.iconSize, [size, size]);
  });
}

test("dots grow with the letters", () => {
  const [{ options }] = badges({ zoom: 10, letters: "26px" });
  assert.deepEqual(options.icon.iconSize, [26, 26]);
});

test("a dot has the colour of its class, and white numbers from the fourth class on", () => {
  const districts = { QN1: [2, "30 %", 4, 0], QN2: [3, "40 %", 5, 0], QN3: [-1, "?", 0, 0] };
  const [third, fourth, unknown] = badges({ zoom: 11, order: { districts } }, ["QN1", "QN2", "QN3"]);
  assert.equal(third.options.icon.html, '<i class="" style="background:#8b8fc5"><b>4</b></i>');
  assert.equal(fourth.options.icon.html, '<i class=" fonce" style="background:#8a4fa3"><b>5</b></i>');
  assert.equal(unknown.options.icon.html, '<i class="hachures"><b></b></i>');
});

test("from afar a dot has no room for its number", () => {
  const [{ options }] = badges({ zoom: 10, order: { districts: { QN1: [0, "5 %", 4, 0] } } });
  assert.match(options.icon.html, /<b><\/b>/);
});

test("a dot tells its figure and its actions; a district left out is faded, the chosen one is marked and above", () => {
  const order = { districts: { QN1: [0, "5 %", 1, 0] }, shown: ["QN2"], selected: "QN2" };
  const [left, chosen] = badges({ zoom: 11, order }, ["QN1", "QN2"]);
  assert.equal(
    left.tooltip,
    "<strong>Quartier QN1</strong><br>Marseille<br>Pauvreté&nbsp;: 5&nbsp;%<br>1&nbsp;action recensée<span hidden>[[quartier:QN1#0]]</span>",
  );
  assert.equal(left.options.icon.className, "point-quartier efface");
  assert.equal(chosen.options.icon.className, "point-quartier choisi");
  assert.ok(chosen.options.zIndexOffset > left.options.zIndexOffset);
});

test("from near, only districts with actions without a place have a number, which is theirs", () => {
  const districts = { QN1: [0, "5 %", 4, 0], QN2: [0, "5 %", 4, 2] };
  const [one, ...others] = badges({ zoom: 12.5, order: { districts } }, ["QN1", "QN2"]);
  assert.deepEqual(others, []);
  assert.equal(one.options.icon.html, "<b>2</b>");
  assert.match(one.tooltip, /2&nbsp;actions dans le quartier/);
});

test("marks are painted anew where they change, and only there", () => {
  const step = (zoom) => mapPage({ zoom }).qpverts.marks.step();
  assert.equal(step(8), step(10.4));
  assert.notEqual(step(10.4), step(10.5));
  assert.notEqual(step(12.4), step(12.5));
  assert.equal(step(12.5), step(13.9));
  assert.notEqual(step(13.9), step(14)); // names of districts
  assert.notEqual(step(14.4), step(14.5)); // names of parks
});

/** A map with three actions; the order shows some of them, by id, and may have chosen one. */
const actions = async (zoom, order) => {
  const data = {
    actions: ["a", "b", "c"].map((id) => point({ id, titre: `Action ${id}`, theme: "habiter" })),
  };
  const { qpverts, state } = mapPage({ zoom, order, data });
  qpverts.marks.start();
  await settled();
  const { group, markers } = state.layers.actions;
  const ids = new Map([...markers].map(([id, marker]) => [marker, id]));
  return { grouped: group.layers.map((one) => ids.get(one)), markers, state };
};

test("from near the actions shown are in clusters, but the chosen one, which stands out", async () => {
  const { grouped, markers, state } = await actions(13, { actions: ["a", "c"], action: "c" });
  assert.deepEqual(grouped, ["a"]);
  assert.equal(state.chosen, markers.get("c"));
  assert.ok(markers.get("c").isShown);
  assert.ok(markers.get("c").element.classList.contains("choisie"));
  assert.deepEqual(
    [...markers.values()].map((one) => one.offset),
    [0, 0, 2000],
  );
});

test("from afar no action is shown, but the chosen one", async () => {
  const { grouped, markers } = await actions(12, { actions: ["a", "b", "c"], action: "b" });
  assert.deepEqual(grouped, []);
  assert.ok(markers.get("b").isShown);
});

test("a click on an action says which, and a theme that is not known has a mark all the same", async () => {
  const { markers } = await actions(13, { actions: ["a"] });
  assert.match(
    markers.get("a").tooltip,
    /<strong>Action a<\/strong><br>Habiter<span hidden>\[\[action:a#0\]\]/,
  );
  assert.match(mapPage().qpverts.marks.shape("autre", 24), /fill="#777777"/);
});
