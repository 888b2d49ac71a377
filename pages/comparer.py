"""Comparer: two to four territories side by side, map by map, figure by figure, action by action."""

import streamlit as st

from qpverts.sources import atlas as atlases
from qpverts.ui import (
    compare,
    compare_actions,
    compare_figures,
    compare_maps,
    components,
    engagement,
    map_view,
    nature_radar,
    query,
    state,
)

atlas = atlases.current()
current = state.compare_state(query.read(), atlas)
st.title("Comparer des territoires")
compare.choosers(atlas, current)
components.notices(current.notices)
compare_maps.show(atlas, current.sides, indicator=current.indicator)
map_view.head_start()
engagement.of_sides(atlas, current.sides, current.measure)
nature_radar.of_sides(atlas, current.sides)
compare_figures.show(atlas, current.sides)
compare_actions.show(atlas, current.sides, current.theme)
compare.reading(atlas)
