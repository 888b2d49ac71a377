"""Grille: the level of every district on every theme, why, and how far an order may be trusted."""

import streamlit as st

from qpverts.sources import atlas as atlases
from qpverts.ui import components, grid, grid_state, query

atlas = atlases.current()
current = grid_state.grid_state(query.read(), atlas)
everyone = grid.rows_of(atlas, current)
rows = grid.shown(atlas, current, everyone)
st.title("Grille de lecture")
components.notices(current.notices)
grid.cell(atlas, current, everyone)
grid.choosers(atlas, current)
grid.weights(current)
grid.order(current, everyone)
grid.table(atlas, current, rows)
grid.totals(atlas, current, rows)
