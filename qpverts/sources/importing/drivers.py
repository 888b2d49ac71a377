"""The doors of the formats: GDAL through pyogrio, and Arrow for GeoParquet. Everything as it comes.

Two facts of pyogrio 0.13 decide how each format is read. Through Arrow, a file cut short gives the features
before the cut without a word; without Arrow, it raises. Without Arrow, a GeoPackage gives no more features
than its own table of counts claims, be it wrong; through Arrow, it gives them all.
"""

from __future__ import annotations

import json
import re
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError

from qpverts.geo.crs import WGS84
from qpverts.sources.importing import shapefile
from qpverts.sources.importing.import_report import Remark
from qpverts.sources.importing.recognise import FileFormat, printable, refusal
from qpverts.sources.importing.staging import Staged

MAX_FEATURES = 20_000_000
MAX_FIELDS = 1_000
_MAX_KEYS = 20_000  # different names in a GeoJSON, properties inside properties included
_CHUNK = 1 << 22
_JSON_NAME = re.compile(rb'"((?:[^"\\]++|\\.){0,200}+)"\s*+:')  # never goes back: three times faster
_NOTES = 3
_LAYERS_SHOWN = 20
_OSM_LAYER = "multipolygons"
_WRITERS = {
    FileFormat.GEOJSON: {"GeoJSON", "GeoJSONSeq"},
    FileFormat.SHAPEFILE: {"ESRI Shapefile"},
    FileFormat.GEOPACKAGE: {"GPKG"},
    FileFormat.FLATGEOBUF: {"FlatGeobuf"},
    FileFormat.OSM_PBF: {"OSM"},
    FileFormat.OSM_XML: {"OSM"},
    FileFormat.KML: {"LIBKML", "KML"},
}
_DAMAGED = "le fichier est abîmé ou incomplet ; téléchargez-le de nouveau"

Flags = NDArray[np.bool_]

#: What the readers raise on a damaged file.
_FAULTS = (
    DataSourceError,
    DataLayerError,
    FeatureError,
    GeometryError,
    pa.ArrowException,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    MemoryError,
    RuntimeError,
    sqlite3.Error,
    shapely.errors.ShapelyError,
)


@dataclass(frozen=True, slots=True)
class Raw:
    """Features as a file has them: geometries maybe missing, invalid or anywhere; CRS as declared, or none.

    ``ranks`` names each feature; ``unreadable`` flags those whose geometry is there and cannot be read,
    ``closed`` those with a ring that had to be closed. ``broken`` lists what could not even be made a row.
    """

    frame: gpd.GeoDataFrame
    ranks: tuple[int, ...]
    unreadable: Flags
    closed: Flags
    layer: str = ""
    encoding: str = ""
    notes: tuple[str, ...] = ()
    broken: tuple[Remark, ...] = ()
    unit: str = "entité"


def read(source: Staged, layer: str | None) -> Raw:
    """Read every feature of a layer.

    Raises
    ------
    DataError
        When the file is damaged, claims too much, or holds several layers and none is asked for.
    """
    sound(source)
    with _explained(source), _listening() as heard:
        if source.kind is FileFormat.GEOPARQUET:
            _sober(*_parquet_claims(source.path), source)
            return _raw(*_parquet_features(source), notes=_told(heard))
        chosen, notes = _layer(source, layer)
        info = pyogrio.read_info(source.path, layer=chosen)
        opened_as_told(source, str(info["driver"]))
        features = (
            _rows(source.path, chosen or "") if source.kind is FileFormat.GEOPACKAGE else info["features"]
        )
        _sober(features, len(info["fields"]), source)
        frame, unreadable, closed = _features(source, chosen)
        if source.kind is FileFormat.GEOPACKAGE and len(frame) != features:
            raise ValueError(_DAMAGED)
    encoding = ""
    if source.kind is FileFormat.SHAPEFILE:
        decoded, encoding = shapefile.decode(frame.drop(columns="geometry"), source.path)
        frame = gpd.GeoDataFrame(decoded, geometry=frame.geometry.to_numpy(), crs=frame.crs)
    return _raw(
        frame, unreadable, closed, layer=chosen or "", encoding=encoding, notes=(*notes, *_told(heard))
    )


def sound(source: Staged) -> None:
    """Refuse what would mislead GDAL or hold it for minutes, before it opens the file."""
    if source.kind is FileFormat.SHAPEFILE:
        shapefile.check(source.path, source.shown)
    if source.kind is FileFormat.GEOJSON:
        _few_names(source)


def opened_as_told(source: Staged, driver: str) -> None:
    """Refuse a file that another driver of GDAL took for its own than that of its format."""
    if driver not in _WRITERS.get(source.kind, ()):
        raise refusal(source.shown, f"le fichier n'est pas du {source.kind} ; vérifiez son contenu")


def _raw(frame: gpd.GeoDataFrame, unreadable: Flags, closed: Flags, **words: Any) -> Raw:  # noqa: ANN401
    return Raw(frame, tuple(range(1, len(frame) + 1)), unreadable, closed, **words)


@contextmanager
def _explained(source: Staged) -> Iterator[None]:
    """Turn what the readers raise into one sentence."""
    try:
        yield
    except _FAULTS as error:
        raise refusal(source.shown, _DAMAGED) from error


@contextmanager
def _listening() -> Iterator[list[warnings.WarningMessage]]:
    """Hear the warnings of the readers, which belong in the report."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        yield heard


def _told(heard: list[warnings.WarningMessage]) -> tuple[str, ...]:
    words = dict.fromkeys(
        printable(str(warning.message), 160)
        for warning in heard
        if issubclass(warning.category, RuntimeWarning) and "Non closed ring" not in str(warning.message)
    )
    return tuple(f"Le lecteur avertit : {word}" for word in list(words)[:_NOTES])


def _few_names(source: Staged) -> None:
    """Refuse a GeoJSON of countless properties, on which GDAL would spend minutes, before it is opened."""
    names: set[bytes] = set()
    with source.path.open("rb") as file:
        carried = b""
        while chunk := file.read(_CHUNK):
            text = carried + chunk
            names.update(_JSON_NAME.findall(text))
            carried = text[-1_000:]
            if len(names) > _MAX_KEYS:
                raise refusal(source.shown, f"plus de {_MAX_KEYS} propriétés différentes : refusé")


def _sober(features: int, fields: int, source: Staged) -> None:
    """Refuse a file that claims more than it can hold, or than memory can."""
    size = source.path.stat().st_size
    compressed = source.kind in {FileFormat.GEOPARQUET, FileFormat.OSM_PBF}
    if features > MAX_FEATURES:
        message = f"{features} entités annoncées, plus de {MAX_FEATURES} : donnez la couche par morceaux"
        raise refusal(source.shown, message)
    if features > size and not compressed:
        raise refusal(source.shown, f"{features} entités annoncées dans {size} octets : {_DAMAGED}")
    if fields > MAX_FIELDS:
        raise refusal(source.shown, f"{fields} champs, plus de {MAX_FIELDS} : gardez ceux qui servent")


def _layer(source: Staged, asked: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Choose the layer, and say which others there are."""
    if source.kind not in {FileFormat.GEOPACKAGE, FileFormat.KML, FileFormat.OSM_PBF, FileFormat.OSM_XML}:
        return None, (f"Ce format n'a qu'une couche : « {printable(asked)} » ignoré.",) if asked else ()
    found = [str(name) for name, geometry in pyogrio.list_layers(source.path) if geometry is not None]
    told = ", ".join(printable(name, 40) for name in found[:_LAYERS_SHOWN])
    if not found:
        raise refusal(source.shown, "aucune couche n'a de géométrie ; donnez un autre fichier")
    if asked:
        if asked not in found:
            raise refusal(source.shown, f"pas de couche « {printable(asked)} » ; il y a : {told}")
        return asked, ()
    if _OSM_LAYER in found and source.kind in {FileFormat.OSM_PBF, FileFormat.OSM_XML}:
        return _OSM_LAYER, (f"Couches du fichier : {told} (--couche pour en lire une autre).",)
    if len(found) > 1:
        raise refusal(source.shown, f"plusieurs couches ; dites laquelle avec --couche : {told}")
    return found[0], ()


def _features(source: Staged, layer: str | None) -> tuple[gpd.GeoDataFrame, Flags, Flags]:
    """Give the features; those whose geometry cannot be read; those whose ring was closed to be read."""
    try:
        frame = _frame(source, layer, "raise", arrow=source.kind is FileFormat.GEOPACKAGE)
    except (NotImplementedError, shapely.errors.ShapelyError):  # Arrow hands curves over as they are
        try:
            frame = _frame(source, layer, "raise")
        except shapely.errors.ShapelyError:
            return _forgiving(source, layer)
    return frame, _none(frame), _none(frame)


def _frame(source: Staged, layer: str | None, on_invalid: str, *, arrow: bool = False) -> gpd.GeoDataFrame:
    words = {"encoding": shapefile.NEUTRAL} if source.kind is FileFormat.SHAPEFILE else {}
    found = pyogrio.read_dataframe(source.path, layer=layer, on_invalid=on_invalid, use_arrow=arrow, **words)
    if not isinstance(found, gpd.GeoDataFrame):
        raise refusal(source.shown, "la couche n'a pas de géométrie ; donnez un autre fichier")
    return found


def _forgiving(source: Staged, layer: str | None) -> tuple[gpd.GeoDataFrame, Flags, Flags]:
    """Read a layer in which some geometries are no geometry: rings left open, bytes that mean nothing."""
    frame = _frame(source, layer, "fix")
    written = pyogrio.raw.read(source.path, layer=layer, columns=[])[2]
    if len(written) != len(frame):
        raise ValueError(_DAMAGED)
    return frame, *_judged(written, frame.geometry.to_numpy())


def _judged(written: NDArray[np.object_], fixed: NDArray[np.object_]) -> tuple[Flags, Flags]:
    """Tell, of geometries written as WKB, those that no reading gives, and those that had to be closed."""
    there = np.array([wkb is not None for wkb in written], dtype=bool)
    strict = shapely.from_wkb(written, on_invalid="ignore")
    missing = shapely.is_missing(fixed)
    return there & missing, there & shapely.is_missing(strict) & ~missing


def _rows(path: Path, layer: str) -> int:
    """Count the rows of a layer of a GeoPackage by itself: what the file claims of itself may be wrong."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
        name = layer.replace('"', '""')
        return int(base.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0])  # noqa: S608 - a name, quoted


def _none(frame: gpd.GeoDataFrame) -> Flags:
    return np.zeros(len(frame), dtype=bool)


def _parquet_claims(path: Path) -> tuple[int, int]:
    with pq.ParquetFile(path) as file:
        return file.metadata.num_rows, len(file.schema_arrow.names)


def _parquet_features(source: Staged) -> tuple[gpd.GeoDataFrame, Flags, Flags]:
    """Read a GeoParquet file; one geometry that means nothing does not cost the others."""
    with pq.ParquetFile(source.path) as file:
        if b"geo" not in (file.schema_arrow.metadata or {}):
            message = "c'est du Parquet sans géométrie ; donnez du GeoParquet, ou un CSV avec lon et lat"
            raise refusal(source.shown, message)
    try:
        frame = gpd.read_parquet(source.path)
    except shapely.errors.ShapelyError:
        with pq.ParquetFile(source.path) as file:
            geo = json.loads(file.schema_arrow.metadata[b"geo"])
            column = geo["primary_column"]
            table = file.read().to_pandas()
        written = table[column].to_numpy(dtype=object)
        fixed = shapely.from_wkb(written, on_invalid="fix")
        frame = gpd.GeoDataFrame(
            table.drop(columns=column), geometry=fixed, crs=geo["columns"][column].get("crs", WGS84)
        )
        return frame, *_judged(written, fixed)
    if frame.active_geometry_name != "geometry":
        frame = frame.drop(columns="geometry", errors="ignore").rename_geometry("geometry")
    return frame.reset_index(drop=True), _none(frame), _none(frame)
