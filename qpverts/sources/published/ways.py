"""Reading and writing the ways to parks: drawn from OpenStreetMap, so in a file of their own (ODbL)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from operator import attrgetter

import shapely

from qpverts.atlas.datasets import REMEDY, Catalogue
from qpverts.domain.figures.published import Way
from qpverts.errors import DataError, Fault
from qpverts.geo import geojson
from qpverts.sources.reading.perimeters import read_layer
from qpverts.sources.reading.tables import Table

WAYS = "trajets_osm"
_FIELDS = ("code_qp", "espace", "droite_m", "rue_m", "lat", "lon")
_DECIMALS = 5


def read_ways(catalogue: Catalogue) -> Table[Way]:
    """Read the ways; the "lines" of the table are the ranks of the features.

    Raises
    ------
    DataError
        With every feature that lacks a field or is not a line.
    """
    shown = catalogue.get(WAYS).path
    layer = read_layer(catalogue, WAYS, may_be_empty=True)
    if layer.empty:  # nowhere do the streets add enough to be shown: then there are no fields either
        return Table(shown, (), ())
    if missing := [field for field in _FIELDS if field not in layer.columns]:
        message = f"champs absents : {', '.join(missing)} ; {REMEDY}"
        raise DataError([Fault(shown, "trajets", message)])
    faults: list[Fault] = []
    ways: list[Way] = []
    for rank, (_, row) in enumerate(layer.iterrows(), start=1):
        code, space, *numbers = (row[field] for field in _FIELDS)
        line = row.geometry
        if not (isinstance(line, shapely.LineString) and len(line.coords) > 1):
            faults.append(Fault(shown, "trajets", f"entité nº {rank} : ce n'est pas une ligne"))
        elif not all(isinstance(d, int | float) and math.isfinite(d) for d in numbers):
            faults.append(
                Fault(shown, "trajets", f"entité nº {rank} : une distance ou un point n'est pas un nombre")
            )
        else:
            route = tuple((float(lat), float(lon)) for lon, lat, *_ in line.coords)
            straight_m, street_m, lat, lon = map(float, numbers)
            ways.append(Way(str(code), str(space), straight_m, street_m, (lat, lon), route))
    if faults:
        raise DataError(faults)
    return Table(shown, tuple(ways), tuple(range(1, len(ways) + 1)))


def ways_bytes(ways: Iterable[Way]) -> bytes:
    """Write the ways as GeoJSON, one feature per line, in order of district: same ways, same bytes."""
    return geojson.by_line((_feature(way) for way in sorted(ways, key=attrgetter("code_qp"))), WAYS)


def _feature(way: Way) -> geojson.Feature:
    line = [[round(lon, _DECIMALS), round(lat, _DECIMALS)] for lat, lon in way.route]
    lat, lon = (round(degrees, _DECIMALS) for degrees in way.nearest)
    told = (way.code_qp, way.space_id, round(way.straight_m), round(way.street_m), lat, lon)
    return geojson.feature({"type": "LineString", "coordinates": line}, dict(zip(_FIELDS, told, strict=True)))
