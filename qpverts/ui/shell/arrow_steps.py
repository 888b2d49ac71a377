"""Where an arrow leads, before a room: the next district, territory or cell of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from qpverts.atlas.atlas import Atlas
from qpverts.ui.address import state
from qpverts.ui.pages.agir import acting_state
from qpverts.ui.pages.grille import grid_parts, grid_state
from qpverts.ui.pages.habitants import habitants_state
from qpverts.ui.pages.inspirations import inspiration_state
from qpverts.ui.pages.scenario import scenario_state

T = TypeVar("T")

_DISTRICTS = ("Quartier précédent", "Quartier suivant")
#: What each page calls the thing that the arrows change; the pages that are not here have no steps.
STEPS = {
    "carte": _DISTRICTS,
    "habitants": _DISTRICTS,
    "grille": ("Case précédente", "Case suivante"),
    "quartier": _DISTRICTS,
    "comparer": ("Territoire précédent, en second", "Territoire suivant, en second"),
    "inspirations": _DISTRICTS,
    "agir": _DISTRICTS,
    "scenario": _DISTRICTS,
}
#: What was chosen for one district and means nothing for the next.
_LEFT = {
    "carte": state.CHOICES,
    "habitants": state.CHOICES,
    "quartier": state.CHOICES,
    "inspirations": (inspiration_state.OPINIONS,),
    "agir": (state.THEME,),
    "scenario": (),
}


def names(page: str, params: Mapping[str, str]) -> tuple[str, ...]:
    """Name the steps back and on of a page; none where there is nothing to go through."""
    if page == "inspirations" and not params.get(state.DISTRICT):
        return ()  # it speaks of no district until one is chosen
    return STEPS.get(page, ())


def step(page: str, params: Mapping[str, str], atlas: Atlas, by: int) -> dict[str, str | None]:
    """Give the parameters that an arrow changes, one step on (``by`` is 1) or back (-1); none without steps.

    *Comparer* goes through what may stand as second side, *Grille* through its cells as they are read, the
    others through districts, those of a commune if it is chosen. The end leads to the beginning.
    """
    if not names(page, params):
        return {}
    if page == "comparer":
        first, second = state.compare_state(params, atlas).sides[:2]
        keys = [one.key for one in atlas.index.all_territories if one.key != first.key]
        return {state.SIDES[1]: _next(keys, second.key, by)}
    if page == "grille":
        return _cell(params, atlas, by)
    commune, district = _where(page, params, atlas)
    # A commune that the parameter of the district named keeps its hold.
    held = {state.COMMUNE: commune} if commune else {}
    listed = _by_name(atlas) if page == "habitants" else districts(atlas, commune)
    return dict.fromkeys(_LEFT[page]) | held | {state.DISTRICT: _next(listed, district, by)}


def _where(page: str, params: Mapping[str, str], atlas: Atlas) -> tuple[str | None, str | None]:
    """Give the commune that bounds the districts of a page, if any, and the district that is on screen."""
    if page == "carte":
        shown = state.map_state(params, atlas)
        return shown.filter.commune, shown.district
    if page == "agir":
        acted = acting_state.acting_state(params, atlas)
        return acted.commune, acted.code
    if page == "scenario":
        return None, scenario_state.scenario_state(params, atlas).code
    if page == "inspirations":
        return None, inspiration_state.inspiration_state(params, atlas).code
    if page == "habitants":
        return None, habitants_state.resident_state(params, atlas).code
    territory = state.district_state(params, atlas).territory
    return None, territory.key if territory else None


def districts(atlas: Atlas, commune: str | None) -> list[str]:
    """Give the districts of a commune, or all of them, in the order of the list of *Quartier*."""
    codes = atlas.index.codes_in(commune)
    return sorted(codes, key=lambda code: (atlas.qpvs[code].commune_names, atlas.qpvs[code].name))


def _by_name(atlas: Atlas) -> list[str]:
    """Give all districts in the order of the list of *Mon quartier*."""
    return sorted(atlas.qpvs, key=lambda code: atlas.qpvs[code].name)


def _cell(params: Mapping[str, str], atlas: Atlas, by: int) -> dict[str, str | None]:
    """Open the next cell of a row, then the first of the row below; nothing where no row is shown."""
    current = grid_state.grid_state(params, atlas)
    rows = grid_parts.shown(atlas, current, grid_parts.rows_of(atlas, current))
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
