"""What the texts of a district draw from, without knowing who read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from qpverts.domain.facts import DistrictFacts
from qpverts.domain.indicators import Indicator
from qpverts.domain.levels import Grade
from qpverts.domain.model import Action, GreenSpace, Qpv
from qpverts.domain.nature import Way
from qpverts.domain.themes import Vocabulary
from qpverts.geo.join import Near


class Known(Protocol):
    """What a description draws from; an atlas is one."""

    @property
    def qpvs(self) -> Mapping[str, Qpv]:
        """Districts by code."""

    @property
    def facts(self) -> Mapping[str, DistrictFacts]:
        """Facts by code."""

    @property
    def indicators(self) -> Mapping[str, Mapping[str, Indicator]]:
        """Indicators by code, then by id."""

    @property
    def spaces(self) -> Mapping[str, GreenSpace]:
        """Green spaces by id."""

    @property
    def actions(self) -> Mapping[str, Action]:
        """Actions by id."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the approach."""

    @property
    def grades(self) -> Mapping[str, Mapping[str, Grade]]:
        """Levels by code, then by theme."""

    @property
    def green_near(self) -> Mapping[str, tuple[Near, ...]]:
        """Public green spaces near each district, the nearest first."""

    @property
    def actions_near(self) -> Mapping[str, tuple[Near, ...]]:
        """Actions at a known place near each district, the nearest first."""

    @property
    def ways(self) -> Mapping[str, Way]:
        """The way to a park, by district."""
