"""The parts of *Comparer*: a choice of territories, and what can honestly be set side by side."""

from __future__ import annotations

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.territory import Kind, Territory
from qpverts.domain.text import is_plural
from qpverts.ui.address import query, state
from qpverts.ui.pages.comparer import compare_state
from qpverts.ui.pages.comparer.compare_state import CompareState
from qpverts.ui.parts import territory_names
from qpverts.viz.words import labels
from qpverts.viz.words.labels import typeset

_LABELS = ("Premier territoire", "Deuxième territoire", "Troisième territoire", "Quatrième territoire")
_ADD, _REMOVE = "Ajouter un territoire…", "Retirer ce territoire"


def choosers(atlas: Atlas, current: CompareState) -> None:
    """Draw one choice per side, and one more to add a territory, in four places that are always there."""
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
    is_added, is_there = rank >= len(compare_state.DEFAULT_SIDES), rank < len(keys)
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
    query.write(**compare_state.sides_after(keys, rank, st.session_state[key]))


def reading(atlas: Atlas) -> None:
    """Say what the comparison cannot tell."""
    loose = sum(not action.qpv_codes for action in atlas.actions.values())
    counts = "ne comptent" if is_plural(loose) else "ne compte"
    st.caption(
        typeset(
            "« Non renseigné » : nous n'avons trouvé aucune action à ce jour ; il peut y en avoir. "
            "Pour plusieurs quartiers, les effectifs s'additionnent avant le calcul d'un taux. "
            f"{labels.plural(loose, 'action recensée', 'actions recensées')}, à l'échelle d'une commune ou "
            f"hors de tout quartier, {counts} pas ici."
        )
    )


def _name(atlas: Atlas, territory: Territory) -> str:
    if territory.kind is Kind.QPV:
        return f"{territory.name} ({atlas.qpvs[territory.key].commune_names})"
    return territory_names.heading(territory)
