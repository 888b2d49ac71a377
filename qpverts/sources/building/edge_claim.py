"""The test of "en bordure des espaces verts": from the fetched layers to the two published tables.

Kept apart from ``build``: it takes a minute or two, and its figures change only with the ground, the list of
green spaces or the perimeters.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from qpverts.atlas.datasets import Catalogue
from qpverts.domain import claims
from qpverts.domain.claims import EdgeRow, EdgeTest, Green, Reading, Reference
from qpverts.errors import QpvertsError
from qpverts.geo import access, edges
from qpverts.geo.crs import LAMBERT_93
from qpverts.geo.edges import Grounds
from qpverts.geo.mosaic import Mosaic
from qpverts.geo.placements import Room
from qpverts.sources import check as control
from qpverts.sources.building import working_layers
from qpverts.sources.building.build import GROUND, STREETS, Say, refuse_faults
from qpverts.sources.building.ground import ground_layer
from qpverts.sources.building.measuring import COLUMNS
from qpverts.sources.building.streets import CLASS, read_streets
from qpverts.sources.district_facts import covered_districts
from qpverts.sources.fetching.sync import raw_path
from qpverts.sources.files import replace_file
from qpverts.sources.load import read_content
from qpverts.sources.lock import working
from qpverts.sources.published.edge_tables import EDGES, TESTS, edge_tests_bytes, edges_bytes
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.tables import Table
from qpverts.sources.rules import Content

#: Random places of each district and reference.
PLACES = 199
#: The streets known are those of this commune.
STREETS_COMMUNE = "13055"
#: Nobody lives along these.
_MOTORWAYS = ("highway", "motorway", "trunk", "motorway_link", "trunk_link")
#: Ground this far out of the communes still counts at the edge of a place inside, in metres.
_MARGIN_M = 300.0

T = TypeVar("T")
Floats = NDArray[np.float64]
#: Low, likely and high of a district, by kind of green.
Own = Mapping[Green, Floats]


@dataclass(frozen=True, slots=True)
class Verified:
    """What a run did: districts tested, random places measured, and files that changed."""

    districts: int
    places: int
    changed: tuple[str, ...]


def verify(data_dir: Path, var_dir: Path, say: Say) -> Verified:
    """Test the districts of the data folder on the fetched layers, and publish the two tables.

    Raises
    ------
    BusyError
        When another command works in ``var_dir``.
    QpvertsError
        When the layer of vegetated ground, or that of the streets, was not fetched.
    DataError
        When the data folder breaks a rule or cannot be written: nothing is written then.
    """
    with working(var_dir):
        catalogue = catalogues.load(data_dir)
        content = read_content(catalogue, with_claims=False)
        refuse_faults(content)
        rows, tests = measure_claims(content, _grounds(catalogue, content, var_dir, say), say)
        refuse_faults(
            replace(content, edges=_table(catalogue, EDGES, rows), edge_tests=_table(catalogue, TESTS, tests))
        )
        tables = {EDGES: edges_bytes(rows), TESTS: edge_tests_bytes(tests)}
        changed = [name for name, written in tables.items() if replace_file(catalogue.path(name), written)]
        control.seal(data_dir, only=tables)
    tested = {row.code_qp for row in rows if row.places}
    places = sum(row.places for row in rows if row.green is Green.VEGETATION)
    return Verified(len(tested), places, tuple(changed))


def measure_claims(
    content: Content, grounds: Grounds, say: Say, places: int = PLACES
) -> tuple[list[EdgeRow], list[EdgeTest]]:
    """Measure every district and its random places; a row for each district, kind of green and reference.

    A district is tested where its own vegetation is known and ``places`` of its random places are. The same
    places serve both kinds of green, so that all of them stand on ground that is known to be ground.
    """
    perimeters = content.perimeters.geometry.sort_index()
    own = own_figures(content, grounds)
    rows: list[EdgeRow] = []
    tests: list[EdgeTest] = []
    for reference in Reference:
        rooms = rooms_of(content, reference) if _applies(reference, grounds) else {}
        known = [code for code in perimeters.index if code in rooms and Green.VEGETATION in own[code]]
        draw = partial(_drawn, reference=reference, grounds=grounds, count=places)
        with ThreadPoolExecutor(os.cpu_count()) as pool:  # geometry is done in C, out of Python's lock
            found = pool.map(draw, known, perimeters.loc[known], [rooms[code] for code in known])
            drawn = dict(zip(known, found, strict=True))
        tested = {code: shares for code, (shares, _) in drawn.items() if shares}
        for code, figures in own.items():
            shares, tries = drawn.get(code, ({}, 0))
            rows += [_row(code, green, reference, figures, shares.get(green), tries=tries) for green in Green]
        tests += [test for green in Green for test in _tests(green, reference, own, tested)]
        say(f"Lieux au hasard, référence « {reference} » : {len(tested)} quartiers.")
    return rows, tests


def _drawn(
    code: str, shape: shapely.Geometry, room: Room, *, reference: Reference, grounds: Grounds, count: int
) -> tuple[dict[Green, Floats], int]:
    """Measure the random places of a district, none where fewer than ``count`` stand; tell the draws."""
    drawn = edges.random_places(code, shape, reference, room, grounds=grounds, count=count)
    if len(drawn.shapes) < count:
        return {}, drawn.tries
    return {green: edges.edge_shares(drawn.shapes, grounds, green) for green in Green}, drawn.tries


def own_figures(content: Content, grounds: Grounds) -> dict[str, Own]:
    """Measure the districts themselves; no key for a kind of green that is not covered there."""
    perimeters = content.perimeters.geometry.sort_index()
    shapes = perimeters.to_numpy()
    known = edges.shares_pct(shapes, grounds.known) >= edges.LEAST_KNOWN_PCT
    listed = covered_districts(content.qpvs, content.spaces.rows)
    figures = {green: edges.edge_shares(shapes, grounds, green) for green in Green}
    covered = {Green.VEGETATION: known, Green.PARKS: perimeters.index.isin(listed)}
    return {
        str(code): {green: figures[green][rank] for green in Green if covered[green][rank]}
        for rank, code in enumerate(perimeters.index)
    }


def rooms_of(content: Content, reference: Reference) -> dict[str, Room]:
    """Say where each district may be put; no key where no outline is known, or the reference has none."""
    outlines, perimeters = content.outlines.geometry, content.perimeters.geometry
    communes = {
        qpv.code: [commune.code for commune in qpv.communes if commune.code in outlines.index]
        for qpv in content.qpvs
    }
    rooms = {}
    for code, every in communes.items():
        streets_only = reference is Reference.STREETS
        own = [commune for commune in every if not streets_only or commune == STREETS_COMMUNE]
        if not own:
            continue
        land = shapely.union_all(outlines.loc[own].to_numpy())
        centre = land
        if reference is Reference.AROUND:
            beside = [other for other, theirs in communes.items() if set(theirs) & set(own)]
            around = shapely.buffer(perimeters.loc[beside].to_numpy(), edges.AROUND_M)
            centre = shapely.union_all(around)
        rooms[code] = Room(land, centre)
    return rooms


def _applies(reference: Reference, grounds: Grounds) -> bool:
    return reference is not Reference.STREETS or grounds.streets is not None


def _row(
    code: str, green: Green, reference: Reference, own: Own, places: Floats | None, *, tries: int
) -> EdgeRow:
    """Set a district (low, likely, high) beside its places: shape (places, 3)."""
    low, value, high = (float(figure) for figure in own[green]) if green in own else (None, None, None)
    if places is None or value is None:
        nothing = (None,) * 6
        return EdgeRow(code, green, reference, value, low, high, *nothing, places=0, tries=tries)
    likely = places[:, list(Reading).index(Reading.LIKELY)]
    quantiles = claims.spread(likely)
    rank = claims.rank_pct(value, likely)
    return EdgeRow(code, green, reference, value, low, high, *quantiles, rank, len(likely), tries)


def _tests(
    green: Green, reference: Reference, own: Mapping[str, Own], tested: Mapping[str, Mapping[Green, Floats]]
) -> list[EdgeTest]:
    """Test the districts together, a reading at a time."""
    codes = [code for code in tested if green in own[code]]
    found = []
    for rank, reading in enumerate(Reading):
        real = np.array([own[code][green][rank] for code in codes])
        places = np.array([tested[code][green][:, rank] for code in codes])
        found.append(claims.compare_means(real, places, green, reference, reading))
    return found


def _grounds(catalogue: Catalogue, content: Content, var_dir: Path, say: Say) -> Grounds:
    """Draw what places are measured against, within the communes that have a district."""
    layer = ground_layer(catalogue, var_dir, GROUND, say)
    raw = raw_path(var_dir, catalogue.get(STREETS))
    if layer is None or raw is None:
        message = (
            "la couche de végétation et celle des rues sont nécessaires : « python -m qpverts sync "
            "--from DOSSIER » les apporte"
        )
        raise QpvertsError(message)
    outlines = content.outlines.geometry
    homes = {commune.code for qpv in content.qpvs for commune in qpv.communes} & set(outlines.index)
    land = shapely.union_all(outlines.loc[sorted(homes)].to_numpy())
    frame = shapely.buffer(land, _MARGIN_M)
    parcels = _parcels(layer.path, frame)
    green = access.green_layer(access.locate(content.spaces.rows))
    rims = {(Green.VEGETATION, at): zone for at, zone in edges.vegetation_rims(parcels, frame).items()}
    rims |= {(Green.PARKS, at): zone for at, zone in edges.park_rims(green, frame).items()}
    known = parcels.geometry.to_numpy()[parcels["vegetated_m2"].notna().to_numpy()]
    lines = read_streets(raw).lines
    lived = lines.geometry.to_numpy()[~lines[CLASS].isin(_MOTORWAYS).to_numpy()]
    say(f"{len(parcels)} parcelles et {len(lived)} rues dans les communes des quartiers.")
    return Grounds(rims, Mosaic.of(known, frame), edges.near_streets(lived, frame))


def _parcels(path: Path, frame: shapely.Geometry) -> gpd.GeoDataFrame:
    """Read the parcels that meet a zone, repaired, in EPSG:2154."""
    crs = working_layers.crs_of(path)
    box = gpd.GeoSeries([shapely.box(*frame.bounds)], crs=LAMBERT_93).segmentize(1_000).to_crs(crs)
    boxes = box.bounds.to_numpy(dtype=float)
    pieces = [working_layers.read(part, COLUMNS, boxes) for part in working_layers.parts(path, boxes)]
    if not pieces:
        return gpd.GeoDataFrame({"vegetated_m2": []}, geometry=[], crs=LAMBERT_93)
    found = gpd.GeoDataFrame(pd.concat(pieces, ignore_index=True)).to_crs(LAMBERT_93)
    shapes = shapely.make_valid(found.geometry.to_numpy())
    shapely.prepare(frame)
    return found.set_geometry(shapes, crs=LAMBERT_93)[shapely.intersects(frame, shapes)]


def _table(catalogue: Catalogue, dataset_id: str, rows: Sequence[T]) -> Table[T]:
    """Give rows their lines in the file to come."""
    return Table(catalogue.get(dataset_id).path, tuple(rows), tuple(range(2, len(rows) + 2)))
