"""The switch of definitions: green ground per resident changes by a factor of twenty with what one counts."""

from __future__ import annotations

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.ui.address import query, state
from qpverts.ui.parts import data_tables
from qpverts.ui.parts.components import safe
from qpverts.viz.words import labels, sentences
from qpverts.viz.words.labels import typeset

_WHAT = {"parcs": "Espaces verts publics seulement", "vegetation": "Tout le sol végétalisé"}
_WHERE = {"": "Dans le quartier", "_300m": "Jusqu'à 300 m autour"}
#: Indicator of each pair of choices.
_INDICATORS = {(what, where): f"{what}_hab{where}" for what in _WHAT for where in _WHERE}
_PAIRS = {indicator: pair for pair, indicator in _INDICATORS.items()}


def switch(indicator: str) -> None:
    """Draw the two choices when the indicator is one of the four, in a place that is always there."""
    with st.container(horizontal=True, gap="medium", key="definition"):
        if indicator not in _PAIRS:
            return
        what, where = _PAIRS[indicator]
        for label, key, options, chosen in (
            ("Ce que l'on compte", "definition_quoi", _WHAT, what),
            ("Jusqu'où", "definition_ou", _WHERE, where),
        ):
            st.session_state[key] = chosen
            st.segmented_control(
                label,
                list(options),
                key=key,
                format_func=options.__getitem__,
                required=True,
                on_change=_switched,
            )


def _switched() -> None:
    pair = st.session_state["definition_quoi"], st.session_state["definition_ou"]
    query.write(**{state.INDICATOR: _INDICATORS[pair]})


def per_resident(atlas: Atlas, code: str, indicator: str) -> None:
    """Set the four definitions side by side for a district, say why they differ, and offer to map one."""
    st.header(typeset("La nature par habitant, selon ce que l'on compte"))
    values = atlas.indicators[code]

    def cell(what: str, where: str) -> str:
        return safe(labels.full_text(values[_INDICATORS[what, where]]))

    data_tables.draw(
        {"Ce que l'on compte": label} | {name: cell(what, where) for where, name in _WHERE.items()}
        for what, label in _WHAT.items()
    )
    st.markdown(safe(sentences.definitions_text([values[one] for one in _INDICATORS.values()])))
    chosen = indicator if indicator in _PAIRS else None
    options = {one: atlas.specs.by_id[one].label for one in _PAIRS}
    query.select("Colorer la carte selon", state.INDICATOR, options, chosen, every="Choisir une définition…")
