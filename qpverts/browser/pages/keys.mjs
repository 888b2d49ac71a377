/* The keyboard of projection, for the page and for the maps inside it.
 *
 * Streamlit runs the exported function at each change of its data: what listens is set up once. Keys press the
 * buttons and the links that Python drew, so there is one way to do each thing. The maps, in their frames, hand
 * their own keys over to press().
 */
const FULL = "carte-plein-ecran";
// Who speaks to a computer, or types by accident, can turn the keys off for good (WCAG 2.1.4).
const OFF = "qpverts-touches-arretees";
// Where a key has a meaning of its own.
const TYPING = 'input, textarea, select, [contenteditable="true"], [role="textbox"], [role="combobox"]';
const ARROWS =
  '[role="slider"], [role="listbox"], [role="menu"], [role="radio"], [role="tab"], [role="grid"]';
const LINE = 120; // pixels
const PAGE = 0.9; // of the height of the screen, so that a line or two is seen twice

const start = () => {
  const STREAMLIT = window.qpvertsStreamlit; // shell/selectors.js
  let data = { on: false, page: "", help: [] };
  let scrolled = 0;
  const root = document.documentElement;

  const click = (key) => {
    const target = document.querySelector(`.st-key-${key} :is(button, a)`);
    target?.click();
    return Boolean(target);
  };

  const areOff = () => {
    try {
      return localStorage.getItem(OFF) === "1";
    } catch {
      return false;
    }
  };
  const turn = (off) => {
    try {
      localStorage.setItem(OFF, off ? "1" : "0");
    } catch {
      /* a browser that keeps nothing */
    }
  };

  const main = () => document.querySelector(STREAMLIT.main);

  const isFull = () => root.classList.contains(FULL);

  const full = (wanted) => {
    const frames = [...document.querySelectorAll(STREAMLIT.maps)];
    if (wanted === isFull() || (wanted && !frames.length)) return false;
    const area = main();
    if (wanted) scrolled = area?.scrollTop ?? 0;
    frames.forEach((frame, rank) => {
      frame.style.setProperty("--rang", rank);
      frame.style.setProperty("--nombre", frames.length);
    });
    root.classList.toggle(FULL, wanted);
    if (!wanted && area) area.scrollTop = scrolled;
    return true;
  };

  const help = () => {
    const open = document.querySelector("dialog.touches");
    if (open) {
      open.close();
      return true;
    }
    const panel = document.createElement("dialog");
    panel.className = "touches";
    panel.setAttribute("aria-label", "Les touches");
    const title = panel.appendChild(document.createElement("h2"));
    title.textContent = "Les touches";
    const list = panel.appendChild(document.createElement("dl"));
    for (const [key, words] of data.help) {
      list.appendChild(document.createElement("dt")).textContent = key;
      list.appendChild(document.createElement("dd")).textContent = words;
    }
    const choice = panel.appendChild(document.createElement("label"));
    const box = choice.appendChild(document.createElement("input"));
    box.type = "checkbox";
    box.checked = !areOff();
    box.addEventListener("change", () => turn(!box.checked));
    choice.append(" Utiliser ces touches sur cet ordinateur");
    const close = panel.appendChild(document.createElement("button"));
    close.textContent = "Fermer";
    close.addEventListener("click", () => panel.close());
    panel.addEventListener("close", () => panel.remove());
    document.body.appendChild(panel);
    panel.showModal();
    return true;
  };

  const actions = {
    arrowleft: () => click("avant"),
    arrowright: () => click("apres"),
    c: () => click("vers_comparer"),
    g: () => click("vers_grille"),
    a: () => click("vers_accueil"),
    m: () => full(!isFull()),
    "?": help,
    escape: () => full(false),
  };

  // Tells whether the key was of use, so that nothing else takes it.
  const press = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.defaultPrevented)
      return false;
    const key = event.key.toLowerCase();
    const { target } = event;
    if (target.closest?.(TYPING) || (areOff() && key !== "escape")) return false;
    if (key.startsWith("arrow") && (event.shiftKey || target.closest?.(ARROWS))) return false;
    if (key === "p") return click("projeter");
    if (!data.on || (document.querySelector("dialog.touches") && key !== "?")) return false;
    return Object.hasOwn(actions, key) && actions[key]();
  };

  const scroll = (by) => main()?.scrollBy({ top: by });

  // The page scrolls inside an area of its own, which browsers leave alone until one clicks there. These are no
  // letters: they work even where the keys are off.
  const scrolls = (event) => {
    const isFree = document.activeElement === document.body && !document.querySelector("dialog.touches");
    if (
      !data.on ||
      !isFree ||
      isFull() ||
      event.ctrlKey ||
      event.altKey ||
      event.metaKey ||
      event.defaultPrevented
    )
      return false;
    const space = event.key === " ";
    const { clientHeight, scrollHeight } = main() ?? {};
    const page = PAGE * clientHeight;
    const by = {
      ArrowUp: -LINE,
      ArrowDown: LINE,
      PageUp: -page,
      PageDown: page,
      Home: -scrollHeight,
      End: scrollHeight,
      " ": event.shiftKey ? -page : page,
    }[event.key];
    if (!by || (event.shiftKey && !space)) return false;
    scroll(by);
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (press(event) || scrolls(event)) event.preventDefault();
  });
  // The button of the help; and links written as HTML, which know nothing of projection.
  document.addEventListener(
    "click",
    (event) => {
      if (event.target.closest(".st-key-aide_touches button")) help();
      const link = data.on && event.target.closest("a[href]");
      if (!link || link.origin !== location.origin || new URL(link.href).searchParams.has("projection"))
        return;
      const address = new URL(link.href);
      address.searchParams.set("projection", "1");
      link.href = address.href;
    },
    true,
  );

  return {
    press,
    scroll,
    set(now) {
      if (!now.on || now.page !== data.page) full(false);
      data = now;
    },
  };
};

export default ({ data }) => {
  window.qpvertsKeys ??= start();
  window.qpvertsKeys.set(data);
  document.documentElement.dataset.touches = data.on ? "projection" : "repos";
};
