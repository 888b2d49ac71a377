"""Where an arrow leads, before a room: the next district, territory or cell of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from qpverts.sources.atlas import Atlas
from qpverts.ui import grid, grid_state, state

T = TypeVar("T")

#: What each page calls the thing that the arrows change; the pages that are not here have no steps.
STEPS = {
    "carte": ("Quartier précédent", "Quartier suivant"),
    "quartier": ("Quartier précédent", "Quartier suivant"),
    "grille": ("Case précédente", "Case suivante"),
    "comparer": ("Territoire précédent, en second", "Territoire suivant, en second"),
}


def step(page: str, params: Mapping[str, str], atlas: Atlas, by: int) -> dict[str, str | None]:
    """Give the parameters that an arrow changes, one step on (``by`` is 1) or back (-1); none without steps.

    *Carte* and *Quartier* go through their districts, *Comparer* through what may stand as second side,
    *Grille* through its cells as they are read. The end leads to the beginning.
    """
    if page == "carte":
        current = state.map_state(params, atlas)
        found = _next(districts(atlas, current.filter.commune), current.district, by)
        return dict.fromkeys(state.CHOICES) | {state.DISTRICT: found}
    if page == "quartier":
        territory = state.district_state(params, atlas).territory
        found = _next(districts(atlas, None), territory.key if territory else None, by)
        return dict.fromkeys(state.CHOICES) | {state.DISTRICT: found}
    if page == "comparer":
        first, second = state.compare_state(params, atlas).sides[:2]
        keys = [one.key for one in atlas.index.all_territories if one.key != first.key]
        return {state.SIDES[1]: _next(keys, second.key, by)}
    if page == "grille":
        return _cell(params, atlas, by)
    return {}


def districts(atlas: Atlas, commune: str | None) -> list[str]:
    """Give the districts of a commune, or all of them, in the order of the list of *Quartier*."""
    codes = atlas.index.codes_in(commune)
    return sorted(codes, key=lambda code: (atlas.qpvs[code].commune_names, atlas.qpvs[code].name))


def _cell(params: Mapping[str, str], atlas: Atlas, by: int) -> dict[str, str | None]:
    """Open the next cell of a row, then the first of the row below; nothing where no row is shown."""
    current = grid_state.grid_state(params, atlas)
    rows = grid.shown(atlas, current, grid.rows_of(atlas, current))
    cells = [(row.qpv.code, column) for row in rows for column in current.columns]
    if not cells:
        return {}
    code, column = _next(cells, current.cell, by)
    return {state.DISTRICT: code, current.cell_param: column}


def _next(items: Sequence[T], current: T | None, by: int) -> T:
    """Give the item after (or before) the current one; the first (or the last) when it is none of them."""
    if current not in items:
        return items[0 if by > 0 else -1]
    return items[(items.index(current) + by) % len(items)]
