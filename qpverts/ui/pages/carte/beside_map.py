"""What stands beside the map of *Carte*: the card of what is chosen, or what the map shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.atlas.surroundings import Surroundings, around
from qpverts.domain.actions.action_filter import ActionFilter
from qpverts.domain.model import Action, Precision
from qpverts.ui.address import navigation, query, state
from qpverts.ui.pages.carte.map_state import MapState
from qpverts.ui.parts import cards, map_view
from qpverts.ui.parts.cards import by_theme, close, theme_title, title
from qpverts.ui.parts.components import acting_fold, safe
from qpverts.viz.words import labels, sentences
from qpverts.viz.words.labels import typeset

_COUNTED_ONCE = "Chaque action est comptée une fois, à sa thématique principale."


def beside_map(atlas: Atlas, current: MapState, actions: Sequence[Action], shown: Sequence[str]) -> None:
    """Draw the card of what is chosen on *Carte*, or sum up what the map shows."""
    with st.container(border=True, key="fiche"):
        if not cards.chosen(atlas, current.action, current.space):
            if current.district:
                district_card(atlas, current.district, current.indicator, actions)
            elif current.point:
                point_card(atlas, around(atlas, *current.point))
            else:
                overview(atlas, current, actions, shown)


def district_card(atlas: Atlas, code: str, indicator_id: str, actions: Sequence[Action]) -> None:
    """Draw a district in short, with the link to its sheet."""
    qpv = atlas.qpvs[code]
    st.markdown(f"## {safe(qpv.name)}")
    population = atlas.indicators[code]["population"]
    st.markdown(f"{safe(qpv.commune_names)} · {safe(labels.value_text(population))}")
    indicator = atlas.indicators[code][indicator_id]
    st.markdown(typeset(f"{safe(indicator.spec.label)} : **{safe(labels.value_text(indicator))}**"))
    notes = [labels.range_text(indicator), labels.coverage_text(indicator)]
    if indicator.value is None:
        notes.append(labels.WHY_MISSING.get(indicator.state, ""))
    for note in filter(None, notes):
        st.caption(safe(note))
    navigation.link_about("quartier", "Ouvrir la fiche du quartier", code, icon=":material/arrow_forward:")
    here = [action for action in actions if code in action.qpv_codes]
    if here:
        total = labels.plural(len(here), "action recensée", "actions recensées")
        st.markdown(typeset(f"**{total}** : {safe(labels.statuses(here))}."))
    else:
        st.markdown(typeset("Aucune action recensée à ce jour ; il peut y en avoir."))
    for theme, found in by_theme(here, atlas.vocabulary).items():
        theme_title(theme, atlas.vocabulary.theme(theme).label, len(found))
        for action in found:
            _opens(action)
    if here:
        st.caption(_COUNTED_ONCE)
    close(state.DISTRICT)


def _opens(action: Action, where: str = "") -> None:
    st.button(
        title(action) + (f" ({safe(where)})" if where else ""),
        key=f"ouvrir_{action.id}",
        type="tertiary",
        on_click=query.write,
        kwargs={state.ACTION: action.id},
    )


def point_card(atlas: Atlas, surroundings: Surroundings) -> None:
    """Tell what is around a chosen point, in straight lines."""
    st.markdown("## Autour du point choisi")
    qpv = atlas.qpvs[surroundings.district]
    if surroundings.district_m == 0:
        st.markdown(f"Ce point est dans le quartier prioritaire **{safe(qpv.name)}**.")
    else:
        away = labels.distance(surroundings.district_m)
        st.markdown(f"Le quartier prioritaire le plus proche est **{safe(qpv.name)}**, à {away}.")
    navigation.link_about("quartier", "Ouvrir sa fiche", qpv.code, icon=":material/arrow_forward:")
    if surroundings.space:
        space = atlas.spaces[surroundings.space]
        away = labels.distance(surroundings.space_m)
        st.markdown(
            typeset(
                "L'espace vert public le plus proche parmi ceux que nous avons pu placer sur la carte : "
                f"**{safe(space.name)}** ({safe(labels.space_line(space))}), à {away}."
            )
        )
    else:
        st.markdown(typeset("Aucun espace vert public n'a pu être placé sur la carte."))
    st.caption(typeset("Distances à vol d'oiseau, jusqu'au bord."))
    if surroundings.cell:
        st.markdown(safe(sentences.cell_text(surroundings.cell)))
    close(state.POINT)


def overview(atlas: Atlas, current: MapState, actions: Sequence[Action], shown: Sequence[str]) -> None:
    """Sum up what the map shows, list what no map can place, and offer the way out of an empty choice."""
    st.markdown(f"## {labels.plural(len(shown), 'quartier', 'quartiers')}")
    if not actions:
        st.markdown(
            typeset("Aucune action ne répond à ces choix. Cela ne veut pas dire qu'il ne se passe rien.")
        )
        st.button("Effacer les filtres", on_click=query.clear, args=(state.FILTERS,), type="primary")
        return
    total = labels.plural(len(actions), "action recensée", "actions recensées")
    filtered = " avec ces filtres" if current.filter != ActionFilter() else ""
    loose = sum(not action.qpv_codes for action in actions)
    apart = f", dont {loose} hors de tout quartier ou à l'échelle d'une commune" if loose else ""
    st.markdown(typeset(f"**{total}**{filtered}{apart} : {safe(labels.statuses(actions))}."))
    st.markdown("Cliquez sur un quartier, un espace vert ou une action de la carte.")
    if current.filter.theme:
        theme_title(current.filter.theme, atlas.vocabulary.theme(current.filter.theme).label, len(actions))
    else:
        for theme, found in by_theme(actions, atlas.vocabulary).items():
            theme_title(theme, atlas.vocabulary.theme(theme).label, len(found))
        st.caption(_COUNTED_ONCE)
    unplaced = [a for a in actions if a.precision is Precision.COMMUNE]
    if unplaced:
        count = labels.plural(len(unplaced), "action connue", "actions connues")
        label = typeset(f"{count} seulement à l'échelle de leur commune")
        acting_fold(label, "a_la_commune", partial(_open_each, unplaced))
    st.button("Voir toute la Métropole", on_click=_see_everything, icon=":material/zoom_out_map:")


def _open_each(actions: Iterable[Action]) -> None:
    for action in actions:
        _opens(action, action.place)


def _see_everything() -> None:
    """Let go of the commune, which either parameter may name, and fly out; other filters stay."""
    query.clear((state.COMMUNE, state.DISTRICT))
    map_view.fly_to()
