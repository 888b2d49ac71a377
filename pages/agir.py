"""Agir: where to begin in the Métropole; in a district, its gaps, ideas for each, and a selection to keep."""

import streamlit as st

from qpverts.sources import atlas as atlases
from qpverts.ui import acting, acting_state, components, kept, priorities, query

atlas = atlases.current()
current = acting_state.acting_state(query.read(), atlas)
title, chooser = st.columns([4, 6], vertical_alignment="center")
title.title("Savoir où agir et comment")
with chooser:
    acting.chooser(atlas, current)
components.notices(current.notices)
if current.code:
    acting.show(atlas, current, current.code)
else:
    priorities.show(atlas, current)
kept.panel(atlas, current)
