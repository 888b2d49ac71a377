"""The published access of districts to green spaces: written by ``build`` and ``seal``, read by the rest.

Figures keep all their digits, so that what is read is what was measured. They are read only while the table
is as declared, and declared to come from the very outlines and spaces that are there. Otherwise they are
measured again, which takes longer and is always right: a park may be added with nothing else to do.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.figures.facts import MIN_AREAS_HA, RADII_M, Distances, GreenAccess, Interval, SpacesNear
from qpverts.errors import DataError, Fault
from qpverts.sources.reading.catalogue import sha256

ACCESS = "acces_espaces_verts"
#: What green access is measured from, and nothing else.
INPUTS = ("qpv_2024", "espaces_verts", "espaces_verts_osm")
COLUMNS = ("code_qp", "mesure", "espace", "bas", "valeur", "haut")

#: Names of the measures in the table, with the place of a least area (see ``_area``) or of a radius.
_SERVED, _EDGE, _BORDERED = "surface_300m_{}_m2", "distance_{}_m", "contour_50m_{}_m"
_POINT, _SPACE, _INSIDE, _NEAR = "point_{}_m", "espace_{}m", "espaces_dedans_m2", "espaces_300m_m2"

Figures = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One figure of one district under three hypotheses; infinite where no green space is to be reached.

    ``measure`` is in metres or square metres. A distance from a point of the lattice is a row for each
    point, in order. A space within a radius is a row with its ``space_id``, 1 where it counts and else 0.
    """

    code_qp: str
    measure: str
    space_id: str
    figures: Figures


def rows_of(accesses: Mapping[str, GreenAccess]) -> Iterator[AccessRow]:
    """Write accesses as rows, in order of district; the same accesses give the same rows."""
    for code, found in sorted(accesses.items()):
        for hectares in MIN_AREAS_HA:
            for name, intervals in (
                (_SERVED, found.served_m2),
                (_EDGE, found.edge_m),
                (_BORDERED, found.bordered_m),
            ):
                yield AccessRow(code, name.format(_area(hectares)), "", _bounds(intervals[hectares]))
        yield AccessRow(code, _INSIDE, "", _bounds(found.inside_m2))
        yield AccessRow(code, _NEAR, "", _bounds(found.near_m2))
        for radius_m in RADII_M:
            near = found.spaces[radius_m]
            for space_id in sorted(near.low | near.value | near.high):
                counts = Interval(*(space_id in ids for ids in (near.low, near.value, near.high)))
                yield AccessRow(code, _SPACE.format(radius_m), space_id, _bounds(counts))
        for hectares in MIN_AREAS_HA:
            points = found.lattice_m[hectares]
            columns = (points.low.tolist(), points.value.tolist(), points.high.tolist())
            for figures in zip(*columns, strict=True):
                yield AccessRow(code, _POINT.format(_area(hectares)), "", figures)


def access_bytes(accesses: Mapping[str, GreenAccess]) -> bytes:
    """Write accesses as CSV with all their digits; an infinite distance is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows_of(accesses):
        cells = (repr(figure) if math.isfinite(figure) else "" for figure in row.figures)
        writer.writerow([row.code_qp, row.measure, row.space_id, *cells])
    return text.getvalue().encode()


def fingerprint(catalogue: Catalogue) -> str:
    """Give the fingerprint of all that green access is measured from, as it is now, in hexadecimal."""
    parts = (f"{name} {catalogue.get(name).crs} {sha256(catalogue.read(name))}\n" for name in INPUTS)
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def is_current(catalogue: Catalogue) -> bool:
    """Tell whether the published table is whole, and measured from the outlines and spaces that are there."""
    declared = catalogue.get(ACCESS)
    if declared.measured_from != fingerprint(catalogue) or not catalogue.path(ACCESS).exists():
        return False
    return sha256(catalogue.read(ACCESS)) == declared.sha256


def read_access(catalogue: Catalogue) -> dict[str, GreenAccess]:
    """Read the published access by district; a district that is not covered has none.

    Raises
    ------
    DataError
        When the table, though as declared, is not what this version of the project writes.
    """
    shown = catalogue.get(ACCESS).path
    found: dict[str, dict[str, list[tuple[str, Figures]]]] = {}
    try:
        lines = csv.reader(io.StringIO(catalogue.read(ACCESS).decode(), newline=""), strict=True)
        next(lines)
        for code, measure, space_id, low, value, high in lines:
            figures = (float(low or "inf"), float(value or "inf"), float(high or "inf"))
            found.setdefault(code, {}).setdefault(measure, []).append((space_id, figures))
        return {code: _access(measures) for code, measures in found.items()}
    except (ValueError, KeyError, StopIteration, csv.Error) as error:
        message = f"le tableau ne peut pas être lu ({error}) ; lancez « python -m qpverts build »"
        raise DataError([Fault(shown, "accès aux espaces verts", message)]) from error


def _access(measures: Mapping[str, list[tuple[str, Figures]]]) -> GreenAccess:
    """Put the figures of a district together again; KeyError or ValueError when one is missing."""

    def one(name: str) -> Interval:
        ((_, figures),) = measures[name]
        return Interval(*figures)

    def by_area(name: str) -> dict[float, Interval]:
        return {hectares: one(name.format(_area(hectares))) for hectares in MIN_AREAS_HA}

    return GreenAccess(
        served_m2=by_area(_SERVED),
        edge_m=by_area(_EDGE),
        lattice_m={
            hectares: Distances(
                *np.array([figures for _, figures in measures[_POINT.format(_area(hectares))]]).T
            )
            for hectares in MIN_AREAS_HA
        },
        spaces={radius_m: _spaces(measures.get(_SPACE.format(radius_m), ())) for radius_m in RADII_M},
        bordered_m=by_area(_BORDERED),
        inside_m2=one(_INSIDE),
        near_m2=one(_NEAR),
    )


def _spaces(rows: Iterable[tuple[str, Figures]]) -> SpacesNear:
    low, value, high = (frozenset(name for name, counts in rows if counts[rank]) for rank in range(3))
    return SpacesNear(low, value, high)


def _bounds(interval: Interval) -> Figures:
    return float(interval.low), float(interval.value), float(interval.high)


def _area(hectares: float) -> str:
    """Write a least area as the indicators do: "05ha" is half a hectare."""
    return f"{hectares:g}ha".replace(".", "")
