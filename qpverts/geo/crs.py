"""The one table of legal projected CRS; nothing is measured in degrees.

Décret 2019-165 and its arrêté of 5 March 2019 give each part of France its geodetic frame: RGF93 in Europe,
RGAF09 in the Antilles, RGFG95, RGR92, RGM04, RGSPM06. The Pacific has its own texts (RGNC91-93 with its
Lambert projection, délibération 24/CP of 2006; RGPF; RGWF96). Where a frame has several UTM zones, the table
holds the one where people live: districts of French Polynesia are on Tahiti and Moorea (zone 6 South).
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from qpverts.domain.vintage import departement
from qpverts.errors import DataError, Fault

WGS84 = "EPSG:4326"
LAMBERT_93 = "EPSG:2154"
#: Length of a degree of latitude, to look at a map; nothing is measured with it.
METRES_A_DEGREE = 111_195.0

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class CrsZone:
    """A part of France: its legal projected CRS, and the box it lies in with the waters around.

    ``departements`` are INSEE codes; ``bounds`` is west, south, east, north in decimal degrees.
    """

    name: str
    crs: str
    departements: tuple[str, ...]
    bounds: Bounds


HEXAGONE = CrsZone(
    "France hexagonale et Corse",
    LAMBERT_93,
    # 20 is Corsica before 1976, and still in some files.
    (*(f"{number:02d}" for number in range(1, 96)), "2A", "2B"),
    (-5.9, 41.0, 10.4, 51.6),
)
TERRITORIES = (
    HEXAGONE,
    CrsZone("Guadeloupe", "EPSG:5490", ("971",), (-62.0, 15.6, -60.7, 16.8)),
    CrsZone("Martinique", "EPSG:5490", ("972",), (-61.5, 14.2, -60.6, 15.1)),
    CrsZone("Guyane", "EPSG:2972", ("973",), (-54.9, 2.0, -51.3, 6.0)),
    CrsZone("La Réunion", "EPSG:2975", ("974",), (55.0, -21.6, 56.1, -20.7)),
    CrsZone("Saint-Pierre-et-Miquelon", "EPSG:4467", ("975",), (-56.7, 46.6, -56.0, 47.3)),
    CrsZone("Mayotte", "EPSG:4471", ("976",), (44.7, -13.3, 45.6, -12.3)),
    CrsZone("Saint-Barthélemy", "EPSG:5490", ("977",), (-63.2, 17.7, -62.6, 18.1)),
    CrsZone("Saint-Martin", "EPSG:5490", ("978",), (-63.3, 17.9, -62.8, 18.3)),
    CrsZone("Wallis-et-Futuna", "EPSG:8903", ("986",), (-178.5, -14.6, -175.9, -13.0)),
    CrsZone("Polynésie française", "EPSG:3297", ("987",), (-155.0, -28.0, -134.0, -7.5)),
    CrsZone("Nouvelle-Calédonie", "EPSG:3163", ("988",), (163.0, -23.2, 168.5, -19.0)),
)
_BY_DEPARTEMENT = {code: territory for territory in TERRITORIES for code in territory.departements}
_SHOWN = 10


def by_projection(frame: gpd.GeoDataFrame) -> dict[str, gpd.GeoDataFrame]:
    """Split a national layer by legal CRS, each part projected to its own.

    Parameters
    ----------
    frame
        Any CRS. The département of a row is its ``insee_dep``, or else what its ``code_qp`` (column or index)
        says; with neither column, the index must hold the codes of districts.

    Returns
    -------
    dict
        By CRS, in the order of :data:`TERRITORIES`; the rows keep their order, index and columns.

    Raises
    ------
    DataError
        Naming every row whose département is not known: none is left out.
    ValueError
        When the frame has no CRS.
    """
    if frame.crs is None:
        msg = "the layer has no CRS: set it before projecting"
        raise ValueError(msg)
    codes = _departements(frame)
    known = np.array([code in _BY_DEPARTEMENT for code in codes], dtype=bool)
    if not known.all():
        labels = frame["code_qp"] if "code_qp" in frame.columns else frame.index
        faults = [
            Fault("périmètres", "système de coordonnées légal", f"« {str(label)[:40]} » : {_unknown(code)}")
            for label, code, found in zip(labels, codes, known, strict=True)
            if not found
        ]
        if len(faults) > _SHOWN:
            more = Fault("périmètres", "système de coordonnées légal", f"… et {len(faults) - _SHOWN} autres")
            faults = [*faults[:_SHOWN], more]
        raise DataError(faults)
    systems = np.array([_BY_DEPARTEMENT[code].crs for code in codes], dtype=object)
    order = dict.fromkeys(territory.crs for territory in TERRITORIES)
    return {crs: frame[systems == crs].to_crs(crs) for crs in order if (systems == crs).any()}


def _departements(frame: gpd.GeoDataFrame) -> list[str]:
    """Give the département of each row, "" where nothing tells it."""
    keys = frame["code_qp"] if "code_qp" in frame.columns else frame.index
    told = frame["insee_dep"] if "insee_dep" in frame.columns else pd.Series("", index=frame.index)
    return [
        (value.strip() if isinstance(value, str) else "") or departement(str(key)) or ""
        for value, key in zip(told, keys, strict=True)
    ]


def _unknown(insee_dep: str) -> str:
    if not insee_dep:
        return "département inconnu ; renseignez insee_dep, ou un code de quartier comme QN01338I"
    return (
        f"le département « {insee_dep[:20]} » n'a pas de système de coordonnées dans la table ; donnez un "
        "code INSEE (13, 2A, 974…), ou complétez qpverts/geo/crs.py"
    )
