"""What the rules look at: everything read from a data folder, before it is trusted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import geopandas as gpd
import shapely

from qpverts.atlas.backgrounds import Backgrounds
from qpverts.domain.claims import EdgeRow, EdgeTest
from qpverts.domain.figures.published import Cell, NatureRow, Way
from qpverts.domain.figures.specs import Specs
from qpverts.domain.grading.levels import Level, Survey
from qpverts.domain.model import Action, Figures, GreenSpace, Inspiration, Qpv
from qpverts.domain.themes import Approach, Vocabulary
from qpverts.domain.transfer.method import Method
from qpverts.domain.vintage import Overlap
from qpverts.errors import Fault
from qpverts.sources.reading.tables import Table

CODE = re.compile(r"QN\d{5}[IMN]")
#: Outlines are generalised: a point may seem this far out of its commune, in metres.
COMMUNE_TOLERANCE_M = 300.0


@dataclass(frozen=True, slots=True)
class Content:
    """Everything read from a data folder, before it is trusted.

    ``perimeters`` and ``outlines`` (communes) are in EPSG:2154, indexed by ``code_qp`` and ``insee_com``.
    """

    qpvs: tuple[Qpv, ...]
    perimeters: gpd.GeoDataFrame
    backgrounds: Backgrounds
    outlines: gpd.GeoDataFrame
    figures: Table[Figures]
    spaces: Table[GreenSpace]
    actions: Table[Action]
    inspirations: Table[Inspiration]
    vocabulary: Vocabulary
    approach: Approach
    specs: Specs
    nature: Table[NatureRow]
    cells: Table[Cell]
    ways: Table[Way]
    edges: Table[EdgeRow]
    edge_tests: Table[EdgeTest]
    scale: tuple[Level, ...]
    surveys: Table[Survey]
    overlaps: Table[Overlap]
    transfer: Method
    perimeters_file: str
    outlines_file: str
    themes_file: str
    scale_file: str
    transfer_file: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and its French title, as shown to the person who keeps the data."""

    title: str
    find: Callable[[Content], Iterator[Fault]]

    def __call__(self, content: Content) -> Iterator[Fault]:
        """Yield what breaks the rule."""
        return self.find(content)

    @property
    def name(self) -> str:
        """Name the function that looks for faults."""
        return self.find.__name__


def rule(title: str) -> Callable[[Callable[[Content], Iterator[Fault]]], Rule]:
    """Make a rule of a function that yields faults, under a French title."""
    return lambda find: Rule(title, find)


def one_shapes(layer: gpd.GeoDataFrame) -> dict[str, shapely.Geometry]:
    """Give the shape of each code that has exactly one; another rule says what is missing or there twice.

    A rule asks for all of them once: choosing rows of the layer for one code at a time costs far more.
    """
    times = Counter(layer.index)
    return {code: shape for code, shape in layer.geometry.items() if times[code] == 1 and shape is not None}
