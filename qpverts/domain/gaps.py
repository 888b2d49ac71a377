"""Where a district lacks something, and where nobody knows: themes in the order one would act on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qpverts.domain.levels import Grade, Level


class Need(StrEnum):
    """What a gap is made of: nothing where someone looked, little, or nothing known."""

    ABSENT = "absente"
    WEAK = "faible"
    UNKNOWN = "a_relever"


@dataclass(frozen=True, slots=True)
class Gap:
    """A theme on which a district lacks something, or on which nothing is known."""

    theme: str
    need: Need
    grade: Grade


def gaps(grades: Mapping[str, Grade], scale: Sequence[Level]) -> tuple[Gap, ...]:
    """Give the gaps of a district: absent themes, then weak ones, then those to survey first.

    Weak is the lowest level that an action reaches: something is recorded, nothing runs. Within a need the
    order of the themes is kept; a theme above weak is no gap.
    """
    weakest = next(level for level in scale if level.recorded)
    found = [Gap(theme, need, grade) for theme, grade in grades.items() if (need := _need(grade, weakest))]
    return tuple(sorted(found, key=lambda gap: list(Need).index(gap.need)))


def _need(grade: Grade, weakest: Level) -> Need | None:
    score = grade.level.score
    if score is None:
        return Need.UNKNOWN
    if not grade.evidence.recorded:
        return Need.ABSENT
    return Need.WEAK if grade.level == weakest else None
