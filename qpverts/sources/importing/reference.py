"""In which coordinate system is this layer? As the person says, or the file, or the coordinates."""

from __future__ import annotations

import warnings

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError

from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.sources.importing.import_report import Origin
from qpverts.sources.importing.recognise import printable, refusal

_DEGREES = (-180.0, -90.0, 180.0, 90.0)
_METRES_93 = (-400_000.0, 6_000_000.0, 1_400_000.0, 7_200_000.0)  # Lambert-93, hexagone and Corsica
_MOST = 0.5  # a layer is in the system of most of its vertices; the others are wrong places


def parsed(text: str, shown: str) -> CRS:
    """Read a coordinate system given by a person, "EPSG:2154" or "2154".

    Raises
    ------
    DataError
        When there is no such system, or it is not one of places on a map.
    """
    word = text.strip()
    try:
        crs = CRS.from_user_input(int(word) if word.isdecimal() else word).to_2d()
    except (CRSError, OverflowError) as error:
        message = (
            f"« {printable(word, 40)} » n'est pas un système de coordonnées ; écrivez par exemple EPSG:2154"
        )
        raise refusal(shown, message) from error
    if not _horizontal(crs):
        raise refusal(shown, f"« {printable(word, 40)} » ne situe pas de point sur une carte")
    return crs


def settle(frame: gpd.GeoDataFrame, given: str | None, shown: str) -> tuple[CRS, Origin, tuple[str, ...]]:
    """Choose the coordinate system of a layer, and say where it is known from.

    What the person gives is believed; what the file declares too, unless its coordinates cannot be of such a
    system (degrees where it says metres, or the reverse).

    Returns
    -------
    tuple
        The system, its origin, sentences for the report.

    Raises
    ------
    DataError
        When nothing tells it.
    """
    if given is not None:
        return parsed(given, shown), Origin.GIVEN, ()
    coordinates = _finite(frame)
    declared = _usable(frame.crs)
    if declared is not None and (not len(coordinates) or _agrees(declared, coordinates)):
        return declared, Origin.DECLARED, ()
    guess = _guess(coordinates)
    if guess is None and declared is not None:
        return declared, Origin.DECLARED, ()  # its features will be set aside as out of place
    if guess is None:
        message = (
            "rien ne dit dans quel système de coordonnées est la couche, ni ses coordonnées ; "
            "relancez avec --crs (exemple : --crs EPSG:2154)"
        )
        raise refusal(shown, message)
    if declared is None:
        notes: tuple[str, ...] = ("Le fichier ne dit pas son système de coordonnées ; corrigez avec --crs.",)
    else:
        notes = (f"Le fichier annonce {name(declared)}, ce que ses coordonnées démentent.",)
    return CRS(guess), Origin.GUESSED, notes


def name(crs: CRS) -> str:
    """Name a system: its EPSG code where it has one, and its own name."""
    code = crs.to_epsg(min_confidence=70)
    return f"EPSG:{code}, {crs.name}" if code else printable(crs.name)


def _usable(crs: CRS | None) -> CRS | None:
    """Give a declared system without heights, ``None`` when it is not one of places on a map."""
    if crs is None:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            flat = crs.to_2d()
    except CRSError:
        return None
    return flat if _horizontal(flat) else None


def _horizontal(crs: CRS) -> bool:
    return bool(crs.is_projected or crs.is_geographic)


def _finite(frame: gpd.GeoDataFrame) -> NDArray[np.float64]:
    coordinates = shapely.get_coordinates(frame.geometry.to_numpy())
    finite: NDArray[np.float64] = coordinates[np.isfinite(coordinates).all(axis=1)]
    return finite


def _agrees(crs: CRS, coordinates: NDArray[np.float64]) -> bool:
    return bool(crs.is_geographic) == _within(coordinates, _DEGREES)


def _guess(coordinates: NDArray[np.float64]) -> str | None:
    for box, crs in ((_DEGREES, WGS84), (_METRES_93, LAMBERT_93)):
        if len(coordinates) and _within(coordinates, box):
            return crs
    return None


def _within(coordinates: NDArray[np.float64], box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    inside = ((coordinates >= (west, south)) & (coordinates <= (east, north))).all(axis=1)
    return bool(inside.mean() > _MOST)
