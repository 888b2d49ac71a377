"""Mon quartier: for the people who live there, in the words of the public pages, with the same silences."""

import streamlit as st

from qpverts.sources import load as atlases
from qpverts.ui.address import query
from qpverts.ui.pages.habitants import neighbourhood
from qpverts.ui.pages.habitants.habitants_state import resident_state
from qpverts.ui.parts import components
from qpverts.viz.words.resident.description import describe

atlas = atlases.current()
current = resident_state(query.read(), atlas)
told = describe(atlas, current.code) if current.code else None
st.title("Mon quartier")
components.notices(current.notices)
neighbourhood.chooser(atlas, current)
left, right = st.columns([3, 7])  # words first: on a telephone, the map comes below them
with left:
    neighbourhood.beside_map(atlas, current, told)
with right:
    neighbourhood.neighbourhood(atlas, current)
if told:
    neighbourhood.tell(told)
