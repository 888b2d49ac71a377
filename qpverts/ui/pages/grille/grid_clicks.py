"""Cells of *Grille* open without loading the page again, and stay links for all that a link can do."""

from __future__ import annotations

from functools import partial

import streamlit as st

from qpverts import browser
from qpverts.ui.address import query, state
from qpverts.ui.pages.grille import grid_state as chosen
from qpverts.ui.pages.grille.grid_state import GridState

_KEY = "grille_clics"
_EVENT = "case"
_listener = st.components.v2.component(
    "qpverts_grille",
    js=browser.read("pages/grid.mjs"),
    isolate_styles=False,
)


def listen(current: GridState, title: str) -> None:
    """Catch the plain clicks on cells; to be called after the panel of the open cell is drawn.

    ``title`` is the heading of that panel, which takes the focus when a click opened it.
    """
    _listener(
        key=_KEY,
        data={"cell": chosen.cell_id(*current.cell) if current.cell else None, "title": title},
        on_case_change=partial(_open, current.cell_param),
    )


def _open(param: str) -> None:
    """Write the cell that was clicked to the address, where it is checked as anything typed there."""
    clicked = st.session_state[_KEY].get(_EVENT)
    code, _, column = str(clicked or "").partition(chosen.CELL_MARK)
    if code and column:
        query.write(**{chosen.CELL: None, state.DISTRICT: code, param: column})
