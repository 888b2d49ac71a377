"""Reading and writing the published measures of nature: the long table and the grid."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TypeVar

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.figures.published import Cell, NatureRow
from qpverts.sources.reading.columns import Column, Declaration
from qpverts.sources.reading.tables import Table, read_table
from qpverts.text_files import csv_text

Row = TypeVar("Row")

TABLE, GRID = "indicateurs_nature", "maille_vegetation"
_TABLE = Declaration(
    TABLE,
    NatureRow,
    (
        Column("code_qp", "code_qp"),
        Column("indicateur", "indicator"),
        Column("valeur", "value"),
        Column("bas", "low"),
        Column("haut", "high"),
        Column("unite", "unit"),
        Column("source", "source"),
        Column("millesime", "vintage"),
        Column("couverture_pct", "coverage_pct"),
    ),
)
_GRID = Declaration(
    GRID,
    Cell,
    (
        Column("maille", "id"),
        Column("connu_m2", "known_m2"),
        Column("bas_m2", "low_m2"),
        Column("vegetation_m2", "value_m2"),
        Column("haut_m2", "high_m2"),
    ),
)
#: Figures are written to this many decimals: finer than what any of them can tell.
DECIMALS = 4


def read_nature(catalogue: Catalogue) -> Table[NatureRow]:
    """Read the long table; DataError with every faulty line."""
    return read_table(catalogue, _TABLE)


def read_cells(catalogue: Catalogue) -> Table[Cell]:
    """Read the grid of vegetation; DataError with every faulty line."""
    return read_table(catalogue, _GRID)


def in_order(rows: Iterable[NatureRow]) -> list[NatureRow]:
    """Put rows in the order of the file: by district, then by indicator."""
    return sorted(rows, key=lambda row: (row.code_qp, row.indicator))


def table_bytes(rows: Iterable[NatureRow]) -> bytes:
    """Write the long table as CSV, in its order: same figures, same bytes."""
    return csv_bytes(in_order(rows), _TABLE)


def grid_bytes(cells: Iterable[Cell]) -> bytes:
    """Write the grid as CSV, in order of cell; to the square metre."""
    return csv_bytes(sorted(cells, key=attrgetter("id")), _GRID, decimals=0)


def csv_bytes(rows: Sequence[Row], declared: Declaration[Row], decimals: int = DECIMALS) -> bytes:
    """Write rows as CSV in the order given, numbers short and always the same way."""
    cells = ([_cell(getattr(row, one.field), decimals) for one in declared.columns] for row in rows)
    return csv_text(declared.required, cells).encode()


def _cell(value: object, decimals: int) -> str:
    """Write a number short and always the same way; text on one line, and nothing for ``None``."""
    if isinstance(value, float):
        if not math.isfinite(value):
            msg = f"{value} is no figure: nobody could read the table again"
            raise ValueError(msg)
        text = f"{value:.{decimals}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text == "-0" else text
    return "" if value is None else " ".join(str(value).split())
