"""Any vector layer that the field uses, read into EPSG:4326 with the account of every feature."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from qpverts.domain.vintage import generation
from qpverts.geo.crs import Bounds
from qpverts.sources.importing import delimited, drivers, reference
from qpverts.sources.importing.drivers import Raw
from qpverts.sources.importing.import_report import Duplicate, ImportReport
from qpverts.sources.importing.recognise import FileFormat, printable, refusal
from qpverts.sources.importing.repair import clean
from qpverts.sources.importing.staging import Staged, staged

#: Columns that name a feature, the most telling first; compared in lower case.
_KEYS = (
    "code_qp",
    "code_qpv",
    "qp_code",
    "osm_id",
    "id",
    "code",
    "identifiant",
    "gml_id",
    "fid",
    "insee_com",
)
_OSM_WAY = "osm_way_id"
_MOST = 0.9  # a column that holds codes of districts holds nearly nothing else


@dataclass(frozen=True, slots=True)
class Imported:
    """A layer in EPSG:4326 (2D, valid, in the order of the file), and the account of its import."""

    frame: gpd.GeoDataFrame
    report: ImportReport


def read_vector(
    path: Path,
    *,
    inside: str = "",
    layer: str | None = None,
    crs: str | None = None,
    bbox: Bounds | None = None,
) -> Imported:
    """Read a vector layer of any known format.

    GeoJSON, Shapefile, GeoPackage, GeoParquet, FlatGeobuf, OpenStreetMap (PBF, XML), KML and CSV with a
    longitude and a latitude; in a ZIP or a GZIP as well. The format is told by the bytes, not by the name.
    Heights are dropped, curves become lines, invalid geometries are repaired.

    Parameters
    ----------
    inside
        The member to read where the file is a ZIP with several layers.
    layer
        The layer to read where the format holds several; polygons by default for OpenStreetMap.
    crs
        The coordinate system to believe, rather than what the file says ("EPSG:2154").
    bbox
        West, south, east, north in decimal degrees: features that do not meet this box are set aside. The
        territories of France, overseas included, when it is not given.

    Raises
    ------
    DataError
        When the file is missing, empty, damaged, hostile or of no known format; when its coordinate system
        cannot be told. A feature that is wrong does not raise: the report lists it.
    """
    if bbox is not None and not (np.isfinite(bbox).all() and bbox[0] <= bbox[2] and bbox[1] <= bbox[3]):
        message = "le cadre attendu doit être donné par ouest, sud, est, nord, en degrés"
        raise refusal(path.name, message)
    with staged(path, inside) as source:
        raw = _raw(source, layer)
    system, origin, notes = reference.settle(raw.frame, crs, source.shown)
    key = _key(raw.frame)
    codes = _codes(raw.frame, key)
    if key == "osm_id" and _OSM_WAY in raw.frame.columns:  # a polygon made of one way has this number only
        ways = _codes(raw.frame, _OSM_WAY)
        codes = [code or way for code, way in zip(codes, ways, strict=True)]
    frame = raw.frame.set_crs(system, allow_override=True)
    cleaned = clean(frame, raw.ranks, codes, unreadable=raw.unreadable, closed=raw.closed, bbox=bbox)
    set_aside = sorted((*cleaned.set_aside, *raw.broken), key=lambda remark: remark.rank)
    report = ImportReport(
        file=source.shown,
        driver=source.kind.value,
        layer=raw.layer,
        encoding=raw.encoding,
        crs=reference.name(system),
        crs_origin=origin,
        read=len(raw.frame) + len(raw.broken),
        kept=len(cleaned.frame),
        repaired=cleaned.repaired,
        set_aside=tuple(set_aside),
        duplicates=_duplicates(codes, raw.ranks),
        notes=(*raw.notes, *notes, *_heights(raw.frame)),
        key=key,
        unit=raw.unit,
    )
    return Imported(cleaned.frame, report)


def _raw(source: Staged, layer: str | None) -> Raw:
    if source.kind is not FileFormat.CSV:
        return drivers.read(source, layer)
    table = delimited.read(source.path, source.shown)
    nothing = np.zeros(len(table.frame), dtype=bool)
    return Raw(
        frame=table.frame,
        ranks=table.lines,
        unreadable=nothing,
        closed=nothing,
        encoding=table.encoding,
        notes=table.notes,
        broken=table.broken,
        unit="ligne",
    )


def _heights(frame: gpd.GeoDataFrame) -> tuple[str, ...]:
    """Say how many features lost their heights."""
    high = int(frame.geometry.has_z.sum())
    return (f"Altitudes laissées de côté pour {high} entité{'s' if high > 1 else ''}.",) if high else ()


def _key(frame: gpd.GeoDataFrame) -> str:
    """Choose the column that names the features; "" when there is none."""
    plain = {str(column).lower(): str(column) for column in reversed(list(frame.columns))}
    if found := next((plain[key] for key in _KEYS if key in plain), ""):
        return found
    for column in frame.columns.drop("geometry", errors="ignore"):
        values = frame[column].dropna().head(200)
        if len(values) and np.mean([generation(str(value)) is not None for value in values]) >= _MOST:
            return str(column)
    return ""


def _codes(frame: gpd.GeoDataFrame, key: str) -> list[str]:
    if not key:
        return [""] * len(frame)
    column = frame[key]
    if pd.api.types.is_float_dtype(column.dtype):  # 12.0 is how a missing value elsewhere makes 12 look
        return [f"{value:.15g}" if pd.notna(value) else "" for value in column]
    return ["" if value is None or value is pd.NA or value != value else str(value) for value in column]  # noqa: PLR0124


def _duplicates(codes: list[str], ranks: tuple[int, ...]) -> tuple[Duplicate, ...]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for code, rank in zip(codes, ranks, strict=True):
        if code:
            places[code].append(rank)
    return tuple(Duplicate(printable(code), tuple(found)) for code, found in places.items() if len(found) > 1)
