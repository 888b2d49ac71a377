"""One function an indicator: district facts in, an interval out (``None`` when it cannot be said).

Every function takes the facts of the districts of one territory, already reduced to those where the
inputs exist. Rates are the sum of numerators over the sum of denominators, never a mean of rates.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from qpverts.domain.facts import DistrictFacts, GreenAccess, Interval, SpacesNear

Measure = Callable[[Sequence[DistrictFacts]], Interval | None]


def exact(value: float) -> Interval:
    """Give a figure without uncertainty of geometry."""
    return Interval(value, value, value)


def population(facts: Sequence[DistrictFacts]) -> Interval:
    """Residents, census 2020."""
    return exact(sum(f.figures.population or 0 for f in facts))


def households(facts: Sequence[DistrictFacts]) -> Interval:
    """Households."""
    return exact(sum(f.figures.households or 0 for f in facts))


def social_dwellings(facts: Sequence[DistrictFacts]) -> Interval:
    """Social dwellings."""
    return exact(sum(f.figures.social_dwellings or 0 for f in facts))


def poverty(facts: Sequence[DistrictFacts]) -> Interval | None:
    """Poverty rate at 60 %; INSEE gives no numerator, so a group has none."""
    return exact(facts[0].figures.poverty_pct or 0) if len(facts) == 1 else None


def employment(facts: Sequence[DistrictFacts]) -> Interval | None:
    """Employment rate; INSEE gives no numerator, so a group has none."""
    return exact(facts[0].figures.employment_pct or 0) if len(facts) == 1 else None


def area(facts: Sequence[DistrictFacts]) -> Interval:
    """Area of the perimeters in hectares, EPSG:2154."""
    return exact(sum(f.area_m2 for f in facts) / 10_000)


def density(facts: Sequence[DistrictFacts]) -> Interval:
    """Residents per hectare of perimeter."""
    return exact(population(facts).value / area(facts).value)


def actions(facts: Sequence[DistrictFacts]) -> Interval:
    """Count the recorded actions; one that concerns two districts counts once for the two together."""
    return exact(len(frozenset().union(*(f.action_ids for f in facts))))


def actions_per_1000(facts: Sequence[DistrictFacts]) -> Interval | None:
    """Count the recorded actions per 1,000 residents."""
    residents = population(facts).value
    return exact(1000 * actions(facts).value / residents) if residents else None


def _access(facts: Sequence[DistrictFacts]) -> list[GreenAccess]:
    return [f.green for f in facts if f.green is not None]


def share_served(min_area_ha: float) -> Measure:
    """Share of the perimeters within 300 m of a public green space of at least that area, in %.

    Source of the rule: WHO Regional Office for Europe (2016), *Urban green spaces and health*: at
    least 0.5 ha within 300 m; INSEE/SDES (2025) take 1,000 m².
    """

    def measure(facts: Sequence[DistrictFacts]) -> Interval:
        total = sum(f.area_m2 for f in facts)
        served = [a.served_m2[min_area_ha] for a in _access(facts)]
        return Interval(
            low=100 * sum(s.low for s in served) / total,
            value=100 * sum(s.value for s in served) / total,
            high=100 * sum(s.high for s in served) / total,
        )

    return measure


def edge_distance(min_area_ha: float) -> Measure:
    """Distance from the perimeter to the edge of the nearest such space, in metres (0 when it touches)."""

    def measure(facts: Sequence[DistrictFacts]) -> Interval | None:
        edges = [a.edge_m[min_area_ha] for a in _access(facts)]
        nearest = Interval(
            low=min(e.low for e in edges), value=min(e.value for e in edges), high=min(e.high for e in edges)
        )
        return nearest if math.isfinite(nearest.value) else None

    return measure


def median_distance(min_area_ha: float) -> Measure:
    """Median straight-line distance to the nearest such space over the pooled 50 m lattices, in metres."""

    def measure(facts: Sequence[DistrictFacts]) -> Interval | None:
        lattices = [a.lattice_m[min_area_ha] for a in _access(facts)]
        low, value, high = (
            float(np.median(np.concatenate([getattr(lattice, bound) for lattice in lattices])))
            for bound in ("low", "value", "high")
        )
        return Interval(low, value, high) if math.isfinite(value) else None

    return measure


def _spaces(facts: Sequence[DistrictFacts], radius_m: int) -> SpacesNear:
    near = [a.spaces[radius_m] for a in _access(facts)]
    return SpacesNear(
        low=frozenset().union(*(n.low for n in near)),
        value=frozenset().union(*(n.value for n in near)),
        high=frozenset().union(*(n.high for n in near)),
    )


def spaces_count(radius_m: int) -> Measure:
    """Public green spaces within that distance of the perimeters; one shared by two counts once."""

    def measure(facts: Sequence[DistrictFacts]) -> Interval:
        near = _spaces(facts, radius_m)
        return Interval(len(near.low), len(near.value), len(near.high))

    return measure


def spaces_area(radius_m: int) -> Measure:
    """Whole area of those spaces in hectares; a space of unknown area adds nothing."""

    def measure(facts: Sequence[DistrictFacts]) -> Interval:
        areas_ha: dict[str, float | None] = {}
        for f in facts:
            areas_ha.update(f.space_areas_ha)
        near = _spaces(facts, radius_m)
        low, value, high = (
            sum(areas_ha[space] or 0.0 for space in spaces) for spaces in (near.low, near.value, near.high)
        )
        return Interval(low, value, high)

    return measure
