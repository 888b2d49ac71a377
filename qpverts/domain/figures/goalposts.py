"""Indicators of nature on one scale, 0 to 100, between two fixed goalposts each.

Goalposts are declared with the data (``geo/indicateurs.toml``) and do not depend on the districts at hand, so
that two charts, or two years, can be set side by side.
A value beyond a goalpost stays at it. What is not known has no score: it is never zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qpverts.domain.figures.facts import Interval
from qpverts.domain.figures.indicators import Indicator, IndicatorSpec


@dataclass(frozen=True, slots=True)
class Goalpost:
    """What 0 and 100 mean for one indicator.

    ``worst`` and ``best`` are in the unit of the indicator; where near is better, ``best`` is the lower.
    ``label`` is the short name of the axis; ``why`` says in French where the two values come from, and
    ``is_ours`` that at least one of them is a choice of the project, to be discussed.
    """

    spec: IndicatorSpec
    label: str
    worst: float
    best: float
    why: str
    is_ours: bool

    @property
    def indicator(self) -> str:
        """Give the id of the indicator."""
        return self.spec.id

    @property
    def may_be_more(self) -> bool:
        """Tell whether what is not listed yet could still raise the score."""
        return self.spec.more is (self.best > self.worst)


def score(post: Goalpost, value: float) -> float:
    """Bring a value to 0–100, straight between the goalposts: 0 at the worst or beyond, 100 at the best."""
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
