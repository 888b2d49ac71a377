// Richer, never needed: the drawing becomes a map that moves, in step with the lists; names filter as they are typed.
(() => {
  "use strict";
  const script = document.currentScript;
  const asked = new URLSearchParams(location.search);
  if (asked.get("integrer") === "1") document.body.classList.add("integre");

  const bare = (text) =>
    text
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "");

  const filter = () => {
    const field = document.getElementById("q");
    const lists = document.querySelectorAll("[data-filtre]");
    if (!field || !lists.length) return;
    const apply = () => {
      const wanted = bare(field.value);
      for (const item of document.querySelectorAll("[data-filtre] > li"))
        item.hidden = !bare(item.textContent).includes(wanted);
    };
    field.addEventListener("input", apply);
    const typed = asked.get("q");
    if (typed && !document.querySelector("#trouve *")) {
      // a host without our server: the lists answer
      field.value = typed;
      apply();
    }
  };

  const load = (file) =>
    new Promise((done, failed) => {
      const css = file.endsWith(".css");
      const tag = document.createElement(css ? "link" : "script");
      if (css) tag.rel = "stylesheet";
      tag[css ? "href" : "src"] = `${script.dataset.leaflet}/${file}`;
      tag.onload = done;
      tag.onerror = failed;
      document.head.append(tag);
    });

  const enliven = async (figure) => {
    const drawing = figure.querySelector("svg.dessin");
    await Promise.all([load("leaflet.css"), load("leaflet.js")]);
    const bounds = L.latLngBounds(JSON.parse(figure.dataset.bornes));
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const place = document.createElement("div");
    place.className = "vivante";
    place.style.height = `${drawing.getBoundingClientRect().height}px`;
    const marks = [...drawing.querySelectorAll("a[data-point]")];
    const map = L.map(place, {
      attributionControl: false,
      zoomSnap: 0,
      zoomDelta: 0.75,
      maxBounds: bounds.pad(0.1),
      scrollWheelZoom: false,
      zoomAnimation: !calm,
      fadeAnimation: !calm,
      inertia: !calm,
      zoomControl: false,
      dragging: !L.Browser.mobile,
    });
    L.control.zoom({ zoomInTitle: "Agrandir", zoomOutTitle: "Réduire" }).addTo(map);
    drawing.before(place);
    map.fitBounds(bounds, { animate: false });
    map.setMinZoom(map.getZoom());
    map.setMaxZoom(map.getZoom() + 5);
    L.svgOverlay(drawing, bounds, { interactive: true, className: "dessin" }).addTo(map);
    const near = () => {
      // two fingers move the map once it is larger than its frame; one scrolls the page
      if (map.getZoom() > map.getMinZoom() + 0.01) map.dragging.enable();
      else if (L.Browser.mobile) map.dragging.disable();
      const scale = map.getZoomScale(map.getMinZoom(), map.getZoom());
      for (const mark of marks) {
        // marks keep their size
        const shape = mark.querySelector("circle, rect").getBBox();
        const x = shape.x + shape.width / 2,
          y = shape.y + shape.height / 2;
        mark.setAttribute("transform", `translate(${x} ${y}) scale(${scale}) translate(${-x} ${-y})`);
      }
    };
    map.on("zoomend", near);
    near();
    const show = (name) => {
      for (const mark of marks) mark.classList.toggle("vu", mark.dataset.repere === name);
      const mark = marks.find((one) => one.dataset.repere === name);
      if (mark) map.panTo(mark.dataset.point.split(",").map(Number), { animate: !calm });
    };
    document.addEventListener("click", (event) => {
      const link = event.target.closest("[data-repere]");
      if (link) show(link.dataset.repere);
    });
    for (const item of document.querySelectorAll(".repere")) {
      const card = item.closest("li, article");
      for (const when of ["mouseenter", "focusin"])
        card.addEventListener(when, () => {
          for (const mark of marks) mark.classList.toggle("vu", mark.dataset.repere === item.dataset.repere);
        });
    }
  };

  const unfold = () => {
    // what an address names is shown whole
    const more = document.querySelector(":target > details");
    if (more) more.open = true;
  };
  addEventListener("hashchange", unfold);
  addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("article details, .espaces details")) one.open = true;
  });

  unfold();
  filter();
  const figure = document.querySelector("figure.carte");
  const { saveData: saving } = navigator.connection || {};
  if (figure && "IntersectionObserver" in window && !saving) {
    const watch = new IntersectionObserver((seen) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      watch.disconnect();
      enliven(figure).catch(() => {}); // the drawing stays
    });
    watch.observe(figure);
  }
})();
