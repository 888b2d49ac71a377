"""Scenarios: green spaces and actions that do not exist, added to what is known to see what would move.

A scenario is written in a few characters, so that a URL carries it: ``ev@43.28912,5.43210,1`` is a public
green space of one hectare around a point (decimal degrees, EPSG:4326), ``ac@se_cultiver,realise,nouveau``
a finished action on a theme by a body that carries nothing there yet; parts are joined by ``;``.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from qpverts.domain.figures.indicators import Indicator
from qpverts.domain.grading.levels import ACTIVE, Evidence, Grade, Level, grade
from qpverts.domain.model import Status

#: What one scenario may add of each sort: more would be another project, and another tool.
MOST = 5
#: Areas that can be asked for, in hectares: a pocket garden to a large park.
LEAST_HA, MOST_HA = 0.05, 50.0
_SPACE, _ACTION = "ev", "ac"
_NEW, _KNOWN = "nouveau", "deja_la"
#: How far along an action can be imagined to be; a stopped one would change nothing.
STATUSES = (Status.PLANNED, Status.RUNNING, Status.DONE)
_DECIMALS = 5


@dataclass(frozen=True, slots=True)
class AddedSpace:
    """A public green space that would open around a point; decimal degrees (EPSG:4326) and hectares."""

    lat: float
    lon: float
    area_ha: float


@dataclass(frozen=True, slots=True)
class AddedAction:
    """An action that would be carried in the district on one theme.

    ``new_carrier`` tells whether the body that carries it has no running or finished action on this theme.
    """

    theme: str
    status: Status
    new_carrier: bool


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is added to a district, in the order it was asked for."""

    spaces: tuple[AddedSpace, ...] = ()
    actions: tuple[AddedAction, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is added."""
        return not self.spaces and not self.actions

    def with_space(self, space: AddedSpace) -> Scenario:
        """Add a green space; beyond :data:`MOST`, the scenario stays as it is."""
        return self if len(self.spaces) >= MOST else replace(self, spaces=(*self.spaces, space))

    def with_action(self, action: AddedAction) -> Scenario:
        """Add an action; beyond :data:`MOST`, the scenario stays as it is."""
        return self if len(self.actions) >= MOST else replace(self, actions=(*self.actions, action))

    def without(self, rank: int) -> Scenario:
        """Take away the part of this rank, spaces first; a rank that is not there changes nothing."""
        first = len(self.spaces)
        return Scenario(
            tuple(space for place, space in enumerate(self.spaces) if place != rank),
            tuple(action for place, action in enumerate(self.actions, start=first) if place != rank),
        )


def written(scenario: Scenario) -> str:
    """Write a scenario as a URL carries it; empty when nothing is added.

    >>> written(Scenario((AddedSpace(43.28912, 5.4321, 1.0),), (AddedAction("habiter", Status.DONE, True),)))
    'ev@43.28912,5.4321,1;ac@habiter,realise,nouveau'
    """
    spaces = [
        f"{_SPACE}@{round(space.lat, _DECIMALS)},{round(space.lon, _DECIMALS)},{space.area_ha:g}"
        for space in scenario.spaces
    ]
    actions = [
        f"{_ACTION}@{action.theme},{action.status.value},{_NEW if action.new_carrier else _KNOWN}"
        for action in scenario.actions
    ]
    return ";".join([*spaces, *actions])


def read(
    text: str, themes: Collection[str], window: tuple[float, float, float, float]
) -> tuple[Scenario, tuple[str, ...]]:
    """Read what :func:`written` gives; parts that mean nothing are left out, and given back.

    Parameters
    ----------
    themes
        Ids of the themes.
    window
        Where a space may stand: west, south, east, north in decimal degrees.
    """
    found, refused = Scenario(), []
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        sort, _, rest = part.partition("@")
        known = _space(rest, window) if sort == _SPACE else _action(rest, themes) if sort == _ACTION else None
        grown = found
        if isinstance(known, AddedSpace):
            grown = found.with_space(known)
        elif known:
            grown = found.with_action(known)
        if grown is found:
            refused.append(part)
        found = grown
    return found, tuple(refused)


def _space(text: str, window: tuple[float, float, float, float]) -> AddedSpace | None:
    try:
        lat, lon, area_ha = (float(number) for number in text.split(","))
    except ValueError:
        return None
    west, south, east, north = window
    fits = west <= lon <= east and south <= lat <= north and LEAST_HA <= area_ha <= MOST_HA
    # Not a number (nan): it fails every comparison above.
    return AddedSpace(round(lat, _DECIMALS), round(lon, _DECIMALS), area_ha) if fits else None


def _action(text: str, themes: Collection[str]) -> AddedAction | None:
    match text.split(","):
        case [theme, status, carrier] if (
            theme in themes and status in {one.value for one in STATUSES} and carrier in {_NEW, _KNOWN}
        ):
            return AddedAction(theme, Status(status), carrier == _NEW)
    return None


def evidence_with(found: Evidence, action: AddedAction) -> Evidence:
    """Count one more action; a first running or finished one always brings its carrier."""
    active = action.status in ACTIVE
    carriers = found.carriers + action.new_carrier if active else found.carriers
    return replace(
        found,
        recorded=found.recorded + 1,
        active=found.active + active,
        done=found.done + (action.status is Status.DONE),
        carriers=max(carriers, 1) if active else carriers,
    )


def grades_with(
    grades: Mapping[str, Grade], actions: Iterable[AddedAction], scale: Sequence[Level]
) -> dict[str, Grade]:
    """Grade a district again with the actions of a scenario; themes without one keep their grade."""
    after = dict(grades)
    for action in actions:
        after[action.theme] = grade(evidence_with(after[action.theme].evidence, action), scale)
    return after


def moved(before: Indicator, after: Indicator) -> bool:
    """Tell whether a figure, or one of its bounds, is not what it was."""
    pairs = ((before.value, after.value), (before.low, after.low), (before.high, after.high))
    return any(not _same(mine, yours) for mine, yours in pairs)


def _same(mine: float | None, yours: float | None) -> bool:
    if mine is None or yours is None:
        return mine is yours
    return math.isclose(mine, yours, rel_tol=1e-9, abs_tol=1e-9)
