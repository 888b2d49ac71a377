/* Where the map looks: on arrival, when an order says so, and when its size settles. */
"use strict";

qpverts.view = (({ state }) => {
  const OPTIONS = { maxZoom: 16, padding: [24, 24] };

  // Where the map must look, at once: on arrival, and again while nobody has moved it and its size settles.
  const settle = () => {
    state.map.invalidateSize({ pan: false });
    state.map.fitBounds(state.order.view.bounds, { ...OPTIONS, animate: false });
    state.settled = { centre: state.map.getCenter(), zoom: state.map.getZoom() };
  };

  const isSettled = () =>
    state.settled &&
    state.map.getZoom() === state.settled.zoom &&
    state.map.getCenter().distanceTo(state.settled.centre) < 1;

  const fly = () => {
    const { map, order } = state;
    if (!order?.view || state.view === order.view.token) return;
    const first = state.view === null;
    state.view = order.view.token;
    if (order.link) qpverts.linked.begin(first);
    else if (first || window.matchMedia("(prefers-reduced-motion: reduce)").matches) settle();
    else map.flyToBounds(order.view.bounds, { ...OPTIONS, duration: 0.6 });
  };

  const resized = () => {
    if (state.order?.link) qpverts.linked.resized();
    else if (state.order && isSettled()) settle();
    else state.map.invalidateSize({ pan: false });
  };

  return { fly, resized };
})(qpverts.tools);
