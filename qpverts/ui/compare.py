"""The parts of *Comparer*: a choice of territories, and what can honestly be set side by side."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from qpverts.domain import specs
from qpverts.domain.indicators import Indicator
from qpverts.domain.territory import Kind, Territory
from qpverts.sources.atlas import Atlas
from qpverts.ui import query, state, tables
from qpverts.ui.components import safe
from qpverts.ui.state import CompareState
from qpverts.viz import labels

_LABELS = ("Premier territoire", "Deuxième territoire", "Troisième territoire", "Quatrième territoire")
_ADD, _REMOVE = "Ajouter un territoire…", "Retirer ce territoire"


def choosers(atlas: Atlas, current: CompareState) -> None:
    """Draw a choice a side, and one more to add a territory, in four places that are always there."""
    options = {territory.key: _name(atlas, territory) for territory in atlas.index.all_territories}
    options |= {side.key: _name(atlas, side) for side in current.sides}
    keys = [side.key for side in current.sides]
    with st.container(key="territoires"):
        for rank, (column, label) in enumerate(zip(st.columns(len(_LABELS)), _LABELS, strict=True)):
            if rank <= len(keys):
                with column:
                    _chooser(label, options, keys, rank)


def _chooser(label: str, options: dict[str, str], keys: list[str], rank: int) -> None:
    key = f"choix_{state.SIDES[rank]}"
    is_added, is_there = rank >= len(state.DEFAULT_SIDES), rank < len(keys)
    nothing = _REMOVE if is_there else _ADD
    st.session_state[key] = keys[rank] if is_there else None
    st.selectbox(
        label,
        [None, *options] if is_added else list(options),
        key=key,
        placeholder=nothing,
        format_func=lambda value: nothing if value is None else options[value],
        on_change=_chosen,
        args=(key, keys, rank),
    )


def _chosen(key: str, keys: list[str], rank: int) -> None:
    query.write(**state.sides_after(keys, rank, st.session_state[key]))


def figures(atlas: Atlas, sides: tuple[Territory, ...]) -> None:
    """Set the indicators side by side, with their bounds; what is not known says why."""
    for family, members in specs.FAMILIES.items():
        st.subheader(family)
        found = {(spec.id, side.key): atlas.indicator(spec, side) for spec in members for side in sides}
        tables.draw(
            {"Indicateur": safe(spec.label)}
            | {safe(heading(side)): safe(_cell(found[spec.id, side.key])) for side in sides}
            for spec in members
        )
        for side in sides:
            if notes := _rests_on(found[spec.id, side.key] for spec in members):
                st.caption(f"{safe(heading(side))} : {safe(notes)}.")


def reading(atlas: Atlas) -> None:
    """Say what the comparison cannot tell."""
    loose = sum(not action.qpv_codes for action in atlas.actions.values())
    st.caption(
        "« Non renseigné » : nous n'avons trouvé aucune action à ce jour ; il peut y en avoir. "
        "Pour plusieurs quartiers, les effectifs s'additionnent avant le calcul d'un taux. "
        f"{labels.plural(loose, 'action recensée', 'actions recensées')} à l'échelle d'une commune ne sont "
        "rattachées à aucun quartier, et ne comptent pas ici."
    )


def _name(atlas: Atlas, territory: Territory) -> str:
    if territory.kind is Kind.QPV:
        return f"{territory.name} ({atlas.qpvs[territory.key].commune_names})"
    return heading(territory)


def heading(territory: Territory) -> str:
    """Name a territory as the head of its column, with what it adds up."""
    if territory.kind is Kind.COMMUNE:
        return f"{territory.name}, {labels.plural(len(territory.codes), 'quartier', 'quartiers')}"
    return territory.name


def _cell(indicator: Indicator) -> str:
    bounds = labels.range_text(indicator)
    return f"{labels.value_text(indicator)} ({bounds})" if bounds else labels.value_text(indicator)


def _rests_on(found: Iterable[Indicator]) -> str:
    """Say, once each, what the figures of one side rest on: districts by figure, then green spaces."""
    notes: dict[str, None] = {}  # an ordered set
    for indicator in (one for one in found if one.value is not None):
        text = labels.coverage_text(indicator)
        is_green = indicator.coverage_pct is not None
        notes[text if is_green or not text else f"{indicator.spec.label} {text}"] = None
    return " ; ".join(filter(None, notes))
