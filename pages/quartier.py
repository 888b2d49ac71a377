"""Quartier: one district, its figures with their sources, its surroundings and its actions."""

import streamlit as st

from qpverts.sources import atlas as atlases
from qpverts.ui import cards, components, map_view, query, sheet, state, tables
from qpverts.viz.paint import Scene, View, bounds_of


def choose(click: map_view.Click) -> None:
    """Open the district clicked, or the action."""
    if click.kind == "quartier":
        query.write(**{state.DISTRICT: click.key, state.ACTION: None})
    elif click.kind == "action":
        query.write(**{state.ACTION: click.key})


atlas = atlases.current()
current = state.district_state(query.read(), atlas)
title, chooser = st.columns([4, 6], vertical_alignment="center")
title.title("Fiche d'un quartier")
with chooser:
    code = sheet.chooser(atlas, current)
components.notices(current.notices)
if code is None:
    sheet.way_in(atlas, current)
    st.stop()

sheet.header(atlas, code)
left, right = st.columns([7, 3])
with left:
    view = View(code, bounds_of(atlas.perimeters, [code], margin_m=500))
    scene = Scene(current.indicator, [code], view, selected=code, ring=code, tiles=current.tiles)
    map_view.show(atlas, "quartier", scene, atlas.actions_of(code), choose)
    st.caption("Le trait en tirets est à 300 m du bord du quartier.")
with right:
    if current.action:
        cards.action_card(atlas, atlas.actions[current.action])
    else:
        sheet.key_points(atlas, code)
sheet.figures(atlas, code)
st.header("Les actions, par thématique")
cards.actions_by_theme(atlas, atlas.actions_of(code))
sheet.actions_nearby(atlas, code)
st.header("Les espaces verts, du plus proche au plus lointain")
tables.green_spaces(atlas, code)
