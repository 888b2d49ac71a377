"""Who does it already, and how far from here: districts to learn from on a theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qpverts.domain.grading.levels import ACTIVE
from qpverts.domain.model import Action


@dataclass(frozen=True, slots=True)
class Example:
    """A district with running or finished actions on a theme; ``distance_m`` from edge to edge, in metres."""

    code_qp: str
    distance_m: float
    actions: tuple[Action, ...]


def examples(
    theme: str, code_qp: str, distances_m: Mapping[str, float], actions: Iterable[Action]
) -> tuple[Example, ...]:
    """Give the other districts that act on a theme, the nearest first, then the one with most actions.

    Parameters
    ----------
    distances_m
        From the district ``code_qp`` to every district, by code, in metres.

    An action that the district shares is not an example for it: it is there already.
    """
    found: dict[str, list[Action]] = {}
    for action in actions:
        if theme in action.themes and action.status in ACTIVE and code_qp not in action.qpv_codes:
            for code in action.qpv_codes:
                found.setdefault(code, []).append(action)
    known = [Example(code, distances_m[code], tuple(rows)) for code, rows in found.items()]
    return tuple(sorted(known, key=lambda one: (one.distance_m, -len(one.actions), one.code_qp)))
