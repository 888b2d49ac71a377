"""The shortlist that a person builds on *Agir*: kept in the address, put in order, annotated, printed."""

from __future__ import annotations

import streamlit as st

from qpverts.atlas import transfer_contexts
from qpverts.atlas.atlas import Atlas
from qpverts.domain.acting.shortlist import LONGEST_NOTE, MOST, Shortlist
from qpverts.domain.transfer.answers import assess
from qpverts.domain.transfer.best_fit import Idea
from qpverts.domain.transfer.context import Context
from qpverts.ui.address import navigation, query, state
from qpverts.ui.pages.agir import acting_state
from qpverts.ui.pages.agir.acting_state import ActingState
from qpverts.ui.parts import cards, printing
from qpverts.ui.parts.components import safe
from qpverts.viz.words import labels
from qpverts.viz.words.acting import idea_texts
from qpverts.viz.words.labels import typeset


def keep_button(shortlist: Shortlist, item: str, place: str = "") -> None:
    """Draw the button that keeps an idea, or lets it go; ``place`` tells apart those of one idea."""
    if item in shortlist.items:
        st.button("Retirer", key=f"retirer_{item}{place}", icon=":material/bookmark_remove:", on_click=_write,
                  args=(shortlist.removing(item),))  # fmt: skip
        return
    st.button(
        "Garder",
        key=f"garder_{item}{place}",
        icon=":material/bookmark_add:",
        on_click=_write,
        args=(shortlist.adding(item),),
        disabled=shortlist.is_full,
        help=f"La sélection est pleine : {MOST} idées." if shortlist.is_full else None,
    )


def panel(atlas: Atlas, current: ActingState) -> None:
    """Draw what is kept, in order, with notes, reasons for and against, and sources: this is what prints."""
    items = current.shortlist.items
    with st.container(key="selection_pleine" if items else "selection"):
        st.header(f"Ma sélection ({len(items)})")
        if not items:
            st.markdown(
                typeset("Rien encore : « Garder » met une idée ici, et dans l'adresse de la page à partager.")
            )
            return
        if current.code:
            st.markdown(f"Pour **{safe(atlas.qpvs[current.code].name)}**.")
        with st.container(horizontal=True, gap="small"):
            printing.button()
            st.button("Tout retirer", key="tout_retirer", on_click=_write, args=(Shortlist(),))
        here = transfer_contexts.context_of(atlas, current.code) if current.code else None
        for rank, item in enumerate(items, start=1):
            with st.container(border=True, key=f"garde_{rank}"):
                _item(atlas, current, here, rank, item)
        st.caption(
            typeset(
                "L'adresse de cette page porte la sélection, son ordre et vos notes : elle suffit à la "
                "partager."
            )
        )


def _item(atlas: Atlas, current: ActingState, here: Context | None, rank: int, item: str) -> None:
    text, buttons = st.columns([8, 2])
    with text:
        if item in atlas.inspirations:
            _inspiration(atlas, here, rank, item)
        else:
            action = atlas.actions[item]
            st.markdown(f"### {rank}. {cards.title(action)}")
            cards.action_body(atlas, action)
        _note(current.shortlist, item)
    with buttons, st.container(key=f"ordre_{rank}"):
        kept = current.shortlist
        for label, icon, by in (("Monter", "arrow_upward", -1), ("Descendre", "arrow_downward", 1)):
            st.button(
                label,
                key=f"{label}_{item}",
                icon=f":material/{icon}:",
                on_click=_write,
                args=(kept.moving(item, by),),
                disabled=kept.moving(item, by) == kept,
            )
        st.button(
            "Retirer",
            key=f"enlever_{item}",
            icon=":material/close:",
            on_click=_write,
            args=(kept.removing(item),),
        )


def _inspiration(atlas: Atlas, here: Context | None, rank: int, item: str) -> None:
    one = atlas.inspirations[item]
    st.markdown(f"### {rank}. {safe(one.title)}")
    st.markdown(f"{safe(idea_texts.where(one))}. {safe(one.summary)}")
    told = {
        "Coût": one.cost,
        "Délai": labels.plural(one.delay_months, "mois", "mois") if one.delay_months else "",
        "Résultats": one.results,
        "Limites": one.limits,
    }
    for name, text in told.items():
        st.markdown(typeset(f"**{name} :** {safe(text) if text else '*non renseigné*'}"))
    if here:
        idea = Idea(one, assess(one, here, atlas.transfer))
        st.markdown(f"**{safe(idea_texts.outcome(idea, atlas.transfer))}**")
        for sentence in idea_texts.for_and_against(idea, atlas.transfer):
            st.markdown(f"- {safe(sentence)}")
    cards.citation(one.source)
    params = {"id": item} | ({state.DISTRICT: here.code} if here else {})
    navigation.link("inspirations", "Ouvrir la fiche", params)


def _note(shortlist: Shortlist, item: str) -> None:
    key = f"note_{item}"
    st.session_state[key] = shortlist.notes.get(item, "")
    st.text_input(
        "Ma note", key=key, max_chars=LONGEST_NOTE, placeholder="à qui en parler, quand, avec quoi…",
        on_change=_noted, args=(shortlist, item, key),
    )  # fmt: skip


def _noted(shortlist: Shortlist, item: str, key: str) -> None:
    _write(shortlist.noting(item, st.session_state[key]))


def _write(shortlist: Shortlist) -> None:
    query.write(**acting_state.list_params(shortlist, query.read()))
