"""Grille: the level of every district on every theme, why, and how far an order may be trusted."""

import streamlit as st

from qpverts.sources import load as atlases
from qpverts.ui.address import query
from qpverts.ui.pages.grille import grid_parts, grid_state
from qpverts.ui.parts import components

atlas = atlases.current()
current = grid_state.grid_state(query.read(), atlas)
everyone = grid_parts.rows_of(atlas, current)
rows = grid_parts.shown(atlas, current, everyone)
st.title("Grille de lecture")
components.notices(current.notices)
grid_parts.cell(atlas, current, everyone)
grid_parts.choosers(atlas, current)
grid_parts.weights(current)
grid_parts.order(current, everyone)
grid_parts.table(atlas, current, rows)
grid_parts.totals(atlas, current, rows)
