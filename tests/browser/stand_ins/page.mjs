/* What scripts find around them in a browser, as little of it as they need: a page, its elements, its addresses. */
import { readFileSync } from "node:fs";
import vm from "node:vm";

const BROWSER = new URL("../../../qpverts/browser/", import.meta.url);

/** Runs plain scripts as a page does, one after the other, with the names of `world` as their globals. */
export const run = (names, world) => {
  world.window ??= world;
  for (const name of names) {
    const file = new URL(name, BROWSER);
    const globals = { ...world, qpverts: world.window.qpverts };
    const script = vm.compileFunction(readFileSync(file, "utf8"), Object.keys(globals), {
      filename: file.pathname,
    });
    script(...Object.values(globals));
  }
  return world.window;
};

/** Gives a new copy of what a module exports. */
let copies = 0;
export const load = async (name) => {
  copies += 1;
  return (await import(`${new URL(name, BROWSER)}?${copies}`)).default;
};

class Classes extends Set {
  contains = (name) => this.has(name);
  remove = (...names) => names.forEach((name) => void this.delete(name));
  add = (...names) => {
    for (const name of names) super.add(name);
  };
  toggle = (name, wanted = !this.has(name)) => {
    if (wanted) super.add(name);
    else this.delete(name);
    return wanted;
  };
}

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\u00a0": "&nbsp;" };

export class Element {
  nodeType = 1;
  children = [];
  dataset = {};
  attributes = {};
  classList = new Classes();
  found = {}; // by selector, what is inside
  around = {}; // by selector, what this is inside of
  clicks = 0;
  #listeners = [];
  #text = "";

  constructor(more = {}) {
    this.style = {
      setProperty: (name, value) => Object.assign(this.style, { [name]: value }),
      removeProperty: (name) => delete this.style[name],
    };
    Object.assign(this, more);
  }

  set textContent(text) {
    this.#text = text;
    this.innerHTML = text.replace(/[&<>\u00a0]/g, (sign) => ENTITIES[sign]);
  }
  get textContent() {
    return this.#text;
  }

  getAttribute = (name) => this.attributes[name] ?? null;
  setAttribute = (name, value) => Object.assign(this.attributes, { [name]: value });
  querySelector = (selector) => [this.found[selector] ?? []].flat()[0] ?? null;
  querySelectorAll = (selector) => [this.found[selector] ?? []].flat();
  closest = (selector) => this.around[selector] ?? null;
  addEventListener = (type, heard) => this.#listeners.push({ type, heard });
  appendChild = (child) => {
    this.children.push(child);
    return child;
  };
  prepend = (...children) => void this.children.unshift(...children);
  append = (...children) => void this.children.push(...children);
  click = () => {
    this.clicks += 1;
  };

  /** Does what a browser does when something happens here. */
  tell = (type, event = {}) => {
    for (const one of this.#listeners) if (one.type === type) one.heard({ type, ...event });
  };
}

/** A document; its root has the text sizes of the maps as its style, and its elements may be made. */
export const page = (found = {}) => {
  const root = new Element();
  const body = new Element();
  const made = new Element({
    documentElement: root,
    body,
    activeElement: body,
    createElement: () => new Element(),
    found,
  });
  return made;
};

/** What getComputedStyle gives: the properties set on an element, and the size of its letters. */
export const getComputedStyle = (element) => ({
  fontSize: element.style.fontSize,
  getPropertyValue: (name) => element.style[name] ?? "",
});

/** Lets what was promised come. */
export const settled = () => new Promise((done) => setTimeout(done));
