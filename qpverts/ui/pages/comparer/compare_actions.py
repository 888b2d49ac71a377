"""What *Comparer* says of actions: kinds that one side lacks, actors in common, and the actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.actions.action_kinds import Aspect, Presence, declared, lacking
from qpverts.domain.actions.actors import Actor, Part, shared
from qpverts.domain.model import Action
from qpverts.domain.territory import Kind, Territory
from qpverts.ui.address import navigation, query, state
from qpverts.ui.pages.comparer import compare_state
from qpverts.ui.parts import cards, data_tables, territory_names
from qpverts.ui.parts.components import folded, safe
from qpverts.viz.words import kind_texts as words
from qpverts.viz.words import labels
from qpverts.viz.words.labels import typeset

#: More actions of a theme than this on one side are counted, and seen on the map.
MOST_LISTED = 12
#: More kinds or actors than this are counted, and seen with their actions.
MOST_ROWS = 12
_KEY = "choix_theme_compare"


def show(atlas: Atlas, sides: Sequence[Territory], theme: str) -> None:
    """Draw the three sections; a territory beside itself has only its actions."""
    found = [atlas.actions_in(side) for side in sides]
    if len({side.key for side in sides}) > 1:
        _lacking(atlas, sides, found)
        _actors(sides, found)
    else:
        sides, found = sides[:1], found[:1]
    _actions(atlas, sides, found, theme)


def _lacking(atlas: Atlas, sides: Sequence[Territory], found: Sequence[Sequence[Action]]) -> None:
    both = len(sides) == len(compare_state.DEFAULT_SIDES)
    st.header(typeset("Ce que l'un a, et pas l'autre" if both else "Ce que certains ont, et pas d'autres"))
    names = words.names(atlas.vocabulary)
    missing = lacking(found, declared(atlas.vocabulary))
    if not missing:
        st.markdown(safe(words.nothing_lacking(len(sides))))
        return
    st.markdown(safe(words.lacking_text(len(missing), MOST_ROWS, len(sides))))
    data_tables.draw(
        {"Sorte d'action": safe(words.kind_text(one, names))}
        | {
            safe(name): safe(words.count_text(one, rank))
            for rank, name in enumerate(territory_names.headings(sides))
        }
        for one in missing[:MOST_ROWS]
    )
    st.caption(safe(words.HOW_SORTED))
    folded("Les actions qui le montrent", "preuves_sortes", partial(_proofs, missing, names, sides))


def _proofs(
    missing: Sequence[Presence], names: Mapping[Aspect, Mapping[str, str]], sides: Sequence[Territory]
) -> None:
    for one in missing:
        st.markdown(f"**{safe(words.kind_text(one, names))}**")
        for side, actions in zip(sides, one.found, strict=True):
            if actions:
                st.markdown(safe(territory_names.heading(side)))
                _links(actions)


def _links(actions: Sequence[Action]) -> None:
    for action in actions[:MOST_LISTED]:
        navigation.link("carte", cards.title(action), {state.ACTION: action.id}, icon=":material/place:")
    if (more := len(actions) - MOST_LISTED) > 0:
        st.caption(f"… et {labels.plural(more, 'autre', 'autres')}.")


def _actors(sides: Sequence[Territory], found: Sequence[Sequence[Action]]) -> None:
    st.header("Les acteurs en commun")
    codes = [set(side.codes) for side in sides]
    overlapping = sum(map(len, codes)) > len(set().union(*codes))
    actors = shared(found, overlapping=overlapping)
    if not actors:
        st.markdown(safe(words.no_actor(len(sides))))
        return
    st.markdown(safe(words.actors_text(len(actors), MOST_ROWS, len(sides))))
    data_tables.draw(
        {"Acteur": safe(actor.name)}
        | {
            safe(name): safe(words.part_text(part))
            for name, part in zip(territory_names.headings(sides), actor.parts, strict=True)
        }
        for actor in actors[:MOST_ROWS]
    )
    st.caption(safe(words.actors_note(len(sides), overlapping=overlapping)))
    folded("Leurs actions", "preuves_acteurs", partial(_deeds, actors[:MOST_ROWS], sides))


def _deeds(actors: Sequence[Actor], sides: Sequence[Territory]) -> None:
    for actor in actors:
        st.markdown(f"**{safe(actor.name)}**")
        for side, part in zip(sides, actor.parts, strict=True):
            if part:
                st.markdown(typeset(f"{safe(territory_names.heading(side))} : {safe(words.part_text(part))}"))
                _links(_all(part))


def _all(part: Part) -> tuple[Action, ...]:
    return (*part.carried, *part.joined)


def _actions(atlas: Atlas, sides: Sequence[Territory], found: Sequence[Sequence[Action]], theme: str) -> None:
    st.header("Les actions de chacun")
    counts = {
        one.id: [sum(one.id in action.themes for action in side) for side in found]
        for one in atlas.vocabulary.themes
    }
    st.session_state[_KEY] = theme
    st.pills(
        "Thématique",
        list(counts),
        key=_KEY,
        format_func=lambda one: f"{atlas.vocabulary.theme(one).label} ({' · '.join(map(str, counts[one]))})",
        required=True,
        on_change=_switched,
    )
    with st.container(key="actions_comparees"):
        for rank, (column, side) in enumerate(zip(st.columns(len(sides)), sides, strict=True)):
            with column:
                st.subheader(safe(territory_names.heading(side)))
                _column(atlas, side, rank, [one for one in found[rank] if theme in one.themes], theme)


def _switched() -> None:
    query.write(**{state.THEME: st.session_state[_KEY]})


def _column(atlas: Atlas, side: Territory, rank: int, actions: Sequence[Action], theme: str) -> None:
    if not actions:
        st.caption(
            typeset("Non renseigné : nous n'avons trouvé aucune action à ce jour ; il peut y en avoir.")
        )
        return
    st.markdown(
        typeset(
            f"{safe(labels.plural(len(actions), 'action recensée', 'actions recensées'))} : "
            f"{safe(labels.statuses(actions))}."
        )
    )
    for action in actions[:MOST_LISTED]:
        folded(cards.title(action), f"action_{rank}_{action.id}", partial(cards.action_body, atlas, action))
    if (more := len(actions) - MOST_LISTED) > 0:
        also = {state.COMMUNE: side.key} if side.kind is Kind.COMMUNE else {}
        also |= {state.DISTRICT: side.key} if side.kind is Kind.QPV else {}
        text = f"… et {labels.plural(more, 'autre', 'autres')} : les voir sur la carte"
        navigation.link("carte", typeset(text), {state.THEME: theme} | also, icon=":material/map:")
