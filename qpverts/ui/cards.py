"""Cards beside the map: a district, an action, a point; each with a way onwards."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import streamlit as st

from qpverts.domain.model import Action, Precision
from qpverts.domain.themes import Vocabulary
from qpverts.sources.atlas import Atlas
from qpverts.sources.nearest import Surroundings
from qpverts.ui import navigation, query, state
from qpverts.ui.components import safe
from qpverts.viz import labels
from qpverts.viz.palette import OTHER_MARK, THEME_MARKS


def theme_title(theme_id: str, label: str, count: int | None = None) -> None:
    """Write a theme with its mark, the same as on the map."""
    mark = THEME_MARKS.get(theme_id, OTHER_MARK)
    suffix = "" if count is None else f" ({count})"
    st.html(
        f'<span class="theme-titre"><img src="{mark.image}" alt="" width="18" height="18">'
        f"{html.escape(label)}{suffix}</span>"
    )


def by_theme(actions: Sequence[Action], vocabulary: Vocabulary) -> Mapping[str, list[Action]]:
    """Sort actions under their main theme, in the order of the approach; empty themes left out."""
    sorted_ = {theme.id: [a for a in actions if a.themes[0] == theme.id] for theme in vocabulary.themes}
    return {theme: found for theme, found in sorted_.items() if found}


def district_card(atlas: Atlas, code: str, indicator_id: str, actions: Sequence[Action]) -> None:
    """Draw a district in short, with the link to its sheet."""
    qpv = atlas.qpvs[code]
    with st.container(border=True, key="fiche"):
        st.markdown(f"### {safe(qpv.name)}")
        population = atlas.indicators[code]["population"]
        st.markdown(f"{safe(qpv.commune_names)} · {safe(labels.value_text(population))}")
        indicator = atlas.indicators[code][indicator_id]
        st.markdown(f"{safe(indicator.spec.label)} : **{safe(labels.value_text(indicator))}**")
        notes = [labels.range_text(indicator), labels.coverage_text(indicator)]
        if indicator.value is None:
            notes.append(labels.WHY_MISSING.get(indicator.state, ""))
        for note in filter(None, notes):
            st.caption(safe(note))
        navigation.link(
            "quartier", "Ouvrir la fiche du quartier", {"q": code}, icon=":material/arrow_forward:"
        )
        here = [action for action in actions if code in action.qpv_codes]
        st.markdown(f"**{labels.plural(len(here), 'action recensée', 'actions recensées')}**")
        for theme, found in by_theme(here, atlas.vocabulary).items():
            theme_title(theme, atlas.vocabulary.theme(theme).label, len(found))
            for action in found:
                _opens(action)
        st.button("Fermer", on_click=query.clear, args=([state.DISTRICT],), icon=":material/close:")


def _opens(action: Action) -> None:
    st.button(
        safe(action.title), key=f"ouvrir_{action.id}", type="tertiary",
        on_click=query.write, kwargs={state.ACTION: action.id},
    )  # fmt: skip


def action_card(atlas: Atlas, action: Action) -> None:
    """Draw an action: what, who, when, where, how far, and where it was read."""
    with st.container(border=True, key="fiche"):
        st.markdown(f"### {safe(action.title)}")
        action_body(atlas, action)
        for code in action.qpv_codes:
            label = f"Fiche du quartier {safe(atlas.qpvs[code].name)}"
            navigation.link("quartier", label, {"q": code}, icon=":material/arrow_forward:")
        st.button("Fermer", on_click=query.clear, args=([state.ACTION],), icon=":material/close:")


def action_body(atlas: Atlas, action: Action) -> None:
    """Write the content of an action, unknown things shown as unknown."""
    for theme in action.themes:
        theme_title(theme, atlas.vocabulary.theme(theme).label)
    st.markdown(safe(action.summary))
    facts = {
        "État": f"{labels.STATUS[action.status]} (à la date de la source)",
        "Années": labels.years(action),
        "Qui": action.carrier or "porteur inconnu",
        "Avec": ", ".join(action.partners),
        "Où": f"{action.place} ({labels.PRECISION[action.precision]})",
        "Surface": labels.area_ha(action.area_m2 / 10_000) if action.area_m2 else "",
        "Budget": f"{labels.number(action.budget_eur)}\u00a0€" if action.budget_eur else "",
    }
    st.markdown("  \n".join(f"**{name} :** {safe(text)}" for name, text in facts.items() if text))
    source = action.source
    origin = f"{labels.RELIABILITY[source.reliability]}, {source.date or 'sans date'}"
    st.markdown(f"**Source :** [{safe(source.title)}](<{source.url}>) ({origin})")
    if action.note:
        st.caption(f"Ce qui reste incertain : {safe(action.note)}")


def point_card(atlas: Atlas, around: Surroundings) -> None:
    """Tell what is around a chosen point, in straight lines."""
    with st.container(border=True, key="fiche"):
        st.markdown("### Autour du point choisi")
        qpv = atlas.qpvs[around.district]
        if around.district_m == 0:
            st.markdown(f"Ce point est dans le quartier prioritaire **{safe(qpv.name)}**.")
        else:
            away = labels.distance(around.district_m)
            st.markdown(f"Le quartier prioritaire le plus proche est **{safe(qpv.name)}**, à {away}.")
        navigation.link("quartier", "Ouvrir sa fiche", {"q": qpv.code}, icon=":material/arrow_forward:")
        if around.space is None:
            st.markdown("Aucun espace vert public n'a pu être situé.")
        else:
            space = atlas.spaces[around.space]
            away = labels.distance(around.space_m)
            st.markdown(
                f"L'espace vert public le plus proche parmi ceux que nous avons pu situer : "
                f"**{safe(space.name)}** ({safe(labels.space_line(space))}), à {away}."
            )
        st.caption("Distances à vol d'oiseau, jusqu'au bord.")
        st.button("Fermer", on_click=query.clear, args=([state.POINT],), icon=":material/close:")


def overview(atlas: Atlas, actions: Sequence[Action], shown: Sequence[str], *, filtered: bool) -> None:
    """Sum up what the map shows, list what no map can place, and offer the way out of an empty choice."""
    with st.container(border=True, key="fiche"):
        st.markdown(f"### {labels.plural(len(shown), 'quartier', 'quartiers')}")
        total = labels.plural(len(actions), "action recensée", "actions recensées")
        st.markdown(f"**{total}**" + (" avec ces filtres." if filtered else "."))
        if not actions:
            st.markdown("Aucune action ne répond à ces choix. Cela ne veut pas dire qu'il ne se passe rien.")
            st.button("Effacer les filtres", on_click=query.clear, args=(state.FILTERS,), type="primary")
            return
        st.markdown("Cliquez sur un quartier, un symbole ou un nombre de la carte.")
        for theme, found in by_theme(actions, atlas.vocabulary).items():
            theme_title(theme, atlas.vocabulary.theme(theme).label, len(found))
        st.caption("Chaque action est comptée une fois, à sa thématique principale.")
        loose = [a for a in actions if a.precision is Precision.COMMUNE]
        if loose:
            with st.expander(
                f"{labels.plural(len(loose), 'action connue', 'actions connues')} à la commune seulement"
            ):
                for action in loose:
                    _opens(action)


def actions_by_theme(atlas: Atlas, actions: Sequence[Action]) -> None:
    """List actions under every theme they serve; a theme without any is said to be unknown, not empty."""
    for theme in atlas.vocabulary.themes:
        found = [action for action in actions if theme.id in action.themes]
        theme_title(theme.id, theme.label, len(found))
        if not found:
            st.caption(
                "Non renseigné : aucune action recensée à ce jour, et aucun relevé n'a encore été fait."
            )
        for action in found:
            with st.expander(safe(action.title)):
                action_body(atlas, action)
