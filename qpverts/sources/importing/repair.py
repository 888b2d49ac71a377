"""Geometries as they come, made fit to be measured; what cannot be is set aside with its reason.

Nothing is decided in silence: each feature comes out kept, kept and repaired, or set aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj.exceptions import ProjError

from qpverts.geo.crs import TERRITORIES, WGS84, Bounds
from qpverts.sources.importing.import_report import Remark

_LINE, _AREA = 1, 2  # dimensions
_COLLECTION = 7  # GEOS's number for a GeometryCollection
_ABSURD = 1e12  # no coordinate of the Earth, in any unit in use, is beyond
_REASONS = {
    "Self-intersection": "le contour se croise",
    "Ring Self-intersection": "le contour se touche lui-même",
    "Too few points in geometry component": "une partie a trop peu de points",
    "Hole lies outside shell": "un trou est hors du contour",
    "Holes are nested": "des trous sont l'un dans l'autre",
    "Nested shells": "des parties sont l'une dans l'autre",
    "Duplicate Rings": "un contour est donné deux fois",
    "Interior is disconnected": "un trou coupe le contour en deux",
    "Ring is not closed": "le contour n'est pas fermé",
}
_LOST = {_AREA: "n'a plus de surface une fois réparée", _LINE: "n'a plus de longueur une fois réparée"}

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The features that are kept (EPSG:4326, in the order of the file), and the account of the others."""

    frame: gpd.GeoDataFrame
    repaired: tuple[Remark, ...]
    set_aside: tuple[Remark, ...]


class _Sorting:
    """The features still in hand, and the reasons of those that are not."""

    def __init__(self, size: int) -> None:
        self.alive: Flags = np.ones(size, dtype=bool)
        self.reasons: dict[int, str] = {}

    def drop(self, flags: Flags, reason: str) -> None:
        """Set aside the features that are flagged and were still in hand."""
        gone = flags & self.alive
        self.reasons |= dict.fromkeys(np.flatnonzero(gone).tolist(), reason)
        self.alive &= ~gone


def clean(
    frame: gpd.GeoDataFrame,
    ranks: Sequence[int],
    codes: Sequence[str],
    *,
    unreadable: Flags,
    closed: Flags,
    bbox: Bounds | None = None,
) -> Cleaned:
    """Project a layer to EPSG:4326 and make every geometry valid, or set it aside.

    Parameters
    ----------
    frame
        In its own CRS, geometries as read.
    ranks, codes
        What to call each feature by.
    unreadable, closed
        Features whose geometry could not be read; whose ring had to be closed to be read.
    bbox
        The box that features are expected to meet (decimal degrees); France with its overseas when ``None``.
    """
    shapes = shapely.force_2d(frame.geometry.to_numpy())
    sorting = _Sorting(len(shapes))
    sorting.drop(unreadable, "géométrie illisible")
    sorting.drop(shapely.is_missing(shapes), "sans géométrie")
    sorting.drop(shapely.is_empty(shapes), "géométrie vide")
    sorting.drop(_wild(shapes), "coordonnées impossibles (ni un nombre fini, ni un lieu de la Terre)")
    shapes = _projected(shapes, sorting.alive, frame.crs)
    sorting.drop(_wild(shapes), "coordonnées hors du système déclaré")
    _place(shapes, sorting, bbox)
    shapes, mended = _mended(shapes, sorting, closed)
    kept = frame[sorting.alive].set_geometry(
        gpd.GeoSeries(shapes[sorting.alive], index=frame.index[sorting.alive], crs=WGS84)
    )
    if kept.active_geometry_name != "geometry":
        kept = kept.rename_geometry("geometry")
    return Cleaned(
        kept.reset_index(drop=True),
        tuple(Remark(ranks[i], codes[i], reason) for i, reason in sorted(mended.items()) if sorting.alive[i]),
        tuple(Remark(ranks[i], codes[i], reason) for i, reason in sorted(sorting.reasons.items())),
    )


def _wild(shapes: NDArray[np.object_]) -> Flags:
    """Flag the shapes with a vertex that is not a finite place."""
    coordinates, owners = shapely.get_coordinates(shapes, return_index=True)
    wild = ~(np.abs(coordinates) < _ABSURD).all(axis=1)  # NaN compares false, hence is wild too
    flags = np.zeros(len(shapes), dtype=bool)
    flags[owners[wild]] = True
    return flags


def _projected(shapes: NDArray[np.object_], alive: Flags, crs: object) -> NDArray[np.object_]:
    """Project the shapes still in hand; the others become ``None``."""
    found = np.full(len(shapes), None, dtype=object)
    series = gpd.GeoSeries(shapes[alive], crs=crs)
    try:
        found[alive] = series.to_crs(WGS84).to_numpy()
    except ProjError:  # some projections refuse, rather than give infinity, far from their home
        for rank in np.flatnonzero(alive):
            try:
                found[rank] = gpd.GeoSeries([shapes[rank]], crs=crs).to_crs(WGS84).iloc[0]
            except ProjError:
                found[rank] = shapely.Point(np.inf, np.inf)
    return found


def _place(shapes: NDArray[np.object_], sorting: _Sorting, bbox: Bounds | None) -> None:
    """Set aside what is not where the layer should be."""
    bounds = shapely.bounds(shapes)
    if bbox is not None:
        west, south, east, north = bbox
        meets = (
            (bounds[:, 0] <= east)
            & (bounds[:, 2] >= west)
            & (bounds[:, 1] <= north)
            & (bounds[:, 3] >= south)
        )
        sorting.drop(~meets, "hors du cadre attendu")
        return
    out = sorting.alive & ~_in_france(bounds[:, :2], bounds[:, 2:])
    # A shape may reach over several territories: then it is its vertices that count.
    coordinates, owners = shapely.get_coordinates(shapes[out], return_index=True)
    strays = np.zeros(int(out.sum()), dtype=bool)
    strays[owners[~_in_france(coordinates, coordinates)]] = True
    out[out] = strays
    swapped = out & _in_france(bounds[:, 1::-1], bounds[:, :1:-1])
    sorting.drop(swapped, "hors de France ; latitude et longitude semblent inversées")
    sorting.drop(out, "hors de France")


def _in_france(low: NDArray[np.float64], high: NDArray[np.float64]) -> Flags:
    """Tell which boxes (corners of shape (n, 2)) lie within one territory."""
    found = np.zeros(len(low), dtype=bool)
    for territory in TERRITORIES:
        west, south, east, north = territory.bounds
        found |= (low >= (west, south)).all(axis=1) & (high <= (east, north)).all(axis=1)
    return found


def _mended(
    shapes: NDArray[np.object_], sorting: _Sorting, closed: Flags
) -> tuple[NDArray[np.object_], dict[int, str]]:
    """Make valid what is not, keeping of each shape what has its own dimension."""
    mended = {int(i): _REASONS["Ring is not closed"] for i in np.flatnonzero(closed & sorting.alive)}
    dimensions = shapely.get_dimensions(shapes)
    areas_only = _is_layer_of_areas(shapes, dimensions, sorting.alive)
    collections = (shapely.get_type_id(shapes) == _COLLECTION) & areas_only
    invalid = ~shapely.is_valid(shapes)
    for i in np.flatnonzero(sorting.alive & (invalid | collections)):
        if invalid[i]:
            told = shapely.is_valid_reason(shapes[i]).split("[")[0]
            mended[int(i)] = _REASONS.get(told, "contour non valide")
        else:
            mended[int(i)] = "points et lignes retirés d'une couche de surfaces"
        shapes[i] = _of_dimension(shapely.make_valid(shapes[i]), int(dimensions[i]))
    empty = shapely.is_empty(shapes) | shapely.is_missing(shapes)
    for dimension, reason in _LOST.items():
        sorting.drop(empty & (dimensions == dimension), reason)
    sorting.drop(empty, "géométrie vide une fois réparée")
    return shapes, mended


def _is_layer_of_areas(shapes: NDArray[np.object_], dimensions: NDArray[np.int_], alive: Flags) -> bool:
    """Tell a layer of surfaces, to which a collection with stray lines does not belong as it is."""
    simple = alive & (shapely.get_type_id(shapes) != _COLLECTION)
    return bool(simple.any() and (dimensions[simple] == _AREA).all())


def _of_dimension(shape: shapely.Geometry, dimension: int) -> shapely.Geometry:
    """Keep the points, the lines or the surfaces of a shape."""
    parts = [part for part in _parts(shape) if shapely.get_dimensions(part) == dimension]
    if not parts:
        return shapely.GeometryCollection()
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _parts(shape: shapely.Geometry) -> list[shapely.Geometry]:
    found: list[shapely.Geometry] = []
    waiting = [shape]
    while waiting:
        part = waiting.pop()
        if shapely.get_num_geometries(part) > 1 or shapely.get_type_id(part) == _COLLECTION:
            waiting += list(shapely.get_parts(part))
        else:
            found.append(part)
    return found
