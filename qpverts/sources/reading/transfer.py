"""Reading the method of transferability (``transfert.toml``), and what it says of each district."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.transfer.method import Method
from qpverts.sources.reading.toml import Place, read_toml, renamed

if TYPE_CHECKING:
    pass

TRANSFER = "transfert"
#: The tables of the file, one of each in the singular, and their names in the code.
_TABLES = {
    "criterion": "criteria",
    "reading": "readings",
    "rules": "rules",
    "thresholds": "thresholds",
    "scale": "scales",
    "climate": "climates",
    "block": "blocks",
    "kind": "kinds",
    "need": "needs",
    "proof": "proof",
    "resemblance": "likeness",
}
_IN_FILE = {field: table for table, field in _TABLES.items()} | {"sensitive_themes": "sensitive.themes"}


def read_transfer(catalogue: Catalogue) -> Method:
    """Read the method; DataError with everything that is missing, unknown or of the wrong kind."""
    content, shown = catalogue.read(TRANSFER), catalogue.get(TRANSFER).path
    return read_toml(content, Method, shown, "transférabilité", arrange=_arranged, place=_named, strict=True)


def _arranged(tables: dict[str, Any]) -> dict[str, Any]:
    """Give the tables the names of the code; what is sensitive is one list there."""
    content = renamed(tables, _TABLES)
    sensitive = content.pop("sensitive", {})
    if isinstance(sensitive, dict) and "themes" in sensitive:
        content["sensitive_themes"] = sensitive["themes"]
    return content


def _named(place: Place) -> str:
    """Name the place at fault as the file does: its table, its rank from 1, its key."""
    table, *rest = place
    named = [_IN_FILE.get(str(table), str(table))]
    named += [f"nº {part + 1}" if isinstance(part, int) else str(part) for part in rest]
    return ", ".join(named)
