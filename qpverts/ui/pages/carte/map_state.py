"""What is chosen on *Carte*, read from its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qpverts.atlas.atlas import Atlas
from qpverts.domain.actions.action_filter import ActionFilter
from qpverts.domain.figures import specs
from qpverts.domain.model import Status
from qpverts.domain.territory import Kind
from qpverts.ui.address.state import (
    ACTION,
    COMMUNE,
    DISTRICT,
    FIELD,
    GRID,
    INDICATOR,
    MAX_WORDS,
    POINT,
    SINCE,
    SPACE,
    STATUS,
    THEME,
    TILE,
    WORDS,
    Reader,
)
from qpverts.viz.maps.base_map import TILES

_YEARS = frozenset(f"{year:04}" for year in range(10_000))


@dataclass(frozen=True, slots=True)
class MapState:
    """What is chosen on *Carte*. ``point`` is latitude, longitude in decimal degrees."""

    indicator: str
    filter: ActionFilter
    district: str | None
    action: str | None
    space: str | None
    point: tuple[float, float] | None
    tiles: str | None
    grid: bool
    notices: tuple[str, ...]


def map_state(params: Mapping[str, str], atlas: Atlas) -> MapState:
    """Read the query string of *Carte*."""
    read = Reader(params)
    vocabulary = atlas.vocabulary
    indicator = read.one_of(INDICATOR, atlas.specs.by_id, "un indicateur")
    commune = read.one_of(COMMUNE, atlas.index.communes, "une commune qui a un quartier prioritaire")
    theme = read.one_of(THEME, {t.id for t in vocabulary.themes}, "une thématique")
    field = read.one_of(FIELD, {f.id for f in vocabulary.fields}, "un champ d'intervention")
    status = read.one_of(STATUS, {s.value for s in Status}, "un état d'action")
    since = read.one_of(SINCE, _YEARS, "une année")
    action = read.one_of(ACTION, atlas.actions, "une action recensée")
    tiles = read.one_of(TILE, TILES, "un fond de carte")
    space = read.one_of(SPACE, atlas.spaces, "un espace vert recensé")
    territory = read.district(DISTRICT, atlas)
    point = read.point(POINT)
    district = territory.codes[0] if territory and territory.kind is Kind.QPV else None
    if territory and territory.kind is Kind.COMMUNE and not commune:
        commune = territory.key
    if territory and territory.kind is Kind.GROUP:
        read.notices.append("La carte ne choisit qu'un quartier à la fois : le groupe demandé est ignoré.")
    wanted = ActionFilter(
        commune=commune,
        theme=theme,
        field=field,
        status=Status(status) if status else None,
        since=int(since) if since else None,
        words=params.get(WORDS, "")[:MAX_WORDS].strip(),
    )
    return MapState(
        indicator=indicator or specs.DEFAULT,
        filter=wanted,
        district=district,
        action=action,
        space=space,
        point=point,
        tiles=tiles,
        grid=read.is_on(GRID, "la végétation"),
        notices=tuple(read.notices),
    )
