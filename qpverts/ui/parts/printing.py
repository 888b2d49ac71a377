"""The button that prints: a page of Streamlit cannot ask the browser for it by itself."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_SCRIPTS = Path(__file__).parents[1] / "scripts"
_printer = st.components.v2.component(
    "qpverts_imprimer",
    html='<div class="bouton"><button type="button">Imprimer</button></div>',
    css=(_SCRIPTS / "button.css").read_text(encoding="utf-8"),
    js=(_SCRIPTS / "print.js").read_text(encoding="utf-8"),
)


def button() -> None:
    """Draw it; what goes on paper is for the style sheet of the page."""
    _printer(key="imprimer")
