"""The indicators that QPVerts measures, in the order of the screens; one module a subject."""

from __future__ import annotations

from qpverts.domain.figures.indicators import IndicatorSpec
from qpverts.domain.figures.specs import district, ground, parks

INDICATORS: tuple[IndicatorSpec, ...] = (*parks.SPECS, *ground.SPECS, *district.SPECS)
#: What `build` measures and publishes as a table, with the bounds and coverage of each figure.
NATURE: tuple[IndicatorSpec, ...] = (*parks.SPECS, *ground.SPECS)

FAMILIES: dict[str, tuple[IndicatorSpec, ...]] = {
    family: tuple(spec for spec in INDICATORS if spec.family == family)
    for family in dict.fromkeys(spec.family for spec in INDICATORS)
}
BY_ID: dict[str, IndicatorSpec] = {spec.id: spec for spec in INDICATORS}
DEFAULT = "part_300m_05ha"


def spec_of(indicator_id: str) -> IndicatorSpec:
    """Give the specification of an indicator; KeyError when it does not exist."""
    return BY_ID[indicator_id]
