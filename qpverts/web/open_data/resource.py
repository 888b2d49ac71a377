"""What a resource of the open data is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qpverts.atlas.atlas import Atlas
from qpverts.sources.reading.columns import ExportedField
from qpverts.web.open_data.rows import Row, Shapes

OPEN_LICENCE, ODBL = "Licence Ouverte 2.0", "ODbL 1.0"


@dataclass(frozen=True, slots=True)
class Resource:
    """A table that anybody may take.

    ``id`` is what its address says, and never changes; ``key`` names the columns that make a row unique, the
    first being that of ``shapes``, which gives the geometry of rows in degrees (EPSG:4326); a resource
    without any is CSV only. ``datasets`` are those of the catalogue it is made from. ``replaced_by`` names
    the resource to take in the place of one that will go.
    """

    id: str
    title: str
    description: str
    licence: str
    datasets: tuple[str, ...]
    key: tuple[str, ...]
    fields: tuple[ExportedField, ...]
    rows: Callable[[Atlas], Iterable[Row]]
    shapes: Shapes | None = None
    replaced_by: str = ""
