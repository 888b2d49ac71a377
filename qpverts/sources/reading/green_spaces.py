"""Reading the public green spaces; OpenStreetMap points (ODbL) come from a file of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.model import GreenSpace, PlaceSource
from qpverts.errors import DataError, Fault
from qpverts.sources.reading.columns import CITATION, Column, Declaration
from qpverts.sources.reading.tables import Table, read_table


def has_own_point(space: GreenSpace) -> bool:
    """Tell whether the point of a space, if any, may be published with it: it is not under ODbL."""
    return space.place_source is not PlaceSource.OPENSTREETMAP


SPACES = Declaration(
    "espaces_verts",
    GreenSpace,
    (
        Column("id", "id", "Identifiant stable de l'espace vert."),
        Column("nom", "name", "Nom de l'espace vert."),
        Column("type", "kind", "Parc, jardin, square, espace naturel, plage ou autre."),
        Column("commune_insee", "commune_code", "Code INSEE de la commune."),
        Column("arrondissement", "arrondissement", "Code INSEE de l'arrondissement, à Marseille."),
        Column("lon", "lon", "Longitude en degrés ; vide quand elle vient d'OpenStreetMap.", has_own_point),
        Column("lat", "lat", "Latitude en degrés ; vide quand elle vient d'OpenStreetMap.", has_own_point),
        Column("localisation", "place_source", "D'où vient le point."),
        Column("surface_ha", "area_ha", "Surface en hectares ; vide quand elle n'est pas connue."),
        Column("acces", "access", "Qui peut y entrer."),
        Column("annee_ouverture", "opening_year", "Année d'ouverture."),
        *CITATION,
        Column("note", "note", "Ce qui reste incertain."),
    ),
)


@dataclass(frozen=True, slots=True)
class OsmPoint:
    """A point read in OpenStreetMap for a green space; decimal degrees."""

    id: str
    lon: float
    lat: float


_POINT_COLUMNS = ("id", "lon", "lat")
OSM_POINTS = Declaration(
    "espaces_verts_osm",
    OsmPoint,
    (
        Column("id", "id", "Identifiant stable de l'espace vert."),
        Column("lon", "lon", "Longitude en degrés, d'après OpenStreetMap."),
        Column("lat", "lat", "Latitude en degrés, d'après OpenStreetMap."),
    ),
    derived=tuple(field for field in SPACES.fields() if field.name not in _POINT_COLUMNS),
)


def read_green_spaces(catalogue: Catalogue) -> Table[GreenSpace]:
    """Read the green spaces and give those located by OpenStreetMap their point.

    Raises
    ------
    DataError
        With every faulty line of both files, and every point that has no space or space no point.
    """
    spaces = read_table(catalogue, SPACES)
    points = read_table(catalogue, OSM_POINTS)
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
