"""What the address of *Mon quartier* says: a district by name, or a point that leads to the nearest one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qpverts.atlas.atlas import Atlas
from qpverts.atlas.surroundings import around
from qpverts.domain.territory import Kind
from qpverts.ui.address import state
from qpverts.viz.words import labels


@dataclass(frozen=True, slots=True)
class ResidentState:
    """The district to tell, ``None`` when none is named; ``near`` says how a point led to it.

    ``point`` is latitude, longitude in decimal degrees; ``candidates`` are the districts of what was named,
    when there are several.
    """

    code: str | None
    candidates: tuple[str, ...]
    near: str
    point: tuple[float, float] | None
    action: str | None
    space: str | None
    notices: tuple[str, ...]


def resident_state(params: Mapping[str, str], atlas: Atlas) -> ResidentState:
    """Read the query string of *Mon quartier*; a district that is named goes before a point."""
    read = state.Reader(params)
    territory = read.district(state.DISTRICT, atlas)
    point = read.point(state.POINT)
    action = read.one_of(state.ACTION, atlas.actions, "une action recensée")
    space = read.one_of(state.SPACE, atlas.spaces, "un espace vert recensé")
    code, near = territory.key if territory and territory.kind is Kind.QPV else None, ""
    if point and not territory:
        found = around(atlas, *point)
        code, near = found.district, _near_text(atlas, found.district, found.district_m)
    candidates = territory.codes if territory and code is None else ()
    return ResidentState(code, candidates, near, point, action, space, tuple(read.notices))


def _near_text(atlas: Atlas, code: str, metres: float) -> str:
    name = atlas.qpvs[code].name
    if not metres:
        return f"Le point choisi est dans le quartier {name}."
    return (
        f"Le point choisi n'est dans aucun quartier prioritaire. Le plus proche est {name}, "
        f"à {labels.distance(metres)} en ligne droite."
    )
