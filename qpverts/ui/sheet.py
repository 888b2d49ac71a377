"""The parts of a district's sheet."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qpverts.domain import specs
from qpverts.domain.model import Generation
from qpverts.domain.territory import Kind
from qpverts.sources.atlas import Atlas
from qpverts.ui import components, navigation, query, state
from qpverts.ui.components import safe
from qpverts.ui.state import DistrictState
from qpverts.viz import labels

_GENERATION = {
    Generation.IDENTICAL: "Périmètre inchangé depuis 2015 : une évolution 2015–2024 a un sens.",
    Generation.MODIFIED: "Périmètre modifié en 2024 : ne pas comparer avec les chiffres de 2015.",
    Generation.NEW: "Quartier entré en 2024 : pas de chiffres sur le périmètre de 2015.",
}
_PER_ROW = 3


def chooser(atlas: Atlas, current: DistrictState) -> str | None:
    """Draw the choice of a district; give its code, or ``None`` when the address names several or none."""
    options = {
        code: f"{qpv.name} ({qpv.commune_names})"
        for code, qpv in sorted(atlas.qpvs.items(), key=lambda item: (item[1].commune_names, item[1].name))
    }
    territory = current.territory
    code = territory.key if territory and territory.kind is Kind.QPV else None
    query.select("Choisir un quartier", state.DISTRICT, options, code, every="Choisir un quartier…")
    return code


def way_in(atlas: Atlas, current: DistrictState) -> None:
    """Offer the districts of the territory named, or of every commune, when no district is chosen."""
    if current.territory:
        territory = current.territory
        st.markdown(f"**{safe(territory.name)}** compte {len(territory.codes)} quartiers prioritaires :")
        _links(atlas, territory.codes)
        return
    st.markdown("Choisissez un quartier dans la liste, sur la carte ou par sa commune.")
    navigation.link("carte", "Ouvrir la carte", icon=":material/map:")
    for commune in atlas.index.all_communes:
        with st.expander(f"{safe(commune.name)} ({len(commune.codes)})"):
            _links(atlas, commune.codes)


def _links(atlas: Atlas, codes: Sequence[str]) -> None:
    for code in codes:
        navigation.link("quartier", safe(atlas.qpvs[code].name), {"q": code}, icon=":material/location_city:")


def header(atlas: Atlas, code: str) -> None:
    """Name the district and its generation."""
    qpv = atlas.qpvs[code]
    st.header(safe(qpv.name))
    st.markdown(f"{safe(qpv.commune_names)} · {safe(code)} · {_GENERATION[qpv.generation]}")


def key_points(atlas: Atlas, code: str) -> None:
    """Say the three things one looks for first."""
    values = atlas.indicators[code]
    with st.container(border=True, key="fiche"):
        st.markdown("### En bref")
        for indicator_id in ("population", "distance_05ha", "actions"):
            indicator = values[indicator_id]
            st.markdown(f"**{safe(labels.value_text(indicator))}**  \n{safe(indicator.spec.label)}")
            if bounds := labels.range_text(indicator):
                st.caption(safe(bounds))
            if indicator.value is None:
                st.caption(safe(labels.WHY_MISSING.get(indicator.state, "")))
        navigation.link("carte", "Voir sur la carte de la Métropole", {"q": code}, icon=":material/map:")


def figures(atlas: Atlas, code: str) -> None:
    """Draw all the indicators, family by family, each with its definition one click away."""
    for family, members in specs.FAMILIES.items():
        st.header(family)
        coverage = dict.fromkeys(labels.coverage_text(atlas.indicators[code][spec.id]) for spec in members)
        if note := " ; ".join(filter(None, coverage)):
            st.caption(safe(note[0].upper() + note[1:]) + ".")
        for start in range(0, len(members), _PER_ROW):
            columns = st.columns(_PER_ROW)
            for column, spec in zip(columns, members[start : start + _PER_ROW], strict=False):
                with column:
                    key = f"chiffre_{spec.id}"
                    components.figure(atlas.indicators[code][spec.id], atlas.catalogue, container_key=key)


def actions_nearby(atlas: Atlas, code: str) -> None:
    """List the actions of others whose exact place is in the district or within 300 m of it."""
    near = atlas.actions_near.get(code, ())
    others = [row for row in near if code not in atlas.actions[row.id].qpv_codes]
    if not others:
        return
    st.subheader("À moins de 300 m, sans être rattachées au quartier")
    for row in others:
        action = atlas.actions[row.id]
        where = "dans le périmètre" if row.inside else f"à {labels.distance(row.distance_m)}"
        st.markdown(f"- {safe(action.title)} ({where})")
