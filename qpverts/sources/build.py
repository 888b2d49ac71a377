"""From fetched layers to published measures: raw files → working layers → the long table and the grid.

Every step leaves either the old state or the new one: files are replaced whole, the catalogue last. What
cannot be measured again, because its layer was not fetched, keeps the figures that were published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd

from qpverts.domain.facts import DistrictFacts, Interval, VegetationFacts, WalkFacts
from qpverts.domain.indicators import evaluate
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
    measured,
    published,
)
from qpverts.domain.specs import NATURE
from qpverts.errors import DataError
from qpverts.geo import access
from qpverts.geo.engine import Engine
from qpverts.sources import catalogue as catalogues
from qpverts.sources import check as control
from qpverts.sources.atlas import read_content
from qpverts.sources.catalogue import Catalogue, Dataset
from qpverts.sources.facts import measure
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
from qpverts.sources.tables import Table

Say = Callable[[str], None]
#: Where vegetated ground comes from, the best first.
GROUND = ("ign_ocsge_13", "ocsge_parcelles_13")
STREETS = "rues_marseille_osm"
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
        old_rows, old_cells = _published_before(catalogue)
        perimeters = content.perimeters.geometry
        new_rows, new_cells = measure_again(catalogue, perimeters, var_dir, engine, say)
        measures = _renewed([row for row in old_rows if row.indicator in _MEASURED], new_rows)
        cells = old_cells if new_cells is None else new_cells
        green = access.green_layer(access.locate(content.spaces.rows))
        content = replace(content, nature=Table("", tuple(measures), tuple(range(len(measures)))))
        facts = measure(content, green)
        rows = [*measures, *(row for code in facts for row in indicator_rows(code, facts[code]))]
        changed = [
            dataset_id
            for dataset_id, content_bytes in ((TABLE, table_bytes(rows)), (GRID, grid_bytes(cells)))
            if replace_file(catalogue.path(dataset_id), content_bytes)
        ]
        control.seal(data_dir)
    return Built(
        districts=len(facts),
        with_vegetation=sum(fact.vegetation is not None for fact in facts.values()),
        with_walk=sum(fact.walk is not None for fact in facts.values()),
        cells=len(cells),
        changed=tuple(changed),
    )


def measure_again(
    catalogue: Catalogue, perimeters: gpd.GeoSeries, var_dir: Path, engine: Engine, say: Say
) -> tuple[list[NatureRow], tuple[Cell, ...] | None]:
    """Measure districts (EPSG:2154) on the layers that were fetched.

    Returns
    -------
    tuple
        Rows of the measures that could be taken; the cells, ``None`` where there is no layer of ground.
    """
    rows: list[NatureRow] = []
    cells = None
    if layer := ground_layer(catalogue, var_dir, GROUND, say):
        found = measure_vegetation(perimeters, layer.path, engine)
        rows += vegetation_rows(perimeters.index, found, layer.dataset)
        cells = measure_cells(perimeters, layer.path, engine)
        say(f"Végétation : {len(found)} quartiers sur {len(perimeters)}, {len(cells)} mailles.")
    else:
        say("Aucune couche de végétation : les chiffres publiés sont gardés (« sync » en apporte une).")
    return rows, cells


def _published_before(catalogue: Catalogue) -> tuple[tuple[NatureRow, ...], tuple[Cell, ...]]:
    """Read what was published, as far as it can be read."""
    try:
        return read_nature(catalogue).rows, read_cells(catalogue).rows
    except DataError:
        return (), ()


def _renewed(old: Iterable[NatureRow], new: Iterable[NatureRow]) -> list[NatureRow]:
    """Put new measures in the place of old ones of the same kinds."""
    new = list(new)
    kinds = {row.indicator for row in new}
    return [row for row in old if row.indicator not in kinds] + new


def indicator_rows(code: str, facts: DistrictFacts) -> list[NatureRow]:
    """Write every indicator of nature of a district, known or not."""
    return [published(code, evaluate(spec, [facts]), spec.datasets) for spec in NATURE]


def vegetation_rows(
    codes: Iterable[str], found: Mapping[str, VegetationFacts], layer: Dataset
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
        rows += _rows(code, figures, layer)
    return rows


def walk_rows(codes: Iterable[str], found: Mapping[str, WalkFacts], layer: Dataset) -> list[NatureRow]:
    """Write what was measured on a network of streets, a row for each district, covered or not."""
    rows = []
    for code in codes:
        facts = found.get(code)
        figures: dict[Measure, tuple[Interval | None, float]] = {
            STREET: (facts.street_m, facts.reached_pct) if facts else (None, 0.0),
            STRAIGHT: (facts.straight_m, facts.reached_pct) if facts else (None, 0.0),
        }
        rows += _rows(code, figures, layer)
    return rows


def _rows(
    code: str, figures: Mapping[Measure, tuple[Interval | None, float]], layer: Dataset
) -> list[NatureRow]:
    return [
        measured(
            code,
            measure,
            _rounded(figure),
            round(coverage, DECIMALS),
            source=layer.id,
            vintage=layer.vintage,
        )
        for measure, (figure, coverage) in figures.items()
    ]


def _rounded(figure: Interval | None) -> Interval | None:
    """Round as the file will, so that what follows from a figure follows from the file too."""
    if figure is None:
        return None
    return Interval(*(round(bound, DECIMALS) for bound in (figure.low, figure.value, figure.high)))
