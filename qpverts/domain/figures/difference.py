"""What separates two territories on one indicator, with its bounds; and when it must not be said.

A difference is computed only where both figures speak of the same thing: all the districts of each side,
known to a similar extent, at the same vintage. Its bounds are those of interval arithmetic: what is
uncertain on one side is so independently of the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from qpverts.domain.figures.indicators import Indicator

#: Two figures whose inputs are known to extents farther apart than this, in points of percentage, measure
#: what is known as much as what is there: at 87 % and 54 % of the ground, the gap may be all in the unknown.
MAX_COVERAGE_GAP = 20.0


class Obstacle(StrEnum):
    """Why there is no difference, the first that applies."""

    UNKNOWN = "valeur inconnue"
    VINTAGE = "millésimes différents"
    DISTRICTS = "pas tous les quartiers"
    COVERAGE = "couvertures trop différentes"


@dataclass(frozen=True, slots=True)
class Difference:
    """First minus second, in the unit of the indicator (points where that is a percentage).

    ``low <= value <= high``, all ``None`` when an obstacle stands.
    """

    value: float | None
    low: float | None
    high: float | None
    obstacle: Obstacle | None = None

    @property
    def is_apart(self) -> bool:
        """Tell whether the bounds leave zero out: one side has more, whatever the shapes."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def difference(first: Indicator, second: Indicator, *, same_vintage: bool = True) -> Difference:
    """Subtract one indicator of two territories.

    Parameters
    ----------
    same_vintage
        Whether what both rest on is of the same date; the caller knows the rows, indicators do not.

    Raises
    ------
    ValueError
        When the two are not the same indicator.
    """
    if first.spec.id != second.spec.id:
        msg = f"« {first.spec.id} » et « {second.spec.id} » ne se soustraient pas"
        raise ValueError(msg)
    if obstacle := _obstacle(first, second, same_vintage=same_vintage):
        return Difference(None, None, None, obstacle)
    (low_1, value_1, high_1), (low_2, value_2, high_2) = _bounds(first), _bounds(second)
    return Difference(value=value_1 - value_2, low=low_1 - high_2, high=high_1 - low_2)


def _obstacle(first: Indicator, second: Indicator, *, same_vintage: bool) -> Obstacle | None:
    if first.value is None or second.value is None:
        return Obstacle.UNKNOWN
    if not same_vintage:
        return Obstacle.VINTAGE
    if first.known < first.total or second.known < second.total:
        return Obstacle.DISTRICTS
    if first.coverage_pct is not None and second.coverage_pct is not None:
        gap = abs(first.coverage_pct - second.coverage_pct)
        return Obstacle.COVERAGE if gap > MAX_COVERAGE_GAP else None
    return None


def _bounds(one: Indicator) -> tuple[float, float, float]:
    """Give low, value, high; a figure without bounds is its own."""
    value = one.value or 0.0
    return (
        value if one.low is None else one.low,
        value,
        value if one.high is None else one.high,
    )


@dataclass(frozen=True, slots=True)
class Spread:
    """The widest sure difference between several territories: ranks of who has more and who has less.

    ``alone`` are those who could be compared with nobody. Without a sure difference, ``more`` and ``less``
    are those of the widest unsure one, and ``difference`` says so; all three ``None`` when nothing compares.
    """

    more: int | None
    less: int | None
    difference: Difference | None
    alone: tuple[int, ...]


def spread(found: Sequence[Indicator], *, same_vintage: bool = True) -> Spread:
    """Look for the widest difference among all pairs, the surest first."""
    oriented = []
    for left, right in combinations(range(len(found)), 2):
        one = difference(found[left], found[right], same_vintage=same_vintage)
        if one.value is None:
            continue
        if one.value < 0:
            left, right = right, left  # noqa: PLW2901  # who has more comes first
            one = difference(found[left], found[right], same_vintage=same_vintage)
        oriented.append((left, right, one))
    best = max(oriented, key=lambda pair: (pair[2].is_apart, pair[2].value or 0.0), default=None)
    more, less, widest = best or (None, None, None)
    met = {rank for left, right, _ in oriented for rank in (left, right)}
    return Spread(more, less, widest, alone=tuple(rank for rank in range(len(found)) if rank not in met))
