"""The only use of st_folium: show a scene, and turn clicks into choices in the URL."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from qpverts.domain.model import Action
from qpverts.sources.atlas import Atlas
from qpverts.viz.layers import base_map, paint_group
from qpverts.viz.paint import Scene, View, bounds_of, paint_order

HEIGHT = 620  # pixels; style.css adapts it to the screen
RETURNED = ("last_clicked", "last_object_clicked_tooltip")
_CLICKED = re.compile(r"\[\[(quartier|action):([A-Za-z0-9-]+)#\d+\]\]\s*$")
_FLIGHT = "vol"


@dataclass(frozen=True, slots=True)
class Click:
    """What was clicked: a ``quartier`` or ``action`` with its id, or a bare point (latitude, longitude)."""

    kind: str
    key: str = ""
    point: tuple[float, float] | None = None


def show(
    atlas: Atlas, key: str, scene: Scene, actions: Sequence[Action], on_click: Callable[[Click], None]
) -> None:
    """Draw the map.

    ``key`` tells the maps of different pages apart; ``on_click`` is called, before the page is drawn
    again, with each new click.
    """
    values = {code: by_id[scene.indicator] for code, by_id in atlas.indicators.items()}
    exact = [action.id for action in atlas.actions.values() if action.is_exact]
    order = paint_order(values, exact, actions, scene)
    st_folium(
        base_map(atlas.version, atlas.vocabulary),
        key=key,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=RETURNED,
        feature_group_to_add=paint_group(order),
        on_change=lambda: _clicked(key, on_click),
    )


def fly_to(*codes: str) -> None:
    """Make the map of this session move to some districts at the next drawing."""
    rank = st.session_state.get(_FLIGHT, (0, ()))[0]
    st.session_state[_FLIGHT] = (rank + 1, codes)


def view(atlas: Atlas, region: Sequence[str], start: str | None = None, margin_m: float = 500.0) -> View:
    """Tell where to look: the last flight asked for, else ``start`` on arrival, else the region.

    A click never moves the map: only a search, a change of commune or a new page does.
    """
    if _FLIGHT not in st.session_state:
        st.session_state[_FLIGHT] = (0, (start,) if start else ())
    rank, codes = st.session_state[_FLIGHT]
    target = [code for code in codes if code in atlas.qpvs] or list(region)
    margin = margin_m if len(target) < len(atlas.qpvs) else 0.0
    south, west, north, east = bounds_of(atlas.perimeters, target, margin)
    return View(f"{rank}:{','.join(codes) or len(target)}:{target[0]}", (south, west, north, east))


def _clicked(key: str, on_click: Callable[[Click], None]) -> None:
    """Find out which of the returned objects is new: an object, else a bare point."""
    data: dict[str, Any] = st.session_state.get(key) or {}
    seen_key = f"{key}_vu"
    seen: tuple[Any, Any] = st.session_state.get(seen_key, (None, None))
    tooltip, bare = data.get("last_object_clicked_tooltip"), data.get("last_clicked")
    st.session_state[seen_key] = (tooltip, bare)
    if tooltip != seen[0] and (found := _CLICKED.search(tooltip or "")):
        on_click(Click(found[1], found[2]))
    elif bare and bare != seen[1]:
        on_click(Click("point", point=(round(bare["lat"], 5), round(bare["lng"], 5))))
