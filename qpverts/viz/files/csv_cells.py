"""Cells of a CSV file as a spreadsheet reads them."""

from __future__ import annotations

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def inert(cell: str) -> str:
    """Keep a spreadsheet from running a cell as a formula.

    >>> inert("=1+1")
    "'=1+1"
    """
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
