"""The only use of st_folium: show a scene, and turn clicks into choices in the URL."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from qpverts.atlas.atlas import Atlas
from qpverts.domain.figures.indicators import Indicator
from qpverts.domain.model import Action
from qpverts.ui.address import projection, query, state
from qpverts.viz.maps.base_map import base_map, paint_group
from qpverts.viz.maps.paint import Scene, View, bounds_around, bounds_of, paint_order

HEIGHT = 620  # pixels; styles/base.css adapts it to the screen
_TOOLTIP, _BARE, _OBJECT = "last_object_clicked_tooltip", "last_clicked", "last_object_clicked"
_PARAMS = {"quartier": state.DISTRICT, "action": state.ACTION, "espace": state.SPACE}
EVERYTHING = frozenset(_PARAMS)
_CLICKED = re.compile(r"\[\[(quartier|action|espace):([A-Za-z0-9-]+)#\d+\]\]\s*$")
_FLIGHT, _CLICK = "vol", "clic_ecrit"
#: The button of ``cards.close``.
_CLOSED = "fermer"
MARGIN_M = 500.0
#: What a browser that has nothing yet needs to begin two maps, in seconds; less than one begins none.
HEAD_START_S = 1.2
_BEGUN = "carte_commencee"


def show(
    atlas: Atlas,
    key: str,
    scene: Scene,
    actions: Sequence[Action],
    *,
    with_points: bool = False,
    takes: Collection[str] = EVERYTHING,
    values: Mapping[str, Indicator] | None = None,
) -> None:
    """Draw the map, whose clicks are written to the URL before the page is drawn again.

    ``key`` tells the maps of different pages apart; ``with_points`` also takes clicks on bare ground, and
    ``takes`` names the things whose clicks mean something on this page; ``values`` colours the districts by
    figures that are not among the indicators of the atlas.
    """
    returned = [_TOOLTIP, _BARE] if with_points else [_TOOLTIP]
    _draw(atlas, key, scene, actions, values, returned=returned, on_change=lambda: _clicked(key, takes))


def look(atlas: Atlas, key: str, scene: Scene, actions: Sequence[Action]) -> None:
    """Draw a map to look at: a click tells what is there, in its tooltip, and changes nothing."""
    _draw(atlas, key, scene, actions)


def head_start() -> None:
    """Hold what follows the map, once a session, until the browser has begun to draw it.

    A browser draws Streamlit's page and its maps in one thread: sent at once, tables and charts come before
    them, 6 s after the address; after this pause, maps come in 2 s and the rest when it did.
    """
    if not st.session_state.get(_BEGUN):
        st.session_state[_BEGUN] = True
        time.sleep(HEAD_START_S)


def pick(
    atlas: Atlas,
    key: str,
    scene: Scene,
    actions: Sequence[Action],
    on_point: Callable[[float, float], None],
) -> None:
    """Draw a map on which any click, even on a thing, is a point: latitude, longitude in degrees."""
    _draw(atlas, key, scene, actions, returned=[_BARE, _OBJECT], on_change=lambda: _picked(key, on_point))


def _draw(
    atlas: Atlas,
    key: str,
    scene: Scene,
    actions: Sequence[Action],
    values: Mapping[str, Indicator] | None = None,
    *,
    returned: Sequence[str] = (),
    on_change: Callable[[], None] | None = None,
) -> None:
    values = values or {code: by_id[scene.indicator] for code, by_id in atlas.indicators.items()}
    order = paint_order(values, actions, scene)
    st_folium(
        base_map(atlas.version, atlas.vocabulary),
        key=key,
        height=HEIGHT,
        render=False,  # it is drawn once more anyway; both times Jinja compiles the whole script
        use_container_width=True,
        returned_objects=returned,
        feature_group_to_add=paint_group(order | {"projection": projection.is_on()}),
        on_change=on_change,
    )


#: What an address asks to see: a district, a point, and its districts, told by their number and the first.
_Place = tuple[str | None, tuple[float, float] | None, int, str]


@dataclass(frozen=True, slots=True)
class _Flight:
    """The last move asked for: to some districts, to a point, or (neither) to the whole region.

    ``places`` are those that the address has named since: going back to one of them moves nothing.
    """

    rank: int
    codes: tuple[str, ...] = ()
    point: tuple[float, float] | None = None
    places: frozenset[_Place] = frozenset()


def fly_to(*codes: str, point: tuple[float, float] | None = None) -> None:
    """Make the map of this session move, at the next drawing, to some districts or to a point."""
    st.session_state[_FLIGHT] = _Flight(_next_rank(), codes, point)


def _next_rank() -> int:
    last: _Flight | None = st.session_state.get(_FLIGHT)
    return last.rank + 1 if last else 0


def view(
    atlas: Atlas, region: Sequence[str], district: str | None, point: tuple[float, float] | None
) -> View:
    """Tell where to look: the last flight, unless the address has come to name another place since.

    A click never moves the map: only a search, a change of commune or a new page does, and an address that
    the browser brings: on arrival, by Back and Forward, or by a link.
    """
    flight: _Flight | None = st.session_state.get(_FLIGHT)
    place = (district, point, len(region), region[0])
    if flight is None or _is_brought(place, flight):
        flight = _Flight(_next_rank(), (district,) if district else (), None if district else point)
    st.session_state[_FLIGHT] = replace(flight, places=flight.places | {place})
    if flight.point:
        return View(f"{flight.rank}:{flight.point}", bounds_around(*flight.point))
    target = [code for code in flight.codes if code in atlas.qpvs] or list(region)
    margin_m = MARGIN_M if len(target) < len(atlas.qpvs) else 0.0
    return View(f"{flight.rank}:{target[0]}:{len(target)}", bounds_of(atlas.boxes, target, margin_m))


def _is_brought(place: _Place, flight: _Flight) -> bool:
    """Tell whether a place is new, and no click here led to it; any is that of a flight just asked for."""
    clicked = st.session_state.pop(_CLICK, None) == query.read() or bool(st.session_state.get(_CLOSED))
    return bool(flight.places) and place not in flight.places and not clicked


def _clicked(key: str, takes: Collection[str]) -> None:
    """Find out which of the returned objects is new, and write it to the URL."""
    data: dict[str, Any] = st.session_state.get(key) or {}
    seen: dict[str, Any] = st.session_state.get(f"{key}_vu", {})
    st.session_state[f"{key}_vu"] = data
    tooltip, bare = data.get(_TOOLTIP), data.get(_BARE)
    if tooltip != seen.get(_TOOLTIP) and (found := _CLICKED.search(tooltip or "")):
        if found[1] not in takes:
            return
        param = _PARAMS[found[1]]
        # A district stays chosen under one of its actions or parks; anything else replaces what was.
        kept = {} if param != state.DISTRICT else {state.DISTRICT: None}
        query.write(**{state.ACTION: None, state.SPACE: None, state.POINT: None} | kept | {param: found[2]})
        st.session_state[_CLICK] = query.read()
    elif bare and bare != seen.get(_BARE):
        point = f"{bare['lat']:.5f},{bare['lng']:.5f}"
        query.write(**dict.fromkeys(state.CHOICES) | {state.POINT: point})
        st.session_state[_CLICK] = query.read()


def _picked(key: str, on_point: Callable[[float, float], None]) -> None:
    """Find out which of the returned points is new, and hand it on."""
    data: dict[str, Any] = st.session_state.get(key) or {}
    seen: dict[str, Any] = st.session_state.get(f"{key}_vu", {})
    st.session_state[f"{key}_vu"] = data
    for name in (_OBJECT, _BARE):
        point = data.get(name)
        if point and point != seen.get(name):
            on_point(float(point["lat"]), float(point["lng"]))
            return
