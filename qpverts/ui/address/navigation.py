"""Going from page to page: links, and what a person takes along."""

from __future__ import annotations

import re
from collections.abc import Mapping

import streamlit as st

from qpverts.settings import ROOT
from qpverts.ui.address import projection, query, state
from qpverts.ui.address.pages import PAGES

_DISTRICT = re.compile(r"QN\d{5}[A-Z]")
_LAST, _KEPT = "page_vue", "emporte"


def carry(name: str) -> None:
    """Take the district and the selection of a person along, from the page they leave to this one.

    Streamlit's row of pages leads to bare addresses: what one works on would be lost at each step.
    """
    kept: dict[str, str] = st.session_state.setdefault(_KEPT, {})
    shown_page = PAGES[name]
    subject = shown_page.subject
    if st.session_state.get(_LAST, name) != name:
        given = query.read()
        found = {
            param: value for param, value in kept.items() if shown_page.has_selection and _is_selected(param)
        }
        if subject and state.DISTRICT in kept and not given.keys() - {projection.PARAM}:
            found[subject] = kept[state.DISTRICT]
        if new := {param: value for param, value in found.items() if param not in given}:
            query.write(**new)
    st.session_state[_LAST], shown = name, query.read()
    if shown_page.has_selection:
        for param in [param for param in kept if _is_selected(param)]:
            del kept[param]
        kept.update({param: value for param, value in shown.items() if _is_selected(param)})
    if subject:
        kept.pop(state.DISTRICT, None)
        if _DISTRICT.fullmatch(shown.get(subject, "")):
            kept[state.DISTRICT] = shown[subject]


def _is_selected(param: str) -> bool:
    return param == state.LIST or param.startswith(state.NOTE)


def page(name: str) -> st.Page:
    """Give a page by its file name; the first one is the front page."""
    found = PAGES[name]
    path = ROOT / "pages" / f"{name}.py"
    return st.Page(path, title=found.label, icon=found.icon, url_path=name, default=name == next(iter(PAGES)))


def name_of(shown: st.Page) -> str:
    """Give the file name of a page that Streamlit shows."""
    return next(page.name for page in PAGES.values() if page.label == shown.title)


def link(name: str, label: str, params: Mapping[str, str] | None = None, *, icon: str | None = None) -> None:
    """Draw a link to a page, with its query string; a room stays in projection."""
    st.page_link(page(name), label=label, query_params={**(params or {}), **projection.carried()}, icon=icon)


def link_about(name: str, label: str, code: str, *, icon: str | None = None) -> None:
    """Draw a link to a page about one district."""
    link(name, label, {PAGES[name].subject or state.DISTRICT: code}, icon=icon)
