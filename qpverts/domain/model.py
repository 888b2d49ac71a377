"""The things QPVerts speaks about, as frozen dataclasses; geometry is kept apart, keyed by code.

Field values such as ``"en_cours"`` are those of the data files; their French labels are in
``viz.labels``. Coordinates are decimal degrees (EPSG:4326).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

ARRONDISSEMENTS = tuple(str(code) for code in range(13201, 13217))
MARSEILLE = "13055"


class Status(StrEnum):
    """How far along an action was at the date of its source."""

    PLANNED = "projet"
    RUNNING = "en_cours"
    DONE = "realise"
    STOPPED = "arrete"
    UNKNOWN = "inconnu"


class Precision(StrEnum):
    """How well the place of an action is known."""

    ADDRESS = "adresse"
    PLACE = "lieu"
    DISTRICT = "quartier"
    COMMUNE = "commune"


class Reliability(StrEnum):
    """Who speaks in the source."""

    OFFICIAL = "officielle"
    ASSOCIATION = "associative"
    PRESS = "presse"
    SCIENTIFIC = "scientifique"
    OTHER = "autre"


class Carrier(StrEnum):
    """Kind of body that carries an action."""

    ASSOCIATION = "association"
    AUTHORITY = "collectivite"
    LANDLORD = "bailleur"
    COMPANY = "entreprise"
    RESIDENTS = "habitants"
    INSTITUTION = "etablissement"
    MIXED = "mixte"


class Extent(StrEnum):
    """How far an inspiration reaches."""

    BUILDING = "immeuble"
    BLOCK = "ilot"
    DISTRICT = "quartier"
    CITY = "ville"


class Land(StrEnum):
    """How much ground an inspiration takes."""

    NONE = "aucun"
    SMALL = "petit"
    LARGE = "grand"


class CostLevel(IntEnum):
    """Which step of cost an inspiration is on."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


class Reply(StrEnum):
    """What a sheet answers to a plain question."""

    YES = "oui"
    NO = "non"
    UNKNOWN = "inconnu"


class GreenKind(StrEnum):
    """Kind of space in the list of public green spaces."""

    PARK = "parc"
    GARDEN = "jardin"
    SQUARE = "square"
    NATURAL = "espace_naturel"
    BEACH = "plage"
    OTHER = "autre"


class Access(StrEnum):
    """Who may enter a green space."""

    PUBLIC = "public"
    RESTRICTED = "restreint"
    PLANNED = "projet"


class PlaceSource(StrEnum):
    """Where the point of a green space comes from; OpenStreetMap points are under ODbL."""

    OWN_SOURCE = "source"
    OPENSTREETMAP = "openstreetmap"


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune by its INSEE code; Marseille is always 13055, never an arrondissement."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Qpv:
    """A district of the 2024 generation (décret 2023-1314).

    ``communes`` holds two where the perimeter spans two (Les Escourtines); the first is the main one.
    """

    code: str
    name: str
    communes: tuple[Commune, ...]

    @property
    def commune_names(self) -> str:
        """Name the communes, the main one first."""
        return ", ".join(commune.name for commune in self.communes)


@dataclass(frozen=True, slots=True)
class Figures:
    """INSEE figures of a district on the 2024 geography; ``None`` where INSEE publishes none."""

    code_qp: str
    population: int | None
    households: int | None
    employment_pct: float | None
    poverty_pct: float | None
    social_dwellings: int | None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a fact was read; ``date`` is as precise as the source (``2021``, ``2021-06``…)."""

    title: str
    url: str
    date: str
    reliability: Reliability


@dataclass(frozen=True, slots=True)
class Action:
    """A local action with its source and what is uncertain about it.

    ``lon``/``lat`` are decimal degrees; where ``precision`` is ``quartier`` they only stand for the
    district and must never be shown as an exact place. ``themes`` and ``fields`` hold ids of the
    vocabulary, the main theme first. ``area_m2`` in square metres, ``budget_eur`` in euros.
    """

    id: str
    title: str
    summary: str
    themes: tuple[str, ...]
    fields: tuple[str, ...]
    axis: str
    qpv_codes: tuple[str, ...]
    commune_code: str
    place: str
    lon: float | None
    lat: float | None
    precision: Precision
    status: Status
    start_year: int | None
    end_year: int | None
    carrier: str
    carrier_kind: Carrier | None
    partners: tuple[str, ...]
    area_m2: float | None
    budget_eur: float | None
    source: Citation
    note: str

    @property
    def carriers(self) -> tuple[str, ...]:
        """Name who carries it: nobody, one body, or several, separated by ``;`` in the file."""
        return tuple(name.strip() for name in self.carrier.split(";") if name.strip())

    @property
    def is_exact(self) -> bool:
        """Tell whether the point may be drawn as a place."""
        return self.precision in {Precision.ADDRESS, Precision.PLACE} and self.lon is not None


@dataclass(frozen=True, slots=True)
class Inspiration:
    """An action elsewhere in France or abroad (benchmark large)."""

    id: str
    title: str
    city: str
    country: str
    lon: float
    lat: float
    start_year: int | None
    themes: tuple[str, ...]
    fields: tuple[str, ...]
    summary: str
    in_working_class_district: Reply
    scale: Extent
    land: Land
    carrier_kind: Carrier
    cost: str
    cost_level: CostLevel | None
    delay_months: int | None
    results: str
    conditions: str
    limits: str
    source: Citation
    note: str


@dataclass(frozen=True, slots=True)
class GreenSpace:
    """A green space known by a point and an area, not by its outline.

    ``area_ha`` in hectares. Where point or area is missing the space is listed, never drawn.
    """

    id: str
    name: str
    kind: GreenKind
    commune_code: str
    arrondissement: str
    lon: float | None
    lat: float | None
    place_source: PlaceSource | None
    area_ha: float | None
    access: Access | None
    opening_year: int | None
    source: Citation
    note: str

    @property
    def is_public_green(self) -> bool:
        """Open to all and green: beaches, restricted and planned spaces do not count."""
        return self.access is Access.PUBLIC and self.kind is not GreenKind.BEACH

    @property
    def is_located(self) -> bool:
        """Tell whether a point is known."""
        return self.lon is not None and self.lat is not None

    @property
    def is_drawn(self) -> bool:
        """Tell whether both point and area are known, so that an equal-area disc stands for it."""
        return self.is_located and self.area_ha is not None
