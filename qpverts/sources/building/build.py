"""From fetched layers to published measures: raw files → working layers → the long table and the grid.

Every step leaves either the old state or the new one: files are replaced whole, the catalogue last. What
cannot be measured again, because its layer was not fetched, keeps the figures that were published.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import geopandas as gpd

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.figures.published import MEASURES, Cell, NatureRow, Way
from qpverts.domain.model import GreenSpace, Qpv
from qpverts.errors import DataError
from qpverts.geo import access
from qpverts.geo.engine import Engine
from qpverts.geo.walk import walk_accesses
from qpverts.sources import check as control
from qpverts.sources.building.ground import ground_layer
from qpverts.sources.building.measuring import measure_cells, measure_vegetation
from qpverts.sources.building.streets import read_network
from qpverts.sources.district_facts import covered_districts, measure, measure_access
from qpverts.sources.fetching.sync import raw_path
from qpverts.sources.files import replace_file
from qpverts.sources.load import read_content
from qpverts.sources.lock import working
from qpverts.sources.published.green_access import ACCESS, access_bytes
from qpverts.sources.published.nature_rows import indicator_rows, vegetation_rows, walk_rows, ways
from qpverts.sources.published.nature_tables import (
    GRID,
    TABLE,
    grid_bytes,
    in_order,
    read_cells,
    read_nature,
    table_bytes,
)
from qpverts.sources.published.ways import WAYS, read_ways, ways_bytes
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.tables import Table, table_to_come
from qpverts.sources.rules import RULES, Content

T = TypeVar("T")

Say = Callable[[str], None]
#: Where vegetated ground comes from, the best first.
GROUND = ("ocsge_parcelles_13",)
_HOW = "« sync --from DOSSIER » en apporte une"
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
    """Measure the districts of the data folder on the fetched layers, and publish the tables and the grid.

    ``say`` is told each step, in French.

    Raises
    ------
    BusyError
        When another sync or build works in ``var_dir``.
    DataError
        When the data folder breaks a rule or cannot be written, when a fetched layer cannot be read, and when
        figures that have to be kept cannot be: nothing is written then.
    """
    with working(var_dir):
        catalogue = catalogues.load(data_dir)
        content = read_content(catalogue, with_nature=False)
        refuse_faults(content)
        perimeters = content.perimeters.geometry
        again = measure_again(
            catalogue, content.qpvs, perimeters, content.spaces.rows, Means(var_dir, engine, say)
        )
        measures, cells, drawn = _completed(again, catalogue, content, say)
        content = replace(content, nature=table_to_come(catalogue, TABLE, measures))
        accesses = measure_access(content)
        facts = measure(content, accesses)
        nature = content.specs.nature
        published = (row for code in facts for row in indicator_rows(code, facts[code], nature))
        rows = in_order([*measures, *published])
        refuse_faults(
            replace(
                content,
                nature=table_to_come(catalogue, TABLE, rows),
                cells=table_to_come(catalogue, GRID, cells),
                ways=table_to_come(catalogue, WAYS, drawn, first=1),
            )
        )
        files = {
            ACCESS: access_bytes(accesses),
            TABLE: table_bytes(rows),
            GRID: grid_bytes(cells),
            WAYS: ways_bytes(drawn),
        }
        changed = [
            dataset_id
            for dataset_id, content_bytes in files.items()
            if replace_file(catalogue.path(dataset_id), content_bytes)
        ]
        control.seal(data_dir, only=files)
    return Built(
        districts=len(facts),
        with_vegetation=sum(fact.vegetation is not None for fact in facts.values()),
        with_walk=sum(fact.walk is not None for fact in facts.values()),
        cells=len(cells),
        changed=tuple(changed),
    )


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
        say(f"Végétation : {len(found)} quartiers sur {len(perimeters)}, {len(cells)} carreaux de 200 m.")
    else:
        say(f"Aucune couche de végétation : les chiffres publiés sont gardés ({_HOW}).")
    streets = catalogue.get(STREETS)
    if raw := raw_path(var_dir, streets):
        listed = perimeters[perimeters.index.isin(covered_districts(qpvs, spaces))]
        walks = walk_accesses(listed, read_network(raw), access.green_layer(access.locate(spaces)))
        rows += walk_rows(perimeters.index, walks, streets)
        drawn = ways(walks)
        served = sum(walk.walk_m is not None for walk in walks.values())
        say(f"Chemins à pied : {served} quartiers sur {len(perimeters)}, {len(drawn)} trajets à montrer.")
    else:
        say(f"Aucune couche de rues : les distances à pied publiées sont gardées ({_HOW}).")
    return Measured(tuple(rows), cells, drawn)


def _completed(
    again: Measured, catalogue: Catalogue, content: Content, say: Say
) -> tuple[list[NatureRow], tuple[Cell, ...], tuple[Way, ...]]:
    """Complete new measures with those that were published, for districts and spaces that still exist.

    What is measured anew is not even read, so that a damaged table is mended by what makes it again.
    """
    codes = {qpv.code for qpv in content.qpvs}
    spaces = {space.id for space in content.spaces.rows}
    kinds = {row.indicator for row in again.rows}
    rows, cells, drawn = list(again.rows), again.cells, again.ways
    if missing := _MEASURED - kinds:
        kept = _published(catalogue, TABLE, read_nature)
        rows += [row for row in kept if row.indicator in missing and row.code_qp in codes]
        if gone := sorted({row.code_qp for row in kept} - codes):
            say(f"Chiffres laissés de côté, car leurs quartiers n'existent pas : {', '.join(gone[:10])}.")
    if cells is None:
        cells = _published(catalogue, GRID, read_cells)
    if drawn is None:
        kept_ways = _published(catalogue, WAYS, read_ways)
        drawn = tuple(way for way in kept_ways if way.code_qp in codes and way.space_id in spaces)
    return rows, cells, drawn


def _published(catalogue: Catalogue, dataset_id: str, read: Callable[[Catalogue], Table[T]]) -> tuple[T, ...]:
    """Read what was published, if anything was."""
    return read(catalogue).rows if catalogue.path(dataset_id).exists() else ()


def refuse_faults(content: Content) -> None:
    """Raise what the rules say of a content."""
    if faults := [fault for rule in RULES for fault in rule(content)]:
        raise DataError(faults)
