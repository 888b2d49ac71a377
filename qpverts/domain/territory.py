"""Territories: what can be looked at and compared, and the forgiving lookup by name or code."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qpverts.domain.model import ARRONDISSEMENTS, MARSEILLE, Commune, Qpv
from qpverts.domain.text import plain, squeezed
from qpverts.errors import TooManyTerritoriesError, UnknownTerritoryError

METROPOLE = "metropole"
#: Outside this window a point has nothing to do with the Métropole: west, south, east, north (degrees).
WINDOW = (4.0, 42.9, 6.4, 44.2)
_METROPOLE_NAMES = {"metropole", "amp", "aixmarseilleprovence", "metropoleaixmarseilleprovence", "200054807"}
_SEPARATORS = re.compile(r"[,;+]")
_SUGGESTIONS = 4
_SHORTEST_FRAGMENT = 3
_LONGEST_QUERY = 200
#: A group has no more members than this, or than there are districts.
_MOST_MEMBERS = 100
#: The ways of writing an arrondissement of Marseille: its rank, its postcode (130…), its code (132…).
_RANK = re.compile(
    r"(?:marseille )?(?:130|132)?(0?[1-9]|1[0-6])(?: ?(?:er?|eme|ieme))?(?: arr| arrondissement)?"
    r"(?: marseille)?"
)


class Kind(StrEnum):
    """What a territory is made of."""

    QPV = "quartier"
    COMMUNE = "commune"
    GROUP = "groupe"
    METROPOLE = "metropole"


@dataclass(frozen=True, slots=True)
class Territory:
    """One district, all those of a commune, a chosen group, or all of the Métropole.

    ``key`` is what a URL carries and what ``resolve`` takes back; ``codes`` are its districts.
    """

    kind: Kind
    key: str
    name: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Named:
    """A territory with its name as it is compared: plain, squeezed, and squeezed from each further word."""

    territory: Territory
    plain: str
    whole: str
    endings: tuple[str, ...]

    @classmethod
    def of(cls, territory: Territory) -> _Named:
        name = plain(territory.name)
        words = name.split()
        endings = tuple("".join(words[start:]) for start in range(1, len(words)))
        return cls(territory, name, "".join(words), endings)

    def rank(self, wanted: str) -> int | None:
        """Rank a match: 0 the whole name, 1 its beginning, 2 that of a word, 3 anywhere; else None."""
        if wanted == self.whole:
            return 0
        if len(wanted) < _SHORTEST_FRAGMENT:
            return None
        if self.whole.startswith(wanted):
            return 1
        if any(ending.startswith(wanted) for ending in self.endings):
            return 2
        return 3 if wanted in self.whole else None


class TerritoryIndex:
    """Every territory that can be named, built from the districts."""

    def __init__(self, qpvs: Iterable[Qpv]) -> None:
        self.qpvs: dict[str, Qpv] = {qpv.code: qpv for qpv in qpvs}
        self.communes: dict[str, Commune] = {
            commune.code: commune for qpv in self.qpvs.values() for commune in qpv.communes
        }
        self._districts = [self.of_qpv(code) for code in self.qpvs]
        self._communes = sorted(
            (self.of_commune(code) for code in self.communes), key=lambda t: plain(t.name)
        )
        self._named = [_Named.of(territory) for territory in (*self._communes, *self._districts)]

    def of_qpv(self, code: str) -> Territory:
        """Give the territory of one district; KeyError when the code does not exist."""
        return Territory(Kind.QPV, code, self.qpvs[code].name, (code,))

    def of_commune(self, code: str) -> Territory:
        """Give all the districts of a commune, those it shares with another included."""
        codes = tuple(q.code for q in self.qpvs.values() if any(c.code == code for c in q.communes))
        return Territory(Kind.COMMUNE, code, self.communes[code].name, codes)

    def of_group(self, codes: Sequence[str]) -> Territory:
        """Give a free group; order and repetitions do not matter."""
        kept = tuple(sorted(set(codes)))
        if len(kept) == 1:
            return self.of_qpv(kept[0])
        return Territory(Kind.GROUP, ",".join(kept), " + ".join(self.qpvs[code].name for code in kept), kept)

    def codes_in(self, commune: str | None) -> tuple[str, ...]:
        """Give the districts of a commune, or all of them when none is named."""
        return self.of_commune(commune).codes if commune else tuple(self.qpvs)

    @property
    def metropole(self) -> Territory:
        """All the districts."""
        return Territory(
            Kind.METROPOLE, METROPOLE, f"Les {len(self.qpvs)} quartiers de la Métropole", tuple(self.qpvs)
        )

    @property
    def all_communes(self) -> tuple[Territory, ...]:
        """Give the communes that have a district, by name."""
        return tuple(self._communes)

    @property
    def all_territories(self) -> tuple[Territory, ...]:
        """Give everything with a name: the Métropole, the communes, then the districts by name."""
        districts = sorted(self._districts, key=lambda territory: plain(territory.name))
        return (self.metropole, *self._communes, *districts)

    def find(self, query: str) -> tuple[Territory, ...]:
        """List what a person may mean, the likeliest first; empty when nothing does.

        Takes a district or commune code, or part of a name, whatever its accents, case and spaces.
        """
        wanted = squeezed(query[:_LONGEST_QUERY])
        if not wanted:
            return ()
        if wanted in _METROPOLE_NAMES:
            return (self.metropole,)
        if query.strip().upper() in self.qpvs:
            return (self.of_qpv(query.strip().upper()),)
        commune_code = MARSEILLE if wanted in ARRONDISSEMENTS else wanted
        if commune_code in self.communes:
            return (self.of_commune(commune_code),)
        ranked = sorted(
            (
                (rank, one.territory.kind is Kind.QPV, one.plain, one.territory)
                for one in self._named
                if (rank := one.rank(wanted)) is not None
            ),
            key=lambda entry: entry[:3],
        )
        return tuple(entry[3] for entry in ranked)

    def resolve(self, query: str) -> Territory:
        """Give the one territory meant, a group being codes or names joined by commas.

        Raises
        ------
        UnknownTerritoryError
            When nothing matches, with the nearest names; when a group has too many members.
        """
        parts = [part for part in _SEPARATORS.split(query[: _LONGEST_QUERY * 10]) if part.strip()]
        if len(parts) > 1:
            members = {squeezed(part): part for part in parts}
            if len(members) > (most := max(_MOST_MEMBERS, len(self.qpvs))):
                raise TooManyTerritoriesError(len(members), most)
            return self.of_group([code for part in members.values() for code in self.resolve(part).codes])
        found = self.find(query)
        if not found:
            near = tuple(territory.name for territory in self.suggest(query))
            raise UnknownTerritoryError(query[:_LONGEST_QUERY], near)
        return found[0]

    def suggest(self, query: str) -> tuple[Territory, ...]:
        """List the territories whose names look most like what was typed; maybe none."""
        named = {one.plain: one.territory for one in self._named}
        close = difflib.get_close_matches(plain(query[:_LONGEST_QUERY]), named, n=_SUGGESTIONS, cutoff=0.5)
        return tuple(named[name] for name in close)


def arrondissement(typed: str) -> int | None:
    """Read an arrondissement of Marseille, as people write it; ``None`` for anything else.

    >>> [arrondissement(text) for text in ("Marseille 11e", "13011", "1er arrondissement", "Air Bel", "17e")]
    [11, 11, 1, None, None]
    """
    found = _RANK.fullmatch(plain(typed))
    return int(found[1]) if found else None
