"""The URL is the state: what a person chose is read from it, and every choice is written to it.

Each page reads its query string into a frozen dataclass; a value that means nothing is left out and
named in ``notices``, so that a mistyped link still opens something and says what it could not do.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Mapping, Sequence

from qpverts.atlas.atlas import Atlas
from qpverts.domain.grading.profile import Measure
from qpverts.domain.territory import WINDOW, Territory
from qpverts.domain.vintage import Overlap, trend_note
from qpverts.errors import UnknownTerritoryError

INDICATOR, COMMUNE, THEME, FIELD = "indicateur", "commune", "theme", "champ"
STATUS, SINCE, WORDS = "statut", "annee", "texte"
DISTRICT, ACTION, SPACE, POINT, TILE, GRID = "q", "action", "espace", "point", "fond", "maille"
MEASURE = "mesure"
#: What a person answers instead of the tool on *Inspirations*.
OPINIONS = "avis"
#: What is kept on *Agir*, and, before the id of a thing kept, the parameter of its note.
LIST, NOTE = "liste", "note."
#: What can be chosen on a map, one at a time but the district, which stays under an action or a space.
CHOICES = (DISTRICT, ACTION, SPACE, POINT)
#: Sides of *Comparer*: the first two are always there, the others are added.
SIDES = ("a", "b", "c", "d")
FILTERS = (COMMUNE, THEME, FIELD, STATUS, SINCE, WORDS)
MAX_WORDS = 100
#: More values of a kind than this that mean nothing are not named: a list in an address may be long.
MOST_REFUSED = 3
_SHOWN = 60


class Reader:
    """Reads one parameter at a time and keeps what it could not understand."""

    def __init__(self, params: Mapping[str, str]) -> None:
        self.params = params
        self.notices: list[str] = []
        self._refused: Counter[str] = Counter()

    def one_of(self, name: str, known: Container[str], what: str) -> str | None:
        """Give a parameter when it is one of those known; else note it and give ``None``."""
        value = self.params.get(name, "").strip()
        if not value:
            return None
        if value in known:
            return value
        self.refuse(value, what)
        return None

    def is_on(self, name: str, shown: str) -> bool:
        """Tell whether a switch is on; anything but 1 is off, and noted with what the switch shows."""
        return self.one_of(name, {"1"}, f"un choix possible (1 pour montrer {shown})") is not None

    def measure(self) -> Measure:
        """Read what the charts by theme measure: levels, unless told."""
        known = {one.value for one in Measure}
        return Measure(self.one_of(MEASURE, known, "une mesure possible") or Measure.LEVEL)

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
    return f"{text} {trend_note(first.code_2024, atlas.overlap_pct.get(first.code_2024))}"
