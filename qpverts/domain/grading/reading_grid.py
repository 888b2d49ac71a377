"""The reading grid: districts in rows, themes (or fields) in columns, a level in each cell.

Nothing here counts what is not known as zero: it has no score, widens ranks, and reaches no minimum level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from qpverts.domain.grading.levels import Evidence, Grade, Level, Overall, overall
from qpverts.domain.grading.ranks import Rank, intervals
from qpverts.domain.model import Qpv
from qpverts.domain.text import plain


class Sort(StrEnum):
    """In what order rows are read."""

    NAME = "nom"
    COMMUNE = "commune"
    POPULATION = "population"
    LEVEL = "niveau"
    ACTIONS = "actions"


@dataclass(frozen=True, slots=True)
class Size:
    """A class of districts by their residents: ``least`` or more, and fewer than ``below`` if any."""

    least: int
    below: int | None


#: From the smallest to the largest.
SIZES = {"petite": Size(0, 2_000), "moyenne": Size(2_000, 5_000), "grande": Size(5_000, None)}


@dataclass(frozen=True, slots=True)
class Row:
    """One district: its grades by column, its overall level and rank, and its count of actions.

    ``population`` is ``None`` where INSEE publishes none; ``known`` counts the columns that weigh and are
    known, ``counted`` those that weigh.
    """

    qpv: Qpv
    population: int | None
    actions: int
    grades: Mapping[str, Grade]
    overall: Overall
    rank: Rank
    known: int
    counted: int


@dataclass(frozen=True, slots=True)
class Total:
    """One column over some districts: how many at each level, with an active action, with nothing known."""

    column: str
    by_level: Mapping[str, int]
    active: int
    unknown: int


def build(
    qpvs: Sequence[Qpv],
    grades: Mapping[str, Mapping[str, Grade]],
    weights: Mapping[str, float],
    populations: Mapping[str, int | None],
    actions: Mapping[str, int],
) -> list[Row]:
    """Make the rows, in the order of the districts; ranks are among all of them.

    Parameters
    ----------
    grades
        By district, then by column.
    weights
        By column, at least one positive.
    """
    scores = np.array(
        [[_score(grades[qpv.code][column]) for column in weights] for qpv in qpvs], dtype=float
    ).reshape(len(qpvs), len(weights))
    ranks = intervals(scores, list(weights.values()))
    heavy = [column for column, weight in weights.items() if weight > 0]
    return [
        Row(
            qpv=qpv,
            population=populations.get(qpv.code),
            actions=actions.get(qpv.code, 0),
            grades=grades[qpv.code],
            overall=overall(grades[qpv.code], weights),
            rank=rank,
            known=sum(grades[qpv.code][column].level.score is not None for column in heavy),
            counted=len(heavy),
        )
        for qpv, rank in zip(qpvs, ranks, strict=True)
    ]


def _score(grade: Grade) -> float:
    return np.nan if grade.level.score is None else float(grade.level.score)


def reaching(rows: Iterable[Row], least: Level | None, column: str | None) -> list[Row]:
    """Keep the rows at this level or higher on a column, or on any of them when none is named."""
    if least is None or least.score is None:
        return list(rows)
    wanted = least.score
    return [
        row
        for row in rows
        if any(
            grade.level.score is not None and grade.level.score >= wanted
            for name, grade in row.grades.items()
            if column in {None, name}
        )
    ]


def sized(rows: Iterable[Row], size: Size | None) -> list[Row]:
    """Keep the rows of a size; a district whose population is not known belongs to none."""
    if size is None:
        return list(rows)
    return [
        row
        for row in rows
        if row.population is not None
        and row.population >= size.least
        and (size.below is None or row.population < size.below)
    ]


def ordered(rows: Iterable[Row], by: Sort) -> list[Row]:
    """Sort rows: names from A to Z, figures from the highest, what is not known last."""
    keys: dict[Sort, Callable[[Row], tuple[Any, ...]]] = {
        Sort.NAME: lambda _: (),
        Sort.COMMUNE: lambda row: (plain(row.qpv.commune_names),),
        Sort.POPULATION: lambda row: (row.population is None, -(row.population or 0)),
        # The middle of the places a district may have: a mean over one known theme proves little.
        Sort.LEVEL: lambda row: (
            row.overall.value is None,
            row.rank.best + row.rank.worst,
            -row.overall.coverage_pct,
            -(row.overall.value or 0),
        ),
        Sort.ACTIONS: lambda row: (-row.actions,),
    }
    return sorted(rows, key=lambda row: (*keys[by](row), plain(row.qpv.name), row.qpv.code))


def totals(rows: Sequence[Row], columns: Iterable[str], scale: Sequence[Level]) -> list[Total]:
    """Count districts at each level, column by column."""
    found = []
    for column in columns:
        grades = [row.grades[column] for row in rows]
        found.append(
            Total(
                column=column,
                by_level={level.id: sum(g.level.id == level.id for g in grades) for level in scale},
                active=sum(g.evidence.active > 0 for g in grades),
                unknown=sum(g.level.score is None for g in grades),
            )
        )
    return found


def next_level(level: Level, scale: Sequence[Level]) -> Level | None:
    """Give the next step that an action can reach; ``None`` at the top."""
    above = scale[scale.index(level) + 1 :]
    return next((step for step in above if step.recorded > 0), None)


def lacking(found: Evidence, level: Level) -> Evidence:
    """Give the counts that are missing to reach a level: zero where there is enough."""
    return Evidence(
        recorded=max(0, level.recorded - found.recorded),
        active=max(0, level.active - found.active),
        done=max(0, level.done - found.done),
        carriers=max(0, level.carriers - found.carriers),
        surveyed="",
    )
