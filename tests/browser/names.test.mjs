import assert from "node:assert/strict";
import { test } from "node:test";
import { mapPage, point } from "./stand_ins/maps.mjs";
import { settled } from "./stand_ins/page.mjs";

/** Which of two places are named on a map: one from zoom 9, one from zoom 11. */
const named = async ({ zoom, letters, seen = () => true }) => {
  const data = {
    etiquettes: [
      point({ nom: "Aix", genre: "commune", zoom_min: 9 }, 43.53, 5.45),
      point({ nom: "Trets", genre: "commune", zoom_min: 11 }, 43.45, 5.68),
    ],
  };
  const { qpverts, L, map, document } = mapPage({ zoom, data });
  map.seen = seen;
  if (letters) document.documentElement.style["--nom"] = letters;
  qpverts.names.start();
  await settled();
  return L.made.filter((one) => one.options.icon && one.isShown).map((one) => one.options.icon.html);
};

test("places are named from the zoom that has room for them", async () => {
  assert.deepEqual(await named({ zoom: 8.5 }), []);
  assert.deepEqual(await named({ zoom: 9 }), ["<span>Aix</span>"]);
  assert.deepEqual(await named({ zoom: 11 }), ["<span>Aix</span>", "<span>Trets</span>"]);
});

test("letters twice larger need one zoom more", async () => {
  assert.deepEqual(await named({ zoom: 9.5, letters: "24px" }), []);
  assert.deepEqual(await named({ zoom: 10, letters: "24px" }), ["<span>Aix</span>"]);
});

test("places out of sight are not named", async () => {
  assert.deepEqual(await named({ zoom: 11, seen: ([lat]) => lat < 43.5 }), ["<span>Trets</span>"]);
});

/** Whether two districts, the first of them chosen, and the parks are named at a zoom. */
const painted = (zoom, isProjected = false) => {
  const { qpverts, state, document } = mapPage({ zoom, order: { selected: "QN1" } });
  document.documentElement.classList.toggle("projection", isProjected);
  qpverts.names.start();
  for (const code of ["QN1", "QN2"]) state.names[code] = qpverts.names.name([43, 5], code, "nom-quartier");
  qpverts.names.paint();
  return ["QN1", "QN2", "espaces"].filter((one) => state.names[one].isShown);
};

test("the chosen district is named as soon as outlines are seen, the others from nearer, parks from nearer still", () => {
  assert.deepEqual(painted(12), []);
  assert.deepEqual(painted(12.5), ["QN1"]);
  assert.deepEqual(painted(13.5), ["QN1"]);
  assert.deepEqual(painted(14), ["QN1", "QN2"]);
  assert.deepEqual(painted(14.5), ["QN1", "QN2", "espaces"]);
});

test("before a room, where letters are larger, parks are named one zoom later", () => {
  assert.deepEqual(painted(15, true), ["QN1", "QN2"]);
  assert.deepEqual(painted(15.5, true), ["QN1", "QN2", "espaces"]);
});
