"""The rows of the open data and where they stand: values as the atlas holds them, nothing for the unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import shapely

from qpverts.atlas.atlas import Atlas
from qpverts.domain.figures.indicators import IndicatorSpec
from qpverts.domain.figures.specs import INDICATORS
from qpverts.domain.model import GreenSpace, PlaceSource
from qpverts.geo.crs import WGS84
from qpverts.viz.words import labels

Value = str | int | float | bool | None
Row = Mapping[str, Value]
Shapes = Callable[[Atlas], Mapping[str, shapely.Geometry | None]]

_DECIMALS = 6


def districts(atlas: Atlas) -> Iterator[Row]:
    """Give the districts and their published figures."""
    for code, qpv in atlas.qpvs.items():
        figures = atlas.facts[code].figures
        yield {
            "code_qp": code,
            "nom": qpv.name,
            "communes": qpv.commune_names,
            "codes_communes": ";".join(commune.code for commune in qpv.communes),
            "population_2020": figures.population,
            "menages": figures.households,
            "taux_emploi_pct": figures.employment_pct,
            "taux_pauvrete_60_pct": figures.poverty_pct,
            "logements_sociaux": figures.social_dwellings,
        }


def perimeters(atlas: Atlas) -> Mapping[str, shapely.Geometry]:
    """Give the perimeters by code."""
    return dict(atlas.perimeters.to_crs(WGS84).items())


def actions(atlas: Atlas) -> Iterator[Row]:
    """Give the recorded actions, each with its source."""
    for action in atlas.actions.values():
        yield {
            "id": action.id,
            "titre": action.title,
            "resume": action.summary,
            "themes": ";".join(action.themes),
            "champs": ";".join(action.fields),
            "axe": action.axis,
            "code_qp": ";".join(action.qpv_codes),
            "code_commune": action.commune_code,
            "lieu": action.place,
            "precision": action.precision.value,
            "etat": action.status.value,
            "annee_debut": action.start_year,
            "annee_fin": action.end_year,
            "porteur": action.carrier,
            "partenaires": ";".join(action.partners),
            "surface_m2": action.area_m2,
            "budget_eur": action.budget_eur,
            "source": action.source.title,
            "source_url": action.source.url,
            "source_date": action.source.date,
            "note": action.note,
        }


def places(atlas: Atlas) -> Mapping[str, shapely.Geometry | None]:
    """Place the actions whose place is known; one known to its district has no point that would be true."""
    return {
        action.id: shapely.Point(action.lon, action.lat) if action.is_exact else None
        for action in atlas.actions.values()
    }


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
        specs = [spec for spec in INDICATORS if rests_on_osm(spec, atlas) is from_osm]
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


def spaces(*, from_osm: bool) -> Callable[[Atlas], Iterator[Row]]:
    """Give what lists the green spaces placed after OpenStreetMap, or the others."""

    def rows(atlas: Atlas) -> Iterator[Row]:
        for space in atlas.spaces.values():
            if _is_osm(space) is from_osm:
                yield {
                    "id": space.id,
                    "nom": space.name,
                    "nature": space.kind.value,
                    "code_commune": space.commune_code,
                    "surface_ha": space.area_ha,
                    "acces": space.access.value if space.access else None,
                    "annee_ouverture": space.opening_year,
                    "origine_position": space.place_source.value if space.place_source else None,
                    "source": space.source.title,
                    "source_url": space.source.url,
                    "source_date": space.source.date,
                    "note": space.note,
                }

    return rows


def points(*, from_osm: bool) -> Shapes:
    """Give what places those spaces."""

    def shapes(atlas: Atlas) -> Mapping[str, shapely.Geometry | None]:
        return {
            space.id: shapely.Point(space.lon, space.lat) if space.is_located else None
            for space in atlas.spaces.values()
            if _is_osm(space) is from_osm
        }

    return shapes


def _is_osm(space: GreenSpace) -> bool:
    return space.place_source is PlaceSource.OPENSTREETMAP


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS)
