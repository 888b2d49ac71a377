"""The pages, their French names and addresses, and links between them."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from qpverts.settings import ROOT
from qpverts.ui import projection

PAGES = {
    "accueil": ("Accueil", ":material/home:"),
    "carte": ("Carte", ":material/map:"),
    "habitants": ("Mon quartier", ":material/home_pin:"),
    "grille": ("Grille", ":material/grid_on:"),
    "quartier": ("Quartier", ":material/location_city:"),
    "comparer": ("Comparer", ":material/compare_arrows:"),
    "inspirations": ("Inspirations", ":material/travel_explore:"),
    "agir": ("Agir", ":material/lightbulb:"),
    "scenario": ("Scénarios", ":material/park:"),
    "methode": ("Méthode", ":material/menu_book:"),
}


def page(name: str) -> st.Page:
    """Give a page by its file name; the first one is the front page."""
    title, icon = PAGES[name]
    path = ROOT / "pages" / f"{name}.py"
    return st.Page(path, title=title, icon=icon, url_path=name, default=name == next(iter(PAGES)))


def name_of(shown: st.Page) -> str:
    """Give the file name of a page that Streamlit shows."""
    return next(name for name, (title, _) in PAGES.items() if title == shown.title)


def link(name: str, label: str, params: Mapping[str, str] | None = None, *, icon: str | None = None) -> None:
    """Draw a link to a page, with its query string; a room stays in projection."""
    st.page_link(page(name), label=label, query_params={**(params or {}), **projection.carried()}, icon=icon)
