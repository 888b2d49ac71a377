"""Cards beside the map: a district, an action, a point; each with a way onwards."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.model import Action, Citation, GreenSpace, PlaceSource
from qpverts.domain.text import capital
from qpverts.domain.themes import Vocabulary
from qpverts.ui.address import navigation, query, state
from qpverts.ui.parts.components import cited, folded, lines_of, safe, small
from qpverts.viz.palette import OTHER_MARK, THEME_MARKS
from qpverts.viz.words import labels
from qpverts.viz.words.action_words import action_words, headline, source_words
from qpverts.viz.words.labels import typeset


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


def chosen(atlas: Atlas, action: str | None, space: str | None) -> bool:
    """Draw the card of the action or green space that is chosen; tell whether there is one."""
    if action:
        action_card(atlas, atlas.actions[action])
    elif space:
        space_card(atlas.spaces[space])
    return bool(action or space)


def close(*params: str) -> None:
    """Draw the button that clears the choice; the style sheet reads from it that something is chosen."""
    st.button("Fermer", key="fermer", on_click=query.clear, args=(params,), icon=":material/close:")


def title(action: Action) -> str:
    """Write an action's title with how far it is."""
    return safe(headline(action))


def action_card(atlas: Atlas, action: Action) -> None:
    """Draw an action: what, who, when, where, how far, and where it was read."""
    st.markdown(f"## {safe(action.title)}")
    action_body(atlas, action)
    for code in action.qpv_codes:
        label = f"Fiche du quartier {safe(atlas.qpvs[code].name)}"
        navigation.link_about("quartier", label, code, icon=":material/arrow_forward:")
    close(state.ACTION)


def space_card(space: GreenSpace) -> None:
    """Draw a green space: what it is, how sure its place is, and where it was read."""
    st.markdown(f"## {safe(space.name)}")
    st.markdown(safe(capital(labels.space_line(space))) + ".")
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
    words = source_words(source)
    return cited(words.title, words.url, words.origin)


def action_body(atlas: Atlas, action: Action) -> None:
    """Write the content of an action, unknown things shown as unknown."""
    st.html("".join(_theme(theme, atlas.vocabulary.theme(theme).label) for theme in action.themes))
    words = action_words(action)
    facts = {
        "État": f"{words.state} (à la date de la source)",
        "Quand": words.when,
        "Qui": words.who,
        "Avec": words.partners,
        "Où": words.where,
        "Surface": words.size,
        "Budget": words.budget,
    }
    uncertain = [small(words.uncertain)] if words.uncertain else []
    st.markdown("\n\n".join([safe(words.summary), lines_of(facts), _cited(action.source), *uncertain]))


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
