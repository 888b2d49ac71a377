"""Reading the method of transferability (``transfert.toml``), and what it says of each district."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.transfer.method import Method
from qpverts.errors import DataError, Fault
from qpverts.sources.reading.catalogue import parse_toml
from qpverts.sources.reading.messages import explain

if TYPE_CHECKING:
    pass

TRANSFER = "transfert"
#: A threshold misspelt would else be no threshold. Pydantic hands this on to dataclasses only from outside.
_STRICT = ConfigDict(extra="forbid")
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
    shown = catalogue.get(TRANSFER).path
    raw = parse_toml(catalogue.read(TRANSFER), shown)
    sensitive = raw.pop("sensitive", {})
    content: dict[str, Any] = {_TABLES.get(key, key): value for key, value in raw.items()}
    if isinstance(sensitive, dict) and "themes" in sensitive:
        content["sensitive_themes"] = sensitive["themes"]
    try:
        return TypeAdapter(tuple[Method], config=_STRICT).validate_python((content,))[0]
    except ValidationError as error:
        raise DataError(
            [Fault(shown, "transférabilité", f"{_place(e['loc'])} : {explain(e)}") for e in error.errors()]
        ) from error


def _place(loc: tuple[int | str, ...]) -> str:
    """Name the place at fault as the file does: its table, its rank from 1, its key."""
    _, table, *rest = loc  # the first is a place in a tuple of ours
    named = [_IN_FILE.get(str(table), str(table))]
    named += [f"nº {part + 1}" if isinstance(part, int) else str(part) for part in rest]
    return ", ".join(named)
