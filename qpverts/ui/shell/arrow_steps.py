"""Where an arrow leads, before a room: the next district, territory or cell of a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from qpverts.atlas.atlas import Atlas
from qpverts.ui.address import state
from qpverts.ui.address.pages import PAGES, Through
from qpverts.ui.pages.agir import acting_state
from qpverts.ui.pages.carte import map_state
from qpverts.ui.pages.comparer import compare_state
from qpverts.ui.pages.grille import grid_parts, grid_state
from qpverts.ui.pages.habitants import habitants_state
from qpverts.ui.pages.inspirations import inspiration_state
from qpverts.ui.pages.quartier import district_state
from qpverts.ui.pages.scenario import scenario_state

T = TypeVar("T")

#: As each page reads them: the commune that bounds its districts, if any, and the district on screen.
_ON_SCREEN: Mapping[str, Callable[[Mapping[str, str], Atlas], tuple[str | None, str | None]]] = {
    "carte": lambda params, atlas: _of_map(map_state.map_state(params, atlas)),
    "agir": lambda params, atlas: _of_acting(acting_state.acting_state(params, atlas)),
    "scenario": lambda params, atlas: (None, scenario_state.scenario_state(params, atlas).code),
    "inspirations": lambda params, atlas: (None, inspiration_state.inspiration_state(params, atlas).code),
    "habitants": lambda params, atlas: (None, habitants_state.resident_state(params, atlas).code),
    "quartier": lambda params, atlas: (None, _of_sheet(district_state.district_state(params, atlas))),
}


def names(page: str, params: Mapping[str, str]) -> tuple[str, ...]:
    """Name the steps back and on of a page; none where there is nothing to go through."""
    arrows = PAGES[page].arrows
    if arrows is None or (arrows.needs_district and not params.get(state.DISTRICT)):
        return ()
    return arrows.back, arrows.on


def step(page: str, params: Mapping[str, str], atlas: Atlas, by: int) -> dict[str, str | None]:
    """Give the parameters that an arrow changes, one step on (``by`` is 1) or back (-1); none without steps.

    *Comparer* goes through what may stand as second side, *Grille* through its cells as they are read, the
    others through districts, those of a commune if it is chosen. The end leads to the beginning.
    """
    arrows = PAGES[page].arrows
    if arrows is None or not names(page, params):
        return {}
    if arrows.through is Through.TERRITORIES:
        first, second = compare_state.compare_state(params, atlas).sides[:2]
        keys = [one.key for one in atlas.index.all_territories if one.key != first.key]
        return {state.SIDES[1]: _next(keys, second.key, by)}
    if arrows.through is Through.CELLS:
        return _cell(params, atlas, by)
    commune, district = _ON_SCREEN[page](params, atlas)
    # A commune that the parameter of the district named keeps its hold.
    held = {state.COMMUNE: commune} if commune else {}
    listed = _by_name(atlas) if page == "habitants" else districts(atlas, commune)
    return dict.fromkeys(arrows.forgets) | held | {state.DISTRICT: _next(listed, district, by)}


def _of_map(shown: map_state.MapState) -> tuple[str | None, str | None]:
    return shown.filter.commune, shown.district


def _of_acting(shown: acting_state.ActingState) -> tuple[str | None, str | None]:
    return shown.commune, shown.code


def _of_sheet(shown: district_state.DistrictState) -> str | None:
    return shown.territory.key if shown.territory else None


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
