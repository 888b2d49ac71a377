"""Rules on what ``build`` publishes: figures in order, shares that are shares, cells that exist."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise

import geopandas as gpd
import numpy as np
import shapely

from qpverts.domain.figures.published import (
    CELL_M2,
    GREEN_EDGE,
    MEASURES,
    STRAIGHT,
    STREET,
    VEGETATION,
    VEGETATION_NEAR,
    NatureRow,
)
from qpverts.errors import Fault
from qpverts.geo.district_vegetation import NEAR_M
from qpverts.geo.inspire_grid import corner
from qpverts.sources.rules.content import Content, rule

_WHOLE_PCT = 100.0
#: Cells are written to the square metre.
_ROUNDING_M2 = 1.0
_ROUNDING = 0.01  # of the measures in the file
#: No street leads farther than this to a park of the region, in metres.
_FARTHEST_M = 100_000.0
_SHOWN = 60  # letters of a faulty text


@rule("Nature : une ligne par quartier et indicateur, bas ≤ valeur ≤ haut, parts entre 0 et 100 %")
def measured_nature_is_possible(content: Content) -> Iterator[Fault]:
    """Refuse a figure of nature that is there twice, unknown, out of order or impossible."""
    table = content.nature
    known = {qpv.code for qpv in content.qpvs}
    most = _most(content.perimeters.geometry)
    seen: dict[tuple[str, str], int] = {}
    units = {spec.id: spec.unit for spec in content.specs.nature}
    units |= {measure.id: measure.unit for measure in MEASURES}
    for line, row in table.numbered():
        if row.code_qp not in known:
            yield Fault(table.file, "nature", f"« {row.code_qp[:_SHOWN]} » n'existe pas", line, "code_qp")
        if row.indicator not in units:
            told = f"indicateur inconnu « {row.indicator[:_SHOWN]} »"
            yield Fault(table.file, "nature", told, line, "indicateur")
        elif row.unit != units[row.indicator]:
            told = f"unité « {row.unit[:_SHOWN]} » au lieu de « {units[row.indicator]} »"
            yield Fault(table.file, "nature", told, line, "unite")
        first = seen.setdefault((row.code_qp, row.indicator), line)
        if first != line:
            yield Fault(table.file, "nature", f"figure déjà ligne {first}", line, "indicateur")
        if fault := _disorder(row) or _excess(row, most):
            yield Fault(table.file, "nature", fault, line, "valeur")
        if row.coverage_pct is not None and not 0 <= row.coverage_pct <= _WHOLE_PCT:
            yield Fault(table.file, "nature", "une part sort de 0 à 100 %", line, "couverture_pct")


@rule("Maille : carreaux de 200 m qui existent, végétation comprise dans ses bornes et dans le carreau")
def measured_cells_are_possible(content: Content) -> Iterator[Fault]:
    """Refuse a cell that does not exist, or holds more vegetation than ground."""
    table = content.cells
    seen: dict[str, int] = {}
    for line, cell in table.numbered():
        first = seen.setdefault(cell.id, line)
        if first != line:
            yield Fault(table.file, "maille", f"figure déjà ligne {first}", line, "maille")
        try:
            corner(cell.id)
        except ValueError as error:
            yield Fault(table.file, "maille", str(error), line, "maille")
        amounts = (0.0, cell.low_m2, cell.value_m2, cell.high_m2, cell.known_m2, CELL_M2)
        if cell.low_m2 < 0 or any(more < less - _ROUNDING_M2 for less, more in pairwise(amounts)):
            yield Fault(table.file, "maille", "les surfaces ne sont pas dans l'ordre", line, "vegetation_m2")


@rule("Trajets : d'un quartier à un espace vert connus, par des rues plus longues que la ligne droite")
def ways_lead_to_known_spaces(content: Content) -> Iterator[Fault]:
    """Refuse a way between unknown places, or shorter than the straight line."""
    table = content.ways
    codes, spaces = {qpv.code for qpv in content.qpvs}, {space.id for space in content.spaces.rows}
    seen: set[str] = set()
    for rank, way in table.numbered():
        name = f"entité nº {rank}"
        if way.code_qp not in codes:
            yield Fault(table.file, "trajets", f"{name} : « {way.code_qp[:60]} » n'existe pas")
        if way.code_qp in seen:
            yield Fault(table.file, "trajets", f"{name} : « {way.code_qp} » a déjà un trajet")
        seen.add(way.code_qp)
        if way.space_id not in spaces:
            yield Fault(table.file, "trajets", f"{name} : espace vert inconnu « {way.space_id[:60]} »")
        if not 0 <= way.straight_m <= way.street_m:
            yield Fault(table.file, "trajets", f"{name} : la rue est plus courte que la ligne droite")


def _disorder(row: NatureRow) -> str | None:
    """Say what is impossible in the figures of a row by themselves."""
    figures = [figure for figure in (row.low, row.value, row.high) if figure is not None]
    if figures and len(figures) < 3:  # noqa: PLR2004
        return "valeur, bas et haut vont ensemble"
    if figures != sorted(figures) or any(figure < 0 for figure in figures):
        return "bas, valeur et haut ne sont pas positifs et dans l'ordre"
    if row.unit.startswith("%") and figures and figures[-1] > _WHOLE_PCT:
        return "une part sort de 0 à 100 %"
    return None


def _most(perimeters: gpd.GeoSeries) -> Mapping[tuple[str, str], float]:
    """Give the most that a measure may say of a district (EPSG:2154), by code and measure."""
    shapes = perimeters.to_numpy()
    area, length = shapely.area(shapes), shapely.length(shapes)
    # A convex shape has the largest surroundings for its boundary (Steiner's formula), each part its own.
    around = area + NEAR_M * length + math.pi * NEAR_M**2 * shapely.get_num_geometries(shapes)
    far = np.full(len(shapes), _FARTHEST_M)
    of_each = {VEGETATION: area, VEGETATION_NEAR: around, GREEN_EDGE: length, STREET: far, STRAIGHT: far}
    return {
        (str(code), measure.id): float(most)
        for measure, amounts in of_each.items()
        for code, most in zip(perimeters.index, amounts, strict=True)
        if most > 0  # a shape that is missing or flat is another rule's fault
    }


def _excess(row: NatureRow, most: Mapping[tuple[str, str], float]) -> str | None:
    """Say that a measure is more than its district or its surroundings can hold."""
    limit = most.get((row.code_qp, row.indicator))
    if limit is None or row.high is None or row.high <= limit + _ROUNDING:
        return None
    return f"{row.high:.4g} {row.unit} : plus que le quartier ne permet (au plus {limit:.0f})"
