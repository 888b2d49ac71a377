"""The same measures for other districts than ours: any file of perimeters, any layer of ground.

Districts are measured in the legal CRS of their territory, and the two tables are written in a folder of
the user's choice: nothing of the project's data changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from qpverts.domain.figures.facts import DistrictFacts, VegetationFacts
from qpverts.domain.figures.indicators import IndicatorSpec
from qpverts.domain.figures.published import Cell, NatureRow
from qpverts.domain.figures.specs import Specs
from qpverts.domain.figures.specs.formulas import GROUND_ALONE
from qpverts.domain.model import Figures
from qpverts.errors import DataError, Fault
from qpverts.geo.crs import LAMBERT_93, by_projection
from qpverts.sources.building.build import Means
from qpverts.sources.building.ground import convert, is_working, working_path
from qpverts.sources.building.measuring import measure_cells, measure_vegetation
from qpverts.sources.files import replace_file
from qpverts.sources.importing import schema
from qpverts.sources.importing.formats import read_vector
from qpverts.sources.lock import working
from qpverts.sources.published.nature_rows import indicator_rows, vegetation_rows
from qpverts.sources.published.nature_tables import grid_bytes, table_bytes

TABLE_FILE, GRID_FILE = "indicateurs_nature.csv", "maille_vegetation.csv"


@dataclass(frozen=True, slots=True)
class _File:
    """A layer that the catalogue does not know."""

    id: str
    vintage: str


@dataclass(frozen=True, slots=True)
class MeasuringSummary:
    """What was measured: districts in all, those whose vegetation is known, cells, and the files written."""

    districts: int
    with_vegetation: int
    cells: int
    files: tuple[Path, ...]


def measure_anywhere(
    perimeters: Path, ground: Path, folder: Path, means: Means, specs: Specs
) -> MeasuringSummary:
    """Measure the vegetation of the districts of one file on the layer of another.

    Parameters
    ----------
    perimeters
        Districts in any vector format, with the fields of the official schema under any of their names.
    ground
        Parcels with ``prairie_m2``, or polygons of OCS GE with ``code_cs``, in any vector format; a working
        layer (GeoParquet with ``id`` and ``vegetated_m2``) is read by pieces as it is.
    folder
        Where the two tables are written.
    specs
        The words of the indicators.

    Raises
    ------
    BusyError
        When another sync or build works in the same ``var`` folder.
    DataError
        When a file cannot be read, two districts share a code, or a code names no known territory.
    """
    with working(means.var_dir):
        told = [spec for spec in specs.nature if spec.id in GROUND_ALONE]
        districts = _districts(perimeters, means)
        source = _File(ground.name, "selon la couche")
        path = _working_layer(ground, means)
        rows: list[NatureRow] = []
        cells: list[Cell] = []
        covered = 0
        for crs, part in by_projection(districts).items():
            found = measure_vegetation(part.geometry, path, means.engine)
            means.say(
                f"{crs} : végétation connue, au moins en partie, pour {len(found)} quartiers sur {len(part)}."
            )
            covered += len(found)
            rows += vegetation_rows(part.index, found, source)
            rows += [row for code in part.index for row in _indicators(part, code, found.get(code), told)]
            if crs == LAMBERT_93:  # the INSPIRE grid is that of Europe
                cells += measure_cells(part.geometry, path, means.engine)
        files = (folder / TABLE_FILE, folder / GRID_FILE)
        for file, content in zip(files, (table_bytes(rows), grid_bytes(cells)), strict=True):
            replace_file(file, content)
    return MeasuringSummary(len(districts), covered, len(cells), files)


def _districts(path: Path, means: Means) -> gpd.GeoDataFrame:
    """Read the perimeters, told as they are understood, indexed by ``code_qp``."""
    imported = read_vector(path)
    found = schema.match(imported.frame, path.name, required=("code_qp",))
    for line in (*imported.report.lines(), *found.lines()):
        means.say(f"  {line}")
    districts = found.apply(imported.frame)
    if twice := sorted(set(districts.loc[districts["code_qp"].duplicated(), "code_qp"].astype(str))):
        message = f"codes donnés deux fois : {', '.join(twice[:10])} ; gardez un contour par quartier"
        raise DataError([Fault(path.name, "périmètres", message)])
    return districts.set_index("code_qp", drop=False)


def _working_layer(path: Path, means: Means) -> Path:
    """Give a layer of ground that can be read by pieces, made from the file when it is not one already."""
    if is_working(path):
        return path
    made = working_path(means.var_dir, path.stem, _fingerprint(path))
    if not made.exists():
        means.say(f"Conversion de {path.name}…")
        imported = read_vector(path)
        for line in imported.report.lines():
            means.say(f"  {line}")
        convert(imported.frame, made)
    return made


def _fingerprint(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        message = f"le fichier ne peut pas être lu ({error.strerror})"
        raise DataError([Fault(path.name, "fichier lisible", message)]) from error


def _indicators(
    perimeters: gpd.GeoDataFrame,
    code: str,
    vegetation: VegetationFacts | None,
    specs: Iterable[IndicatorSpec],
) -> Sequence[NatureRow]:
    """Write the indicators that rest on the ground alone: nothing is known here of residents or parks."""
    shape = perimeters.geometry.loc[code]
    facts = DistrictFacts(
        code_qp=code,
        area_m2=float(shape.area),
        boundary_m=float(shape.length),
        figures=Figures(code, None, None, None, None, None),
        action_ids=frozenset(),
        green_lists=(),
        green=None,
        space_areas_ha={},
        vegetation=vegetation,
    )
    return indicator_rows(code, facts, specs)
