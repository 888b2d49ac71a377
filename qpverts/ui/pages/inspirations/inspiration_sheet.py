"""One inspiration: what was done, what it took, what went wrong; and whether a district can do it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.atlas.transfer_contexts import context_of
from qpverts.domain.model import Inspiration
from qpverts.domain.transfer.alike_actions import Index
from qpverts.domain.transfer.answers import assess
from qpverts.domain.transfer.conclusion import LONGEST_REASON, Answer, Criterion, Override, Verdict
from qpverts.ui.address import query, state
from qpverts.ui.pages.inspirations import browse
from qpverts.ui.pages.inspirations import inspiration_state as chosen
from qpverts.ui.pages.inspirations.inspiration_state import InspirationState
from qpverts.ui.parts import cards, close_profiles
from qpverts.ui.parts.cached import per_atlas
from qpverts.ui.parts.components import lines_of, panel, safe
from qpverts.viz.words.acting import idea_texts
from qpverts.viz.words.acting import inspiration_texts as texts
from qpverts.viz.words.labels import NBSP, typeset

_ALIKE = 5


def show(atlas: Atlas, current: InspirationState, one: Inspiration) -> None:
    """Draw the sheet, and beside it the answers for a district."""
    st.button(
        "Toutes les inspirations", key="fermer", icon=":material/arrow_back:",
        on_click=query.clear, args=((chosen.SHEET, state.OPINIONS),),
    )  # fmt: skip
    st.header(safe(one.title))
    st.markdown(safe(idea_texts.where(one)))
    left, right = st.columns([5, 6], gap="large")
    with left:
        _story(atlas, one)
    with right:
        st.subheader(typeset("Est-ce faisable ici ?"))
        browse.choose_district(atlas, current, "Dans quel quartier ?", every="Choisir un quartier…")
        if current.code:
            _transfer(atlas, current, one, current.code)
        else:
            st.markdown(
                "Huit questions, avec la réponse que les données permettent, pour le quartier choisi."
            )
    _alike(atlas, one)


def _story(atlas: Atlas, one: Inspiration) -> None:
    for theme in one.themes:
        cards.theme_title(theme, atlas.vocabulary.theme(theme).label)
    st.subheader("Le problème et ce qui a été fait")
    st.markdown(safe(one.summary))
    st.markdown(lines_of(texts.facts(one, atlas.vocabulary)))
    for name, text in (
        ("Ce qu'il a fallu", one.conditions),
        ("Résultats", one.results),
        ("Limites", one.limits),
    ):
        st.markdown(f"**{typeset(name)}**  \n{safe(text) if text else f'*{texts.NOT_SAID}*'}")
    cards.citation(one.source)
    if one.note:
        st.caption(typeset(f"À savoir : {safe(one.note)}"))


def _transfer(atlas: Atlas, current: InspirationState, one: Inspiration, code: str) -> None:
    found = assess(one, context_of(atlas, code), atlas.transfer, current.opinions)
    with st.container(border=True, key="conclusion"):
        st.markdown(f"**{safe(texts.conclusion(found, atlas.transfer))}**")
        st.markdown(
            "  \n".join(
                f"**{safe(part.label)}{NBSP}:** {safe(texts.reading(part))}" for part in found.readings
            )
        )
        st.caption(
            typeset("Trois lectures, jamais une note. ⚠ : rien d'autre ne peut compenser cette condition.")
        )
    for answer in found.answers:
        _answer(atlas.transfer.criterion(answer.criterion), answer, current)
    _same_context(atlas, one, code)


def _answer(criterion: Criterion, answer: Answer, current: InspirationState) -> None:
    with st.container(border=True, key=f"reponse_{criterion.id}"):
        mark = "⚠ " if criterion.condition else ""
        verdict = f"{texts.SYMBOL[answer.verdict]} {texts.VERDICT[answer.verdict]}"
        st.markdown(f"{mark}**{safe(criterion.label)} · {safe(verdict)}**  \n{safe(answer.sentence)}")
        if answer.proposed:
            first = answer.proposed
            said = f"{texts.VERDICT[first.verdict]}. {first.sentence}"
            st.caption(typeset(f"Avis d'une personne. Proposé par l'outil : {safe(said)}"))
        elif criterion.by_people:
            st.caption(typeset("L'outil ne fait que proposer : c'est à voir avec les habitants."))
        if answer.lift:
            before = texts.TO_KNOW if answer.verdict is Verdict.UNKNOWN else texts.LIFT
            st.caption(typeset(f"{safe(before)} : {safe(answer.lift)}"))
        fill = partial(_otherwise, criterion, answer, current)
        panel("Source, et répondre autrement", f"autrement_{criterion.id}", fill, kind="tertiary")


def _otherwise(criterion: Criterion, answer: Answer, current: InspirationState) -> None:
    """Tell the question and where the answer comes from, and take another one with its reason."""
    st.markdown(safe(criterion.question))
    st.caption(typeset(f"Source : {safe(answer.source)}"))
    if criterion.lesson:
        st.caption(typeset(f"Un cas qui nous l'a montré : {safe(criterion.lesson)}"))
    with st.form(f"avis_{criterion.id}", border=False):
        st.selectbox(
            "Ma réponse", list(Verdict), key=_key(criterion, "reponse"),
            index=list(Verdict).index(answer.verdict), format_func=texts.VERDICT.__getitem__,
        )  # fmt: skip
        st.text_input(
            "Ma raison", key=_key(criterion, "raison"), max_chars=LONGEST_REASON,
            value=answer.sentence if answer.proposed else "", placeholder="ce que je sais, et de qui",
        )  # fmt: skip
        st.form_submit_button("Répondre", on_click=partial(_decide, criterion, current))
    st.caption(typeset("La raison est gardée dans l'adresse de la page : elle se voit quand on la partage."))
    if answer.proposed:
        kept = chosen.opinions_param(chosen.without(current.opinions, criterion.id))
        st.button(
            typeset("Revenir à l'outil"), key=f"revenir_{criterion.id}", on_click=query.write,
            kwargs={state.OPINIONS: kept},
        )  # fmt: skip


def _key(criterion: Criterion, name: str) -> str:
    return f"avis_{name}_{criterion.id}"


def _decide(criterion: Criterion, current: InspirationState) -> None:
    """Write an answer and its reason to the address; without a reason, nothing changes but the notice."""
    reason = " ".join(str(st.session_state[_key(criterion, "raison")]).split())
    if not reason:
        st.toast(typeset("Dites pourquoi : la raison reste avec la réponse."), icon=":material/info:")
        return
    verdict = Verdict(st.session_state[_key(criterion, "reponse")])
    said = chosen.replaced(current.opinions, Override(criterion.id, verdict, reason))
    query.write(**{state.OPINIONS: chosen.opinions_param(said)})


def _same_context(atlas: Atlas, one: Inspiration, code: str) -> None:
    """Name the districts of a close profile, with what the same answers come to there."""
    near = close_profiles.closest_of(atlas, code)
    if not near:
        return
    st.markdown(typeset("**Les quartiers au profil proche** (taille, pauvreté, distance à un espace vert) :"))
    for other in near:
        fit = assess(one, context_of(atlas, other.code), atlas.transfer)
        label = f"{atlas.qpvs[other.code].name} : {idea_texts.OUTCOME[fit.outcome].lower()}"
        # A button: a link from a page to itself leaves the address as it was.
        st.button(
            safe(label), key=f"proche_{other.code}", type="tertiary", on_click=query.write,
            kwargs={state.DISTRICT: other.code, state.OPINIONS: None},
        )  # fmt: skip


def _alike(atlas: Atlas, one: Inspiration) -> None:
    """List the local actions that resemble the inspiration, each with the reason."""
    st.subheader(typeset("Des actions d'ici qui lui ressemblent"))
    found = _index(atlas).like(one)[:_ALIKE]
    if not found:
        st.markdown(
            typeset("Aucune action recensée dans la Métropole ne lui ressemble assez ; il peut y en avoir.")
        )
    for alike in found:
        where = ", ".join(atlas.qpvs[code].name for code in alike.action.qpv_codes)
        cards.unfolded(atlas, alike.action, "semblable", where or alike.action.place)
        st.caption(safe(texts.resemblance(alike, atlas.vocabulary)))


@per_atlas(max_entries=2)
def _index(atlas: Atlas) -> Index:
    """Read the words of the local actions."""
    return Index(atlas.actions.values(), atlas.transfer.likeness)
