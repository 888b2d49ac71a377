"""Comparer: two to four territories side by side, map by map, figure by figure, action by action."""

import streamlit as st

from qpverts.sources import load as atlases
from qpverts.ui.address import query
from qpverts.ui.pages.comparer import (
    compare_actions,
    compare_figures,
    compare_maps,
    compare_state,
    territories,
)
from qpverts.ui.parts import components, engagement, map_view, nature_radar

atlas = atlases.current()
current = compare_state.compare_state(query.read(), atlas)
st.title("Comparer des territoires")
territories.choosers(atlas, current)
components.notices(current.notices)
compare_maps.show(atlas, current.sides, indicator=current.indicator)
map_view.head_start()
engagement.of_sides(atlas, current.sides, current.measure)
nature_radar.of_sides(atlas, current.sides)
compare_figures.show(atlas, current.sides)
compare_actions.show(atlas, current.sides, current.theme)
territories.reading(atlas)
