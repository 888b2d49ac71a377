"""The controls of *Carte*: search, indicator, filters, address and background."""

from __future__ import annotations

from functools import partial

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.figures import specs
from qpverts.domain.model import ARRONDISSEMENTS, Status
from qpverts.domain.territory import Kind, Territory, arrondissement
from qpverts.ui.address import query, state
from qpverts.ui.pages.carte.map_state import MapState
from qpverts.ui.parts import address_search, choices, components, definitions
from qpverts.ui.parts.components import panel
from qpverts.ui.parts.map_view import fly_to
from qpverts.viz.words import labels
from qpverts.viz.words.labels import typeset

_SEARCH = "recherche"
_CHOICES_SHOWN = 8
TILE_LABELS = {"plan": "Plan IGN", "photo": "Photographies aériennes IGN"}


def bar(atlas: Atlas, current: MapState) -> None:
    """Draw the controls in one row, which wraps on a narrow screen."""
    first, second, third = st.columns([28, 44, 42], vertical_alignment="bottom")
    with first:
        st.text_input(
            "Chercher un quartier ou une commune", key=_SEARCH, placeholder="Air Bel, Salon, QN01338I…",
            max_chars=100, on_change=_search, args=(atlas,),
        )  # fmt: skip
    with second:
        query.select(
            "Colorer les quartiers selon",
            state.INDICATOR,
            choices.indicator_options(atlas),
            current.indicator,
            default=specs.DEFAULT,
        )
    with third, st.container(horizontal=True, gap="small"):
        chosen = _count(current)
        # Always filled: were it filled when opened only, its new label would close it at each choice.
        with st.popover(f"Filtres ({chosen})" if chosen else "Filtres", icon=":material/filter_alt:"):
            _filters(atlas, current)
        address_search.address_panel(current.point)
        panel("Couches", "fonds", partial(_layers, current), icon=":material/layers:")
    # A place of their own, empty or not: what comes and goes above the map must not shift it, or its frame
    # would be loaded anew.
    with st.container():
        _search_results(atlas)
    definitions.switch(current.indicator)


def _count(current: MapState) -> int:
    wanted = current.filter
    return sum(
        bool(v)
        for v in (wanted.commune, wanted.theme, wanted.field, wanted.status, wanted.since, wanted.words)
    )


def _filters(atlas: Atlas, current: MapState) -> None:
    wanted, words = current.filter, atlas.vocabulary
    communes = {t.key: t.name for t in atlas.index.all_communes}
    st.button("Tout effacer", on_click=_clear, icon=":material/close:", disabled=not _count(current))
    query.select("Commune", state.COMMUNE, communes, wanted.commune, every="Toutes", also=fly_to)
    query.select("Thématique", state.THEME, words.theme_labels, wanted.theme, every="Toutes")
    query.select("Champ d'intervention", state.FIELD, words.field_labels, wanted.field, every="Tous")
    statuses = {s.value: labels.STATUS[s].capitalize() for s in Status}
    query.select("État de l'action", state.STATUS, statuses, wanted.status, every="Tous")
    known = sorted({a.start_year for a in atlas.actions.values() if a.start_year}, reverse=True)
    years = {str(year): str(year) for year in known}
    query.select(
        "Commencée depuis",
        state.SINCE,
        years,
        str(wanted.since) if wanted.since else None,
        every="Toute année",
    )
    query.text(
        "Mots dans le texte",
        state.WORDS,
        wanted.words,
        placeholder="jardin, VRAC, bailleur…",
        max_chars=state.MAX_WORDS,
    )


def _clear() -> None:
    query.clear(state.FILTERS)
    fly_to()


def go_to(territory: Territory) -> None:
    """Choose a territory: a district is selected, a commune filters; the map flies there."""
    nothing: dict[str, str | None] = dict.fromkeys((*state.CHOICES, state.COMMUNE))
    if territory.kind is Kind.QPV:
        query.write(**nothing | {state.DISTRICT: territory.key})
        fly_to(territory.key)
    elif territory.kind is Kind.COMMUNE:
        query.write(**nothing | {state.COMMUNE: territory.key})
        fly_to(*territory.codes)
    else:
        query.write(**nothing)
        fly_to()
    st.session_state[_SEARCH] = ""


def _search(atlas: Atlas) -> None:
    """Fly when only one thing, or one thing of exactly that name, may be meant."""
    found = _meant(atlas, st.session_state[_SEARCH])
    if len(found) == 1:
        go_to(found[0])


def _meant(atlas: Atlas, typed: str) -> tuple[Territory, ...]:
    """Find what was typed; by 13014 a person means a postcode of Marseille, not another commune's code."""
    if rank := arrondissement(typed):
        codes = atlas.by_arrondissement.get(ARRONDISSEMENTS[rank - 1], ())
        return tuple(atlas.index.of_qpv(code) for code in codes) or atlas.index.find("Marseille")
    return atlas.index.find(typed)


def _search_results(atlas: Atlas) -> None:
    """Offer the candidates when a search means several things, the nearest names when it means none."""
    typed = st.session_state.get(_SEARCH, "")
    if not typed.strip():
        return
    found = _meant(atlas, typed)
    if not found:
        st.info(
            typeset(
                f"Aucun quartier prioritaire ni commune ne s'appelle « {components.safe(typed)} ». "
                "Essayez le nom de la commune, ou cliquez sur la carte."
            ),
            icon=":material/search_off:",
        )
        found = atlas.index.suggest(typed)
    with st.container(horizontal=True, gap="small"):
        for territory in found[:_CHOICES_SHOWN]:
            kind = "commune" if territory.kind is Kind.COMMUNE else atlas.qpvs[territory.key].commune_names
            st.button(
                f"{components.safe(territory.name)} ({components.safe(kind)})",
                key=f"choix_{territory.key}",
                on_click=go_to,
                args=(territory,),
            )
        if len(found) > _CHOICES_SHOWN:
            st.caption(typeset(f"… et {len(found) - _CHOICES_SHOWN} autres : précisez la recherche."))


def _layers(current: MapState) -> None:
    choices.grid_switch(on=current.grid)
    query.select("Fond de carte", state.TILE, TILE_LABELS, current.tiles, every="Fond neutre, sans internet")
    st.caption(typeset("Les fonds de l'IGN sont demandés par votre navigateur à data.geopf.fr."))
