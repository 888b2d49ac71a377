"""Accueil: the approach in one screen, and the doors."""

import streamlit as st

from qpverts.sources import load as atlases
from qpverts.ui.pages.accueil import welcome

atlas = atlases.current()
welcome.opening(atlas)
welcome.doors(atlas)
left, middle, right = st.container(key="accueil").columns([5, 4, 4], gap="medium")
with left:
    welcome.whys(atlas)
with middle:
    welcome.axes(atlas)
    welcome.steps(atlas)
with right:
    welcome.pilots(atlas)
