"""Agir: where to begin in the Métropole; in a district, its gaps, ideas for each, and a selection to keep."""

import streamlit as st

from qpverts.sources import load as atlases
from qpverts.ui.address import query
from qpverts.ui.pages.agir import acting_state, gaps_and_ideas, shortlist_panel, where_to_begin
from qpverts.ui.parts import components

atlas = atlases.current()
current = acting_state.acting_state(query.read(), atlas)
title, chooser = st.columns([4, 6], vertical_alignment="center")
title.title("Savoir où agir et comment")
with chooser:
    gaps_and_ideas.chooser(atlas, current)
components.notices(current.notices)
if current.code:
    gaps_and_ideas.show(atlas, current, current.code)
else:
    where_to_begin.show(atlas, current)
shortlist_panel.panel(atlas, current)
