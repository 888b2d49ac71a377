"""Districts against their random places: ranks, quantiles, and the test of all of them together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qpverts.domain.claims import EDGE_SHARES_PCT, SURE_P, EdgeTest, Green, Reading, Reference

Floats = NDArray[np.float64]

_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def rank_pct(value: float, places: Floats) -> float:
    """Give the share of the places that a value passes, ties counted by half, in %."""
    return 100 * float(np.mean((places < value) + 0.5 * (places == value)))


def spread(places: Floats) -> tuple[float, float, float, float, float]:
    """Sum up the figures of random places by their quantiles at 5, 25, 50, 75 and 95 %."""
    p05, p25, p50, p75, p95 = (float(quantile) for quantile in np.quantile(places, _QUANTILES))
    return p05, p25, p50, p75, p95


def compare_means(
    real: Floats, places: Floats, green: Green, reference: Reference, reading: Reading
) -> EdgeTest:
    """Test the mean of districts against that of random places.

    Parameters
    ----------
    real
        Shape (districts,), in %.
    places
        Shape (districts, draws): a place of each district for each draw.
    """
    if not real.size:
        nothing = (None, None, None, None, 0, 0, None, None)
        return EdgeTest(green, reference, reading, 0, 0, *nothing)
    mean, means = float(real.mean()), places.mean(axis=0)
    low, high = np.quantile(means, (SURE_P, 1 - SURE_P))
    # Two sums of the same terms in another order may differ in the last digit: they are equal here.
    same = np.isclose(means, mean, rtol=0, atol=1e-9)
    quarter = EDGE_SHARES_PCT[1]
    return EdgeTest(
        green,
        reference,
        reading,
        districts=len(real),
        draws=len(means),
        mean=mean,
        random_mean=float(means.mean()),
        random_low=float(low),
        random_high=float(high),
        at_least=int(((means > mean) | same).sum()),
        at_most=int(((means < mean) | same).sum()),
        real_25_pct=100 * float((real >= quarter).mean()),
        random_25_pct=100 * float((places >= quarter).mean()),
    )
