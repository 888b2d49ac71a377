/* The map in front of a room: text at the size of the page's, no gesture that holds the page, keys handed over. */
"use strict";

qpverts.parts.push(
  (() => {
    const root = document.documentElement;
    let map = null;

    // The frame only knows its own width: what is readable from afar is a share of the whole screen.
    const resize = () => {
      const page = window.parent.document.documentElement;
      const size = `${(parseFloat(getComputedStyle(page).fontSize) * 6) / 7}px`;
      for (const name of ["--texte", "--nom"]) {
        if (root.classList.contains("projection")) root.style.setProperty(name, size);
        else root.style.removeProperty(name);
      }
    };

    const paint = (state) => {
      const on = Boolean(state.order.projection);
      map = state.map;
      const changes = on !== root.classList.contains("projection");
      root.classList.toggle("projection", on);
      attribute(state);
      if (!changes) return;
      map.scrollWheelZoom[on ? "disable" : "enable"]();
      resize();
      map.fire("zoomend"); // names need more room
    };

    // At this size the attribution and the scale would hide a part of the map: they go under it.
    const sources = document.createElement("div");
    sources.className = "sources";
    const words = sources.appendChild(document.createElement("span"));
    const attribute = ({ scale }) => {
      words.textContent = map.attributionControl.getContainer().textContent;
      if (root.classList.contains("projection")) {
        sources.prepend(scale.getContainer());
        document.body.appendChild(sources);
      } else if (sources.isConnected) {
        sources.remove();
        scale.remove().addTo(map); // in its corner again
      }
    };

    const SCROLLS = { ArrowUp: -120, ArrowDown: 120 };

    // Before Leaflet, which takes the arrows to move the map: here Shift and the arrows do.
    document.addEventListener(
      "keydown",
      (event) => {
        const keys = window.parent.qpvertsKeys;
        if (!keys) return;
        const scrolls = root.classList.contains("projection") && !event.shiftKey && SCROLLS[event.key];
        if (scrolls) keys.scroll(scrolls);
        else if (!keys.press(event)) return;
        event.preventDefault();
        event.stopPropagation();
      },
      true,
    );
    window.addEventListener("resize", resize);

    return { paint, legend: () => "" };
  })(),
);
