"""The rows of the open data and where they stand: values as the atlas holds them, nothing for the unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

import shapely

from qpverts.atlas.atlas import Atlas
from qpverts.domain.figures.indicators import IndicatorSpec
from qpverts.geo.crs import WGS84
from qpverts.sources.reading.columns import Declaration, Value
from qpverts.sources.reading.green_spaces import OSM_POINTS, SPACES, OsmPoint, has_own_point
from qpverts.sources.reading.insee import FIGURES
from qpverts.viz.words import labels

T = TypeVar("T")
Row = Mapping[str, Value]
Shapes = Callable[[Atlas], Mapping[str, shapely.Geometry | None]]

_DECIMALS = 6


def every(declared: Declaration[T], of: Callable[[Atlas], Iterable[T]]) -> Callable[[Atlas], Iterator[Row]]:
    """Give what lists the rows of a table as its declaration publishes them."""

    def rows(atlas: Atlas) -> Iterator[Row]:
        return map(declared.published, of(atlas))

    return rows


def districts(atlas: Atlas) -> Iterator[Row]:
    """Give the published figures of the districts, and the names that go with their codes."""
    for code, qpv in atlas.qpvs.items():
        yield {
            **FIGURES.published(atlas.facts[code].figures),
            "nom": qpv.name,
            "communes": qpv.commune_names,
            "codes_communes": ";".join(commune.code for commune in qpv.communes),
        }


def perimeters(atlas: Atlas) -> Mapping[str, shapely.Geometry]:
    """Give the perimeters by code."""
    return dict(atlas.perimeters.to_crs(WGS84).items())


def places(atlas: Atlas) -> Mapping[str, shapely.Geometry | None]:
    """Place the actions whose place is known; one known to its district has no point that would be true."""
    return {
        action.id: shapely.Point(action.lon, action.lat) if action.is_exact else None
        for action in atlas.actions.values()
    }


def cities(atlas: Atlas) -> Mapping[str, shapely.Geometry]:
    """Place the inspirations, in the city or at the place that their file gives."""
    return {one.id: shapely.Point(one.lon, one.lat) for one in atlas.inspirations.values()}


def grid(atlas: Atlas) -> Iterator[Row]:
    """Give the level of each district on each theme; counts only where something is known."""
    for code, grades in atlas.grades.items():
        for theme, grade in grades.items():
            known = grade.level.score is not None
            yield {
                "code_qp": code,
                "thematique": theme,
                "niveau": grade.level.id,
                "score": grade.level.score,
                "actions_recensees": grade.evidence.recorded if known else None,
                "actions_engagees": grade.evidence.active if known else None,
                "actions_realisees": grade.evidence.done if known else None,
                "porteurs": grade.evidence.carriers if known else None,
                "releve": grade.evidence.surveyed,
            }


def measured(*, from_osm: bool) -> Callable[[Atlas], Iterator[Row]]:
    """Give what lists the indicators that rest on OpenStreetMap, or the others."""

    def rows(atlas: Atlas) -> Iterator[Row]:
        specs = [spec for spec in atlas.specs.indicators if rests_on_osm(spec, atlas) is from_osm]
        for code, values in atlas.indicators.items():
            for spec in specs:
                one = values[spec.id]
                yield {
                    "code_qp": code,
                    "indicateur": spec.id,
                    "libelle": spec.label,
                    "unite": spec.unit,
                    "valeur": _rounded(one.value),
                    "bas": _rounded(one.low),
                    "haut": _rounded(one.high),
                    "etat": one.state.value,
                    "couverture_pct": _rounded(one.coverage_pct),
                    "millesime": spec.vintage,
                    "reserve": labels.reserve(one) or None,
                }

    return rows


def rests_on_osm(spec: IndicatorSpec, atlas: Atlas) -> bool:
    """Tell whether an indicator is computed from data under ODbL."""
    return any(atlas.catalogue.get(dataset).licence.startswith("ODbL") for dataset in spec.datasets)


def osm_points(atlas: Atlas) -> Iterator[Row]:
    """Give the points read in OpenStreetMap, and what is known of the green spaces that stand there."""
    for space in atlas.spaces.values():
        if not has_own_point(space) and space.lon is not None and space.lat is not None:
            known = SPACES.published(space)
            point = OSM_POINTS.published(OsmPoint(space.id, space.lon, space.lat))
            yield point | {field.name: known[field.name] for field in OSM_POINTS.derived}


def points(*, from_osm: bool) -> Shapes:
    """Give what places the green spaces that OpenStreetMap places, or the others."""

    def shapes(atlas: Atlas) -> Mapping[str, shapely.Geometry | None]:
        return {
            space.id: shapely.Point(space.lon, space.lat) if space.is_located else None
            for space in atlas.spaces.values()
            if has_own_point(space) is not from_osm
        }

    return shapes


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)
