"""What is missing in a district, told apart from what nobody has looked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qpverts.domain.figures.indicators import Indicator, State
from qpverts.domain.grading.levels import NONE, Grade, Level


@dataclass(frozen=True, slots=True)
class Gaps:
    """Themes of a district, in their order, each in one place at most.

    ``absent``: someone looked and found no action; ``weak``: actions are recorded, none is known to be under
    way; ``unknown``: nobody knows, so that nothing can be said to be missing.
    """

    absent: tuple[str, ...]
    weak: tuple[str, ...]
    unknown: tuple[str, ...]


def gaps(grades: Mapping[str, Grade], scale: Sequence[Level]) -> Gaps:
    """Sort the themes of a district by what is missing."""
    first = next(level for level in scale if level.recorded > 0)  # the lowest that an action reaches
    return Gaps(
        absent=tuple(theme for theme, grade in grades.items() if grade.level.id == NONE),
        weak=tuple(theme for theme, grade in grades.items() if grade.level.id == first.id),
        unknown=tuple(theme for theme, grade in grades.items() if grade.level.score is None),
    )


def not_covered(indicators: Iterable[Indicator]) -> dict[State, tuple[Indicator, ...]]:
    """Group the indicators that have no value by the reason why."""
    missing = [one for one in indicators if one.value is None]
    return {
        state: tuple(one for one in missing if one.state is state)
        for state in dict.fromkeys(one.state for one in missing)
    }
