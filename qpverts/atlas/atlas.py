"""The atlas: everything the application knows, checked and measured, and shared by all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import geopandas as gpd

from qpverts.atlas.backgrounds import Backgrounds
from qpverts.atlas.datasets import Catalogue
from qpverts.domain.claims import EdgeRow, EdgeTest
from qpverts.domain.figures.facts import DistrictFacts
from qpverts.domain.figures.indicators import Indicator, IndicatorSpec, evaluate
from qpverts.domain.figures.published import Cell, Way
from qpverts.domain.figures.specs import Specs
from qpverts.domain.grading.levels import Grade, Level, Survey
from qpverts.domain.model import Action, GreenSpace, Inspiration, Qpv
from qpverts.domain.territory import Territory, TerritoryIndex
from qpverts.domain.themes import Approach, Vocabulary
from qpverts.domain.transfer.method import Method
from qpverts.domain.vintage import Overlap
from qpverts.geo.crs import Bounds
from qpverts.geo.join import Near


@dataclass(frozen=True, slots=True, repr=False)
class Atlas:
    """Trusted content of a data folder; shared between sessions, hence read-only.

    ``perimeters`` is in EPSG:2154, indexed by ``code_qp``; ``boxes`` are their bounds, in decimal degrees;
    ``by_arrondissement`` lists those of each arrondissement of Marseille, by its INSEE code.
    ``green_discs`` are the located public green spaces by id, as discs of the same area (EPSG:2154).
    ``green_near`` and ``actions_near`` list what is near each district, the nearest first. ``cells`` are
    those of the vegetation grid; ``ways`` and ``overlap_pct`` (ground in common with the district of 2015)
    are by district, ``grades`` by district and theme; ``followers`` are the districts of 2024 on the ground
    of each of 2015, the largest part first; ``vintages`` are those of the published measures, by district and
    indicator. ``version`` changes with any
    byte of the data.
    """

    version: str
    catalogue: Catalogue
    index: TerritoryIndex
    perimeters: gpd.GeoSeries
    boxes: Mapping[str, Bounds]
    backgrounds: Backgrounds
    by_arrondissement: Mapping[str, tuple[str, ...]]
    spaces: Mapping[str, GreenSpace]
    actions: Mapping[str, Action]
    inspirations: Mapping[str, Inspiration]
    vocabulary: Vocabulary
    approach: Approach
    facts: Mapping[str, DistrictFacts]
    specs: Specs
    indicators: Mapping[str, Mapping[str, Indicator]]
    green_discs: gpd.GeoSeries
    green_near: Mapping[str, tuple[Near, ...]]
    actions_near: Mapping[str, tuple[Near, ...]]
    cells: tuple[Cell, ...]
    ways: Mapping[str, Way]
    edges: tuple[EdgeRow, ...]
    edge_tests: tuple[EdgeTest, ...]
    overlap_pct: Mapping[str, float]
    followers: Mapping[str, tuple[Overlap, ...]]
    vintages: Mapping[str, Mapping[str, str]]
    scale: tuple[Level, ...]
    surveys: tuple[Survey, ...]
    grades: Mapping[str, Mapping[str, Grade]]
    transfer: Method

    def __repr__(self) -> str:
        """Name the version only: written out, an atlas fills megabytes."""
        return f"Atlas({self.version})"

    @property
    def qpvs(self) -> Mapping[str, Qpv]:
        """Give the districts by code."""
        return self.index.qpvs

    def indicator(self, spec: IndicatorSpec, territory: Territory) -> Indicator:
        """Measure one indicator for any territory."""
        if len(territory.codes) == 1:
            return self.indicators[territory.codes[0]][spec.id]
        return evaluate(spec, [self.facts[code] for code in territory.codes])

    def have_one_vintage(self, spec: IndicatorSpec, territories: Iterable[Territory]) -> bool:
        """Tell whether an indicator rests on measures of one date in all these territories."""
        published = (self.vintages.get(code, {}) for side in territories for code in side.codes)
        return len({dates[spec.id] for dates in published if spec.id in dates}) < 2  # noqa: PLR2004

    def actions_in(self, territory: Territory) -> tuple[Action, ...]:
        """Give the actions of a territory, each once, in the order of the file."""
        wanted = frozenset(territory.codes)
        return tuple(one for one in self.actions.values() if wanted.intersection(one.qpv_codes))

    def actions_of(self, code: str) -> tuple[Action, ...]:
        """Give the actions recorded in a district or for it, in the order of the file."""
        return tuple(
            self.actions[action_id] for action_id in self.actions if action_id in self.facts[code].action_ids
        )

    def actions_around(self, code: str) -> tuple[Action, ...]:
        """Give the actions of a district, then those of others at a known place within 300 m of it."""
        own = self.actions_of(code)
        others = [self.actions[near.id] for near in self.actions_near.get(code, ())]
        return tuple(dict.fromkeys([*own, *others]))
