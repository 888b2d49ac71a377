"""Scénarios: what a green space or an action more would change in a district, before and after."""

import streamlit as st

from qpverts.sources import atlas as atlases
from qpverts.ui import components, query, scenario, scenario_state

atlas = atlases.current()
current = scenario_state.scenario_state(query.read(), atlas)
st.title("Et si on ajoutait…")
scenario.choosers(atlas, current)
components.notices(current.notices)
scenario.compose(atlas, current)
scenario.results(atlas, current)
