"""A district's gaps, and for the one that is looked at: ideas from elsewhere, and who does it near here."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import streamlit as st

from qpverts.atlas import transfer_contexts
from qpverts.atlas.atlas import Atlas
from qpverts.domain.acting.nearby_examples import Example, examples
from qpverts.domain.grading.missing import Gaps, gaps
from qpverts.domain.transfer.best_fit import Idea, ideas
from qpverts.geo.join import distances_m
from qpverts.ui.address import navigation, query, state
from qpverts.ui.pages.agir import shortlist_panel
from qpverts.ui.pages.agir.acting_state import ActingState
from qpverts.ui.parts import cards, choices
from qpverts.ui.parts.components import acting_fold, safe
from qpverts.viz.words import labels, level_texts
from qpverts.viz.words.acting import idea_texts
from qpverts.viz.words.labels import typeset

#: What is shown at first; the rest is one click away.
_FIRST_IDEAS, _FIRST_EXAMPLES = 3, 3
_THEME_KEY = "choix_manque"


def chooser(atlas: Atlas, current: ActingState) -> None:
    """Draw the choice of a district; none is the whole Métropole."""
    options = choices.district_options(atlas)
    query.select("Quartier", state.DISTRICT, options, current.code, every="Toute la Métropole", also=_forget)


def _forget() -> None:
    """Drop the gap of the district that was looked at before."""
    query.clear((state.THEME,))


def show(atlas: Atlas, current: ActingState, code: str) -> None:
    """Draw the gaps of a district, and what one could do about one of them."""
    found = gaps(atlas.grades[code], atlas.scale)
    st.markdown(safe(idea_texts.gaps_text(found, len(atlas.grades[code]))))
    gap = _choice(atlas, current, code, found)
    left, right = st.columns([6, 5], gap="large")
    with left:
        _elsewhere(atlas, current, code, gap)
    with right:
        _here(atlas, current, code, gap)


def _choice(atlas: Atlas, current: ActingState, code: str, found: Gaps) -> str:
    """Draw the themes, gaps first, and give the one that is looked at."""
    needs = idea_texts.needs(found)
    names = atlas.vocabulary.theme_labels
    words = {theme: f"{names[theme]} · {needs[theme]}" if theme in needs else names[theme] for theme in names}
    order = [*needs, *(theme for theme in names if theme not in needs)]
    theme = current.theme or order[0]
    st.session_state[_THEME_KEY] = theme
    st.pills(
        "Sur quoi agir",
        order,
        key=_THEME_KEY,
        format_func=lambda one: safe(words[one]),
        required=True,
        on_change=_looked,
    )
    grade = atlas.grades[code][theme]
    st.markdown(
        typeset(
            f"**{safe(names[theme])} : {safe(level_texts.name(grade.level))}.** {safe(grade.level.sentence)} "
            f"{safe(level_texts.next_text(grade, atlas.scale))}"
        )
    )
    # A place that is always there: what follows keeps its own.
    st.caption(safe(idea_texts.SURVEY_FIRST if theme in found.unknown else ""))
    return theme


def _looked() -> None:
    query.write(**{state.THEME: st.session_state[_THEME_KEY]})


def _elsewhere(atlas: Atlas, current: ActingState, code: str, theme: str) -> None:
    """List the inspirations of a theme, those that fit best first."""
    st.header(typeset("Ce que d'autres ont fait ailleurs"))
    found = ideas(
        theme, atlas.inspirations.values(), transfer_contexts.context_of(atlas, code), atlas.transfer
    )
    if not found:
        st.markdown("Aucune inspiration recensée sur cette thématique.")
        return
    _ideas(atlas, current, code, found[:_FIRST_IDEAS])
    if rest := found[_FIRST_IDEAS:]:
        more = labels.plural(len(rest), "autre inspiration", "autres inspirations")
        fill = partial(_ideas, atlas, current, code, rest)
        acting_fold(typeset(f"{more}, dans l'ordre"), "autres_idees", fill)
    st.caption(safe(idea_texts.HOW_FITTED))


def _ideas(atlas: Atlas, current: ActingState, code: str, found: Iterable[Idea]) -> None:
    for idea in found:
        _idea(atlas, current, code, idea)


def _idea(atlas: Atlas, current: ActingState, code: str, idea: Idea) -> None:
    """Draw an inspiration in short: what it is, whether it can be done here, the best and the worst of it."""
    one = idea.inspiration
    with st.container(border=True, key=f"idee_{one.id}"):
        st.markdown(f"**{safe(one.title)}**  \n{safe(idea_texts.where(one))}")
        st.markdown(f"{safe(idea_texts.outcome(idea, atlas.transfer))}")
        for sentence in idea_texts.for_and_against(idea, atlas.transfer, most=1):
            st.caption(safe(sentence))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            shortlist_panel.keep_button(current.shortlist, one.id)
            navigation.link(
                "inspirations", "Lire la fiche et les huit réponses", {"id": one.id, state.DISTRICT: code}
            )


def _here(atlas: Atlas, current: ActingState, code: str, theme: str) -> None:
    """List the districts of the Métropole that act on a theme, the nearest first."""
    st.header("Qui agit déjà sur cette thématique, du plus proche au plus lointain")
    found = examples(theme, code, distances_m(atlas.perimeters, code), atlas.actions.values())
    if not found:
        st.markdown(
            typeset("Aucun autre quartier n'a d'action en cours ou réalisée recensée sur cette thématique.")
        )
        return
    _examples(atlas, current, found[:_FIRST_EXAMPLES], theme)
    if rest := found[_FIRST_EXAMPLES:]:
        more = labels.plural(len(rest), "autre quartier", "autres quartiers")
        fill = partial(_examples, atlas, current, rest, theme)
        acting_fold(f"{more}, du plus proche au plus lointain", "autres_ici", fill)
    st.caption(
        typeset(
            "Distances à vol d'oiseau, de bord à bord. Actions en cours ou réalisées à la date de leur "
            "source."
        )
    )


def _examples(atlas: Atlas, current: ActingState, found: Iterable[Example], theme: str) -> None:
    for one in found:
        _example(atlas, current, one, theme)


def _example(atlas: Atlas, current: ActingState, one: Example, theme: str) -> None:
    name = atlas.qpvs[one.code_qp].name
    with st.container(border=True, key=f"exemple_{one.code_qp}_{theme}"):
        navigation.link(
            "quartier", f"**{safe(idea_texts.example(name, one))}**", {state.DISTRICT: one.code_qp}
        )
        for action in one.actions:
            cards.unfolded(atlas, action, f"{one.code_qp}_{theme}")
            shortlist_panel.keep_button(
                current.shortlist, action.id, one.code_qp
            )  # some are of several districts
