"""Projection mode, the pages as a room reads them: whether it is on, and where a step leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from qpverts.sources.atlas import Atlas
from qpverts.ui import grid_state, query, state
from qpverts.viz.charts import DESK, ROOM, Size

T = TypeVar("T")

PARAM = "projection"
#: What each page calls the thing that the arrows change; the pages that are not here have no steps.
STEPS = {
    "carte": ("Quartier précédent", "Quartier suivant"),
    "quartier": ("Quartier précédent", "Quartier suivant"),
    "grille": ("Case précédente", "Case suivante"),
    "comparer": ("Territoire précédent, en second", "Territoire suivant, en second"),
}
#: Where a district in the address would be understood as something else.
_DISTRICT_PAGES = ("carte", "quartier")


def is_on() -> bool:
    """Tell whether the address asks for projection."""
    return query.read().get(PARAM) == query.ON


def carried() -> dict[str, str]:
    """Give what any link to another page must keep."""
    return {PARAM: query.ON} if is_on() else {}


def chart_size() -> Size:
    """Tell how large charts are drawn: for a desk, or for a room."""
    return ROOM if is_on() else DESK


def onward(page: str, params: Mapping[str, str]) -> dict[str, str]:
    """Give the query string of a page, for a room that looks at this one.

    The territory on screen goes along, as the first side where it is not the subject; so do the other sides,
    for the next comparison.
    """
    first, *others = state.SIDES
    shown = params.get(state.DISTRICT) or params.get(first)
    name = state.DISTRICT if page in _DISTRICT_PAGES else first
    kept = {PARAM: query.ON} | {side: params[side] for side in others if side in params}
    return kept | ({name: shown} if shown else {})


def step(page: str, params: Mapping[str, str], atlas: Atlas, by: int) -> dict[str, str | None]:
    """Give the parameters that an arrow changes, one step on (``by`` is 1) or back (-1); none without steps.

    *Carte* and *Quartier* go through their districts, *Comparer* through what may stand as second side,
    *Grille* through the cells of the district whose cell is open. The end leads to the beginning.
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
    current = grid_state.grid_state(params, atlas)
    columns = list(current.columns)
    code, column = current.cell or (districts(atlas, current.commune)[0], None)
    return {state.DISTRICT: code, current.cell_param: _next(columns, column, by)}


def _next(items: Sequence[T], current: T | None, by: int) -> T:
    """Give the item after (or before) the current one; the first (or the last) when it is none of them."""
    if current not in items:
        return items[0 if by > 0 else -1]
    return items[(items.index(current) + by) % len(items)]
