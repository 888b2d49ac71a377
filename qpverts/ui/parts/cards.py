"""Cards beside the map: a district, an action, a point; each with a way onwards."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.atlas.surroundings import Surroundings, around
from qpverts.domain.actions.action_filter import ActionFilter
from qpverts.domain.model import Action, Citation, GreenSpace, PlaceSource, Precision
from qpverts.domain.themes import Vocabulary
from qpverts.ui.address import navigation, query, state
from qpverts.ui.address.state import MapState
from qpverts.ui.parts import map_view
from qpverts.ui.parts.components import cited, folded, lines_of, safe, small
from qpverts.viz.palette import OTHER_MARK, THEME_MARKS
from qpverts.viz.words import labels, sentences
from qpverts.viz.words.labels import typeset

_COUNTED_ONCE = "Chaque action est comptée une fois, à sa thématique principale."


def theme_title(theme_id: str, label: str, count: int | None = None) -> None:
    """Write a theme with its mark, the same as on the map."""
    st.html(_theme(theme_id, label if count is None else f"{label} ({count})"))


def _theme(theme_id: str, words: str) -> str:
    mark = THEME_MARKS.get(theme_id, OTHER_MARK)
    return (
        f'<span class="theme-titre"><img src="{mark.image}" alt="" width="18" height="18">'
        f"{html.escape(words)}</span>"
    )


def by_theme(actions: Sequence[Action], vocabulary: Vocabulary) -> Mapping[str, list[Action]]:
    """Sort actions under their main theme, in the order of the approach; empty themes left out."""
    sorted_ = {theme.id: [a for a in actions if a.themes[0] == theme.id] for theme in vocabulary.themes}
    return {theme: found for theme, found in sorted_.items() if found}


def beside_map(atlas: Atlas, current: MapState, actions: Sequence[Action], shown: Sequence[str]) -> None:
    """Draw the card of what is chosen on *Carte*, or sum up what the map shows."""
    with st.container(border=True, key="fiche"):
        if not chosen(atlas, current.action, current.space):
            if current.district:
                district_card(atlas, current.district, current.indicator, actions)
            elif current.point:
                point_card(atlas, around(atlas, *current.point))
            else:
                overview(atlas, current, actions, shown)


def chosen(atlas: Atlas, action: str | None, space: str | None) -> bool:
    """Draw the card of the action or green space that is chosen; tell whether there is one."""
    if action:
        action_card(atlas, atlas.actions[action])
    elif space:
        space_card(atlas.spaces[space])
    return bool(action or space)


def close(*params: str) -> None:
    """Draw the button that unchooses; the style sheet also uses it to know that something is chosen."""
    st.button("Fermer", key="fermer", on_click=query.clear, args=(params,), icon=":material/close:")


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
    navigation.link("quartier", "Ouvrir la fiche du quartier", {"q": code}, icon=":material/arrow_forward:")
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


def title(action: Action) -> str:
    """Write an action's title with how far it is: a project must not read as a fact."""
    return safe(f"{action.title} · {labels.STATUS[action.status]}")


def _opens(action: Action, where: str = "") -> None:
    st.button(
        title(action) + (f" ({safe(where)})" if where else ""),
        key=f"ouvrir_{action.id}",
        type="tertiary",
        on_click=query.write,
        kwargs={state.ACTION: action.id},
    )


def action_card(atlas: Atlas, action: Action) -> None:
    """Draw an action: what, who, when, where, how far, and where it was read."""
    st.markdown(f"## {safe(action.title)}")
    action_body(atlas, action)
    for code in action.qpv_codes:
        label = f"Fiche du quartier {safe(atlas.qpvs[code].name)}"
        navigation.link("quartier", label, {"q": code}, icon=":material/arrow_forward:")
    close(state.ACTION)


def space_card(space: GreenSpace) -> None:
    """Draw a green space: what it is, how sure its place is, and where it was read."""
    st.markdown(f"## {safe(space.name)}")
    st.markdown(safe(labels.space_line(space)[0].upper() + labels.space_line(space)[1:]) + ".")
    if space.opening_year:
        st.markdown(f"Ouvert en {space.opening_year}.")
    st.caption(typeset("Sur la carte, un disque de même surface : le contour du parc n'est pas connu."))
    if space.place_source is PlaceSource.OPENSTREETMAP:
        st.caption(typeset("Position d'après OpenStreetMap."))
    citation(space.source)
    if space.note:
        st.caption(typeset(f"À savoir : {safe(space.note)}"))
    close(state.SPACE)


def citation(source: Citation) -> None:
    """Cite a source with its date and who speaks in it."""
    st.markdown(_cited(source))


def _cited(source: Citation) -> str:
    origin = f"{labels.RELIABILITY[source.reliability]}, {labels.source_date(source.date)}"
    return cited(source.title, source.url, origin)


def action_body(atlas: Atlas, action: Action) -> None:
    """Write the content of an action, unknown things shown as unknown."""
    st.html("".join(_theme(theme, atlas.vocabulary.theme(theme).label) for theme in action.themes))
    facts = {
        "État": f"{labels.STATUS[action.status]} (à la date de la source)",
        "Quand": labels.years(action),
        "Qui": action.carrier or "porteur inconnu",
        "Avec": ", ".join(action.partners),
        "Où": f"{action.place} ({labels.PRECISION[action.precision]})",
        "Surface": labels.area_ha(action.area_m2 / 10_000) if action.area_m2 else "",
        "Budget": f"{labels.number(action.budget_eur)}\u00a0€" if action.budget_eur else "",
    }
    uncertain = [small(f"Ce qui reste incertain : {action.note}")] if action.note else []
    st.markdown("\n\n".join([safe(action.summary), lines_of(facts), _cited(action.source), *uncertain]))


def point_card(atlas: Atlas, surroundings: Surroundings) -> None:
    """Tell what is around a chosen point, in straight lines."""
    st.markdown("## Autour du point choisi")
    qpv = atlas.qpvs[surroundings.district]
    if surroundings.district_m == 0:
        st.markdown(f"Ce point est dans le quartier prioritaire **{safe(qpv.name)}**.")
    else:
        away = labels.distance(surroundings.district_m)
        st.markdown(f"Le quartier prioritaire le plus proche est **{safe(qpv.name)}**, à {away}.")
    navigation.link("quartier", "Ouvrir sa fiche", {"q": qpv.code}, icon=":material/arrow_forward:")
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
        # Filled when opened: closed, it would be sent again at each change of the map.
        with st.expander(
            typeset(f"{count} seulement à l'échelle de leur commune"), key="a_la_commune", on_change="rerun"
        ) as panel:
            if panel.open:
                for action in unplaced:
                    _opens(action, action.place)
    st.button("Voir toute la Métropole", on_click=_see_everything, icon=":material/zoom_out_map:")


def _see_everything() -> None:
    """Let go of the commune, which either parameter may name, and fly out; other filters stay."""
    query.clear((state.COMMUNE, state.DISTRICT))
    map_view.fly_to()


def actions_by_theme(atlas: Atlas, actions: Sequence[Action]) -> None:
    """List actions under every theme they serve; a theme without any is said to be unknown, not empty."""
    if actions:
        total = labels.plural(len(actions), "action recensée", "actions recensées")
        st.markdown(typeset(f"{total} : {safe(labels.statuses(actions))}."))
        st.caption(typeset("Une action peut servir plusieurs thématiques : elle apparaît sous chacune."))
    for theme in atlas.vocabulary.themes:
        found = [action for action in actions if theme.id in action.themes]
        theme_title(theme.id, theme.label, len(found) or None)
        if not found:
            st.caption(
                typeset("Non renseigné : nous n'avons trouvé aucune action à ce jour ; il peut y en avoir.")
            )
        for action in found:
            unfolded(atlas, action, theme.id)


def unfolded(atlas: Atlas, action: Action, place: str, where: str = "") -> None:
    """Draw an action folded under its title; ``place`` tells apart the drawings of one action on a page."""
    label = title(action) + (f" ({safe(where)})" if where else "")
    folded(label, f"deplier_{place}_{action.id}", partial(action_body, atlas, action))
