"""The indicators that QPVerts measures: the words that the data declare, on the formulas that are here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from qpverts.domain.figures.goalposts import Goalpost
from qpverts.domain.figures.indicators import IndicatorSpec
from qpverts.domain.figures.specs.formulas import FORMULAS, NATURE

DEFAULT = "part_300m_05ha"


def exists(indicator_id: str) -> bool:
    """Tell whether an indicator exists: each formula is declared once, and nothing else is."""
    return indicator_id in FORMULAS


@dataclass(frozen=True)
class Specs:
    """The declared indicators, and the axes of the radar of nature, in the order of the screens."""

    indicators: tuple[IndicatorSpec, ...]
    axes: tuple[Goalpost, ...]

    @cached_property
    def by_id(self) -> Mapping[str, IndicatorSpec]:
        """Give the indicators by id."""
        return {spec.id: spec for spec in self.indicators}

    @cached_property
    def nature(self) -> tuple[IndicatorSpec, ...]:
        """Give what ``build`` measures and publishes as a table."""
        return tuple(spec for spec in self.indicators if spec.id in NATURE)

    @cached_property
    def families(self) -> Mapping[str, tuple[IndicatorSpec, ...]]:
        """Give the indicators by the title they are shown under."""
        titles = dict.fromkeys(spec.family for spec in self.indicators)
        return {title: tuple(spec for spec in self.indicators if spec.family == title) for title in titles}
