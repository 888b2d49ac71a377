"""What is chosen on *Quartier*, read from its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qpverts.atlas.atlas import Atlas
from qpverts.domain.figures import specs
from qpverts.domain.grading.profile import Measure
from qpverts.domain.territory import Territory
from qpverts.ui.address.state import ACTION, DISTRICT, GRID, INDICATOR, SPACE, TILE, Reader
from qpverts.viz.maps.base_map import TILES


@dataclass(frozen=True, slots=True)
class DistrictState:
    """What is chosen on *Quartier*: a district, or several candidates to choose from."""

    territory: Territory | None
    indicator: str
    action: str | None
    space: str | None
    tiles: str | None
    grid: bool
    measure: Measure
    notices: tuple[str, ...]


def district_state(params: Mapping[str, str], atlas: Atlas) -> DistrictState:
    """Read the query string of *Quartier*."""
    read = Reader(params)
    territory = read.district(DISTRICT, atlas)
    indicator = read.one_of(INDICATOR, atlas.specs.by_id, "un indicateur")
    action = read.one_of(ACTION, atlas.actions, "une action recensée")
    space = read.one_of(SPACE, atlas.spaces, "un espace vert recensé")
    tiles = read.one_of(TILE, TILES, "un fond de carte")
    grid = read.is_on(GRID, "la végétation")
    measure = read.measure()
    return DistrictState(
        territory, indicator or specs.DEFAULT, action, space, tiles, grid, measure, tuple(read.notices)
    )
