"""Inspirations: what others did elsewhere, and whether it can be done in a district."""

import streamlit as st

from qpverts.sources import load as atlases
from qpverts.ui.address import query
from qpverts.ui.pages.inspirations import browse, inspiration_sheet, inspiration_state
from qpverts.ui.parts import components
from qpverts.viz.words.labels import typeset

atlas = atlases.current()
current = inspiration_state.inspiration_state(query.read(), atlas)
st.title(typeset("Inspirations d'ailleurs"))
components.notices(current.notices)
if current.sheet:
    inspiration_sheet.show(atlas, current, atlas.inspirations[current.sheet])
else:
    browse.filters(atlas, current)
    browse.browse(atlas, current)
