"""Where to begin: few recorded actions, little green, many residents, each with the weight one gives it.

Every criterion is a need from 0 to 100 on fixed goalposts, so that a district's need never depends on the
others. What is not known is not a need of zero: taken at its least and at its most, it widens the ranks.
The weighted mean lets one need make up for another; a person may move the weights, and sees how far the order
holds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qpverts.domain.figures.indicators import Indicator, IndicatorSpec, State
from qpverts.domain.grading.levels import Grade
from qpverts.domain.grading.ranks import Rank, intervals
from qpverts.domain.model import Action, Figures, Status

#: The indicators that two of the criteria rest on.
VEGETATED, SERVED = "part_vegetalisee", "part_300m_05ha"


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a district; ``None`` where nothing is.

    ``recorded`` counts its recorded actions (no action found where nobody looked is not known), ``vegetated``
    and ``served`` are the shares in % of its ground that is vegetated, and within 300 m of a public green
    space of 0.5 ha or more.
    """

    population: int | None
    recorded: int | None
    vegetated_pct: float | None
    served_pct: float | None

    @property
    def recorded_per_1000(self) -> float | None:
        """Recorded actions per 1,000 residents."""
        if self.recorded is None or not self.population:
            return None
        return 1000 * self.recorded / self.population


def situation(
    figures: Figures,
    indicators: Mapping[str, Indicator],
    grades: Mapping[str, Grade],
    actions: Iterable[Action],
) -> Situation:
    """Gather what is known of a district: that no action is recorded says nothing unless all was surveyed."""
    recorded = sum(action.status is not Status.STOPPED for action in actions)
    looked = all(grade.level.score is not None for grade in grades.values())
    return Situation(
        population=figures.population,
        recorded=recorded if recorded or looked else None,
        vegetated_pct=indicators[VEGETATED].value,
        served_pct=indicators[SERVED].value,
    )


@dataclass(frozen=True, slots=True)
class PriorityNeed:
    """A need and its goalposts: ``none_at`` gives 0, ``full_at`` gives 100, in ``unit``; French texts.

    ``is_log`` spaces the goalposts by ratio: twice as many counts the same wherever one starts.
    """

    id: str
    label: str
    unit: str
    none_at: float
    full_at: float
    why: str
    measure: Callable[[Situation], float | None]
    is_log: bool = False

    def need(self, situation: Situation) -> float | None:
        """Measure the need of a district, 0 to 100; ``None`` where its input is not known."""
        value = self.measure(situation)
        if value is None:
            return None
        if self.is_log:
            start, end = math.log(self.none_at), math.log(self.full_at)
            place = math.log(max(value, self.none_at)) if value > 0 else start
        else:
            start, end, place = self.none_at, self.full_at, value
        return 100 * min(1.0, max(0.0, (place - start) / (end - start)))


#: The goalposts are ours, to discuss: round figures around what the districts of the Métropole show.
CRITERIA = (
    PriorityNeed(
        "actions",
        "Peu d'actions recensées",
        "actions pour 1\u202f000 habitants",
        2.0,
        0.0,
        "Un nombre d'actions recensées mesure l'effort de recensement autant que l'engagement.",
        lambda situation: situation.recorded_per_1000,
    ),
    PriorityNeed(
        "vegetation",
        "Peu de végétation",
        "% de la surface",
        50.0,
        0.0,
        "Sol végétalisé, public ou privé, sur les parcelles connues.",
        lambda situation: situation.vegetated_pct,
    ),
    PriorityNeed(
        "acces",
        "Loin d'un espace vert public",
        "% du quartier à moins de 300 m",
        100.0,
        0.0,
        "Espaces verts publics de 0,5 ha et plus que nous avons pu placer (recommandation de l'OMS Europe, "
        "2016).",
        lambda situation: situation.served_pct,
    ),
    PriorityNeed(
        "habitants",
        "Beaucoup d'habitants",
        "habitants",
        1_000.0,
        10_000.0,
        "Passer de 1\u202f000 à 2\u202f000 habitants compte autant que passer de 5\u202f000 à 10\u202f000.",
        lambda situation: None if situation.population is None else float(situation.population),
        is_log=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Priority:
    """The need of a district: by criterion, in all (0 to 100, with bounds), and where it may stand.

    ``value`` is over the known criteria, ``None`` when none that counts is known; ``low`` and ``high`` take
    the unknown ones at their least and most. Rank 1 is the greatest need.
    """

    code_qp: str
    needs: Mapping[str, float | None]
    value: float | None
    low: float
    high: float
    rank: Rank


#: What a map shows of priorities; a group of districts has none.
SPEC = IndicatorSpec(
    id="priorite",
    label="Priorité selon vos poids",
    unit="sur 100",
    definition="Moyenne des besoins connus du quartier, chacun de 0 à 100 sur des repères fixes, avec les "
    "poids choisis. La fourchette prend les besoins inconnus au plus bas et au plus haut.",
    formula="somme des besoins connus multipliés par leurs poids ÷ somme de ces poids",
    datasets=("indicateurs_nature", "espaces_verts", "espaces_verts_osm", "insee_qpv", "actions"),
    vintage="selon chaque besoin",
    breaks=(20, 40, 60, 80),
    measure=lambda _: None,
    has_input=lambda _: False,
    missing=State.NOT_COVERED,
    family="Les priorités",
    additive=False,
)


def as_indicator(one: Priority) -> Indicator:
    """Give the need of a district as a figure that a map can show, with its bounds."""
    known = one.value is not None
    return Indicator(
        spec=SPEC,
        state=State.KNOWN if known else SPEC.missing,
        value=one.value,
        low=one.low if known else None,
        high=one.high if known else None,
        known=int(known),
        total=1,
        coverage_pct=None,
    )


def priorities(situations: Mapping[str, Situation], weights: Mapping[str, float]) -> list[Priority]:
    """Order districts from the greatest need; where two rank intervals meet, no order is claimed.

    Parameters
    ----------
    weights
        By id of criterion, at least one positive; a criterion left out counts for nothing.

    Raises
    ------
    ValueError
        When no criterion counts.
    """
    counted = {one.id: weights.get(one.id, 0.0) for one in CRITERIA if weights.get(one.id, 0.0) > 0}
    if not counted:
        msg = "au moins un critère doit compter"
        raise ValueError(msg)
    if not situations:
        return []
    needs = {
        code: {criterion.id: criterion.need(situation) for criterion in CRITERIA}
        for code, situation in situations.items()
    }
    scores = np.array([[needs[code][name] for name in counted] for code in needs], dtype=float)
    found = [
        Priority(code, needs[code], *_mean(needs[code], counted), rank)
        for code, rank in zip(needs, intervals(scores, list(counted.values())), strict=True)
    ]
    return sorted(found, key=_order)


def surely_first(found: Sequence[Priority], count: int) -> tuple[str, ...]:
    """Give the districts that stay among the first ``count``, whatever is unknown and if weights stray."""
    return tuple(one.code_qp for one in found if one.rank.worst <= count)


def _mean(
    needs: Mapping[str, float | None], weights: Mapping[str, float]
) -> tuple[float | None, float, float]:
    total = sum(weights.values())
    known = {name: need for name, need in needs.items() if need is not None and name in weights}
    points = sum(weights[name] * need for name, need in known.items())
    weight = sum(weights[name] for name in known)
    unknown = total - weight
    return (points / weight if known else None), points / total, (points + 100 * unknown) / total


def _order(one: Priority) -> tuple[bool, int, float, str]:
    return one.value is None, one.rank.best + one.rank.worst, -(one.value or 0.0), one.code_qp
