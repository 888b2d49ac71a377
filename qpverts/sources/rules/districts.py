"""Rules on the districts: their outlines, codes, communes and figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import shapely

from qpverts.errors import Fault
from qpverts.sources.rules.content import CODE, COMMUNE_TOLERANCE_M, Content, one_shapes, rule


@rule("Géométries : polygones valides et non vides")
def perimeters_are_valid(content: Content) -> Iterator[Fault]:
    """Refuse a perimeter that is missing, empty, or no valid polygon."""
    layers = ((content.perimeters_file, content.perimeters), (content.outlines_file, content.outlines))
    for file, layer in layers:
        for code, shape in layer.geometry.items():
            if shape is None or shape.is_empty or shape.geom_type not in {"Polygon", "MultiPolygon"}:
                yield Fault(file, "geometrie", f"« {code} » n'a pas de polygone")
            elif not shape.is_valid:
                yield Fault(
                    file, "geometrie", f"« {code} » : {shapely.is_valid_reason(shape)} ; réparez le contour"
                )


@rule("Quartiers : codes bien formés (QN + 5 chiffres + I, M ou N) et uniques")
def codes_are_official(content: Content) -> Iterator[Fault]:
    """Refuse a code of district that is not written as the official ones are, or is there twice."""
    for code, times in Counter(qpv.code for qpv in content.qpvs).items():
        if not CODE.fullmatch(code):
            yield Fault(content.perimeters_file, "codes", f"« {code} » n'est pas un code de quartier de 2024")
        if times > 1:
            yield Fault(content.perimeters_file, "codes", f"« {code} » figure {times} fois")


@rule("Quartiers : chaque périmètre touche les communes qu'il déclare")
def districts_are_in_their_commune(content: Content) -> Iterator[Fault]:
    """Refuse a perimeter that does not touch the communes it is said to be in."""
    perimeters, outlines = one_shapes(content.perimeters), one_shapes(content.outlines)
    for qpv in content.qpvs:
        shape = perimeters.get(qpv.code)
        for commune in qpv.communes:
            outline = outlines.get(commune.code)
            if shape is None or outline is None:
                continue  # Pertuis (84) has no outline in the basemap
            if shape.distance(outline) > COMMUNE_TOLERANCE_M:
                yield Fault(content.perimeters_file, "communes", f"« {qpv.code} » est loin de {commune.name}")


@rule("INSEE : une ligne par quartier, ni plus ni moins ; valeurs possibles")
def figures_match_districts(content: Content) -> Iterator[Fault]:
    """Refuse figures of INSEE that are missing, left over or impossible."""
    known = {qpv.code for qpv in content.qpvs}
    table = content.figures
    for line, row in table.numbered():
        if row.code_qp not in known:
            yield Fault(table.file, "insee", f"« {row.code_qp} » n'existe pas", line, "code_qp")
        for column, share in (
            ("taux_emploi_pct", row.employment_pct),
            ("taux_pauvrete_60_pct", row.poverty_pct),
        ):
            if share is not None and not 0 <= share <= 100:  # noqa: PLR2004
                yield Fault(table.file, "insee", f"{share} n'est pas un pourcentage", line, column)
        counts = (
            ("population_2020", row.population),
            ("menages", row.households),
            ("logements_sociaux", row.social_dwellings),
        )
        for column, count in counts:
            if count is not None and count < 0:
                yield Fault(table.file, "insee", f"{count} est négatif", line, column)
    for code in sorted(known - {row.code_qp for row in table.rows}):
        yield Fault(table.file, "insee", f"« {code} » n'a pas de ligne")
