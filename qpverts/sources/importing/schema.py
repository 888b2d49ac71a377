"""The official schema of the perimeters, found under whatever names a file gives to its fields.

Producers write ``CODE_QP``, ``code_qpv`` or ``codeQP``; a Shapefile cuts names at ten letters; a spreadsheet
eats the zero of "01053". The matching is shown to the person, who can see what was taken for what.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from qpverts.domain.text import squeezed
from qpverts.domain.vintage import Generation, generation
from qpverts.errors import DataError, Fault
from qpverts.sources.importing.import_report import Remark, number
from qpverts.sources.importing.recognise import printable

REQUIRED = ("code_qp", "lib_qp")
#: Field of the official schema → other names it goes by, without case, accents or signs.
FIELDS: dict[str, tuple[str, ...]] = {
    "code_qp": ("codeqpv", "qpcode", "idqp", "codequartier", "codequartierprioritaire", "codeduquartier"),
    "lib_qp": ("nomqp", "nomqpv", "libqpv", "libelleqp", "nomquartier", "libellequartier", "nomduquartier"),
    "insee_reg": ("codereg", "coderegion", "inseeregion"),
    "lib_reg": ("nomreg", "nomregion", "libelleregion", "region"),
    "insee_dep": ("codedep", "codedepartement", "inseedepartement", "dep"),
    "lib_dep": ("nomdep", "nomdepartement", "libelledepartement", "departement"),
    "insee_com": ("codecom", "codecommune", "codeinsee", "inseecommune", "codeinseecommune", "depcom"),
    "lib_com": ("communeqp", "nomcom", "nomcommune", "libellecommune", "libcommune", "commune"),
    "siren_epci": ("codeepci", "epci", "sirendelepci"),
}
#: Digits of the codes, whose zeros in front are lost where they were kept as numbers.
_WIDTHS = {"insee_reg": 2, "insee_dep": 2, "insee_com": 5, "siren_epci": 9}
_CUT = 10  # letters of a field name in a Shapefile
_MOST = 0.5  # of the values: enough to propose a column for the codes
_SAMPLE = 200


class How(StrEnum):
    """Why a field of a file was taken for one of the schema."""

    SAME = "même nom"
    KNOWN = "autre nom connu"
    CUT = "nom coupé à dix lettres"


@dataclass(frozen=True, slots=True)
class Match:
    """A field of the official schema and the field of the file taken for it."""

    field: str
    found: str
    how: How


@dataclass(frozen=True, slots=True)
class Schema:
    """How the fields of a file match the official schema; ``unused`` are left as they are."""

    matches: tuple[Match, ...]
    absent: tuple[str, ...]
    unused: tuple[str, ...]

    def lines(self) -> list[str]:
        """Tell the matching in French, one field per line."""
        width = max((len(match.field) for match in self.matches), default=0)
        lines = [
            f"{match.field:<{width}} ← {printable(match.found, 40)} ({match.how})" for match in self.matches
        ]
        if self.absent:
            lines.append(f"Absents du fichier : {', '.join(self.absent)}.")
        if self.unused:
            told = ", ".join(printable(name, 40) for name in self.unused[:20])
            lines.append(f"Gardés sous leur nom : {told}{'…' if len(self.unused) > 20 else ''}.")  # noqa: PLR2004
        return lines

    def apply(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Rename the fields, strip their texts, and give codes their zeros back."""
        renamed = frame.rename(columns={match.found: match.field for match in self.matches})
        for match in self.matches:
            renamed[match.field] = _texts(renamed[match.field], _WIDTHS.get(match.field, 0))
        return renamed


@dataclass(frozen=True, slots=True)
class Codes:
    """What the codes of a layer are: how many of each generation, and those of none (rank in the layer)."""

    counts: dict[Generation, int]
    strange: tuple[Remark, ...]

    def lines(self, shown: int = 10) -> list[str]:
        """Tell it in French."""
        told = [
            f"{number(count)} de la génération {of} (exemple : {_EXAMPLES[of]})"
            for of, count in self.counts.items()
        ]
        lines = [f"Codes de quartiers : {', '.join(told) if told else 'aucun'}."]
        if self.strange:
            lines.append(f"Codes d'aucune génération ({number(len(self.strange))}) :")
            lines += [f"  nº {remark.rank} : « {remark.code} »" for remark in self.strange[:shown]]
            if len(self.strange) > shown:
                lines.append(f"  … et {number(len(self.strange) - shown)} autres")
        return lines


_EXAMPLES = {Generation.Y2015: "QP013038", Generation.Y2024: "QN01338I"}


def match(frame: pd.DataFrame, shown: str, required: Collection[str] = REQUIRED) -> Schema:
    """Find the fields of the official schema among those of a layer.

    Parameters
    ----------
    frame
        The layer; a column named ``geometry`` does not count.
    shown
        The name of the file, for messages.

    Raises
    ------
    DataError
        With, for each required field that is missing or could be two, the fields that might be it.
    """
    columns = [str(column) for column in frame.columns if column != "geometry"]
    found: list[Match] = []
    faults: list[Fault] = []
    for field in FIELDS:
        by_how = {how: [column for column in columns if _how(field, column) is how] for how in How}
        first = next(
            ([Match(field, column, how) for column in named] for how, named in by_how.items() if named), []
        )
        if field in required and len(first) != 1:
            faults.append(Fault(printable(shown), "schéma officiel", _missing(field, first, frame, columns)))
        found += first[:1]
    if faults:
        raise DataError(faults)
    taken = {one.found for one in found}
    fields = {one.field for one in found}
    return Schema(
        tuple(found),
        tuple(field for field in FIELDS if field not in fields),
        tuple(column for column in columns if column not in taken),
    )


def codes(values: Sequence[object]) -> Codes:
    """Sort codes of districts by generation, and list those of none."""
    kinds = [generation(value) if isinstance(value, str) else None for value in values]
    counted = Counter(kind for kind in kinds if kind is not None)
    strange = [
        Remark(rank, printable(str(value), 40), "ce n'est pas un code de quartier")
        for rank, (value, kind) in enumerate(zip(values, kinds, strict=True), start=1)
        if kind is None
    ]
    return Codes({kind: counted[kind] for kind in Generation if counted[kind]}, tuple(strange))


def _how(field: str, column: str) -> How | None:
    bare = squeezed(column)
    if bare == squeezed(field):
        return How.SAME
    if bare in FIELDS[field]:
        return How.KNOWN
    if len(column) == _CUT and any(name.startswith(bare) for name in FIELDS[field]):
        return How.CUT
    return None


def _missing(field: str, several: list[Match], frame: pd.DataFrame, columns: list[str]) -> str:
    if several:
        told = ", ".join(f"« {printable(one.found, 40)} »" for one in several)
        return f"plusieurs champs peuvent être « {field} » : {told} ; n'en gardez qu'un"
    near = dict.fromkeys([*_by_values(field, frame, columns), *_by_name(field, columns)])
    if near:
        told = ", ".join(f"« {printable(name, 40)} »" for name in list(near)[:5])
        return f"le champ « {field} » manque ; serait-ce {told} ? Renommez-le en « {field} »"
    told = ", ".join(printable(name, 40) for name in columns[:20]) or "aucun"
    return f"le champ « {field} » manque, et rien n'y ressemble parmi les champs : {told}"


def _by_values(field: str, frame: pd.DataFrame, columns: list[str]) -> Iterator[str]:
    """Propose the columns that hold codes of districts."""
    if field != "code_qp":
        return
    for column in columns:
        values = frame[column].dropna().head(_SAMPLE)
        if len(values) and np.mean([generation(str(value)) is not None for value in values]) >= _MOST:
            yield column


def _by_name(field: str, columns: list[str]) -> list[str]:
    plain = {squeezed(column): column for column in columns}
    names = (squeezed(field), *FIELDS[field])
    near = [close for name in names for close in difflib.get_close_matches(name, plain, n=2, cutoff=0.75)]
    return [plain[close] for close in near]


def _texts(column: pd.Series[str], width: int) -> pd.Series[str]:
    """Make a column one of texts; ``None`` where it is empty."""

    def text(value: object) -> str | None:
        if value is None or value is pd.NA or value != value:  # noqa: PLR0124 - only NaN differs from itself
            return None
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        words = str(value).strip()
        return words.zfill(width) if words.isdecimal() else words or None

    return pd.Series([text(value) for value in column], index=column.index, dtype=object, name=column.name)
