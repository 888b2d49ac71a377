"""The account of an import: what was read, what was mended, what was set aside and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from babel.numbers import format_decimal

from qpverts.domain.text import is_plural
from qpverts.sources.importing.recognise import printable

SHOWN = 10  # features named on screen; the report itself holds all of them


class Origin(StrEnum):
    """Where the coordinate system of a layer is known from."""

    GIVEN = "donné à l'import"
    DECLARED = "déclaré par le fichier"
    GUESSED = "deviné d'après les coordonnées"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one feature: its rank in the file (from 1; its line in a CSV), its code, the reason."""

    rank: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A code that several features bear, and their ranks."""

    code: str
    ranks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every feature of a file: ``read == kept + len(set_aside)``, always.

    ``crs`` is the system that the file was read in (the layer given back is in EPSG:4326), ``key`` the column
    that ``code`` and ``duplicates`` come from ("" where there is none), ``unit`` what a rank counts.
    """

    file: str
    driver: str
    layer: str
    encoding: str
    crs: str
    crs_origin: Origin
    read: int
    kept: int
    repaired: tuple[Remark, ...] = ()
    set_aside: tuple[Remark, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    notes: tuple[str, ...] = ()
    key: str = ""
    unit: str = "entité"

    def lines(self, shown: int = SHOWN) -> list[str]:
        """Tell it in French, one sentence per line; of a long list, the first ``shown`` and how many more."""
        layer = f", couche « {printable(self.layer)} »" if self.layer else ""
        encoding = f", textes en {self.encoding}" if self.encoding else ""
        lines = [
            f"{self.file} : {self.driver}{layer}{encoding}.",
            f"Système de coordonnées : {self.crs} ({self.crs_origin}).",
            self._sum(),
            *self.notes,
        ]
        lines += self._listed("Géométries réparées", self.repaired, shown)
        lines += self._listed("Mises de côté", self.set_aside, shown)
        if self.duplicates:
            lines.append(f"Codes donnés plusieurs fois ({number(len(self.duplicates))}) :")
            lines += [
                f"  {printable(double.code)} : {self.unit}s nº {', '.join(map(str, double.ranks[:shown]))}"
                + ("…" if len(double.ranks) > shown else "")
                for double in self.duplicates[:shown]
            ]
            lines += _more(len(self.duplicates) - shown)
        return lines

    def _sum(self) -> str:
        return (
            f"{number(self.read)} {_agreed(self.read, 'entité')} {_agreed(self.read, 'lue')}, "
            f"{number(self.kept)} {_agreed(self.kept, 'gardée')}, "
            f"{number(len(self.repaired))} {_agreed(len(self.repaired), 'réparée')}, "
            f"{number(len(self.set_aside))} {_agreed(len(self.set_aside), 'mise')} de côté."
        )

    def _listed(self, title: str, remarks: tuple[Remark, ...], shown: int) -> Iterator[str]:
        if not remarks:
            return
        yield f"{title} ({number(len(remarks))}) :"
        for remark in remarks[:shown]:
            code = f" ({printable(remark.code)})" if remark.code else ""
            yield f"  {self.unit} nº {remark.rank}{code} : {remark.reason}"
        yield from _more(len(remarks) - shown)


def _more(left: int) -> Iterable[str]:
    return [f"  … et {number(left)} {'autre' if left == 1 else 'autres'}"] if left > 0 else []


def number(value: int) -> str:
    """Write a number as the French do, with narrow spaces between thousands."""
    return format_decimal(value, locale="fr_FR")


def _agreed(count: int, word: str) -> str:
    return f"{word}s" if is_plural(count) else word
