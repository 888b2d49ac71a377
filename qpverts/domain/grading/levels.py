"""Levels of engagement of a district on a theme: from what is recorded to a step of one declared scale.

A level is reached when all its thresholds are; the highest reached is kept. Thresholds bear on counts that
one more action cannot lower, so neither can it lower a level. *Non renseigné* has no score: it is never zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qpverts.domain.model import Action, Status
from qpverts.domain.text import plain

#: The two steps that no action reaches: nothing known, and nothing found by someone who looked.
UNKNOWN, NONE = "non_renseigne", "aucune"
#: States of an action that is carried now, or was carried through.
ACTIVE = frozenset({Status.RUNNING, Status.DONE})


@dataclass(frozen=True, slots=True)
class Survey:
    """On this date, this person looked for actions of this theme in this district.

    ``date`` is as precise as known (``2026``, ``2026-11``, ``2026-11-25``).
    """

    code_qp: str
    theme: str
    date: str
    who: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Level:
    """A step of the scale: its score on fixed goalposts (0 to 100), and the least counts that reach it.

    ``sentence`` says in French what it takes. ``score`` is ``None`` for the step that means nothing is known.
    """

    id: str
    label: str
    symbol: str
    sentence: str
    score: int | None = None
    recorded: int = 0
    active: int = 0
    done: int = 0
    carriers: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a level rests on: counts of actions, and the date of the last survey (empty when there is none).

    ``recorded`` leaves stopped actions out; ``active`` are running or done; ``carriers`` counts the different
    bodies that carry active actions, those without a name apart.
    """

    recorded: int
    active: int
    done: int
    carriers: int
    surveyed: str


@dataclass(frozen=True, slots=True)
class Grade:
    """The level of one district on one theme (or field), and why."""

    level: Level
    evidence: Evidence


def evidence(actions: Iterable[Action], surveys: Iterable[Survey] = ()) -> Evidence:
    """Count what is recorded of one district on one theme; the order of actions does not matter."""
    kept = [action for action in actions if action.status is not Status.STOPPED]
    active = [action for action in kept if action.status in ACTIVE]
    return Evidence(
        recorded=len(kept),
        active=len(active),
        done=sum(action.status is Status.DONE for action in active),
        carriers=len({plain(name) for action in active for name in action.carriers}),
        surveyed=max((survey.date for survey in surveys), default=""),
    )


def grade(found: Evidence, scale: Sequence[Level]) -> Grade:
    """Give the highest level of the scale that the evidence reaches.

    Parameters
    ----------
    scale
        From the lowest to the highest, :data:`UNKNOWN` and :data:`NONE` first.
    """
    if not found.recorded:
        wanted = NONE if found.surveyed else UNKNOWN
        return Grade(next(level for level in scale if level.id == wanted), found)
    reached = [
        level
        for level in scale
        if level.id not in {UNKNOWN, NONE}
        and found.recorded >= level.recorded
        and found.active >= level.active
        and found.done >= level.done
        and found.carriers >= level.carriers
    ]
    return Grade(reached[-1], found)


def grades_by_theme(
    actions: Sequence[Action], surveys: Sequence[Survey], themes: Sequence[str], scale: Sequence[Level]
) -> dict[str, Grade]:
    """Grade a territory on each theme, in their order, from its actions and surveys.

    A survey speaks for one district: for several together, a theme was looked for when it was in any of them.
    """
    return {
        theme: grade(
            evidence(
                (action for action in actions if theme in action.themes),
                (survey for survey in surveys if survey.theme == theme),
            ),
            scale,
        )
        for theme in themes
    }


def grades_by_field(
    actions: Sequence[Action], fields: Sequence[str], scale: Sequence[Level]
) -> dict[str, Grade]:
    """Grade a territory on each field of intervention; surveys are made by theme, so none speaks here."""
    return {
        field: grade(evidence(action for action in actions if field in action.fields), scale)
        for field in fields
    }


@dataclass(frozen=True, slots=True)
class Overall:
    """The weighted mean of the levels of a district over themes, 0 to 100.

    ``value`` is over the known themes, ``None`` when there is none; ``low`` and ``high`` take the unknown
    ones at their worst and best. ``coverage_pct`` is the share of the weight that is known.
    """

    value: float | None
    low: float
    high: float
    coverage_pct: float


def overall(grades: Mapping[str, Grade], weights: Mapping[str, float]) -> Overall:
    """Average the levels of a district; a theme without a weight counts for nothing.

    Raises
    ------
    ValueError
        When no theme has a positive weight.
    """
    total = sum(weights.get(theme, 0.0) for theme in grades)
    if total <= 0:
        msg = "au moins une thématique doit compter"
        raise ValueError(msg)
    known = {theme: g.level.score for theme, g in grades.items() if g.level.score is not None}
    weight = sum(weights.get(theme, 0.0) for theme in known)
    points = sum(weights.get(theme, 0.0) * score for theme, score in known.items())
    unknown = total - weight
    return Overall(
        value=points / weight if weight > 0 else None,
        low=points / total,
        high=(points + 100 * unknown) / total,
        coverage_pct=100 * weight / total,
    )
