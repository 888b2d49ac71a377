"""Reading a layer of streets: from a file to the network that one walks on.

Two vocabularies are known: ``roadClass`` (``highway``, ``major``, ``minor``), and the ``highway`` of
OpenStreetMap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError, GeometryError

from qpverts.errors import DataError, Fault
from qpverts.geo.crs import LAMBERT_93
from qpverts.geo.network import StreetNetwork, network
from qpverts.sources.importing import drivers
from qpverts.sources.importing.recognise import FileFormat
from qpverts.sources.importing.staging import Staged, staged

CLASS, STRUCTURE, NAME = "road_class", "structure", "name"
#: Fields that may hold the class of a street; the first one found is it.
CLASS_FIELDS = (CLASS, "roadClass", "highway")
MAX_BYTES = 1_000_000_000  # unpacked; the streets of Marseille are 9 MB
MAX_LINES = 3_000_000
_RULE = "couche des rues"
#: West, south, east, north of EPSG:2154 with a margin: outside, a coordinate is an error.
_FRANCE = (-400_000.0, 5_800_000.0, 1_500_000.0, 7_400_000.0)
_LINES = (1, 2, 5)  # shapely's numbers for lines, rings and multilines
_UNREADABLE = (
    DataLayerError,
    DataSourceError,
    FeatureError,
    FieldError,
    GeometryError,
    shapely.errors.GEOSException,
    OSError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Streets:
    """The lines of a layer, EPSG:2154, with ``road_class``, ``structure`` and ``name`` (empty where unknown).

    ``left_out`` counts what is not among them, by reason, in French.
    """

    lines: gpd.GeoDataFrame
    left_out: Mapping[str, int]


def read_network(path: Path) -> StreetNetwork:
    """Read a layer of streets and build the network of those that can be walked.

    Raises
    ------
    DataError
        When the file is not a layer of streets, or when a pedestrian can take none of them.
    """
    built = network(read_streets(path).lines)
    if not len(built.edges):
        raise _refusal(path, "aucune rue que l'on puisse prendre à pied ; vérifiez le champ de classe")
    return built


def read_streets(path: Path) -> Streets:
    """Read a layer of streets in any vector format that can be imported, in a ZIP or a GZIP as well.

    Raises
    ------
    DataError
        When the file is missing, too large or not a vector layer; when it has no class of street, no CRS or
        no line in France. Only a known format is handed to GDAL, some drivers of which follow addresses.
    """
    if not path.is_file():
        message = "la couche des rues n'est pas là ; « python -m qpverts sync --from DOSSIER » l'apporte"
        raise DataError([Fault(path.name, _RULE, message)])
    layer = _layer(path)
    if layer.crs is None:
        raise _refusal(path, "le système de coordonnées n'est pas déclaré ; ajoutez-le au fichier")
    given = layer.geometry.to_numpy()
    empty = shapely.is_missing(given) | shapely.is_empty(given)
    other = ~empty & ~np.isin(shapely.get_type_id(given), _LINES)
    projected = layer[~empty & ~other].to_crs(LAMBERT_93)
    inside = _in_france(projected.geometry.to_numpy())
    counts = {
        "sans géométrie": int(empty.sum()),
        "autre chose qu'une ligne": int(other.sum()),
        "hors de France métropolitaine": int((~inside).sum()),
    }
    left_out = {reason: count for reason, count in counts.items() if count}
    if not inside.any():
        listed = " ; ".join(f"{reason} : {count}" for reason, count in left_out.items()) or "couche vide"
        raise _refusal(path, f"aucune ligne à garder ({listed}) ; vérifiez que c'est la couche des rues")
    return Streets(projected[inside].reset_index(drop=True), left_out)


def _layer(path: Path) -> gpd.GeoDataFrame:
    """Read the geometry and the three fields, named as in :class:`Streets`, in the CRS of the file."""
    if path.stat().st_size > MAX_BYTES:
        raise _refusal(path, f"plus de {MAX_BYTES // 1_000_000} Mo : découpez la couche")
    with staged(path, most=MAX_BYTES) as source:
        layer, kind = _read(path, source)
    layer = layer.rename(columns={kind: CLASS})
    for field in (CLASS, STRUCTURE, NAME):
        texts = layer[field] if field in layer.columns else pd.Series("", index=layer.index)
        layer[field] = texts.astype("string").fillna("").astype(object)
    return layer[[CLASS, STRUCTURE, NAME, "geometry"]]


def _read(path: Path, source: Staged) -> tuple[gpd.GeoDataFrame, str]:
    """Read the geometry and the fields of use, and tell which of them is the class."""
    if source.kind in {FileFormat.CSV, FileFormat.GEOPARQUET}:
        raise _refusal(path, f"du {source.kind} n'est pas lu ici ; donnez du GeoJSON ou un GeoPackage")
    drivers.sound(source)
    try:
        info = pyogrio.read_info(source.path, force_feature_count=True)
        drivers.opened_as_told(source, str(info["driver"]))
        if info["features"] > MAX_LINES:
            raise _refusal(path, f"{info['features']} lignes, plus de {MAX_LINES} : découpez la couche")
        fields = [str(field) for field in info["fields"]]
        kind = next((field for field in CLASS_FIELDS if field in fields), None)
        if kind is None:
            expected = " ou ".join(CLASS_FIELDS)
            raise _refusal(path, f"le champ de classe des rues est absent (attendu : {expected})")
        wanted = [field for field in (kind, STRUCTURE, NAME) if field in fields]
        layer = pyogrio.read_dataframe(source.path, columns=wanted)
    except _UNREADABLE as error:
        raise _refusal(
            path, "le fichier n'est pas une couche lisible, ou il est abîmé ; reprenez-le"
        ) from error
    if not isinstance(layer, gpd.GeoDataFrame):
        raise _refusal(path, "c'est un tableau sans géométrie, pas une couche de rues")
    return layer, kind


def _in_france(shapes: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Tell which shapes lie where EPSG:2154 is made for; a coordinate that is not a number lies nowhere."""
    west, south, east, north = _FRANCE
    coords, rank = shapely.get_coordinates(shapes, return_index=True)
    x, y = coords.T
    inside = (x > west) & (x < east) & (y > south) & (y < north)
    result = np.ones(len(shapes), dtype=bool)
    result[rank[~inside]] = False
    return result


def _refusal(path: Path, message: str) -> DataError:
    return DataError([Fault(path.name, _RULE, message)])
