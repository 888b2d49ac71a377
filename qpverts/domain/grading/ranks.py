"""Ranks that say what they rest on: an interval under other weights, and under what is not known.

Weights are drawn around those chosen (Dirichlet), themes that are not known are taken at their worst and at
their best. A district's rank is then an interval; where two intervals meet, no order is claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: How far the drawn weights stray: with seven equal weights of 1/7, each lies mostly between 0.05 and 0.27.
CONCENTRATION = 30.0
DRAWS = 500
_SEED = 20_240_101  # the day the 2024 districts came into force: the same draws for everyone
_OUTER_PCT = (5.0, 95.0)


@dataclass(frozen=True, slots=True)
class Rank:
    """Where a district may stand among ``total``, 1 being the highest level: from ``best`` to ``worst``."""

    best: int
    worst: int
    total: int


def intervals(scores: NDArray[np.float64], weights: Sequence[float], draws: int = DRAWS) -> list[Rank]:
    """Give the rank interval of each district, that holds in nine draws of the weights out of ten.

    Parameters
    ----------
    scores
        Shape (districts, themes), 0 to 100, NaN where nothing is known.
    weights
        One for each theme, at least one positive.
    """
    wanted = np.asarray(weights, dtype=float)
    counted = wanted > 0
    share = wanted[counted] / wanted[counted].sum()
    drawn = np.random.default_rng(_SEED).dirichlet(share * CONCENTRATION, size=draws)
    seen = scores[:, counted]
    low = np.nan_to_num(seen, nan=0.0) @ drawn.T
    high = np.nan_to_num(seen, nan=100.0) @ drawn.T
    total = len(scores)
    # Surely above: their worst is better than my best. Possibly above: their best is better than my worst.
    surely = (low[:, None, :] > high[None, :, :]).sum(axis=0)
    possibly = (high[:, None, :] > low[None, :, :]).sum(axis=0) - (high > low)
    best = np.floor(np.percentile(surely, _OUTER_PCT[0], axis=1)).astype(int) + 1
    worst = np.ceil(np.percentile(possibly, _OUTER_PCT[1], axis=1)).astype(int) + 1
    return [Rank(int(b), int(w), total) for b, w in zip(best, worst, strict=True)]
