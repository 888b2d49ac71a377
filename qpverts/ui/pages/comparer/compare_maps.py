"""The maps of *Comparer*: one per territory, at the same scale, that move as one."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from hashlib import sha256

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.figures import specs
from qpverts.domain.territory import Kind, Territory
from qpverts.ui.address import query, state
from qpverts.ui.parts import choices, map_view, territory_names
from qpverts.ui.parts.components import safe
from qpverts.viz.maps import map_legend
from qpverts.viz.maps.paint import Link, Scene, View, bounds_of

MARGIN_M = 300.0
#: More districts than this are not outlined one by one: their names would cover the map.
MOST_OUTLINED = 6
_CHANNEL = "liaison_des_cartes"


def show(atlas: Atlas, sides: Sequence[Territory], *, indicator: str) -> None:
    """Draw one map per side, linked in the browser, then what colours them and the legend they share.

    Each map is the same from one run to the next, whatever its territory: only its paint order changes.
    """
    with st.container(key="cartes_liees"):
        for territory, scene in zip(sides, scenes(atlas, sides, indicator, _channel()), strict=True):
            letter = state.SIDES[scene.link.side if scene.link else 0]
            with st.container(key=f"carte_{letter}"):
                st.header(safe(territory_names.heading(territory)), anchor=False)
                map_view.look(atlas, f"comparer_{letter}", scene, atlas.actions_in(territory))
    choice, legend = st.columns([3, 7])
    with choice:
        query.select(
            "Colorer les quartiers selon",
            state.INDICATOR,
            choices.indicator_options(atlas),
            indicator,
            default=specs.DEFAULT,
        )
        st.caption("Les cartes sont à la même échelle et bougent ensemble.")
    with legend:
        has_ring = any(side.kind is Kind.QPV for side in sides)
        values = [by_id[indicator] for by_id in atlas.indicators.values()]
        st.html(map_legend.html(values, atlas.vocabulary, has_ring=has_ring))


def scenes(atlas: Atlas, sides: Sequence[Territory], indicator: str, channel: str) -> list[Scene]:
    """Give what each map shows: its own territory, at the zoom that fits the largest of them."""
    fits = tuple(bounds_of(atlas.boxes, side.codes, MARGIN_M) for side in sides)
    token = sha256("|".join(side.key for side in sides).encode()).hexdigest()[:12]
    return [
        Scene(
            indicator,
            side.codes,
            View(token, fits[rank]),
            selected=side.key if side.kind is Kind.QPV else None,
            ring=side.key if side.kind is Kind.QPV else None,
            outlined=side.codes if len(side.codes) <= MOST_OUTLINED else (),
            link=Link(channel, rank, fits),
            name=f"Carte {rank + 1} : {territory_names.heading(side)}",
        )
        for rank, side in enumerate(sides)
    ]


def _channel() -> str:
    """Name the channel of this session's maps: two tabs of a browser do not steer each other."""
    name: str = st.session_state.setdefault(_CHANNEL, secrets.token_hex(8))
    return name
