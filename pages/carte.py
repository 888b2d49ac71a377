"""Carte: every district of the Métropole, its green spaces and its actions."""

import streamlit as st

from qpverts.domain.actions.action_filter import select
from qpverts.sources import load as atlases
from qpverts.ui.address import query
from qpverts.ui.pages.carte import beside_map, map_controls, map_state
from qpverts.ui.parts import components, data_tables, map_view
from qpverts.viz.maps.paint import Scene

atlas = atlases.current()
current = map_state.map_state(query.read(), atlas)
st.title("Carte des quartiers")
map_controls.bar(atlas, current)
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
    beside_map.beside_map(atlas, current, actions, shown)
data_tables.districts(atlas, current.indicator, shown, actions)
