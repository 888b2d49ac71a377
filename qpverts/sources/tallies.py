"""How many there are of what the data hold, and whether they agree with figures known from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from qpverts.sources.rules import Content

#: Counts by group, then by what is counted, both in French, as shown.
Counts = Mapping[str, Mapping[str, int]]
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Known:
    """Figures of a district that a person read elsewhere than in our files; the area is in hectares."""

    district: str
    area_ha: float
    population: int
    households: int
    poverty_pct: float
    employment_pct: float
    social_dwellings: int


def count(content: Content) -> Counts:
    """Count what the data hold."""
    actions, figures = content.actions.rows, content.figures.rows
    return {
        TOTAL: {
            "quartiers": len(content.qpvs),
            "espaces verts": len(content.spaces.rows),
            "actions": len(actions),
            "inspirations": len(content.inspirations.rows),
            "relevés": len(content.surveys.rows),
            "habitants": sum(row.population or 0 for row in figures),
            "ménages": sum(row.households or 0 for row in figures),
            "logements sociaux": sum(row.social_dwellings or 0 for row in figures),
            "quartiers sans taux de pauvreté": sum(row.poverty_pct is None for row in figures),
            "quartiers sans nombre de logements sociaux": sum(
                row.social_dwellings is None for row in figures
            ),
        },
        "actions par commune": _tally(row.commune_code for row in actions),
        "actions par quartier": _tally(code for row in actions for code in row.qpv_codes or ("aucun",)),
        "actions par thématique": _tally(theme for row in actions for theme in row.themes),
        "actions par emplacement connu": _tally(row.precision.value for row in actions),
        "inspirations par pays": _tally(row.country for row in content.inspirations.rows),
    }


def _tally(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))


def contradicted(known: Iterable[Known], content: Content) -> Iterator[str]:
    """Say in French which known figures are not those of the files; an area is compared to 0.1 ha."""
    figures = {row.code_qp: row for row in content.figures.rows}
    areas_ha = content.perimeters.geometry.area / 10_000
    for one in known:
        row = figures.get(one.district)
        if row is None:
            yield f"chiffres connus, {one.district} : ce quartier n'existe pas"
            continue
        for what, found, expected in (
            ("surface (ha)", round(float(areas_ha[one.district]), 1), one.area_ha),
            ("habitants", row.population, one.population),
            ("ménages", row.households, one.households),
            ("taux de pauvreté", row.poverty_pct, one.poverty_pct),
            ("taux d'emploi", row.employment_pct, one.employment_pct),
            ("logements sociaux", row.social_dwellings, one.social_dwellings),
        ):
            if found != expected:
                yield f"chiffres connus, {one.district}, {what} : {found}, attendu {expected}"
