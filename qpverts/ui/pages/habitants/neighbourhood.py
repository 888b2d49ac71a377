"""The parts of *Mon quartier*: the words of the public pages, drawn by Streamlit."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.figures import specs
from qpverts.domain.text import capital
from qpverts.settings import load as load_settings
from qpverts.ui.address import navigation, query, state
from qpverts.ui.pages.habitants.habitants_state import ResidentState
from qpverts.ui.parts import address_search, cards, data_tables, map_view, way_to_park
from qpverts.ui.parts.components import cited, lines_of, safe, small
from qpverts.viz.maps.paint import Scene, View, bounds_of
from qpverts.viz.words import level_texts, tangible
from qpverts.viz.words.action_words import ActionWords
from qpverts.viz.words.resident import resident_texts
from qpverts.viz.words.resident.description import Resident
from qpverts.viz.words.resident.resident_cards import SpaceCard
from qpverts.web.public import paths

_MARGIN_M = 500.0


def chooser(atlas: Atlas, current: ResidentState) -> None:
    """Offer the district by its name, or by an address; the map takes a click besides."""
    options = {
        code: f"{qpv.name} ({qpv.commune_names})"
        for code, qpv in sorted(atlas.qpvs.items(), key=lambda item: item[1].name)
    }
    left, right = st.columns([7, 3], vertical_alignment="bottom")
    with left:
        query.select(
            "Quartier ou commune",
            state.DISTRICT,
            options,
            current.code,
            every="Écrivez un nom, ou cliquez sur la carte",
        )
    with right:
        address_search.address_panel(current.point)
    with st.container():  # always there: what comes and goes above the map must not shift it
        if current.near:
            st.info(safe(current.near), icon=":material/location_on:")
        for code in current.candidates:
            navigation.link_about(
                "habitants", safe(atlas.qpvs[code].name), code, icon=":material/location_city:"
            )


def neighbourhood(atlas: Atlas, current: ResidentState) -> None:
    """Draw the map: the district with its ring, or all of them to choose from."""
    code = current.code
    shown = [code] if code else list(current.candidates or atlas.qpvs)
    token = code or f"region:{len(shown)}:{shown[0]}"
    scene = Scene(
        indicator=specs.DEFAULT,
        shown=shown,
        view=View(token, bounds_of(atlas.boxes, shown, _MARGIN_M)),
        selected=code,
        ring=code,
        action=current.action,
        here=current.point,
        walk=way_to_park.walk(atlas, code) if code else None,
    )
    actions = atlas.actions_around(code) if code else ()
    map_view.show(atlas, "habitants", scene, actions, with_points=True)


def beside_map(atlas: Atlas, current: ResidentState, told: Resident | None) -> None:
    """Sum the district up beside the map, or draw what was clicked; else say what to do."""
    with st.container(border=True, key="fiche"):
        if cards.chosen(atlas, current.action, current.space):
            return
        if told is None:
            st.markdown("## Trouvez votre quartier")
            st.markdown("Choisissez-le dans la liste, donnez votre adresse, ou cliquez sur la carte.")
            st.markdown(safe(resident_texts.WHAT_IS_A_DISTRICT))
            return
        st.markdown(f"## {safe(told.name)}")
        st.markdown("\n".join(f"- {safe(line)}" for line in told.brief))
        address = f"{load_settings().public_url}{paths.district(atlas.qpvs[told.code])}"
        st.link_button("La page à partager et à imprimer", address, icon=":material/share:")
        navigation.link_about(
            "quartier", "Tous les chiffres du quartier", told.code, icon=":material/bar_chart:"
        )


def tell(told: Resident) -> None:
    """Tell the district, in the order and the words of its public page."""
    sections = resident_texts.SECTIONS
    st.header(safe(sections["espaces-verts"]))
    _paragraphs(told.on_foot)
    for space in told.spaces:
        _space(space)
    st.caption(safe(told.spaces_note))
    st.header(safe(sections["actions"]))
    if not told.happening:
        st.markdown(safe(resident_texts.NO_ACTION))
    else:
        st.caption(safe(resident_texts.COUNTED))
    for group in told.happening:
        cards.theme_title(group.theme, group.label, len(group.actions))
        _actions(group.actions)
    if told.around:
        st.subheader(safe(resident_texts.AROUND))
        _actions(told.around)
    st.header(safe(sections["prevu"]))
    st.markdown(safe(resident_texts.ONLY_PLANNED if told.planned else resident_texts.NO_PLAN))
    _actions(told.planned)
    st.header(safe(sections["comparer"]))
    st.markdown(safe(told.compared))
    data_tables.draw(
        {"Thématique": safe(row.label), "Niveau": safe(row.level), "Pourquoi": safe(row.why)}
        for row in told.levels
    )
    st.caption(safe(level_texts.WARNING))
    st.header(safe(sections["inconnu"]))
    st.markdown("\n".join(f"- {safe(line)}" for line in told.unknown))
    st.caption(safe(" ".join(tangible.RULES)))


def _paragraphs(lines: Sequence[str]) -> None:
    for line in lines:
        st.markdown(safe(line))


def _space(card: SpaceCard) -> None:
    st.markdown(
        f"**{safe(card.name)}** · {safe(capital(card.where))} · {safe(card.what)} · {safe(card.size)}"
    )


def _actions(found: Sequence[ActionWords]) -> None:
    for card in found:
        carrier = f" · {card.carrier}" if card.carrier else ""
        with st.expander(safe(f"{card.headline}{carrier}")):
            facts = {
                "Quand": card.when,
                "Qui": card.who,
                "Avec": card.partners,
                "Où": card.where,
                "Taille": card.size,
            }
            source = cited(card.source.title, card.source.url, card.source.origin)
            uncertain = small(card.uncertain) if card.uncertain else ""
            st.markdown("\n\n".join(filter(None, [safe(card.summary), lines_of(facts), source, uncertain])))
