"""Measures and indicators written as the rows of the published tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Protocol

import geopandas as gpd

from qpverts.domain.figures.facts import DistrictFacts, Interval, VegetationFacts
from qpverts.domain.figures.indicators import IndicatorSpec, evaluate
from qpverts.domain.figures.published import (
    GREEN_EDGE,
    STRAIGHT,
    STREET,
    VEGETATION,
    VEGETATION_NEAR,
    NatureRow,
    PublishedMeasure,
    Way,
    measured,
    published,
)
from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.geo.walk import WalkAccess
from qpverts.sources.published.nature_tables import DECIMALS

#: A way is drawn when the streets add at least this much to the straight line, in metres.
SHOWN_FROM_M = 100.0


class Source(Protocol):
    """What a measure was taken on: a dataset of the catalogue, or a file that the user gives."""

    @property
    def id(self) -> str:
        """Name it, as in the column "source"."""
        ...

    @property
    def vintage(self) -> str:
        """Tell its date, in French."""
        ...


def indicator_rows(code: str, facts: DistrictFacts, specs: Iterable[IndicatorSpec]) -> list[NatureRow]:
    """Write these indicators of a district, known or not."""
    return [published(code, evaluate(spec, [facts]), spec.datasets) for spec in specs]


def vegetation_rows(
    codes: Iterable[str], found: Mapping[str, VegetationFacts], source: Source
) -> list[NatureRow]:
    """Write what was measured on a layer of ground, a row for each district, covered or not."""
    rows = []
    for code in codes:
        facts = found.get(code)
        figures: dict[PublishedMeasure, tuple[Interval | None, float]] = {
            # Known around and not inside: no ground is known there, which is not a ground without vegetation.
            VEGETATION: (facts.inside_m2 if facts.known_pct else None, facts.known_pct)
            if facts
            else (None, 0.0),
            VEGETATION_NEAR: (facts.near_m2, facts.near_known_pct) if facts else (None, 0.0),
            GREEN_EDGE: (facts.edge_m, facts.known_pct) if facts else (None, 0.0),
        }
        rows += _rows(code, figures, source)
    return rows


def walk_rows(codes: Iterable[str], found: Mapping[str, WalkAccess], source: Source) -> list[NatureRow]:
    """Write what was measured on a network of streets, a row for each district, covered or not."""
    rows = []
    for code in codes:
        walk = found.get(code, WalkAccess(reached_pct=0.0))
        figures: dict[PublishedMeasure, tuple[Interval | None, float]] = {
            STREET: (_finite(walk.walk_m), walk.reached_pct),
            STRAIGHT: (_finite(walk.straight_m), walk.reached_pct),
        }
        rows += _rows(code, figures, source)
    return rows


def ways(found: Mapping[str, WalkAccess]) -> tuple[Way, ...]:
    """Keep the way that each district has to show, in decimal degrees and to the metre."""
    gaps = {code: walk.gap for code, walk in found.items() if walk.gap is not None}
    routes = gpd.GeoSeries([gap.route for gap in gaps.values()], crs=LAMBERT_93).simplify(1).to_crs(WGS84)
    lines = gpd.GeoSeries([gap.straight for gap in gaps.values()], crs=LAMBERT_93).to_crs(WGS84)
    return tuple(
        Way(
            code,
            gap.space_id,
            float(round(gap.straight_m)),
            float(round(gap.walk_m)),
            _latlon(line.coords[-1]),
            tuple(map(_latlon, route.coords)),
        )
        for (code, gap), route, line in zip(gaps.items(), routes, lines, strict=True)
        if gap.walk_m - gap.straight_m >= SHOWN_FROM_M
    )


def _latlon(point: tuple[float, ...]) -> tuple[float, float]:
    return point[1], point[0]


def _rows(
    code: str, figures: Mapping[PublishedMeasure, tuple[Interval | None, float]], source: Source
) -> list[NatureRow]:
    return [
        measured(
            code,
            measure,
            _rounded(figure),
            round(coverage, DECIMALS),
            source=source.id,
            vintage=source.vintage,
        )
        for measure, (figure, coverage) in figures.items()
    ]


def _finite(figure: Interval | None) -> Interval | None:
    """Leave out a way that is endless under one of the hypotheses: a space that no street enters then."""
    return figure if figure and math.isfinite(figure.high) else None


def _rounded(figure: Interval | None) -> Interval | None:
    """Round as the file will, so that what follows from a figure follows from the file too."""
    if figure is None:
        return None
    return Interval(*(round(bound, DECIMALS) for bound in (figure.low, figure.value, figure.high)))
