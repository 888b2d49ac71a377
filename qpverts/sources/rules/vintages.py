"""Rules on the table that matches the districts of 2015 with those of 2024."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from qpverts.domain.vintage import Change, Generation, Overlap, change, generation
from qpverts.errors import Fault
from qpverts.sources.reading.tables import Table
from qpverts.sources.rules.content import Content, rule

_WHOLE_PCT = 100.0
#: Neighbours are drawn by different hands: their shares may add up to a little more than the whole.
_TOLERANCE_PCT = 0.5


@rule("Correspondance 2015–2024 : quartiers qui existent, parts possibles, aucun « identique » oublié")
def vintages_are_matched(content: Content) -> Iterator[Fault]:
    """Refuse a match between districts of 2015 and of 2024 that cannot be."""
    table = content.overlaps
    known = {qpv.code for qpv in content.qpvs}
    seen: dict[tuple[str, str], int] = {}
    for line, row in table.numbered():
        if generation(row.code_2015) is not Generation.Y2015:
            message = f"« {row.code_2015} » n'est pas un code de 2015"
            yield Fault(table.file, "correspondance", message, line, "code_2015")
        if row.code_2024 not in known:
            yield Fault(table.file, "correspondance", f"« {row.code_2024} » n'existe pas", line, "code_2024")
        first = seen.setdefault((row.code_2015, row.code_2024), line)
        if first != line:
            yield Fault(table.file, "correspondance", f"figure déjà ligne {first}", line, "code_2024")
    yield from _impossible_shares(table)
    for code in sorted(known - {code for _, code in seen}):
        if change(code) is Change.IDENTICAL:
            message = f"« {code} », identique à un quartier de 2015, n'y est pas"
            yield Fault(table.file, "correspondance", message)


def _impossible_shares(table: Table[Overlap]) -> Iterator[Fault]:
    """Look at each share, then at those of one district together."""
    sums: defaultdict[tuple[str, str], float] = defaultdict(float)
    last: dict[tuple[str, str], int] = {}
    for line, row in table.numbered():
        for column, code, share in (
            ("part_2015_pct", row.code_2015, row.share_2015_pct),
            ("part_2024_pct", row.code_2024, row.share_2024_pct),
        ):
            if not 0 <= share <= _WHOLE_PCT:
                yield Fault(table.file, "correspondance", f"{share} n'est pas une part", line, column)
            sums[column, code] += share
            last[column, code] = line
    for (column, code), total in sums.items():
        if total > _WHOLE_PCT + _TOLERANCE_PCT:
            message = f"les parts de « {code} » font {total:.1f} %, plus que le tout"
            yield Fault(table.file, "correspondance", message, last[column, code], column)
