"""The published measures of nature: one long table, and the grid of vegetation.

``build`` writes them, everything else reads them. The table holds what was measured on layers that the
project does not carry (parcels, streets), in metres and square metres, and the indicators that follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qpverts.domain.figures.facts import Interval, VegetationFacts, WalkFacts
from qpverts.domain.figures.indicators import Indicator


@dataclass(frozen=True, slots=True)
class NatureRow:
    """One figure of one district: ``value`` between ``low`` and ``high``, all ``None`` where not covered.

    ``source`` names datasets of the catalogue, joined by " ; ". ``coverage_pct`` is the share of the ground
    (or of the list of spaces, or of the points) that the figure rests on; ``None`` where it does not apply.
    """

    code_qp: str
    indicator: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    source: str
    vintage: str
    coverage_pct: float | None


#: Area of a cell of the INSPIRE grid of 200 m, in square metres.
CELL_M2 = 40_000.0


@dataclass(frozen=True, slots=True)
class Cell:
    """Vegetation of a cell of the INSPIRE grid of 200 m, in square metres.

    ``known_m2`` is the part of the cell whose vegetation is known.
    """

    id: str
    known_m2: float
    low_m2: float
    value_m2: float
    high_m2: float

    @property
    def known_pct(self) -> float:
        """Share of the cell whose vegetation is known."""
        return 100 * self.known_m2 / CELL_M2

    @property
    def vegetated_pct(self) -> float:
        """Share of the known ground that is vegetated; 0 where nothing is known."""
        return 100 * self.value_m2 / self.known_m2 if self.known_m2 else 0.0


@dataclass(frozen=True, slots=True)
class Way:
    """The way from one point of a district to a public green space, where the streets are longest.

    ``route`` holds latitudes and longitudes in decimal degrees along the streets, and ``nearest`` those of
    the point of the space that is nearest in a straight line; distances in metres.
    """

    code_qp: str
    space_id: str
    straight_m: float
    street_m: float
    nearest: tuple[float, float]
    route: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class PublishedMeasure:
    """A measure in the table that indicators are computed from; ``label`` is French, as shown."""

    id: str
    unit: str
    label: str


VEGETATION = PublishedMeasure("vegetation_m2", "m²", "Sol végétalisé dans le quartier")
VEGETATION_NEAR = PublishedMeasure(
    "vegetation_300m_m2", "m²", "Sol végétalisé dans le quartier et jusqu'à 300 m"
)
GREEN_EDGE = PublishedMeasure("bordure_verte_m", "m", "Longueur du contour au bord d'un sol végétalisé")
STREET = PublishedMeasure("marche_05ha_m", "m", "Distance médiane par les rues")
STRAIGHT = PublishedMeasure(
    "ligne_droite_05ha_m", "m", "Distance médiane à vol d'oiseau, depuis les mêmes points"
)
MEASURES = (VEGETATION, VEGETATION_NEAR, GREEN_EDGE, STREET, STRAIGHT)


def interval(row: NatureRow) -> Interval | None:
    """Give the figure of a row with its bounds; ``None`` where it is not covered."""
    if row.value is None or row.low is None or row.high is None:
        return None
    return Interval(row.low, row.value, row.high)


def by_district(rows: Iterable[NatureRow]) -> Mapping[str, Mapping[str, NatureRow]]:
    """Sort rows by district, then by indicator."""
    found: dict[str, dict[str, NatureRow]] = {}
    for row in rows:
        found.setdefault(row.code_qp, {})[row.indicator] = row
    return found


def vegetation_of(rows: Mapping[str, NatureRow]) -> VegetationFacts | None:
    """Give the vegetation of a district from its rows; ``None`` where the layer has nothing.

    Where the ground is known around the district and not inside, the inside is nothing, known on 0 %.
    """
    named = [rows.get(measure.id) for measure in (VEGETATION, VEGETATION_NEAR, GREEN_EDGE)]
    inside, near, edge = (interval(row) if row else None for row in named)
    if near is None or edge is None or named[0] is None or named[1] is None:
        return None
    known_pct = named[0].coverage_pct or 0.0
    if inside is None and known_pct:
        return None
    nothing = Interval(0.0, 0.0, 0.0)
    return VegetationFacts(known_pct, inside or nothing, named[1].coverage_pct or 0.0, near, edge)


def walk_of(rows: Mapping[str, NatureRow]) -> WalkFacts | None:
    """Give the walk of a district from its rows; ``None`` where no street is known."""
    named = [rows.get(measure.id) for measure in (STREET, STRAIGHT)]
    street, straight = (interval(row) if row else None for row in named)
    if street is None or straight is None or named[0] is None:
        return None
    return WalkFacts(street, straight, named[0].coverage_pct or 0.0)


def measured(
    code_qp: str,
    measure: PublishedMeasure,
    figure: Interval | None,
    coverage_pct: float,
    *,
    source: str,
    vintage: str,
) -> NatureRow:
    """Write a measure as a row; a figure that is not there keeps its coverage, and no value."""
    low, value, high = (figure.low, figure.value, figure.high) if figure else (None, None, None)
    return NatureRow(code_qp, measure.id, value, low, high, measure.unit, source, vintage, coverage_pct)


def published(code_qp: str, indicator: Indicator, sources: Sequence[str]) -> NatureRow:
    """Write an indicator as a row."""
    spec = indicator.spec
    return NatureRow(
        code_qp,
        spec.id,
        indicator.value,
        indicator.low,
        indicator.high,
        spec.unit,
        " ; ".join(sources),
        spec.vintage,
        indicator.coverage_pct,
    )
