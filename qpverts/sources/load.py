"""The atlas: everything the application knows, read once, checked, and measured."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeVar, cast

import geopandas as gpd
import pandas as pd

from qpverts.atlas.atlas import Atlas
from qpverts.atlas.datasets import Catalogue
from qpverts.domain.claims import EdgeRow, EdgeTest
from qpverts.domain.figures.indicators import evaluate
from qpverts.domain.figures.published import Cell, NatureRow, Way
from qpverts.domain.grading.levels import Grade, grades_by_theme
from qpverts.domain.model import Action
from qpverts.domain.territory import TerritoryIndex
from qpverts.domain.vintage import followers, overlap_pct
from qpverts.errors import DataError, Fault
from qpverts.geo import access
from qpverts.geo.crs import LAMBERT_93, WGS84, Bounds
from qpverts.geo.join import by_area, by_district, nearby
from qpverts.settings import load as load_settings
from qpverts.sources.district_facts import measure, published_access
from qpverts.sources.last_good import LastGood
from qpverts.sources.published.edge_tables import read_edges, read_tests
from qpverts.sources.published.nature_tables import read_cells, read_nature
from qpverts.sources.published.overlaps import read_overlaps
from qpverts.sources.published.ways import read_ways
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.actions import read_actions, read_inspirations
from qpverts.sources.reading.backgrounds import read_backgrounds
from qpverts.sources.reading.green_spaces import read_green_spaces
from qpverts.sources.reading.indicators import read_specs
from qpverts.sources.reading.insee import read_figures
from qpverts.sources.reading.perimeters import districts, read_perimeters
from qpverts.sources.reading.scale import read_scale, read_surveys
from qpverts.sources.reading.tables import Table
from qpverts.sources.reading.transfer import read_transfer
from qpverts.sources.reading.vocabulary import read_approach, read_vocabulary
from qpverts.sources.rules import RULES, Content

T = TypeVar("T")

#: Green spaces farther than this are not listed on a district's sheet, in metres.
NEAREST_SHOWN_M = 3000.0


def read_content(catalogue: Catalogue, *, with_nature: bool = True, with_claims: bool = True) -> Content:
    """Read every embedded file; DataError gathers the faults of all of them.

    ``with_nature`` and ``with_claims`` are false for a caller about to measure these anew: what was
    published may be missing.
    """
    faults: list[Fault] = []

    def attempt(read: Callable[[Catalogue], T]) -> T:
        try:
            return read(catalogue)
        except DataError as error:
            faults.extend(error.faults)
            return cast("T", None)  # never used: faults are raised before

    perimeters = attempt(read_perimeters)
    backgrounds = attempt(read_backgrounds)
    figures = attempt(read_figures)
    spaces = attempt(read_green_spaces)
    actions = attempt(read_actions)
    inspirations = attempt(read_inspirations)
    vocabulary = attempt(read_vocabulary)
    approach = attempt(read_approach)
    specs = attempt(read_specs)
    scale = attempt(read_scale)
    surveys = attempt(read_surveys)
    transfer = attempt(read_transfer)
    nature: Table[NatureRow] = attempt(read_nature) if with_nature else Table("", (), ())
    cells: Table[Cell] = attempt(read_cells) if with_nature else Table("", (), ())
    overlaps = attempt(read_overlaps)
    edges: Table[EdgeRow] = attempt(read_edges) if with_claims else Table("", (), ())
    edge_tests: Table[EdgeTest] = attempt(read_tests) if with_claims else Table("", (), ())
    ways: Table[Way] = attempt(read_ways) if with_nature else Table("", (), ())
    if faults:
        raise DataError(faults)
    return Content(
        qpvs=districts(perimeters),
        perimeters=perimeters.to_crs(LAMBERT_93),
        backgrounds=backgrounds,
        outlines=backgrounds.communes.to_crs(LAMBERT_93),
        figures=figures,
        spaces=spaces,
        actions=actions,
        inspirations=inspirations,
        vocabulary=vocabulary,
        approach=approach,
        specs=specs,
        nature=nature,
        cells=cells,
        ways=ways,
        edges=edges,
        edge_tests=edge_tests,
        overlaps=overlaps,
        scale=scale,
        surveys=surveys,
        transfer=transfer,
        perimeters_file=catalogue.get("qpv_2024").path,
        outlines_file=catalogue.get("communes").path,
        themes_file=catalogue.get("themes").path,
        scale_file=catalogue.get("niveaux").path,
        transfer_file=catalogue.get("transfert").path,
    )


def load(folder: Path) -> Atlas:
    """Read, check and measure a data folder.

    Raises
    ------
    DataError
        With every fault found: files, types, then rules.
    """
    catalogue = catalogues.load(folder)
    content = read_content(catalogue)
    if faults := [fault for rule in RULES for fault in rule(content)]:
        raise DataError(faults)
    perimeters = content.perimeters.geometry
    spaces = {space.id: space for space in content.spaces.rows}
    actions = {action.id: action for action in content.actions.rows}
    green_discs = access.discs(access.locate(spaces.values()))
    facts = measure(content, published_access(catalogue, content))
    return Atlas(
        version=_version(catalogue),
        catalogue=catalogue,
        index=TerritoryIndex(content.qpvs),
        perimeters=perimeters,
        boxes=_boxes(perimeters),
        backgrounds=content.backgrounds,
        by_arrondissement=by_area(
            perimeters, content.backgrounds.arrondissements.geometry.to_crs(LAMBERT_93)
        ),
        spaces=spaces,
        actions=actions,
        inspirations={row.id: row for row in content.inspirations.rows},
        vocabulary=content.vocabulary,
        approach=content.approach,
        facts=facts,
        specs=content.specs,
        indicators={
            code: {spec.id: evaluate(spec, [district]) for spec in content.specs.indicators}
            for code, district in facts.items()
        },
        green_discs=green_discs,
        green_near=by_district(nearby(perimeters, green_discs, within_m=NEAREST_SHOWN_M)),
        actions_near=by_district(nearby(perimeters, _exact_points(actions))),
        cells=content.cells.rows,
        ways={way.code_qp: way for way in content.ways.rows},
        edges=content.edges.rows,
        edge_tests=content.edge_tests.rows,
        overlap_pct=overlap_pct(content.overlaps.rows),
        followers=followers(content.overlaps.rows),
        vintages=_vintages(content),
        scale=content.scale,
        surveys=content.surveys.rows,
        grades={code: grades_of(content, code) for code in facts},
        transfer=content.transfer,
    )


def _boxes(perimeters: gpd.GeoSeries) -> dict[str, Bounds]:
    rows = perimeters.to_crs(WGS84).bounds.itertuples(name=None)
    return {code: (west, south, east, north) for code, west, south, east, north in rows}


def _vintages(content: Content) -> dict[str, dict[str, str]]:
    """Give the vintage of each published measure that has a value."""
    found: dict[str, dict[str, str]] = {}
    for row in content.nature.rows:
        if row.value is not None:
            found.setdefault(row.code_qp, {})[row.indicator] = row.vintage
    return found


def grades_of(content: Content, code: str) -> dict[str, Grade]:
    """Grade a district on each theme."""
    return grades_by_theme(
        [action for action in content.actions.rows if code in action.qpv_codes],
        [survey for survey in content.surveys.rows if survey.code_qp == code],
        [theme.id for theme in content.vocabulary.themes],
        content.scale,
    )


def _exact_points(actions: Mapping[str, Action]) -> gpd.GeoSeries:
    exact = [action for action in actions.values() if action.is_exact]
    points = gpd.points_from_xy([a.lon for a in exact], [a.lat for a in exact])
    index = pd.Index([action.id for action in exact], name="id", dtype=object)
    return gpd.GeoSeries(points, index=index, crs=WGS84).to_crs(LAMBERT_93)


def _version(catalogue: Catalogue) -> str:
    """Name the very bytes that were read: a file that changes meanwhile belongs to the next version."""
    digest = hashlib.sha256(catalogue.declared)
    for dataset in catalogue.embedded:
        digest.update(catalogue.read(dataset.id))
    return digest.hexdigest()[:12]


def _settle() -> None:
    """Take what now lives as long as the process out of the sight of the garbage collector.

    Its full collections would go through all of it for nothing, in the middle of somebody's page.
    """
    gc.unfreeze()  # what an older version of the data leaves behind
    gc.collect()
    gc.freeze()


_kept: LastGood[Path, Atlas] = LastGood(_settle)


def current() -> Atlas:
    """Give the atlas of the configured folder, shared by all sessions, read again when a file changes.

    Raises
    ------
    DataError
        When the files break a rule; read once, told to everyone.
    """
    folder = load_settings().data_dir
    return _kept.newest(folder, _signature(folder), lambda: load(folder))


def current_or_last_good() -> Atlas:
    """Give the same, or the last good atlas of the configured folder while its files break a rule.

    Raises
    ------
    DataError
        When the files break a rule, and no good ones of this folder are kept.
    """
    folder = load_settings().data_dir
    return _kept.newest_or_last(folder, _signature(folder), lambda: load(folder))


def _signature(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Cheap proof that no file has changed: name, size and time of each. Asked for at each run and answer."""
    found = []
    for name in ("geo", "actions"):
        with suppress(OSError), os.scandir(folder / name) as entries:
            for entry in entries:
                with suppress(OSError):  # gone since it was listed
                    stat = entry.stat()
                    found.append((f"{name}/{entry.name}", stat.st_size, stat.st_mtime_ns))
    return tuple(sorted(found))
