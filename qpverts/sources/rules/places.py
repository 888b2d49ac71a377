"""Rules on places: points stand where their row says."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import shapely
from pyproj import Transformer

from qpverts.domain.model import MARSEILLE, Action, GreenSpace, Precision
from qpverts.errors import Fault
from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.sources.reading.tables import Table
from qpverts.sources.rules.content import COMMUNE_TOLERANCE_M, Content, one_shapes, rule

Shapes = Mapping[str, shapely.Geometry]

_TO_PLANE = Transformer.from_crs(WGS84, LAMBERT_93, always_xy=True)
#: An action known to its district carries a point that stands for it, at times a stop just outside.
DISTRICT_TOLERANCE_M = 200.0
#: An action at a known place may serve a district from this far, in metres.
PLACE_TOLERANCE_M = 2500.0
#: The generalised outlines have no islands, so these cannot be compared with their commune.
ISLANDS = frozenset({"marseille-archipel-frioul"})


@rule("Actions : quartiers existants, commune d'un quartier ou du département")
def actions_name_known_places(content: Content) -> Iterator[Fault]:
    """Refuse an action in a district or a commune that does not exist here."""
    known = {qpv.code for qpv in content.qpvs}
    communes = {c.code for qpv in content.qpvs for c in qpv.communes} | set(content.outlines.index)
    table = content.actions
    for line, row in table.numbered():
        for code in row.qpv_codes:
            if code not in known:
                yield Fault(
                    table.file, "quartiers des actions", f"quartier inconnu « {code} »", line, "qpv_code"
                )
        if row.commune_code not in communes:
            message = f"commune inconnue « {row.commune_code} »"
            if row.commune_code.startswith("132"):
                message += f" ; pour Marseille, écrivez {MARSEILLE}"
            yield Fault(table.file, "quartiers des actions", message, line, "commune_insee")


@rule("Points : dans le quartier, près du quartier ou dans la commune que la ligne annonce")
def points_stand_where_they_claim(content: Content) -> Iterator[Fault]:
    """Refuse a point that is out of the place its row announces."""
    table = content.actions
    perimeters, outlines = one_shapes(content.perimeters), one_shapes(content.outlines)
    for line, row in table.numbered():
        if (row.lon is None) != (row.lat is None):
            yield Fault(table.file, "points", "longitude et latitude vont ensemble", line, "lon")
        elif row.lon is None or row.lat is None:
            if row.precision is not Precision.COMMUNE:
                yield Fault(
                    table.file, "points", f"précision « {row.precision} » sans point", line, "precision"
                )
        elif row.precision is Precision.COMMUNE:
            yield Fault(
                table.file, "points", "un point pour une action connue à la commune seulement", line, "lon"
            )
        elif row.precision is Precision.DISTRICT and not row.qpv_codes:
            yield Fault(table.file, "points", "précision « quartier » sans quartier", line, "precision")
        else:
            yield from _action_in_place(table.file, line, row, perimeters, outlines)
    yield from _spaces_in_place(content.spaces, outlines)
    for located in (content.actions, content.spaces, content.inspirations):
        for line, there in located.numbered():
            if not _in_degrees(there.lon, there.lat):
                message = f"({there.lon}, {there.lat}) n'est pas un lieu en degrés"
                yield Fault(located.file, "points", message, line, "lon")


def _in_degrees(lon: float | None, lat: float | None) -> bool:
    """Tell whether a point may be on Earth, without the poles; an unknown one is not wrong."""
    return (lon is None or abs(lon) <= 180) and (lat is None or abs(lat) < 90)  # noqa: PLR2004


def _plane(lon: float, lat: float) -> shapely.Geometry:
    return shapely.Point(_TO_PLANE.transform(lon, lat))


def _outside_commune(outlines: Shapes, commune_code: str, point: shapely.Geometry) -> bool:
    outline = outlines.get(commune_code)
    if outline is None:
        return False  # no outline to compare the point with
    return bool(outline.distance(point) > COMMUNE_TOLERANCE_M)


def _action_in_place(
    file: str, line: int, row: Action, perimeters: Shapes, outlines: Shapes
) -> Iterator[Fault]:
    if row.lon is None or row.lat is None or not _in_degrees(row.lon, row.lat):
        return  # said by another line of the same rule
    point = _plane(row.lon, row.lat)
    if districts := [perimeters[code] for code in row.qpv_codes if code in perimeters]:
        limit = DISTRICT_TOLERANCE_M if row.precision is Precision.DISTRICT else PLACE_TOLERANCE_M
        found = [float(district.distance(point)) for district in districts]
        # An empty outline is nowhere, which another rule says.
        distance = min((metres for metres in found if not math.isnan(metres)), default=0.0)
        if distance > limit:
            message = f"le point est à {distance:.0f} m de son quartier (au plus {limit:.0f} m)"
            yield Fault(file, "points", message, line, "lon")
    elif _outside_commune(outlines, row.commune_code, point):
        yield Fault(file, "points", f"le point n'est pas dans la commune {row.commune_code}", line, "lon")


def _spaces_in_place(table: Table[GreenSpace], outlines: Shapes) -> Iterator[Fault]:
    for line, space in table.numbered():
        if (space.lon is None) != (space.lat is None):
            yield Fault(table.file, "points", "longitude et latitude vont ensemble", line, "lon")
        elif space.lon is not None and space.lat is not None and space.id not in ISLANDS:
            point = _plane(space.lon, space.lat)
            if _in_degrees(space.lon, space.lat) and _outside_commune(outlines, space.commune_code, point):
                message = f"le point n'est pas dans la commune {space.commune_code}"
                yield Fault(table.file, "points", message, line, "lon")
