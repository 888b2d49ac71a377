"""Indicators: a number never travels without its unit, definition, source, vintage and coverage.

The list of them is declared with the data (``geo/indicateurs.toml``), on :mod:`qpverts.domain.figures.specs`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qpverts.domain.figures import measures
from qpverts.domain.figures.facts import DistrictFacts


class State(StrEnum):
    """Why a value is there, or is not."""

    KNOWN = "connu"
    PARTIAL = "partiel"
    NOT_COVERED = "non couvert"
    VEGETATION_UNKNOWN = "végétation non couverte"
    STREETS_UNKNOWN = "rues non couvertes"
    NOT_PUBLISHED = "non publié"
    NOT_ADDITIVE = "non calculable pour un groupe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """How an indicator is computed.

    ``missing`` tells what the absence of an input means. ``coverage`` measures how complete the inputs are,
    in %. ``additive`` is false where a group has no value: a rate published without its numerator, or the
    distance to the nearest space, which the luckiest district would give to all. ``more`` says what
    would change if an unlisted space were found: true, the figure grows; false, it shrinks; else nothing.
    """

    measure: measures.Measure
    has_input: Callable[[DistrictFacts], bool]
    missing: State
    additive: bool = True
    more: bool | None = None
    coverage: measures.Coverage | None = None


#: Bounds between the five colours of a map.
BREAKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorSpec(Formula):
    """What an indicator means, and how it is computed; French texts are shown as they are.

    ``breaks`` are the upper bounds of the map's classes but the last, fixed so that two maps can be
    compared. ``datasets`` are catalogue ids. ``coverage_text`` says how complete the inputs are, with
    ``{share}`` and ``{where}`` to fill.
    """

    id: str
    label: str
    unit: str
    definition: str
    formula: str
    datasets: tuple[str, ...]
    vintage: str
    breaks: tuple[float, ...]
    family: str
    decimals: int = 0
    coverage_text: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measured indicator of one territory.

    ``value``, ``low`` and ``high`` are in ``spec.unit``; ``None`` when ``state`` says why. ``known``
    of ``total`` districts have the inputs. ``coverage_pct`` tells how complete these are: for green spaces,
    the share of those listed in the communes at hand that could be placed with their area; for vegetation,
    the share of the ground where it is known; for walking, the share of the points that a street serves.
    """

    spec: IndicatorSpec
    state: State
    value: float | None
    low: float | None
    high: float | None
    known: int
    total: int
    coverage_pct: float | None


def evaluate(spec: IndicatorSpec, facts: Sequence[DistrictFacts]) -> Indicator:
    """Compute one indicator for a territory given by the facts of its districts.

    Raises
    ------
    ValueError
        When ``facts`` is empty: a territory has at least one district.
    """
    if not facts:
        msg = "un territoire compte au moins un quartier"
        raise ValueError(msg)
    usable = [f for f in facts if spec.has_input(f)]
    coverage = spec.coverage(usable or facts) if spec.coverage else None
    refused = len(facts) > 1 and not spec.additive
    interval = spec.measure(usable) if usable and not refused else None
    if usable and refused:
        state = State.NOT_ADDITIVE
    elif interval is None:
        state = spec.missing
    else:
        state = State.KNOWN if len(usable) == len(facts) else State.PARTIAL
    return Indicator(
        spec=spec,
        state=state,
        value=interval.value if interval else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        known=len(usable),
        total=len(facts),
        coverage_pct=coverage,
    )
