"""Indicators of nature on one scale, 0 to 100, between two fixed goalposts each.

Goalposts do not depend on the districts at hand, so that two charts, or two years, can be set side by side.
A value beyond a goalpost stays at it. What is not known has no score: it is never zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qpverts.domain.figures.facts import Interval
from qpverts.domain.figures.indicators import Indicator
from qpverts.domain.figures.specs import spec_of


@dataclass(frozen=True, slots=True)
class Goalpost:
    """What 0 and 100 mean for one indicator.

    ``worst`` and ``best`` are in the unit of the indicator; where near is better, ``best`` is the lower.
    ``label`` is the short name of the axis; ``why`` says in French where the two values come from, and
    ``is_ours`` that at least one of them is a choice of the project, to be discussed.
    """

    indicator: str
    label: str
    worst: float
    best: float
    why: str
    is_ours: bool

    @property
    def may_be_more(self) -> bool:
        """Tell whether what is not listed yet could still raise the score."""
        return spec_of(self.indicator).more is (self.best > self.worst)


#: The axes of the radar of nature: the ground, whoever owns it, then the way to the public green spaces.
#: Those left out say the same twice: over the districts of the Métropole, their order is nearly that of one
#: kept (rank correlation above 0.85), or they grow with the number of districts in a group.
AXES: tuple[Goalpost, ...] = (
    Goalpost(
        indicator="part_vegetalisee",
        label="Sol végétalisé",
        worst=0,
        best=50,
        why="0 : aucune végétation connue. 100 : la moitié du sol, car un quartier a aussi besoin de "
        "logements et de rues. La moitié est notre choix.",
        is_ours=True,
    ),
    Goalpost(
        indicator="vegetation_hab",
        label="Par habitant",
        worst=0,
        best=25,
        why="0 : aucune végétation connue. 100 : 25 m² de sol végétalisé pour chaque habitant, public ou "
        "privé. Il n'y a pas de norme pour cette mesure : les 25 m² sont notre choix.",
        is_ours=True,
    ),
    Goalpost(
        indicator="bordure_verte",
        label="Bordure verte",
        worst=0,
        best=100,
        why="De rien à tout le contour : les deux bouts de la mesure.",
        is_ours=False,
    ),
    Goalpost(
        indicator="part_300m_05ha",
        label="Parc à 300 m",
        worst=0,
        best=100,
        why="100 : tout le quartier est à moins de 300 m, à vol d'oiseau, d'un espace vert public d'au "
        "moins 0,5 ha, ce que recommande l'OMS Europe (2016). 0 : rien ne l'est, à notre connaissance.",
        is_ours=False,
    ),
    Goalpost(
        indicator="mediane_05ha",
        label="Parc proche",
        worst=1500,
        best=300,
        why="100 : la moitié du quartier est à 300 m ou moins d'un espace vert public d'au moins 0,5 ha "
        "(la distance de l'OMS Europe, 2016). 0 : à 1 500 m ou plus, une vingtaine de minutes de marche ; "
        "les 1 500 m sont notre choix.",
        is_ours=True,
    ),
    Goalpost(
        indicator="detour_05ha",
        label="Chemin direct",
        worst=2,
        best=1,
        why="100 : par les rues, le chemin vers cet espace vert est aussi court que la ligne droite. 0 : il "
        "est deux fois plus long, ou davantage ; ce double est notre choix.",
        is_ours=True,
    ),
)


def score(post: Goalpost, value: float) -> float:
    """Bring a value to 0–100: 0 at the worst goalpost or beyond, 100 at the best or beyond, straight between.

    >>> score(AXES[4], 900.0)
    50.0
    """
    return min(100.0, max(0.0, 100.0 * (value - post.worst) / (post.best - post.worst)))


def scored(post: Goalpost, indicator: Indicator) -> Interval | None:
    """Bring an indicator with its bounds to 0–100; ``None`` where nothing is known."""
    if indicator.value is None or indicator.low is None or indicator.high is None:
        return None
    ends = sorted((score(post, indicator.low), score(post, indicator.high)))
    return Interval(low=ends[0], value=score(post, indicator.value), high=ends[1])


@dataclass(frozen=True, slots=True)
class Middle:
    """The district in the middle on one axis: its indicator, among ``known`` districts of ``total``."""

    indicator: Indicator | None
    known: int
    total: int


def middle(post: Goalpost, indicators: Iterable[Indicator]) -> Middle:
    """Find the median district of an axis; of two in the middle, the less favourable, so that it exists.

    Districts where nothing is known are left out, and counted in ``total``.
    """
    found = list(indicators)
    known = [(one.value, one) for one in found if one.value is not None]
    known.sort(key=lambda pair: pair[0], reverse=post.best < post.worst)
    return Middle(known[(len(known) - 1) // 2][1] if known else None, len(known), len(found))
