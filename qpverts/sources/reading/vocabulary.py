"""Reading the approach's vocabulary (``themes.toml``) and its story (``demarche.toml``)."""

from __future__ import annotations

from functools import partial
from typing import TypeVar

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.themes import Approach, Vocabulary
from qpverts.sources.reading.toml import read_toml, renamed

T = TypeVar("T")
#: The tables of the files, one of each in the singular, and their names in the code.
_TABLES = {
    "theme": "themes",
    "field": "fields",
    "axis": "axes",
    "why": "whys",
    "step": "steps",
    "pilot": "pilots",
}


def read_vocabulary(catalogue: Catalogue) -> Vocabulary:
    """Read the themes, fields and axes; DataError names what is missing."""
    return _read(catalogue, "themes", Vocabulary)


def read_approach(catalogue: Catalogue) -> Approach:
    """Read what the first page tells; DataError names what is missing."""
    return _read(catalogue, "demarche", Approach)


def _read(catalogue: Catalogue, dataset_id: str, shape: type[T]) -> T:
    content, shown = catalogue.read(dataset_id), catalogue.get(dataset_id).path
    return read_toml(content, shape, shown, "vocabulaire", arrange=partial(renamed, names=_TABLES))
