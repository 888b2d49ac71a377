"""Reading the approach's vocabulary (``themes.toml``) and its story (``demarche.toml``)."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.themes import Approach, Vocabulary
from qpverts.errors import DataError, Fault
from qpverts.sources.reading.catalogue import parse_toml
from qpverts.sources.reading.messages import explain

T = TypeVar("T")


def read_vocabulary(catalogue: Catalogue) -> Vocabulary:
    """Read the themes, fields and axes; DataError names what is missing."""
    raw, shown = _raw(catalogue, "themes")
    content = {"themes": raw.get("theme"), "fields": raw.get("field"), "axes": raw.get("axis")}
    return _validated(Vocabulary, content, shown)


def read_approach(catalogue: Catalogue) -> Approach:
    """Read what the first page tells; DataError names what is missing."""
    raw, shown = _raw(catalogue, "demarche")
    tables = {"why": "whys", "step": "steps", "pilot": "pilots"}
    return _validated(Approach, {tables.get(key, key): value for key, value in raw.items()}, shown)


def _raw(catalogue: Catalogue, dataset_id: str) -> tuple[dict[str, Any], str]:
    shown = catalogue.get(dataset_id).path
    return parse_toml(catalogue.read(dataset_id), shown), shown


def _validated(kind: type[T], content: dict[str, Any], shown: str) -> T:
    try:
        return TypeAdapter(kind).validate_python(content)
    except ValidationError as error:
        faults = [
            Fault(shown, "vocabulaire", f"{'.'.join(map(str, detail['loc']))} : {explain(detail)}")
            for detail in error.errors()
        ]
        raise DataError(faults) from error
