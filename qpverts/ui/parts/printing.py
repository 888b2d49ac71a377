"""The button that prints: a page of Streamlit cannot ask the browser for it by itself."""

from __future__ import annotations

import streamlit as st

from qpverts import browser

_printer = st.components.v2.component(
    "qpverts_imprimer",
    html='<div class="bouton"><button type="button">Imprimer</button></div>',
    css=browser.read("pages/button.css"),
    js=browser.read("pages/print.mjs"),
)


def button() -> None:
    """Draw it; what goes on paper is for the style sheet of the page."""
    _printer(key="imprimer")
