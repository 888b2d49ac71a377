"""The URL is the state: what a person chose is read from it, and every choice is written to it.

Each page reads its query string into a frozen dataclass; a value that means nothing is left out and
named in ``notices``, so that a mistyped link still opens something and says what it could not do.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qpverts.atlas.atlas import Atlas
from qpverts.domain.actions.action_filter import ActionFilter
from qpverts.domain.figures import specs
from qpverts.domain.grading.profile import Measure
from qpverts.domain.model import Status
from qpverts.domain.territory import Kind, Territory
from qpverts.domain.vintage import Overlap, trend
from qpverts.errors import UnknownTerritoryError
from qpverts.viz.maps.base_map import TILES

INDICATOR, COMMUNE, THEME, FIELD = "indicateur", "commune", "theme", "champ"
STATUS, SINCE, WORDS = "statut", "annee", "texte"
DISTRICT, ACTION, SPACE, POINT, TILE, GRID = "q", "action", "espace", "point", "fond", "maille"
MEASURE = "mesure"
#: What can be chosen on a map, one at a time but the district, which stays under an action or a space.
CHOICES = (DISTRICT, ACTION, SPACE, POINT)
#: Sides of *Comparer*: the first two are always there, the others are added.
SIDES = ("a", "b", "c", "d")
#: What *Comparer* opens on: the demonstrator district and the resource districts.
DEFAULT_SIDES = ("QN01338I", "13103")
FILTERS = (COMMUNE, THEME, FIELD, STATUS, SINCE, WORDS)
#: Outside this window a point has nothing to do with the Métropole: west, south, east, north.
WINDOW = (4.0, 42.9, 6.4, 44.2)
MAX_WORDS = 100
#: More values of a kind than this that mean nothing are not named: a list in an address may be long.
MOST_REFUSED = 3
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class MapState:
    """What is chosen on *Carte*. ``point`` is latitude, longitude in decimal degrees."""

    indicator: str
    filter: ActionFilter
    district: str | None
    action: str | None
    space: str | None
    point: tuple[float, float] | None
    tiles: str | None
    grid: bool
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DistrictState:
    """What is chosen on *Quartier*: a district, or several candidates to choose from."""

    territory: Territory | None
    indicator: str
    action: str | None
    space: str | None
    tiles: str | None
    grid: bool
    measure: Measure
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompareState:
    """What is chosen on *Comparer*: two to four territories, what colours their maps, what charts measure.

    ``theme`` is that of the actions listed. Only the first two sides may be the same: who asks for it sees a
    territory beside itself.
    """

    sides: tuple[Territory, ...]
    indicator: str
    measure: Measure
    theme: str
    notices: tuple[str, ...]


class Reader:
    """Reads one parameter at a time and keeps what it could not understand."""

    def __init__(self, params: Mapping[str, str]) -> None:
        self.params = params
        self.notices: list[str] = []
        self._refused: Counter[str] = Counter()

    def one_of(self, name: str, known: Callable[[str], bool], what: str) -> str | None:
        """Give a parameter when it is known; else note it and give ``None``."""
        value = self.params.get(name, "").strip()
        if not value:
            return None
        if known(value):
            return value
        self.refuse(value, what)
        return None

    def is_on(self, name: str, shown: str) -> bool:
        """Tell whether a switch is on; anything but 1 is off, and noted with what the switch shows."""
        return self.one_of(name, "1".__eq__, f"un choix possible (1 pour montrer {shown})") is not None

    def measure(self) -> Measure:
        """Read what the charts by theme measure: levels, unless told."""
        known = {one.value for one in Measure}
        return Measure(self.one_of(MEASURE, known.__contains__, "une mesure possible") or Measure.LEVEL)

    def refuse(self, value: str, what: str) -> None:
        """Note a value that means nothing, up to :data:`MOST_REFUSED` of each kind."""
        self._refused[what] += 1
        if self._refused[what] > MOST_REFUSED:
            return
        shown = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
        self.notices.append(f"Dans l'adresse, « {shown} » n'est pas {what} : ce choix est ignoré.")

    def point(self, name: str) -> tuple[float, float] | None:
        """Read ``latitude,longitude`` inside the window."""
        value = self.params.get(name, "").strip()
        if not value:
            return None
        try:
            lat, lon = (float(part) for part in value.split(","))
        except ValueError:
            lat = lon = math.nan
        west, south, east, north = WINDOW
        if west <= lon <= east and south <= lat <= north:
            return lat, lon
        self.refuse(value, "un point de la région")
        return None

    def district(self, name: str, atlas: Atlas) -> Territory | None:
        """Resolve a district or commune by code or name; a code of 2015 opens what follows, and is said."""
        value = self.params.get(name, "").strip()
        if not value:
            return None
        if followers := atlas.followers.get(value.upper()):
            code = followers[0].code_2024
            self.notices.append(_former_text(followers, atlas))
            return atlas.index.of_qpv(code)
        try:
            return atlas.index.resolve(value)
        except UnknownTerritoryError as error:
            self.notices.append(str(error))
            return None


def _former_text(followers: Sequence[Overlap], atlas: Atlas) -> str:
    """Say which district of 2024 stands for a code of 2015, and whether their figures may be compared."""
    first, *others = followers
    shown = f"{atlas.qpvs[first.code_2024].name} ({first.code_2024})"
    text = f"{first.code_2015} est un code de 2015 ({first.name_2015}) : voici {shown}, périmètre de 2024."
    if others:
        names = ", ".join(atlas.qpvs[one.code_2024].name for one in others)
        text += f" Une partie du quartier de 2015 est aujourd'hui dans : {names}."
    return f"{text} {trend(first.code_2024, atlas.overlap_pct.get(first.code_2024)).reason}"


def map_state(params: Mapping[str, str], atlas: Atlas) -> MapState:
    """Read the query string of *Carte*."""
    read = Reader(params)
    vocabulary = atlas.vocabulary
    indicator = read.one_of(INDICATOR, specs.BY_ID.__contains__, "un indicateur")
    commune = read.one_of(
        COMMUNE, atlas.index.communes.__contains__, "une commune qui a un quartier prioritaire"
    )
    theme = read.one_of(THEME, {t.id for t in vocabulary.themes}.__contains__, "une thématique")
    field = read.one_of(FIELD, {f.id for f in vocabulary.fields}.__contains__, "un champ d'intervention")
    status = read.one_of(STATUS, {s.value for s in Status}.__contains__, "un état d'action")
    since = read.one_of(SINCE, _is_year, "une année")
    action = read.one_of(ACTION, atlas.actions.__contains__, "une action recensée")
    tiles = read.one_of(TILE, TILES.__contains__, "un fond de carte")
    space = read.one_of(SPACE, atlas.spaces.__contains__, "un espace vert recensé")
    territory = read.district(DISTRICT, atlas)
    point = read.point(POINT)
    district = territory.codes[0] if territory and territory.kind is Kind.QPV else None
    if territory and territory.kind is Kind.COMMUNE and not commune:
        commune = territory.key
    if territory and territory.kind is Kind.GROUP:
        read.notices.append("La carte ne choisit qu'un quartier à la fois : le groupe demandé est ignoré.")
    wanted = ActionFilter(
        commune=commune,
        theme=theme,
        field=field,
        status=Status(status) if status else None,
        since=int(since) if since else None,
        words=params.get(WORDS, "")[:MAX_WORDS].strip(),
    )
    return MapState(
        indicator=indicator or specs.DEFAULT,
        filter=wanted,
        district=district,
        action=action,
        space=space,
        point=point,
        tiles=tiles,
        grid=read.is_on(GRID, "la végétation"),
        notices=tuple(read.notices),
    )


def district_state(params: Mapping[str, str], atlas: Atlas) -> DistrictState:
    """Read the query string of *Quartier*."""
    read = Reader(params)
    territory = read.district(DISTRICT, atlas)
    indicator = read.one_of(INDICATOR, specs.BY_ID.__contains__, "un indicateur")
    action = read.one_of(ACTION, atlas.actions.__contains__, "une action recensée")
    space = read.one_of(SPACE, atlas.spaces.__contains__, "un espace vert recensé")
    tiles = read.one_of(TILE, TILES.__contains__, "un fond de carte")
    grid = read.is_on(GRID, "la végétation")
    measure = read.measure()
    return DistrictState(
        territory, indicator or specs.DEFAULT, action, space, tiles, grid, measure, tuple(read.notices)
    )


def compare_state(params: Mapping[str, str], atlas: Atlas) -> CompareState:
    """Read the query string of *Comparer*; a side that is missing takes the usual territory not yet there."""
    read = Reader(params)
    asked = [read.district(param, atlas) for param in SIDES]
    first, added = asked[: len(DEFAULT_SIDES)], asked[len(DEFAULT_SIDES) :]
    sides = [side or _usual(first, rank, atlas) for rank, side in enumerate(first)]
    if sides[0].key == sides[1].key:
        read.notices.append(
            f"Les deux territoires sont le même, {sides[0].name} : choisissez-en un autre pour comparer."
        )
    for side in filter(None, added):
        if side.key in {one.key for one in sides}:
            read.notices.append(f"{side.name} est déjà dans la comparaison : il n'est pas ajouté deux fois.")
        else:
            sides.append(side)
    indicator = read.one_of(INDICATOR, specs.BY_ID.__contains__, "un indicateur")
    measure = read.measure()
    themes = [one.id for one in atlas.vocabulary.themes]
    theme = read.one_of(THEME, themes.__contains__, "une thématique") or themes[0]
    return CompareState(tuple(sides), indicator or specs.DEFAULT, measure, theme, tuple(read.notices))


def _usual(asked: Sequence[Territory | None], rank: int, atlas: Atlas) -> Territory:
    """Give what stands at a side that is not chosen: its own default, else the other one."""
    there = {side.key for side in asked if side}
    own = DEFAULT_SIDES[rank]
    return atlas.index.resolve(
        own if own not in there else next(key for key in DEFAULT_SIDES if key not in there)
    )


def sides_after(keys: Sequence[str], rank: int, chosen: str | None) -> dict[str, str | None]:
    """Give the parameters once a side is chosen: at its rank, or added; ``None`` removes an added side.

    A territory that stands elsewhere changes places with the one it replaces, so that none is there twice.
    """
    after = list(keys)
    if chosen is None:
        after = [*keys[:rank], *keys[rank + 1 :]]
    elif rank < len(after):
        if chosen in after:
            after[after.index(chosen)] = after[rank]
        after[rank] = chosen
    elif chosen not in after:
        after.append(chosen)
    return dict(zip(SIDES, [*after, *[None] * len(SIDES)], strict=False))


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isascii() and value.isdigit()  # noqa: PLR2004
