"""The parts of *Méthode* about acting: what can be done here of what was done elsewhere, where to begin."""

from __future__ import annotations

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.acting import priorities
from qpverts.domain.transfer.conclusion import Outcome
from qpverts.ui.address import navigation
from qpverts.ui.parts import data_tables
from qpverts.ui.parts.components import safe
from qpverts.viz.words import labels
from qpverts.viz.words.acting import idea_texts, priority_texts, scenario_texts
from qpverts.viz.words.labels import typeset


def sections(atlas: Atlas) -> None:
    """Show the criteria as declared, the goalposts of priorities, and what a scenario measures."""
    _transfer(atlas)
    st.header("Par où commencer")
    st.markdown(safe(priority_texts.HOW))
    data_tables.draw(
        {
            "Besoin": safe(one.label),
            "Mesure": safe(one.unit),
            "0": labels.number(one.none_at),
            "100": labels.number(one.full_at),
            "À savoir": safe(one.why),
        }
        for one in priorities.CRITERIA
    )
    navigation.link("agir", "Voir par où commencer", icon=":material/lightbulb:")
    st.header("Les scénarios")
    st.markdown(safe(scenario_texts.LIMITS))
    navigation.link("scenario", "Imaginer un ajout", icon=":material/park:")


def _transfer(atlas: Atlas) -> None:
    rules = atlas.transfer.rules
    no, check, adapt, yes = (
        safe(idea_texts.OUTCOME[one]) for one in (Outcome.NO, Outcome.CHECK_FIRST, Outcome.ADAPT, Outcome.YES)
    )
    st.header(typeset("Reprendre ici ce qui s'est fait ailleurs"))
    st.markdown(safe(idea_texts.HOW_FITTED))
    st.markdown(
        typeset(
            f"Une condition (⚠) bloquante n'est compensée par rien : « {no} ». "
            f"{rules.unknown_first} réponses inconnues ou plus : « {check} ». Rien de bloquant "
            f"et au moins {rules.favourable_enough} réponses favorables sur la faisabilité : « {yes} ». "
            f"Sinon : « {adapt} », en nommant le critère le plus faible. Les critères et les seuils sont "
            "dans `data/actions/transfert.toml`, à discuter."
        )
    )
    data_tables.draw(
        {
            "Critère": safe(f"{one.label} ⚠" if one.condition else one.label),
            "Question": safe(one.question),
            "D'où vient la réponse": safe(one.source)
            + (" *(à répondre avec les habitants)*" if one.by_people else ""),
            "Un cas qui nous l'a montré": safe(one.lesson or "–"),
        }
        for one in atlas.transfer.criteria
    )
