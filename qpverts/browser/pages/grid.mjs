// Cells of the reading grid are plain links; a plain click opens them without loading the page again.
const WAIT_MS = 10000;
const spaced = (text) => text.replace(/\s+/g, " ").trim();
const linkOf = (cell) => [...document.querySelectorAll("a[data-case]")].find((a) => a.dataset.case === cell);
let forget = null;
let shown; // undefined until the first drawing: what an address opened on arrival takes no focus
let turn = 0;

// React may draw the panel after this script is told of it: look again at each frame, for a while.
function once(find, act, mine = ++turn, until = performance.now() + WAIT_MS) {
  if (mine !== turn) return;
  const found = find();
  if (found) act(found);
  else if (performance.now() < until) requestAnimationFrame(() => once(find, act, mine, until));
}

function mark(cell) {
  for (const a of document.querySelectorAll("a[data-case][aria-current]")) a.removeAttribute("aria-current");
  linkOf(cell)?.setAttribute("aria-current", "true");
}

export default function ({ data, setTriggerValue, parentElement }) {
  const { cell, title } = data;
  forget?.();
  const onClick = (event) => {
    const link = event.target.closest?.("a[data-case]");
    const elsewhere = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || elsewhere || event.defaultPrevented) return;
    event.preventDefault();
    setTriggerValue("case", link.dataset.case);
  };
  document.addEventListener("click", onClick);
  forget = () => document.removeEventListener("click", onClick);
  mark(cell);
  if (shown !== undefined && shown !== cell) {
    const left = shown;
    const panel = () =>
      [...document.querySelectorAll(".st-key-case h2")].find((h) => spaced(h.textContent) === spaced(title));
    if (cell) {
      once(panel, (heading) => {
        heading.tabIndex = -1;
        heading.focus({ preventScroll: true });
        heading.closest(".st-key-case").scrollIntoView({ block: "start" });
      });
    } else {
      once(
        () => !document.querySelector(".st-key-case") && linkOf(left),
        (link) => link.focus(),
      );
    }
  }
  shown = cell;
  parentElement.dataset.ecoute = "oui";
  return () => {
    forget?.();
    forget = null;
    shown = undefined;
    turn += 1;
  };
}
