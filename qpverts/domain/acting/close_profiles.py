"""Districts whose profile is close, and where what they have recorded goes further on a theme.

The gap between two districts is the mean, over the criteria known to both, of their difference divided by
the interquartile range of that criterion over the districts: a gap of 1 is as wide as the middle half of
them. Population is compared by its logarithm: from 1,500 to 3,000 residents is as far as from 3,000 to 6,000.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import quantiles

from qpverts.domain.figures.indicators import Indicator
from qpverts.domain.grading.levels import Grade

#: What is known of a district by criterion, on the scale where differences are taken; ``None`` is not known.
Traits = Mapping[str, float | None]

#: A gap on fewer criteria would say little.
LEAST_SHARED = 2
#: How many of the closest districts are kept.
NEAREST = 5


@dataclass(frozen=True, slots=True)
class ProfileCriterion:
    """An indicator on which districts are close or not; ``by_ratio`` compares logarithms."""

    indicator: str
    label: str
    by_ratio: bool = False


CRITERIA: tuple[ProfileCriterion, ...] = (
    ProfileCriterion("population", "la taille", by_ratio=True),
    ProfileCriterion("pauvrete", "le taux de pauvreté"),
    ProfileCriterion("mediane_05ha", "la distance à un espace vert public"),
)


@dataclass(frozen=True, slots=True)
class Close:
    """A district whose profile is close: its code, its gap (0 is the same), the criteria known to both."""

    code: str
    gap: float
    shared: tuple[str, ...]


def traits(indicators: Mapping[str, Indicator]) -> dict[str, float | None]:
    """Give what is known of a district on each criterion."""
    found: dict[str, float | None] = {}
    for one in CRITERIA:
        value = indicators[one.indicator].value
        if value is not None and one.by_ratio:
            value = math.log(value) if value > 0 else None
        found[one.indicator] = value
    return found


def scales(districts: Mapping[str, Traits]) -> dict[str, float]:
    """Give the interquartile range of each criterion over the districts where it is known.

    A criterion that does not tell the middle half of them apart has none.
    """
    found = {}
    for one in CRITERIA:
        known = [value for each in districts.values() if (value := each[one.indicator]) is not None]
        if len(known) > 1:
            low, _, high = quantiles(sorted(known), n=4, method="inclusive")
            if high > low:
                found[one.indicator] = high - low
    return found


def gap(one: Traits, other: Traits, ranges: Mapping[str, float]) -> tuple[float, tuple[str, ...]] | None:
    """Measure how far two profiles are, and on which criteria; ``None`` when they share too few."""
    apart = {
        criterion: abs(mine - yours) / spread
        for criterion, spread in ranges.items()
        if (mine := one[criterion]) is not None and (yours := other[criterion]) is not None
    }
    if len(apart) < LEAST_SHARED:
        return None
    return math.fsum(apart.values()) / len(apart), tuple(apart)


def closest(districts: Mapping[str, Traits], count: int = NEAREST) -> dict[str, tuple[Close, ...]]:
    """Give the closest districts of each: those that share most criteria first, then by gap, then by code.

    A gap on two criteria is small more often than on three: what is not known would pass for likeness.
    """
    ranges = scales(districts)
    found: dict[str, list[Close]] = {code: [] for code in districts}
    for one, other in combinations(districts, 2):
        if measured := gap(districts[one], districts[other], ranges):
            found[one].append(Close(other, *measured))
            found[other].append(Close(one, *measured))
    return {
        code: tuple(sorted(near, key=lambda each: (-len(each.shared), each.gap, each.code))[:count])
        for code, near in found.items()
    }


def goes_further(here: Grade, there: Grade) -> bool:
    """Tell whether what is recorded there goes further on a theme.

    Where nothing is known here, nobody knows who is higher: any action recorded there is worth a look.
    """
    if here.level.score is None:
        return there.evidence.recorded > 0
    return there.level.score is not None and there.level.score > here.level.score


def further(
    here: Mapping[str, Grade], others: Sequence[str], grades: Mapping[str, Mapping[str, Grade]]
) -> dict[str, tuple[str, ...]]:
    """List by theme the other districts that go further, in their order; themes without one are left out."""
    found = {
        theme: tuple(code for code in others if goes_further(grade, grades[code][theme]))
        for theme, grade in here.items()
    }
    return {theme: codes for theme, codes in found.items() if codes}
