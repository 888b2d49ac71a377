"""Writing the two published tables; ``sources.published.edge_tables`` reads them back."""

from __future__ import annotations

from collections.abc import Iterable

from qpverts.domain.claims import EdgeRow, EdgeTest
from qpverts.sources.published.edge_tables import EDGE_TABLE, TEST_TABLE
from qpverts.sources.published.nature_tables import csv_bytes

#: Written to a tenth of a point: finer than what a generalised outline can tell.
_DECIMALS = 1


def edges_bytes(rows: Iterable[EdgeRow]) -> bytes:
    """Write the districts as CSV: by district, then by kind of green and reference."""
    return csv_bytes(
        sorted(rows, key=lambda row: (row.code_qp, row.green, row.reference)), EDGE_TABLE, _DECIMALS
    )


def edge_tests_bytes(rows: Iterable[EdgeTest]) -> bytes:
    """Write the tests as CSV: by kind of green, reference and reading."""
    return csv_bytes(
        sorted(rows, key=lambda row: (row.green, row.reference, row.reading)), TEST_TABLE, _DECIMALS
    )
