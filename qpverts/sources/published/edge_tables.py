"""The two published tables of the test of "en bordure des espaces verts": reading and writing them."""

from __future__ import annotations

from collections.abc import Iterable

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.claims import EdgeRow, EdgeTest
from qpverts.sources.published.nature_tables import csv_bytes
from qpverts.sources.reading.tables import Table, read_table

EDGES, TESTS = "bordure", "bordure_ensemble"
EDGE_COLUMNS = {
    "code_qp": "code_qp",
    "vert": "green",
    "reference": "reference",
    "valeur_pct": "value",
    "bas_pct": "low",
    "haut_pct": "high",
    "hasard_05_pct": "p05",
    "hasard_25_pct": "p25",
    "hasard_50_pct": "p50",
    "hasard_75_pct": "p75",
    "hasard_95_pct": "p95",
    "rang_pct": "rank_pct",
    "lieux": "places",
    "tirages": "tries",
}
TEST_COLUMNS = {
    "vert": "green",
    "reference": "reference",
    "lecture": "reading",
    "quartiers": "districts",
    "tirages": "draws",
    "moyenne_pct": "mean",
    "hasard_moyenne_pct": "random_mean",
    "hasard_bas_pct": "random_low",
    "hasard_haut_pct": "random_high",
    "au_moins": "at_least",
    "au_plus": "at_most",
    "quartiers_25_pct": "real_25_pct",
    "hasard_25_pct": "random_25_pct",
}
#: Written to a tenth of a point: finer than what a generalised outline can tell.
_DECIMALS = 1


def read_edges(catalogue: Catalogue) -> Table[EdgeRow]:
    """Read the districts beside their random places; DataError with every faulty line."""
    return read_table(catalogue, EDGES, EdgeRow, EDGE_COLUMNS)


def read_tests(catalogue: Catalogue) -> Table[EdgeTest]:
    """Read the tests of all districts together; DataError with every faulty line."""
    return read_table(catalogue, TESTS, EdgeTest, TEST_COLUMNS)


def edges_bytes(rows: Iterable[EdgeRow]) -> bytes:
    """Write the districts as CSV: by district, then by kind of green and reference."""
    return csv_bytes(
        sorted(rows, key=lambda row: (row.code_qp, row.green, row.reference)), EDGE_COLUMNS, _DECIMALS
    )


def edge_tests_bytes(rows: Iterable[EdgeTest]) -> bytes:
    """Write the tests as CSV: by kind of green, reference and reading."""
    return csv_bytes(
        sorted(rows, key=lambda row: (row.green, row.reference, row.reading)), TEST_COLUMNS, _DECIMALS
    )
