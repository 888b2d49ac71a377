"""Replacing the embedded, generalised perimeters by the official ones, when these were fetched.

Only on demand (``build --official-perimeters``): every figure moves with the perimeter it is measured on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from qpverts.atlas.datasets import Catalogue
from qpverts.errors import DataError, Fault
from qpverts.geo import geojson
from qpverts.sources import check as control
from qpverts.sources.building.build import refuse_faults
from qpverts.sources.fetching.sync import raw_path
from qpverts.sources.files import replace_file
from qpverts.sources.importing import schema
from qpverts.sources.importing.formats import read_vector
from qpverts.sources.load import read_content
from qpverts.sources.lock import working
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.perimeters import check_fields, districts, read_perimeters

EMBEDDED, OFFICIAL = "qpv_2024", "qpv_2024_officiel"
#: The official file is drawn to the centimetre or so: six decimals of a degree are a tenth of a metre.
_DECIMALS = 6
_FIELDS = ("code_qp", "lib_qp", "insee_com", "lib_com", "insee_dep", "siren_epci")
_SHOWN = 10


def take_official(data_dir: Path, var_dir: Path, say: Callable[[str], None]) -> bool:
    """Put the official contours of our districts in the data folder; tell whether they changed anything.

    Raises
    ------
    BusyError
        When another sync or build works in ``var_dir``.
    DataError
        When the official file was not fetched or cannot be read, when one of our districts is not in it, or
        when the contours break a rule: nothing is changed then.
    """
    with working(var_dir, "build"):
        catalogue = catalogues.load(data_dir)
        chosen = _official(catalogue, var_dir, say)
        content = read_content(catalogue, with_nature=False)
        projected = chosen.to_crs(content.perimeters.crs)
        refuse_faults(replace(content, perimeters=projected, qpvs=districts(chosen)))
        changed = replace_file(catalogue.path(EMBEDDED), _written(chosen))
        control.seal(data_dir, only=[EMBEDDED])
    return changed


def _official(catalogue: Catalogue, var_dir: Path, say: Callable[[str], None]) -> gpd.GeoDataFrame:
    """Give our districts as the official file has them, in our order, EPSG:4326, by ``code_qp``."""
    dataset = catalogue.get(OFFICIAL)
    raw = raw_path(var_dir, dataset)
    if raw is None:
        message = "les contours officiels ne sont pas là ; lancez « python -m qpverts sync --only " + OFFICIAL
        raise DataError([Fault(dataset.file, "contours officiels", f"{message} »")])
    imported = read_vector(raw, inside=dataset.inside)
    found = schema.match(imported.frame, dataset.file, required=_FIELDS)
    for line in (*imported.report.lines(), *found.lines()):
        say(f"  {line}")
    layer = found.apply(imported.frame)
    check_fields(layer, dataset.file)
    if twice := sorted(set(layer.loc[layer["code_qp"].duplicated(), "code_qp"])):
        message = f"codes donnés deux fois : {', '.join(twice[:_SHOWN])} ; rien n'est changé"
        raise DataError([Fault(dataset.file, "contours officiels", message)])
    official = layer.set_index("code_qp")
    ours = list(read_perimeters(catalogue).index)
    if absent := [code for code in ours if code not in official.index]:
        message = f"quartiers absents du fichier officiel : {', '.join(absent[:_SHOWN])} ; rien n'est changé"
        raise DataError([Fault(dataset.file, "contours officiels", message)])
    chosen = official.loc[ours]
    contours = gpd.GeoSeries([_rounded(shape) for shape in chosen.geometry], chosen.index, crs=chosen.crs)
    return gpd.GeoDataFrame(chosen.drop(columns="geometry"), geometry=contours)


def _written(chosen: gpd.GeoDataFrame) -> bytes:
    """Write districts as GeoJSON, one a line."""
    features = (
        geojson.feature(
            geojson.geometry(row.geometry),
            {"code_qp": code} | {field: _text(row[field]) for field in _FIELDS[1:]},
        )
        for code, row in chosen.iterrows()
    )
    return geojson.by_line(features, EMBEDDED)


def _text(value: str | float | None) -> str:
    """Write a field; one that is empty stays so."""
    return "" if pd.isna(value) else str(value)


def _rounded(shape: shapely.Geometry) -> shapely.MultiPolygon:
    """Round a contour, still valid, as the multipolygon that the catalogue declares."""
    whole = shapely.set_precision(shape, 10**-_DECIMALS)
    return shapely.MultiPolygon([part for part in shapely.get_parts(whole) if part.geom_type == "Polygon"])
