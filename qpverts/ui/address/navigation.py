"""The pages, their French names and addresses, and links between them."""

from __future__ import annotations

import re
from collections.abc import Mapping

import streamlit as st

from qpverts.settings import ROOT
from qpverts.ui.address import projection, query, state
from qpverts.ui.pages.agir import acting_state

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


#: The parameter that says which district a page is about.
_SUBJECT = {
    **dict.fromkeys(("carte", "habitants", "quartier", "inspirations", "agir", "scenario"), state.DISTRICT),
    "comparer": state.SIDES[0],
}
_DISTRICT = re.compile(r"QN\d{5}[A-Z]")
_LAST, _KEPT = "page_vue", "emporte"


def carry(name: str) -> None:
    """Take the district and the selection of a person along, from the page they leave to this one.

    Streamlit's row of pages leads to bare addresses: what one works on would be lost at each step.
    """
    kept: dict[str, str] = st.session_state.setdefault(_KEPT, {})
    subject = _SUBJECT.get(name)
    if st.session_state.get(_LAST, name) != name:
        given = query.read()
        found = {param: value for param, value in kept.items() if name == "agir" and _is_selected(param)}
        if subject and state.DISTRICT in kept and not given.keys() - {projection.PARAM}:
            found[subject] = kept[state.DISTRICT]
        if new := {param: value for param, value in found.items() if param not in given}:
            query.write(**new)
    st.session_state[_LAST], shown = name, query.read()
    if name == "agir":
        for param in [param for param in kept if _is_selected(param)]:
            del kept[param]
        kept.update({param: value for param, value in shown.items() if _is_selected(param)})
    if subject:
        kept.pop(state.DISTRICT, None)
        if _DISTRICT.fullmatch(shown.get(subject, "")):
            kept[state.DISTRICT] = shown[subject]


def _is_selected(param: str) -> bool:
    return param == acting_state.LIST or param.startswith(acting_state.NOTE)


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
