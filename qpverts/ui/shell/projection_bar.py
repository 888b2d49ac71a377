"""What projection adds to a page: a row of links and buttons, the style of the room, and the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import streamlit as st

from qpverts import browser
from qpverts.sources import load as atlases
from qpverts.ui.address import navigation, projection, query, state
from qpverts.ui.address.pages import PAGES
from qpverts.ui.parts import components, map_view
from qpverts.ui.shell import arrow_steps


def bar(page: str) -> None:
    """Draw what projection needs above a page, in a place that is always there: its map lives on."""
    is_on = projection.is_on()
    components.style(projected=is_on)
    with st.container(key="projection"):
        if is_on:
            with st.container(key="projection_rang", horizontal=True, gap="small"):
                _links(page)
                _buttons(page)
        else:
            st.button("Projeter", key="projeter", on_click=_toggle, icon=":material/present_to_all:")
        _keys()(key="touches", data={"on": is_on, "page": page, "help": _help(page)})


def _links(page: str) -> None:
    """Draw the pages of the application, which Streamlit's own row would open without their parameters."""
    params = query.read()
    for name, found in PAGES.items():
        with st.container(key=f"vers_{name}", width="content"):
            if name == page:
                st.markdown(f"**{found.label}**")
            else:
                onward = projection.onward(name, params)
                st.page_link(navigation.page(name), label=found.label, query_params=onward)


def _buttons(page: str) -> None:
    st.space("stretch")
    if words := arrow_steps.names(page, query.read()):
        for key, label, by, help_ in zip(("avant", "apres"), ("←", "→"), (-1, 1), words, strict=True):
            st.button(label, key=key, help=help_, on_click=_step, args=(page, by))
    # Answered in the browser, by the script of the keys.
    st.button("?", key="aide_touches", help="Les touches")
    st.button("Quitter", key="projeter", on_click=_toggle, icon=":material/close:")


def _toggle() -> None:
    query.write(**{projection.PARAM: None if projection.is_on() else query.ON})


def _step(page: str, by: int) -> None:
    found = arrow_steps.step(page, query.read(), atlases.current(), by)
    query.write(**found)
    district = found.get(state.DISTRICT)
    if page == "carte" and district:
        map_view.fly_to(district)


def _help(page: str) -> list[list[str]]:
    """List the keys of a page: the key, and what it does."""
    keys = zip(("←", "→"), arrow_steps.names(page, query.read()), strict=False)
    return [
        *([key, words] for key, words in keys),
        ["↑ ou ↓", "Faire défiler la page ; plus vite : Espace, Page préc. et Page suiv., Début et Fin"],
        ["C", "Comparer le territoire affiché"],
        ["M", "La carte en plein écran ; M ou Échap pour revenir"],
        ["+ ou -", "Sur la carte : rapprocher, éloigner ; Maj et les flèches la déplacent"],
        ["G", "La grille"],
        ["A", "L'accueil"],
        ["P", "Entrer en projection, en sortir"],
        ["?", "Cette aide ; Échap pour la fermer"],
    ]


@cache
def _keys() -> Callable[..., object]:
    """Declare the script of the keys; Streamlit warns when that is done twice."""
    return st.components.v2.component("qpverts_touches", js=browser.read("pages/keys.mjs"))
