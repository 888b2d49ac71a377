"""A radar without a script: fixed goalposts, a fixed order of themes, and gaps where nothing is known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

#: Side of the box, and radius of the outermost ring, in units of the drawing.
SIZE, RADIUS = 360.0, 100.0
_CENTRE = SIZE / 2
_LABEL_AT = RADIUS + 16
_TOP = 100.0


@dataclass(frozen=True, slots=True)
class Spoke:
    """An axis: its end, where its name stands (``anchor`` is SVG's), and its point, if anything is known."""

    label: str
    end: tuple[float, float]
    label_at: tuple[float, float]
    anchor: str
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Radar:
    """What is drawn: rings by radius, spokes, and the lines between neighbours that are both known."""

    rings: tuple[float, ...]
    spokes: tuple[Spoke, ...]
    lines: tuple[tuple[tuple[float, float], tuple[float, float]], ...]


def radar(labels: Sequence[str], scores: Sequence[float | None], steps: Sequence[float]) -> Radar:
    """Lay out scores from 0 to 100, ``None`` where nothing is known: never drawn at the centre.

    ``steps`` are the scores of the rings.
    """
    angles = [2 * math.pi * rank / len(labels) - math.pi / 2 for rank in range(len(labels))]
    spokes = tuple(
        Spoke(
            label=label,
            end=_at(angle, RADIUS),
            label_at=_at(angle, _LABEL_AT),
            anchor=_anchor(angle),
            point=None if score is None else _at(angle, RADIUS * score / _TOP),
        )
        for label, score, angle in zip(labels, scores, angles, strict=True)
    )
    lines = tuple(
        (first.point, second.point)
        for first, second in pairwise([*spokes, *spokes[:1]])
        if first.point and second.point
    )
    rings = tuple(round(RADIUS * step / _TOP, 1) for step in steps if step > 0)
    return Radar(rings, spokes, lines)


def _at(angle: float, radius: float) -> tuple[float, float]:
    return round(_CENTRE + radius * math.cos(angle), 1), round(_CENTRE + radius * math.sin(angle), 1)


def _anchor(angle: float) -> str:
    across = math.cos(angle)
    return "middle" if abs(across) < 0.2 else "start" if across > 0 else "end"  # noqa: PLR2004
