"""Carte: every district of the Métropole, its green spaces and its actions."""

import streamlit as st

from qpverts.domain.selection import select
from qpverts.sources import atlas as atlases
from qpverts.ui import cards, components, filters, map_view, query, state, tables
from qpverts.viz.paint import Scene

atlas = atlases.current()
current = state.map_state(query.read(), atlas)
st.title("Carte des quartiers")
filters.bar(atlas, current)
components.notices(current.notices)

actions = select(atlas.actions.values(), current.filter)
shown = atlas.index.codes_in(current.filter.commune)
left, right = st.columns([7, 3])
with left:
    scene = Scene(
        indicator=current.indicator,
        shown=shown,
        view=map_view.view(atlas, shown, current.district, current.point),
        selected=current.district,
        ring=current.district,
        action=current.action,
        tiles=current.tiles,
        here=current.point,
        grid=current.grid,
    )
    map_view.show(atlas, "carte", scene, actions, with_points=True)
with right:
    cards.beside_map(atlas, current, actions, shown)
tables.districts(atlas, current.indicator, shown, actions)
