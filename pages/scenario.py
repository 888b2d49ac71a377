"""Scénarios: what one more green space or action would change in a district, before and after."""

import streamlit as st

from qpverts.sources import load as atlases
from qpverts.ui.address import query
from qpverts.ui.pages.scenario import scenario_form, scenario_state
from qpverts.ui.parts import components

atlas = atlases.current()
current = scenario_state.scenario_state(query.read(), atlas)
st.title("Et si on ajoutait…")
scenario_form.choosers(atlas, current)
components.notices(current.notices)
scenario_form.compose(atlas, current)
scenario_form.results(atlas, current)
