"""The test of "en bordure des espaces verts": from the fetched layers to the two published tables.

Apart from ``build``: it takes a minute or two, and its figures change only with the ground, the list of
green spaces or the perimeters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import geopandas as gpd
import pandas as pd
import shapely

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.claims import Green
from qpverts.errors import QpvertsError
from qpverts.geo import access
from qpverts.geo.crs import LAMBERT_93
from qpverts.sources import check as control
from qpverts.sources.building import working_layers
from qpverts.sources.building.build import GROUND, STREETS, Say, refuse_faults
from qpverts.sources.building.ground import ground_layer
from qpverts.sources.building.measuring import COLUMNS
from qpverts.sources.building.streets import CLASS, read_streets
from qpverts.sources.fetching.sync import raw_path
from qpverts.sources.files import replace_file
from qpverts.sources.load import read_content
from qpverts.sources.lock import working
from qpverts.sources.published.edge_tables import EDGES, TESTS
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.tables import Table
from qpverts.sources.rules import Content
from studies.edge_test import edges
from studies.edge_test.edges import Grounds
from studies.edge_test.measure import measure
from studies.edge_test.mosaic import Mosaic
from studies.edge_test.tables import edge_tests_bytes, edges_bytes

#: Nobody lives along these.
_MOTORWAYS = ("highway", "motorway", "trunk", "motorway_link", "trunk_link")
#: Ground this far out of the communes still counts at the edge of a place inside, in metres.
_MARGIN_M = 300.0

T = TypeVar("T")


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
        rows, tests = measure(content, _grounds(catalogue, content, var_dir, say), say)
        refuse_faults(
            replace(content, edges=_table(catalogue, EDGES, rows), edge_tests=_table(catalogue, TESTS, tests))
        )
        tables = {EDGES: edges_bytes(rows), TESTS: edge_tests_bytes(tests)}
        changed = [name for name, written in tables.items() if replace_file(catalogue.path(name), written)]
        control.seal(data_dir, only=tables)
    tested = {row.code_qp for row in rows if row.places}
    places = sum(row.places for row in rows if row.green is Green.VEGETATION)
    return Verified(len(tested), places, tuple(changed))


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
