"""From fetched layers to published measures: raw files → working layers → the long table and the grid.

Every step leaves either the old state or the new one: files are replaced whole, the catalogue last. What
cannot be measured again, because its layer was not fetched, keeps the figures that were published.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import geopandas as gpd

from qpverts.domain.facts import DistrictFacts, Interval, VegetationFacts
from qpverts.domain.indicators import evaluate
from qpverts.domain.model import GreenSpace, Qpv
from qpverts.domain.nature import (
    GREEN_EDGE,
    MEASURES,
    STRAIGHT,
    STREET,
    VEGETATION,
    VEGETATION_NEAR,
    Cell,
    Measure,
    NatureRow,
    Way,
    measured,
    published,
)
from qpverts.domain.specs import NATURE
from qpverts.errors import DataError
from qpverts.geo import access
from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.geo.engine import Engine
from qpverts.geo.walk import WalkAccess, walk_accesses
from qpverts.sources import catalogue as catalogues
from qpverts.sources import check as control
from qpverts.sources.atlas import read_content
from qpverts.sources.catalogue import Catalogue
from qpverts.sources.facts import covered_districts, measure
from qpverts.sources.files import replace_file
from qpverts.sources.ground import ground_layer
from qpverts.sources.lock import working
from qpverts.sources.measuring import measure_cells, measure_vegetation
from qpverts.sources.nature import (
    DECIMALS,
    GRID,
    TABLE,
    grid_bytes,
    read_cells,
    read_nature,
    table_bytes,
)
from qpverts.sources.rules import RULES
from qpverts.sources.streets import read_network
from qpverts.sources.sync import raw_path
from qpverts.sources.tables import Table
from qpverts.sources.ways import WAYS, read_ways, ways_bytes

Say = Callable[[str], None]
#: Where vegetated ground comes from, the best first.
GROUND = ("ocsge_parcelles_13",)
STREETS = "rues_marseille_osm"
#: A way is drawn when the streets add at least this much to the straight line, in metres.
SHOWN_FROM_M = 100.0
_MEASURED = frozenset(measure.id for measure in MEASURES)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: districts whose vegetation and walk are known, cells, and files that changed."""

    districts: int
    with_vegetation: int
    with_walk: int
    cells: int
    changed: tuple[str, ...]


def build(data_dir: Path, var_dir: Path, engine: Engine, say: Say) -> Built:
    """Measure the districts of the data folder on the fetched layers, and publish the table and the grid.

    ``say`` is told each step, in French.

    Raises
    ------
    BusyError
        When another sync or build works in ``var_dir``.
    DataError
        When the data folder breaks a rule, or a fetched layer cannot be read.
    """
    with working(var_dir):
        catalogue = catalogues.load(data_dir)
        content = read_content(catalogue, with_nature=False)
        if faults := [fault for rule in RULES for fault in rule(content)]:
            raise DataError(faults)
        before = _published_before(catalogue)
        perimeters = content.perimeters.geometry
        again = measure_again(
            catalogue, content.qpvs, perimeters, content.spaces.rows, Means(var_dir, engine, say)
        )
        measures = _renewed([row for row in before.rows if row.indicator in _MEASURED], again.rows)
        cells = before.cells if again.cells is None else again.cells
        drawn = before.ways if again.ways is None else again.ways
        content = replace(content, nature=Table("", tuple(measures), tuple(range(len(measures)))))
        facts = measure(content, access.green_layer(access.locate(content.spaces.rows)))
        rows = [*measures, *(row for code in facts for row in indicator_rows(code, facts[code]))]
        changed = [
            dataset_id
            for dataset_id, content_bytes in (
                (TABLE, table_bytes(rows)),
                (GRID, grid_bytes(cells or ())),
                (WAYS, ways_bytes(drawn or ())),
            )
            if replace_file(catalogue.path(dataset_id), content_bytes)
        ]
        control.seal(data_dir)
    return Built(
        districts=len(facts),
        with_vegetation=sum(fact.vegetation is not None for fact in facts.values()),
        with_walk=sum(fact.walk is not None for fact in facts.values()),
        cells=len(cells or ()),
        changed=tuple(changed),
    )


class Source(Protocol):
    """What a measure was taken on: a dataset of the catalogue, or a file of one's own."""

    @property
    def id(self) -> str:
        """Name it, as in the column "source"."""
        ...

    @property
    def vintage(self) -> str:
        """Tell its date, in French."""
        ...


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured on layers; ``cells`` and ``ways`` are ``None`` where there was no layer for them."""

    rows: tuple[NatureRow, ...] = ()
    cells: tuple[Cell, ...] | None = None
    ways: tuple[Way, ...] | None = None


@dataclass(frozen=True, slots=True)
class Means:
    """What a measure works with: the folder of fetched layers, an engine, and who is told what is done."""

    var_dir: Path
    engine: Engine
    say: Say


def measure_again(
    catalogue: Catalogue,
    qpvs: Sequence[Qpv],
    perimeters: gpd.GeoSeries,
    spaces: Sequence[GreenSpace],
    means: Means,
) -> Measured:
    """Measure districts (EPSG:2154) on the layers that were fetched; what has no layer is left out.

    A walk leads to a green space of the list, so where the list has none it is not covered, whatever
    the streets.
    """
    var_dir, engine, say = means.var_dir, means.engine, means.say
    rows: list[NatureRow] = []
    cells, drawn = None, None
    if layer := ground_layer(catalogue, var_dir, GROUND, say):
        found = measure_vegetation(perimeters, layer.path, engine)
        rows += vegetation_rows(perimeters.index, found, layer.dataset)
        cells = measure_cells(perimeters, layer.path, engine)
        say(f"Végétation : {len(found)} quartiers sur {len(perimeters)}, {len(cells)} mailles.")
    else:
        say("Aucune couche de végétation : les chiffres publiés sont gardés (« sync » en apporte une).")
    streets = catalogue.get(STREETS)
    if raw := raw_path(var_dir, streets):
        listed = perimeters[perimeters.index.isin(covered_districts(qpvs, spaces))]
        walks = walk_accesses(listed, read_network(raw), access.green_layer(access.locate(spaces)))
        rows += walk_rows(perimeters.index, walks, streets)
        drawn = ways(walks)
        served = sum(walk.walk_m is not None for walk in walks.values())
        say(f"Chemins à pied : {served} quartiers sur {len(perimeters)}, {len(drawn)} trajets à montrer.")
    else:
        say("Aucune couche de rues : les distances à pied publiées sont gardées.")
    return Measured(tuple(rows), cells, drawn)


def _published_before(catalogue: Catalogue) -> Measured:
    """Read what was published, as far as it can be read."""
    try:
        return Measured(read_nature(catalogue).rows, read_cells(catalogue).rows, read_ways(catalogue).rows)
    except DataError:
        return Measured((), (), ())


def _renewed(old: Iterable[NatureRow], new: Iterable[NatureRow]) -> list[NatureRow]:
    """Put new measures in the place of old ones of the same kinds."""
    new = list(new)
    kinds = {row.indicator for row in new}
    return [row for row in old if row.indicator not in kinds] + new


def indicator_rows(code: str, facts: DistrictFacts) -> list[NatureRow]:
    """Write every indicator of nature of a district, known or not."""
    return [published(code, evaluate(spec, [facts]), spec.datasets) for spec in NATURE]


def vegetation_rows(
    codes: Iterable[str], found: Mapping[str, VegetationFacts], source: Source
) -> list[NatureRow]:
    """Write what was measured on a layer of ground, a row for each district, covered or not."""
    rows = []
    for code in codes:
        facts = found.get(code)
        figures: dict[Measure, tuple[Interval | None, float]] = {
            VEGETATION: (facts.inside_m2, facts.known_pct) if facts else (None, 0.0),
            VEGETATION_NEAR: (facts.near_m2, facts.near_known_pct) if facts else (None, 0.0),
            GREEN_EDGE: (facts.edge_m, facts.known_pct) if facts else (None, 0.0),
        }
        rows += _rows(code, figures, source)
    return rows


def walk_rows(codes: Iterable[str], found: Mapping[str, WalkAccess], source: Source) -> list[NatureRow]:
    """Write what was measured on a network of streets, a row for each district, covered or not."""
    rows = []
    for code in codes:
        walk = found.get(code, WalkAccess(reached_pct=0.0))
        figures: dict[Measure, tuple[Interval | None, float]] = {
            STREET: (_finite(walk.walk_m), walk.reached_pct),
            STRAIGHT: (_finite(walk.straight_m), walk.reached_pct),
        }
        rows += _rows(code, figures, source)
    return rows


def ways(found: Mapping[str, WalkAccess]) -> tuple[Way, ...]:
    """Keep the way that each district has to show, in decimal degrees and to the metre."""
    gaps = {code: walk.gap for code, walk in found.items() if walk.gap is not None}
    routes = gpd.GeoSeries([gap.route for gap in gaps.values()], crs=LAMBERT_93).simplify(1).to_crs(WGS84)
    lines = gpd.GeoSeries([gap.straight for gap in gaps.values()], crs=LAMBERT_93).to_crs(WGS84)
    return tuple(
        Way(
            code,
            gap.space_id,
            float(round(gap.straight_m)),
            float(round(gap.walk_m)),
            _latlon(line.coords[-1]),
            tuple(map(_latlon, route.coords)),
        )
        for (code, gap), route, line in zip(gaps.items(), routes, lines, strict=True)
        if gap.walk_m - gap.straight_m >= SHOWN_FROM_M
    )


def _latlon(point: tuple[float, ...]) -> tuple[float, float]:
    return point[1], point[0]


def _rows(
    code: str, figures: Mapping[Measure, tuple[Interval | None, float]], source: Source
) -> list[NatureRow]:
    return [
        measured(
            code,
            measure,
            _rounded(figure),
            round(coverage, DECIMALS),
            source=source.id,
            vintage=source.vintage,
        )
        for measure, (figure, coverage) in figures.items()
    ]


def _finite(figure: Interval | None) -> Interval | None:
    """Leave out a way that is endless under one of the hypotheses: a space that no street enters then."""
    return figure if figure and math.isfinite(figure.high) else None


def _rounded(figure: Interval | None) -> Interval | None:
    """Round as the file will, so that what follows from a figure follows from the file too."""
    if figure is None:
        return None
    return Interval(*(round(bound, DECIMALS) for bound in (figure.low, figure.value, figure.high)))
