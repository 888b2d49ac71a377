"""Comparer: two territories side by side, figure by figure."""

import streamlit as st

from qpverts.sources import atlas as atlases
from qpverts.ui import compare, components, engagement, query, state

atlas = atlases.current()
current = state.compare_state(query.read(), atlas)
st.title("Comparer des territoires")
compare.choosers(atlas, current)
components.notices(current.notices)
engagement.of_sides(atlas, current.sides, current.measure)
compare.figures(atlas, current.sides)
compare.reading(atlas)
