"""The parts of *Comparer*: a choice of two territories, and what can honestly be set side by side."""

from __future__ import annotations

import streamlit as st

from qpverts.domain import specs
from qpverts.domain.indicators import Indicator
from qpverts.domain.territory import Kind, Territory
from qpverts.sources.atlas import Atlas
from qpverts.ui import query, state, tables
from qpverts.ui.components import safe
from qpverts.ui.state import CompareState
from qpverts.viz import labels


def choosers(atlas: Atlas, current: CompareState) -> None:
    """Draw the two choices."""
    options = {territory.key: _name(atlas, territory) for territory in atlas.index.all_territories}
    for column, param, label, side in zip(
        st.columns(2), state.SIDES, ("Premier territoire", "Second territoire"), current.sides, strict=True
    ):
        with column:
            query.select(label, param, options | {side.key: _name(atlas, side)}, side.key)


def figures(atlas: Atlas, sides: tuple[Territory, ...]) -> None:
    """Set the indicators side by side, with their bounds; what is not known says why."""
    for family, members in specs.FAMILIES.items():
        st.subheader(family)
        found = {(spec.id, side.key): atlas.indicator(spec, side) for spec in members for side in sides}
        tables.draw(
            {"Indicateur": safe(spec.label)}
            | {safe(_heading(side)): safe(_cell(found[spec.id, side.key])) for side in sides}
            for spec in members
        )
        for side in sides:
            notes = dict.fromkeys(labels.coverage_text(found[spec.id, side.key]) for spec in members)
            if text := " ; ".join(filter(None, notes)):
                st.caption(f"{safe(_heading(side))} : {safe(text)}.")


def themes(atlas: Atlas, sides: tuple[Territory, ...]) -> None:
    """Count the recorded actions of each side by theme, an action once under each theme it serves."""
    st.subheader("Les actions recensées, par thématique")
    tables.draw(
        {"Thématique": safe(theme.label)}
        | {safe(_heading(side)): _count(atlas, side, theme.id) for side in sides}
        for theme in atlas.vocabulary.themes
    )


def reading() -> None:
    """Say what the comparison cannot tell."""
    st.caption(
        "« Non renseigné » : aucune action recensée à ce jour, et aucun relevé n'a encore été fait. "
        "Le nombre d'actions recensées mesure l'effort de recensement autant que l'engagement. "
        "Pour plusieurs quartiers, les effectifs s'additionnent avant le calcul d'un taux."
    )


def _name(atlas: Atlas, territory: Territory) -> str:
    if territory.kind is Kind.QPV:
        return f"{territory.name} ({atlas.qpvs[territory.key].commune_names})"
    return _heading(territory)


def _heading(territory: Territory) -> str:
    if territory.kind is Kind.COMMUNE:
        return f"{territory.name}, {labels.plural(len(territory.codes), 'quartier', 'quartiers')}"
    return territory.name


def _cell(indicator: Indicator) -> str:
    bounds = labels.range_text(indicator)
    return f"{labels.value_text(indicator)} ({bounds})" if bounds else labels.value_text(indicator)


def _count(atlas: Atlas, side: Territory, theme_id: str) -> str:
    ids = frozenset[str]().union(*(atlas.facts[code].action_ids for code in side.codes))
    count = sum(theme_id in atlas.actions[action].themes for action in ids)
    return labels.plural(count, "action", "actions") if count else "non renseigné"
