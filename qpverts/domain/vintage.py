"""The two generations of priority districts, and what may be said from the one to the other.

The 2024 code tells by its last letter what became of the district of 2015: ``I`` identical, ``M`` modified,
``N`` new. A figure of 2015 beside one of 2024 is a trend only where the perimeter is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# "0" and two signs (Corsica: 02A, 02B), or three digits overseas; then a rank in the département.
_DEPARTEMENT = r"(0(?:\d\d|2[AB])|9[78]\d)"
_CODE_2015 = re.compile(rf"QP{_DEPARTEMENT}\d{{3}}", re.ASCII)
_CODE_2024 = re.compile(rf"QN{_DEPARTEMENT}\d\d([IMN])", re.ASCII)


#: An "identical" district and that of 2015 should each cover at least this part of the other, in percent.
SAME_PCT = 95.0


class Generation(StrEnum):
    """Which list of districts a code belongs to."""

    Y2015 = "2015"
    Y2024 = "2024"


class Change(StrEnum):
    """What the 2024 perimeter is against that of 2015, as the code says."""

    IDENTICAL = "I"
    MODIFIED = "M"
    NEW = "N"


@dataclass(frozen=True, slots=True)
class Overlap:
    """Ground that a district of 2015 and one of 2024 have in common.

    ``share_2015_pct`` is the part of the 2015 district that lies in the 2024 one, ``share_2024_pct`` the part
    of the 2024 district that comes from the 2015 one.
    """

    code_2015: str
    name_2015: str
    code_2024: str
    common_m2: float
    share_2015_pct: float
    share_2024_pct: float


def overlap_pct(overlaps: Iterable[Overlap]) -> dict[str, float]:
    """Give, by 2024 code, the smaller share of ground shared with the most similar district of 2015, %."""
    best: dict[str, float] = {}
    for overlap in overlaps:
        both = min(overlap.share_2015_pct, overlap.share_2024_pct)
        best[overlap.code_2024] = max(both, best.get(overlap.code_2024, 0.0))
    return best


def followers(overlaps: Iterable[Overlap]) -> dict[str, tuple[Overlap, ...]]:
    """Give, by 2015 code, the districts of 2024 that lie on its ground, the largest part first."""
    found: dict[str, list[Overlap]] = {}
    for overlap in overlaps:
        found.setdefault(overlap.code_2015, []).append(overlap)
    return {
        code: tuple(sorted(rows, key=lambda row: (-row.common_m2, row.code_2024)))
        for code, rows in found.items()
    }


_NOTES = {
    Change.IDENTICAL: "Le périmètre est le même en 2015 et en 2024 : les chiffres se comparent.",
    Change.MODIFIED: (
        "Le périmètre a changé entre 2015 et 2024 : une différence pourrait ne venir que du nouveau contour, "
        "aucune évolution n'est donc calculée."
    ),
    Change.NEW: (
        "Ce quartier n'était pas prioritaire avant 2024 : il n'y a pas de chiffre de 2015 auquel le comparer."
    ),
}


def generation(code_qp: str) -> Generation | None:
    """Tell which generation a code is of; ``None`` when it is not the code of a district.

    >>> generation("QP013038"), generation("QN01338I"), generation("13055")
    (<Generation.Y2015: '2015'>, <Generation.Y2024: '2024'>, None)
    """
    if _CODE_2015.fullmatch(code_qp):
        return Generation.Y2015
    return Generation.Y2024 if _CODE_2024.fullmatch(code_qp) else None


def change(code_qp: str) -> Change | None:
    """Tell what a 2024 code says of its perimeter; ``None`` for any other text."""
    found = _CODE_2024.fullmatch(code_qp)
    return Change(found[2]) if found else None


def departement(code_qp: str) -> str | None:
    """Read the INSEE code of the département in the code of a district of either generation.

    >>> departement("QN01338I"), departement("QP02A001"), departement("QN97401I"), departement("Air Bel")
    ('13', '2A', '974', None)
    """
    found = _CODE_2015.fullmatch(code_qp) or _CODE_2024.fullmatch(code_qp)
    return found[1].removeprefix("0") if found else None


def trend_note(code_qp: str, overlap_pct: float | None = None) -> str:
    """Say whether figures of 2015 and 2024 may be compared for a district of 2024, and why.

    The code decides. ``overlap_pct``, where it is known, is the smaller of the two shares that the drawings
    of 2015 and 2024 have in common: below :data:`SAME_PCT` the sentence says that they differ.
    """
    letter = change(code_qp)
    if letter is Change.IDENTICAL and overlap_pct is not None and overlap_pct < SAME_PCT:
        return (
            "Le code officiel dit le périmètre identique à celui de 2015, mais les deux contours publiés "
            f"ne se recouvrent qu'à {overlap_pct:.0f} % : comparez avec prudence."
        )
    if letter is not None:
        return _NOTES[letter]
    if generation(code_qp) is Generation.Y2015:
        return "C'est un code de 2015 : demandez le quartier par son code de 2024."
    return "Ce n'est pas le code d'un quartier prioritaire de 2024 (exemple : QN01338I)."
