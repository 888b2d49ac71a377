"""Reading the two published tables of the test of green edges, which ``studies/edge_test`` writes."""

from __future__ import annotations

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.claims import EdgeRow, EdgeTest
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


def read_edges(catalogue: Catalogue) -> Table[EdgeRow]:
    """Read the districts beside their random places; DataError with every faulty line."""
    return read_table(catalogue, EDGES, EdgeRow, EDGE_COLUMNS)


def read_tests(catalogue: Catalogue) -> Table[EdgeTest]:
    """Read the tests of all districts together; DataError with every faulty line."""
    return read_table(catalogue, TESTS, EdgeTest, TEST_COLUMNS)
