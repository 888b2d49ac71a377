"""The parts of a district's sheet."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.grading.profile import Measure
from qpverts.domain.territory import Kind
from qpverts.domain.text import capital
from qpverts.domain.vintage import trend_note
from qpverts.ui.address import navigation, query, state
from qpverts.ui.pages.quartier import missing
from qpverts.ui.pages.quartier.district_state import DistrictState
from qpverts.ui.parts import cards, choices, close_profiles, components, engagement, nature_radar
from qpverts.ui.parts.components import safe
from qpverts.viz.words import labels, sentences
from qpverts.viz.words.labels import typeset


def chooser(atlas: Atlas, current: DistrictState) -> str | None:
    """Draw the choice of a district; give its code, or ``None`` when the address names several or none."""
    territory = current.territory
    code = territory.key if territory and territory.kind is Kind.QPV else None
    options = choices.district_options(atlas)
    query.select("Choisir un quartier", state.DISTRICT, options, code, every="Choisir un quartier…")
    return code


def way_in(atlas: Atlas, current: DistrictState) -> None:
    """Offer the districts of the territory named, or of every commune, when no district is chosen."""
    if current.territory:
        territory = current.territory
        count = labels.plural(len(territory.codes), "quartier prioritaire", "quartiers prioritaires")
        st.markdown(f"**{safe(territory.name)}** compte {count}{labels.NBSP}:")
        _links(atlas, territory.codes)
        return
    st.markdown("Choisissez un quartier dans la liste, sur la carte ou par sa commune.")
    navigation.link("carte", "Ouvrir la carte", icon=":material/map:")
    for commune in atlas.index.all_communes:
        with st.expander(f"{safe(commune.name)} ({len(commune.codes)})"):
            _links(atlas, commune.codes)


def _links(atlas: Atlas, codes: Sequence[str]) -> None:
    for code in codes:
        navigation.link_about("quartier", safe(atlas.qpvs[code].name), code, icon=":material/location_city:")


def header(atlas: Atlas, code: str) -> None:
    """Name the district, and tell whether its figures of 2015 may be set beside those of 2024."""
    qpv = atlas.qpvs[code]
    st.header(safe(qpv.name))
    st.markdown(
        f"{safe(qpv.commune_names)} · {safe(code)} · {safe(trend_note(code, atlas.overlap_pct.get(code)))}"
    )


def beside_map(atlas: Atlas, code: str, current: DistrictState) -> None:
    """Draw what is chosen on the map, or the three things one looks for first."""
    with st.container(border=True, key="fiche"):
        if not cards.chosen(atlas, current.action, current.space):
            key_points(atlas, code, current)


def key_points(atlas: Atlas, code: str, current: DistrictState) -> None:
    """Say how many live there, which known park is nearest, and how much is recorded."""
    values = atlas.indicators[code]
    st.markdown("### En bref")
    st.markdown(f"**{safe(labels.value_text(values['population']))}** (recensement 2020)")
    nearest = values["distance_05ha"]
    if nearest.value is None:
        st.markdown(safe(labels.WHY_MISSING.get(nearest.state, "")))
    else:
        near = labels.value_text(nearest)
        distance = (
            "au bord ou dans le quartier" if near == labels.distance(0) else f"à {near} du bord du quartier"
        )
        st.markdown(
            typeset(
                f"**{safe(capital(distance))}** : le plus proche espace vert public d'au "
                "moins 0,5 ha que nous avons pu placer sur la carte ; un autre peut être plus proche."
            )
        )
        if bounds := labels.range_text(nearest):
            st.caption(typeset(f"Selon la forme du parc : {safe(bounds)}."))
    actions = atlas.actions_of(code)
    if actions:
        total = labels.plural(len(actions), "action recensée", "actions recensées")
        st.markdown(typeset(f"**{total}** : {safe(labels.statuses(actions))}."))
    else:
        st.markdown(typeset("**Aucune action recensée à ce jour** ; il peut y en avoir."))
    st.caption("Le trait en tirets est à 300 m du bord du quartier.")
    choices.grid_switch(on=current.grid)
    navigation.link_about("agir", "Savoir où agir et comment", code, icon=":material/lightbulb:")
    navigation.link_about("scenario", "Imaginer un ajout", code, icon=":material/park:")
    navigation.link_about("comparer", "Comparer ce quartier", code, icon=":material/compare_arrows:")
    navigation.link_about("carte", "Voir sur la carte de la Métropole", code, icon=":material/map:")


def profile(atlas: Atlas, code: str, measure: Measure) -> None:
    """Draw what makes the district: engagement, nature, what is missing, and which ones are like it."""
    engagement.of_district(atlas, code, measure)
    nature_radar.of_district(atlas, code)
    missing.of_district(atlas, code)
    close_profiles.of_district(atlas, code)


def on_foot(atlas: Atlas, code: str) -> None:
    """Set the straight line beside the streets, and tell the way that is drawn on the map."""
    st.header(typeset("À vol d'oiseau et à pied"))
    values = atlas.indicators[code]
    street = values["marche_05ha"]
    if street.value is None:
        st.markdown(safe(labels.WHY_MISSING[street.state]))
        return
    walked = atlas.facts[code].walk
    straight = labels.distance(walked.straight_m.value) if walked else ""
    st.markdown(
        safe(
            f"La moitié du quartier est à moins de {straight}, à vol d'oiseau, d'un espace vert public d'au "
            f"moins 0,5 ha, et à moins de {labels.value_text(street)} par les rues connues "
            f"({labels.value_text(values['detour_05ha'])})."
        )
    )
    if way := atlas.ways.get(code):
        st.markdown(safe(sentences.way_text(way, atlas.spaces[way.space_id])))
    st.caption(
        typeset(
            "Sans les sentiers ni les entrées des espaces verts, que nous ne connaissons pas : le vrai "
            "chemin peut être plus court ou plus long. Seuls comptent les espaces verts que nous avons pu "
            "placer sur la carte. Rues : © les contributeurs d'OpenStreetMap."
        )
    )


def figures(atlas: Atlas, code: str) -> None:
    """Draw all the indicators, family by family, each with its definition one click away."""
    for family, members in atlas.specs.families.items():
        st.header(family)
        coverage = dict.fromkeys(labels.coverage_text(atlas.indicators[code][spec.id]) for spec in members)
        if note := " ; ".join(filter(None, coverage)):
            st.caption(safe(capital(note)) + ".")
        components.figures([atlas.indicators[code][spec.id] for spec in members], atlas.catalogue)


def actions_nearby(atlas: Atlas, code: str) -> None:
    """List the actions of others whose place is known, in the district or within 300 m of it."""
    near = atlas.actions_near.get(code, ())
    others = [row for row in near if code not in atlas.actions[row.id].qpv_codes]
    if not others:
        return
    st.subheader(typeset("Actions d'à côté, à moins de 300 m"))
    for row in others:
        where = "dans le périmètre" if row.inside else f"à environ {labels.distance(row.distance_m)}"
        cards.unfolded(atlas, atlas.actions[row.id], "autour", where)
