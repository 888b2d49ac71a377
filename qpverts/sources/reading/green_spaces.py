"""Reading the public green spaces; OpenStreetMap points (ODbL) come from a file of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.model import GreenSpace, PlaceSource
from qpverts.errors import DataError, Fault
from qpverts.sources.reading.tables import CITATION, Table, read_table

COLUMNS = {
    "id": "id",
    "nom": "name",
    "type": "kind",
    "commune_insee": "commune_code",
    "arrondissement": "arrondissement",
    "lon": "lon",
    "lat": "lat",
    "localisation": "place_source",
    "surface_ha": "area_ha",
    "acces": "access",
    "annee_ouverture": "opening_year",
    "note": "note",
    **CITATION,
}


@dataclass(frozen=True, slots=True)
class OsmPoint:
    """A point read in OpenStreetMap for a green space; decimal degrees."""

    id: str
    lon: float
    lat: float


def read_green_spaces(catalogue: Catalogue) -> Table[GreenSpace]:
    """Read the green spaces and give those located by OpenStreetMap their point.

    Raises
    ------
    DataError
        With every faulty line of both files, and every point that has no space or space no point.
    """
    spaces = read_table(catalogue, "espaces_verts", GreenSpace, COLUMNS)
    points = read_table(catalogue, "espaces_verts_osm", OsmPoint, {"id": "id", "lon": "lon", "lat": "lat"})
    by_id = {point.id: point for point in points.rows}
    expected = {space.id for space in spaces.rows if space.place_source is PlaceSource.OPENSTREETMAP}
    faults = [
        Fault(
            points.file,
            "points OpenStreetMap",
            f"« {point.id} » n'est pas attendu ; retirez la ligne",
            line,
            "id",
        )
        for line, point in points.numbered()
        if point.id not in expected
    ]
    faults += [
        Fault(
            spaces.file,
            "points OpenStreetMap",
            f"« {space.id} » n'a pas son point dans {points.file}",
            line,
            "id",
        )
        for line, space in spaces.numbered()
        if space.id in expected and space.id not in by_id
    ]
    if faults:
        raise DataError(faults)
    placed = tuple(
        replace(space, lon=by_id[space.id].lon, lat=by_id[space.id].lat) if space.id in expected else space
        for space in spaces.rows
    )
    return Table(spaces.file, placed, spaces.lines)
