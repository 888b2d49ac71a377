"""Quartier: one district, its figures with their sources, its surroundings and its actions."""

import streamlit as st

from qpverts.sources import load as atlases
from qpverts.ui.address import query
from qpverts.ui.pages.quartier import district_state, sheet
from qpverts.ui.parts import cards, components, data_tables, definitions, map_view, way_to_park
from qpverts.viz.maps.paint import Scene, View, bounds_of
from qpverts.viz.words.labels import typeset

atlas = atlases.current()
current = district_state.district_state(query.read(), atlas)
title, chooser = st.columns([4, 6], vertical_alignment="center")
title.title(typeset("Fiche d'un quartier"))
with chooser:
    code = sheet.chooser(atlas, current)
components.notices(current.notices)
if code is None:
    sheet.way_in(atlas, current)
    st.stop()

sheet.header(atlas, code)
left, right = st.columns([7, 3])
with left:
    view = View(code, bounds_of(atlas.boxes, [code], margin_m=500))
    scene = Scene(
        current.indicator,
        [code],
        view,
        selected=code,
        ring=code,
        action=current.action,
        tiles=current.tiles,
        grid=current.grid,
        walk=way_to_park.walk(atlas, code),
    )
    map_view.show(atlas, "quartier", scene, atlas.actions_around(code))
with right:
    sheet.beside_map(atlas, code, current)
map_view.head_start()
sheet.profile(atlas, code, current.measure)
definitions.per_resident(atlas, code, current.indicator)
sheet.on_foot(atlas, code)
sheet.figures(atlas, code)
st.header("Les espaces verts, du plus proche au plus lointain")
data_tables.green_spaces(atlas, code)
st.header("Les actions, par thématique")
cards.actions_by_theme(atlas, atlas.actions_of(code))
sheet.actions_nearby(atlas, code)
