"""Reading the two published tables of the test of green edges, which ``studies/edge_test`` writes."""

from __future__ import annotations

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.claims import EdgeRow, EdgeTest
from qpverts.sources.reading.columns import Column, Declaration
from qpverts.sources.reading.tables import Table, read_table

EDGES, TESTS = "bordure", "bordure_ensemble"
EDGE_TABLE = Declaration(
    EDGES,
    EdgeRow,
    (
        Column("code_qp", "code_qp"),
        Column("vert", "green"),
        Column("reference", "reference"),
        Column("valeur_pct", "value"),
        Column("bas_pct", "low"),
        Column("haut_pct", "high"),
        Column("hasard_05_pct", "p05"),
        Column("hasard_25_pct", "p25"),
        Column("hasard_50_pct", "p50"),
        Column("hasard_75_pct", "p75"),
        Column("hasard_95_pct", "p95"),
        Column("rang_pct", "rank_pct"),
        Column("lieux", "places"),
        Column("tirages", "tries"),
    ),
)
TEST_TABLE = Declaration(
    TESTS,
    EdgeTest,
    (
        Column("vert", "green"),
        Column("reference", "reference"),
        Column("lecture", "reading"),
        Column("quartiers", "districts"),
        Column("tirages", "draws"),
        Column("moyenne_pct", "mean"),
        Column("hasard_moyenne_pct", "random_mean"),
        Column("hasard_bas_pct", "random_low"),
        Column("hasard_haut_pct", "random_high"),
        Column("au_moins", "at_least"),
        Column("au_plus", "at_most"),
        Column("quartiers_25_pct", "real_25_pct"),
        Column("hasard_25_pct", "random_25_pct"),
    ),
)


def read_edges(catalogue: Catalogue) -> Table[EdgeRow]:
    """Read the districts beside their random places; DataError with every faulty line."""
    return read_table(catalogue, EDGE_TABLE)


def read_tests(catalogue: Catalogue) -> Table[EdgeTest]:
    """Read the tests of all districts together; DataError with every faulty line."""
    return read_table(catalogue, TEST_TABLE)
