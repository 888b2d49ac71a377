"""Inspirations: what others did elsewhere, and whether it can be done in a district."""

import streamlit as st

from qpverts.sources import atlas as atlases
from qpverts.ui import components, inspiration_sheet, inspiration_state, inspirations, query
from qpverts.viz.labels import typeset

atlas = atlases.current()
current = inspiration_state.inspiration_state(query.read(), atlas)
st.title(typeset("Inspirations d'ailleurs"))
components.notices(current.notices)
if current.sheet:
    inspiration_sheet.show(atlas, current, atlas.inspirations[current.sheet])
else:
    inspirations.filters(atlas, current)
    inspirations.browse(atlas, current)
