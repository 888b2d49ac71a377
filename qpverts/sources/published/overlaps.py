"""The embedded table of the districts of 2015 beside those of 2024: reading and writing it."""

from __future__ import annotations

from collections.abc import Iterable

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.vintage import Overlap
from qpverts.sources.reading.columns import Column, Declaration
from qpverts.sources.reading.tables import Table, read_table
from qpverts.text_files import csv_text

TABLE = "correspondance_2015_2024"
_TABLE = Declaration(
    TABLE,
    Overlap,
    (
        Column("code_2015", "code_2015"),
        Column("nom_2015", "name_2015"),
        Column("code_2024", "code_2024"),
        Column("commun_m2", "common_m2"),
        Column("part_2015_pct", "share_2015_pct"),
        Column("part_2024_pct", "share_2024_pct"),
    ),
)


def read_overlaps(catalogue: Catalogue) -> Table[Overlap]:
    """Read the embedded table; DataError with every faulty line."""
    return read_table(catalogue, _TABLE)


def overlaps_bytes(rows: Iterable[Overlap]) -> bytes:
    """Write the table as CSV: same rows, same bytes."""
    cells = (
        (
            *(row.code_2015, row.name_2015, row.code_2024, f"{row.common_m2:.0f}"),
            *(f"{share:.2f}" for share in (row.share_2015_pct, row.share_2024_pct)),
        )
        for row in rows
    )
    return csv_text(_TABLE.required, cells).encode()
