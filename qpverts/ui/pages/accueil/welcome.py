"""The parts of the first page; every word and number comes from the data."""

from __future__ import annotations

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.ui.address import navigation
from qpverts.ui.parts.components import safe
from qpverts.viz.words import labels
from qpverts.viz.words.labels import typeset


def opening(atlas: Atlas) -> None:
    """Say what this is."""
    st.title(typeset(f"QPVerts : {safe(atlas.approach.ambition[0].lower() + atlas.approach.ambition[1:])}"))
    st.markdown(safe(atlas.approach.lead))


def doors(atlas: Atlas) -> None:
    """Open the four doors."""
    explore, compare, act, residents = st.container(key="portes").columns(4)
    drawn = sum(space.is_drawn for space in atlas.spaces.values())
    with explore.container(border=True, height="stretch"):
        st.markdown("## Explorer")
        st.markdown(
            f"{len(atlas.qpvs)} quartiers, {len(atlas.actions)} actions recensées, "
            f"{len(atlas.spaces)} espaces verts dont {drawn} placés sur la carte."
        )
        navigation.link("carte", "Ouvrir la carte", icon=":material/map:")
    with compare.container(border=True, height="stretch"):
        st.markdown("## Comparer")
        st.markdown(typeset("Jusqu'à quatre territoires côte à côte, par exemple Air Bel et Salon."))
        navigation.link("comparer", "Comparer Air Bel et Salon", icon=":material/compare_arrows:")
        navigation.link("grille", "Lire la grille des quartiers", icon=":material/grid_on:")
    with act.container(border=True, height="stretch"):
        st.markdown("## Agir")
        st.markdown(
            typeset(
                f"Ce qui manque, {len(atlas.inspirations)} inspirations d'ailleurs, et ce qu'un ajout "
                "changerait."
            )
        )
        navigation.link("agir", "Voir par où commencer", icon=":material/lightbulb:")
        navigation.link("scenario", "Imaginer un ajout", icon=":material/park:")
    with residents.container(border=True, height="stretch"):
        st.markdown("## Habitants")
        st.markdown(typeset("Mon quartier : les espaces verts et les actions près de chez moi."))
        navigation.link("habitants", "Trouver mon quartier", icon=":material/home_pin:")


def whys(atlas: Atlas) -> None:
    """Unfold the chain of five "pourquoi"."""
    st.markdown(typeset("## En bref : cinq « pourquoi »"))
    for rank, why in enumerate(atlas.approach.whys, start=1):
        st.markdown(f"{rank}. **{safe(why.question)}**  \n{safe(why.answer)}")
    st.caption(safe(atlas.approach.whys_note))
    navigation.link(
        "methode", typeset("Deux affirmations mises à l'épreuve des données"), icon=":material/fact_check:"
    )


def axes(atlas: Atlas) -> None:
    """Name the two axes, the themes and the fields."""
    st.markdown("## Deux axes")
    for axis in atlas.vocabulary.axes:
        st.markdown(f"**{safe(axis.label)}**  \n{safe(axis.description)}")
    st.markdown(
        typeset("**7 thématiques :** " + " · ".join(safe(theme.label) for theme in atlas.vocabulary.themes))
    )


def steps(atlas: Atlas) -> None:
    """Tell the process."""
    st.markdown("## Le calendrier de 2021")
    for step in atlas.approach.steps:
        st.markdown(f"**{safe(step.when)}**  \n{safe(step.what)}")


def pilots(atlas: Atlas) -> None:
    """Show the pilots with figures summed over their districts."""
    st.markdown("## Les territoires pilotes")
    for pilot in atlas.approach.pilots:
        territory = atlas.index.resolve(pilot.query)
        with st.container(border=True):
            st.markdown(f"**{safe(pilot.name)}** · {safe(pilot.role)}")
            st.markdown(safe(pilot.text))
            facts = [atlas.facts[code] for code in territory.codes]
            residents = sum(f.figures.population or 0 for f in facts)
            actions = len(frozenset().union(*(f.action_ids for f in facts)))
            st.markdown(
                f"{labels.number(residents)} habitants (recensement 2020), "
                f"{labels.plural(actions, 'action recensée', 'actions recensées')}."
            )
            for code in territory.codes:
                navigation.link_about("quartier", typeset(f"Fiche : {safe(atlas.qpvs[code].name)}"), code)
