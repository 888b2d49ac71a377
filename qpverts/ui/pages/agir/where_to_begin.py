"""Where to begin, over the Métropole or a commune: a map of needs, sliders, and how far the order holds."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.acting import priorities
from qpverts.domain.acting.priorities import CRITERIA, Priority, PriorityNeed
from qpverts.ui.address import query, state
from qpverts.ui.pages.agir.acting_state import ActingState
from qpverts.ui.parts import data_tables, map_view, weights
from qpverts.ui.parts.components import safe
from qpverts.viz.maps.paint import Scene, View, bounds_of
from qpverts.viz.words import labels
from qpverts.viz.words.acting import priority_texts
from qpverts.viz.words.labels import typeset

#: Districts listed beside the map, and places that the sentence on stability speaks of.
FIRST = 10


def show(atlas: Atlas, current: ActingState) -> None:
    """Draw the choices, the map beside the first districts, and all of them with their needs."""
    found = _found(atlas, current)
    codes = set(atlas.index.codes_in(current.commune))
    shown = [one for one in found if one.code_qp in codes]
    commune, sliders = st.columns([3, 9])
    with commune:
        communes = {territory.key: territory.name for territory in atlas.index.all_communes}
        query.select("Commune", state.COMMUNE, communes, current.commune, every="Toutes")
    with sliders, st.expander("Ce qui compte", icon=":material/tune:", key="poids", expanded=True):
        weights.sliders({one.id: one.label for one in CRITERIA}, current.weights)
    st.markdown(safe(priority_texts.stability(found, atlas.qpvs, FIRST)))
    left, right = st.columns([7, 3])
    with left:
        region = [one.code_qp for one in shown]
        margin_m = map_view.MARGIN_M if current.commune else 0.0
        view = View(current.commune or "tout", bounds_of(atlas.boxes, region, margin_m))
        figures = {one.code_qp: priorities.as_indicator(one) for one in found}
        scene = Scene(priorities.SPEC.id, region, view)
        # An action or a park would open nothing here: a click on one only tells what it is.
        every = list(atlas.actions.values())
        map_view.show(atlas, "agir", scene, every, takes={"quartier"}, values=figures)
    with right:
        _first(atlas, shown)
    _all(atlas, shown)


def _found(atlas: Atlas, current: ActingState) -> list[Priority]:
    return priorities.priorities(
        {
            code: priorities.situation(
                facts.figures, atlas.indicators[code], atlas.grades[code], atlas.actions_of(code)
            )
            for code, facts in atlas.facts.items()
        },
        current.weights,
    )


def _first(atlas: Atlas, shown: Sequence[Priority]) -> None:
    """List the first districts, each with the way to its gaps and ideas."""
    with st.container(border=True, key="fiche"):
        st.markdown("## Par où commencer")
        st.caption(typeset("Dans l'ordre du milieu de leurs places possibles, et non de la seule priorité."))
        for one in shown[:FIRST]:
            qpv = atlas.qpvs[one.code_qp]
            # A link from a page to itself would leave the address as it was.
            st.button(
                safe(qpv.name),
                key=f"commencer_{qpv.code}",
                type="tertiary",
                icon=":material/lightbulb:",
                on_click=query.write,
                kwargs={state.DISTRICT: qpv.code},
            )
            st.caption(safe(priority_texts.place(one)))
        if not any(one.value is not None for one in shown):
            st.markdown(typeset("Aucun de ces besoins n'est connu ici : il faut d'abord faire un relevé."))


def _all(atlas: Atlas, shown: Sequence[Priority]) -> None:
    """Set all the districts in a table, with what each need rests on."""
    with st.expander(f"Les {len(shown)} quartiers, besoin par besoin", key="besoins"):
        data_tables.draw(
            {
                "Quartier": safe(atlas.qpvs[one.code_qp].name),
                "Priorité": safe(priority_texts.value(one)),
                "Place": safe(priority_texts.rank(one)),
            }
            | {safe(criterion.label): safe(priority_texts.need(one, criterion)) for criterion in CRITERIA}
            for one in shown
        )
    for criterion in CRITERIA:
        st.caption(safe(_goalposts(criterion)))
    st.caption(safe(priority_texts.HOW))


def _goalposts(criterion: PriorityNeed) -> str:
    none, full = labels.number(criterion.none_at), labels.number(criterion.full_at)
    return (
        f"{criterion.label} : besoin nul à {none}, le plus fort à {full} ({criterion.unit}). {criterion.why}"
    )
