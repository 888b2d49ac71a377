"""One function per indicator: district facts in, an interval out (``None`` when it cannot be said).

Every function takes the facts of the districts of one territory, already reduced to those where the
inputs exist. Rates are the sum of numerators over the sum of denominators, never a mean of rates.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from qpverts.domain.figures.facts import (
    DistrictFacts,
    GreenAccess,
    Interval,
    SpacesNear,
    VegetationFacts,
    WalkFacts,
)

Measure = Callable[[Sequence[DistrictFacts]], Interval | None]
Coverage = Callable[[Sequence[DistrictFacts]], float | None]


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

    def measure(facts: Sequence[DistrictFacts]) -> Interval | None:
        served = [a.served_m2[min_area_ha] for a in _access(facts)]
        return _share(served, sum(f.area_m2 for f in facts))

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


def _ratio(parts: Sequence[Interval], whole: float) -> Interval | None:
    """Sum intervals and divide by an exact whole; ``None`` where the whole is nothing."""
    if not whole:
        return None
    return Interval(
        low=sum(part.low for part in parts) / whole,
        value=sum(part.value for part in parts) / whole,
        high=sum(part.high for part in parts) / whole,
    )


def _share(parts: Sequence[Interval], whole: float) -> Interval | None:
    """Give the share of a whole in %, never above 100: parts in a file are rounded, wholes are not."""
    ratio = _ratio(parts, whole)
    if ratio is None:
        return None
    low, value, high = (min(100.0, 100 * bound) for bound in (ratio.low, ratio.value, ratio.high))
    return Interval(low, value, high)


def _vegetation(facts: Sequence[DistrictFacts]) -> list[VegetationFacts]:
    return [f.vegetation for f in facts if f.vegetation is not None]


def vegetated_share(facts: Sequence[DistrictFacts]) -> Interval | None:
    """Share of the perimeters that is vegetated, in %; ground of unknown vegetation adds nothing."""
    return _share([v.inside_m2 for v in _vegetation(facts)], sum(f.area_m2 for f in facts))


def vegetated_per_resident(facts: Sequence[DistrictFacts]) -> Interval | None:
    """Vegetated ground in the perimeters, in square metres per resident."""
    return _ratio([v.inside_m2 for v in _vegetation(facts)], population(facts).value)


def vegetated_near_per_resident(facts: Sequence[DistrictFacts]) -> Interval | None:
    """Vegetated ground in one perimeter and within 300 m of it, in square metres per resident."""
    return _ratio([v.near_m2 for v in _vegetation(facts)], population(facts).value)


def parks_per_resident(facts: Sequence[DistrictFacts]) -> Interval | None:
    """Public green spaces in the perimeters, in square metres per resident."""
    return _ratio([a.inside_m2 for a in _access(facts)], population(facts).value)


def parks_near_per_resident(facts: Sequence[DistrictFacts]) -> Interval | None:
    """Public green spaces in one perimeter and within 300 m of it, in square metres per resident."""
    return _ratio([a.near_m2 for a in _access(facts)], population(facts).value)


def green_edge_share(facts: Sequence[DistrictFacts]) -> Interval | None:
    """Share of the boundaries within 50 m of green ground of at least 0.5 ha, in %."""
    return _share([v.edge_m for v in _vegetation(facts)], sum(f.boundary_m for f in facts))


def parks_edge_share(min_area_ha: float) -> Measure:
    """Share of the boundaries within 50 m of a public green space of at least that area, in %."""

    def measure(facts: Sequence[DistrictFacts]) -> Interval | None:
        bordered = [a.bordered_m[min_area_ha] for a in _access(facts)]
        return _share(bordered, sum(f.boundary_m for f in facts))

    return measure


def _walk(facts: Sequence[DistrictFacts]) -> WalkFacts | None:
    return facts[0].walk if len(facts) == 1 else None


def walking_distance(facts: Sequence[DistrictFacts]) -> Interval | None:
    """Median distance along the streets to the nearest public green space of 0.5 ha, one district, metres."""
    walk = _walk(facts)
    return walk.street_m if walk else None


def detour(facts: Sequence[DistrictFacts]) -> Interval | None:
    """How many times longer the streets are than the straight line, medians of one district.

    Low and high do not come from two different parks: the reach of a park shortens both ways together.
    """
    walk = _walk(facts)
    if walk is None or not walk.straight_m.value:
        return None
    ratios = [
        street / straight
        for street, straight in (
            (walk.street_m.low, walk.straight_m.low),
            (walk.street_m.value, walk.straight_m.value),
            (walk.street_m.high, walk.straight_m.high),
        )
        if straight
    ]
    value = walk.street_m.value / walk.straight_m.value
    return Interval(min(ratios), value, max(ratios))


def green_lists_coverage(facts: Sequence[DistrictFacts]) -> float | None:
    """Share of the listed public green spaces that are drawn, each commune counted once, in %.

    Communes without any are left out: they are not covered, and give no figure.
    """
    lists = {green.commune_code: green for f in facts if f.green for green in f.green_lists}
    listed = sum(green.listed for green in lists.values())
    return 100 * sum(green.drawn for green in lists.values()) / listed if listed else None


def vegetation_coverage(facts: Sequence[DistrictFacts]) -> float | None:
    """Share of the perimeters whose vegetation is known, in %."""
    known = sum(f.area_m2 * f.vegetation.known_pct for f in facts if f.vegetation)
    return known / sum(f.area_m2 for f in facts)


def near_vegetation_coverage(facts: Sequence[DistrictFacts]) -> float | None:
    """Share of one perimeter and its surroundings whose vegetation is known, in %."""
    return facts[0].vegetation.near_known_pct if len(facts) == 1 and facts[0].vegetation else None


def walk_coverage(facts: Sequence[DistrictFacts]) -> float | None:
    """Share of one district's points that a known street serves, in %."""
    walk = _walk(facts)
    return walk.reached_pct if walk else None
