"""What is known of a territory on each theme, on fixed goalposts, and what one has that the other lacks.

A theme that nobody recorded and nobody surveyed has no value: it is compared with nothing, and is never zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median_low

from qpverts.domain.grading.levels import Grade, Level, Survey, grades_by_theme
from qpverts.domain.model import Action, Status


class Measure(StrEnum):
    """What is set on the axes; its value is what a URL carries."""

    LEVEL = "niveaux"
    COUNT = "actions"
    RATE = "actions_1000"


#: Top of each axis, the same for every territory so that two charts can be set side by side. 100 is the
#: highest level; 15 actions and 4 per 1,000 residents are just above the most that a district has on a theme
#: at the end of 2026 (13 and 3.9, in Les Canourgues on Habiter). What goes beyond is drawn at
#: the top, and said.
TOPS: Mapping[Measure, float] = {Measure.LEVEL: 100.0, Measure.COUNT: 15.0, Measure.RATE: 4.0}


@dataclass(frozen=True, slots=True)
class Profile:
    """A territory by theme: its grades in the order of the themes, and what they rest on.

    ``recorded`` counts each action once, whatever its themes and districts, stopped ones left out;
    ``districts`` is how many the territory adds up; ``population`` is ``None`` when one of them is not known.
    """

    name: str
    grades: Mapping[str, Grade]
    recorded: int
    districts: int
    population: int | None

    @property
    def known(self) -> int:
        """Count the themes on which something is known."""
        return sum(grade.level.score is not None for grade in self.grades.values())


def profile(
    name: str,
    codes: Sequence[str],
    *,
    actions: Iterable[Action],
    surveys: Iterable[Survey],
    populations: Sequence[int | None],
    themes: Sequence[str],
    scale: Sequence[Level],
) -> Profile:
    """Describe a territory from all that is recorded: an action of two of its districts counts once.

    ``populations`` are those of its districts, in their order.
    """
    wanted = frozenset(codes)
    own = [action for action in actions if wanted.intersection(action.qpv_codes)]
    looked = [survey for survey in surveys if survey.code_qp in wanted]
    known = [residents for residents in populations if residents]
    return Profile(
        name=name,
        grades=grades_by_theme(own, looked, themes, scale),
        recorded=sum(action.status is not Status.STOPPED for action in own),
        districts=len(wanted),
        population=sum(known) if known and len(known) == len(populations) else None,
    )


def value(grade: Grade, measure: Measure, population: int | None) -> float | None:
    """Measure a territory on a theme; ``None`` when nothing is known, or a rate has nobody to divide by."""
    if grade.level.score is None:
        return None
    if measure is Measure.LEVEL:
        return float(grade.level.score)
    if measure is Measure.COUNT:
        return float(grade.evidence.recorded)
    return 1000 * grade.evidence.recorded / population if population else None


def values(one: Profile, measure: Measure) -> tuple[float | None, ...]:
    """Measure a territory on every theme, in their order."""
    return tuple(value(grade, measure, one.population) for grade in one.grades.values())


@dataclass(frozen=True, slots=True)
class MiddleDistrict:
    """The district in the middle, theme by theme: its value, among how many known districts.

    The lower of two middles, so that it is always the value of a district, hence a level that exists.
    """

    values: tuple[float | None, ...]
    known: tuple[int, ...]
    total: int


def reference(districts: Sequence[Sequence[float | None]]) -> MiddleDistrict:
    """Take the median of each theme over the districts where it is known, from their values by theme."""
    columns = [[one for one in column if one is not None] for column in zip(*districts, strict=True)]
    return MiddleDistrict(
        values=tuple(median_low(column) if column else None for column in columns),
        known=tuple(map(len, columns)),
        total=len(districts),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How several territories stand on a theme, by their ranks in the comparison.

    ``known`` are those where something is known; ``top`` and ``bottom`` those of them at the highest and
    lowest level, the same ones when all are equal; ``gap`` is between these levels, in points.
    """

    theme: str
    known: tuple[int, ...]
    top: tuple[int, ...]
    bottom: tuple[int, ...]
    gap: int


def standings(profiles: Sequence[Profile]) -> tuple[Standing, ...]:
    """Say for each theme which are known, highest and lowest; the profiles are graded on the same themes."""
    return tuple(
        _standing(theme, [one.grades[theme].level.score for one in profiles]) for theme in profiles[0].grades
    )


def _standing(theme: str, scores: Sequence[int | None]) -> Standing:
    known = {rank: score for rank, score in enumerate(scores) if score is not None}
    most, least = max(known.values(), default=0), min(known.values(), default=0)
    return Standing(
        theme,
        known=tuple(known),
        top=tuple(rank for rank, score in known.items() if score == most),
        bottom=tuple(rank for rank, score in known.items() if score == least),
        gap=most - least,
    )
