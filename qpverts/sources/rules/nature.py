"""Rules on what ``build`` publishes: figures in order, shares that are shares, cells that exist."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from qpverts.domain.nature import CELL_M2, MEASURES, NatureRow
from qpverts.domain.specs import NATURE
from qpverts.errors import Fault
from qpverts.geo.grid import corner
from qpverts.sources.rules.content import Content

_KNOWN = {spec.id for spec in NATURE} | {measure.id for measure in MEASURES}
_WHOLE_PCT = 100.0
#: Cells are written to the square metre.
_ROUNDING_M2 = 1.0


def measured_nature_is_possible(content: Content) -> Iterator[Fault]:
    """Nature : une ligne par quartier et indicateur, bas ≤ valeur ≤ haut, parts entre 0 et 100 %."""
    table = content.nature
    known = {qpv.code for qpv in content.qpvs}
    seen: dict[tuple[str, str], int] = {}
    for line, row in table.numbered():
        if row.code_qp not in known:
            yield Fault(table.file, "nature", f"« {row.code_qp} » n'existe pas", line, "code_qp")
        if row.indicator not in _KNOWN:
            yield Fault(table.file, "nature", f"indicateur inconnu « {row.indicator} »", line, "indicateur")
        first = seen.setdefault((row.code_qp, row.indicator), line)
        if first != line:
            yield Fault(table.file, "nature", f"figure déjà ligne {first}", line, "indicateur")
        if fault := _disorder(row):
            yield Fault(table.file, "nature", fault, line, "valeur")


def measured_cells_are_possible(content: Content) -> Iterator[Fault]:
    """Maille : carreaux de 200 m qui existent, végétation comprise dans ses bornes et dans le carreau."""
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
        if any(more < less - _ROUNDING_M2 for less, more in pairwise(amounts)):
            yield Fault(table.file, "maille", "les surfaces ne sont pas dans l'ordre", line, "vegetation_m2")


def ways_lead_to_known_spaces(content: Content) -> Iterator[Fault]:
    """Trajets : d'un quartier à un espace vert connus, par des rues plus longues que la ligne droite."""
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
    """Say what is impossible in the figures of a row."""
    figures = [figure for figure in (row.low, row.value, row.high) if figure is not None]
    if figures and len(figures) < 3:  # noqa: PLR2004
        return "valeur, bas et haut vont ensemble"
    if figures != sorted(figures) or any(figure < 0 for figure in figures):
        return "bas, valeur et haut ne sont pas positifs et dans l'ordre"
    shares = [row.coverage_pct, row.high if row.unit.startswith("%") else None]
    if any(share is not None and not 0 <= share <= _WHOLE_PCT for share in shares):
        return "une part sort de 0 à 100 %"
    return None
