"""Mon quartier: for who lives there, the words of the public pages, and the same silences."""

import streamlit as st

from qpverts.sources import atlas as atlases
from qpverts.ui import components, habitants, query
from qpverts.ui.habitants_state import resident_state
from qpverts.viz.resident import describe

atlas = atlases.current()
current = resident_state(query.read(), atlas)
told = describe(atlas, current.code) if current.code else None
st.title("Mon quartier")
components.notices(current.notices)
habitants.chooser(atlas, current)
left, right = st.columns([3, 7])  # words first: on a telephone, the map comes below them
with left:
    habitants.beside_map(atlas, current, told)
with right:
    habitants.neighbourhood(atlas, current)
if told:
    habitants.tell(told)
