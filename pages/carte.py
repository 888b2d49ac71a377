"""Carte: every district of the Métropole, its green spaces and its actions."""

import streamlit as st

from qpverts.domain.selection import ActionFilter, select
from qpverts.sources import atlas as atlases
from qpverts.sources.nearest import around
from qpverts.ui import cards, components, filters, map_view, query, state, tables
from qpverts.viz.paint import Scene


def choose(click: map_view.Click) -> None:
    """Write a click on the map to the URL."""
    chosen = {state.DISTRICT: None, state.ACTION: None, state.POINT: None}
    if click.point:
        chosen[state.POINT] = f"{click.point[0]},{click.point[1]}"
    else:
        chosen[state.DISTRICT if click.kind == "quartier" else state.ACTION] = click.key
    query.write(**chosen)


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
        view=map_view.view(atlas, shown, start=current.district),
        selected=current.district,
        ring=current.district,
        tiles=current.tiles,
        here=current.point,
    )
    map_view.show(atlas, "carte", scene, actions, choose)
with right:
    if current.action:
        cards.action_card(atlas, atlas.actions[current.action])
    elif current.district:
        cards.district_card(atlas, current.district, current.indicator, actions)
    elif current.point:
        cards.point_card(atlas, around(atlas, *current.point))
    else:
        cards.overview(atlas, actions, shown, filtered=current.filter != ActionFilter())
tables.districts(atlas, current.indicator, shown, actions)
