"""A CSV table said once: its columns, read into dataclasses, published and described under the same names.

Adding a column to a published table takes one line in its declaration and the field of its dataclass.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from functools import reduce
from types import NoneType
from typing import Any, Generic, TypeVar, get_args, get_type_hints

Row = TypeVar("Row")
#: A value as it is published: nothing where it is not known.
Value = str | int | float | bool | None

LIST_SEPARATOR = ";"


def _always(_: object) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: ``name`` is that of the file and of what is published.

    ``field`` is the field of the dataclass, where ``source.title`` means the field ``title`` of the nested
    ``source``. ``description`` says in French, with the unit, what it means; a table that nobody downloads
    needs none. ``shown`` says which rows are published with their value; of two columns that hold one field,
    a row fills one, and a file may do without the ``optional`` one.
    """

    name: str
    field: str
    description: str = ""
    shown: Callable[[Any], bool] = _always
    optional: bool = False


#: Where a fact was read, at the end of every table of facts.
CITATION = (
    Column("source_titre", "source.title", "Titre de la source."),
    Column("source_url", "source.url", "Adresse de la source."),
    Column("source_date", "source.date", "Date de la source, aussi précise que connue."),
    Column("fiabilite", "source.reliability", "Qui parle dans la source."),
)


@dataclass(frozen=True, slots=True)
class ExportedField:
    """A published column: name, type of JSON Table Schema, and what it means, in French, with its unit."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class CellKind:
    """What a cell may hold: nothing at all, several values, and its type in JSON Table Schema."""

    optional: bool
    many: bool
    type: str


@dataclass(frozen=True, slots=True)
class Declaration(Generic[Row]):
    """A table: the dataset of the catalogue, the dataclass of a row, the columns in the order of the file.

    ``derived`` are published after them for the reader's ease; they follow from other files, and are
    ignored when what was downloaded is put back.
    """

    dataset: str
    row_type: type[Row]
    columns: Sequence[Column]
    derived: tuple[ExportedField, ...] = ()

    @property
    def required(self) -> list[str]:
        """Name the columns that a file must have."""
        return [column.name for column in self.columns if not column.optional]

    @property
    def accepted(self) -> list[str]:
        """Name the columns that a file may have beside them."""
        optional = [column.name for column in self.columns if column.optional]
        return optional + [field.name for field in self.derived]

    def fields(self) -> tuple[ExportedField, ...]:
        """Describe what is published: the columns of the file, then those derived."""
        kinds = kinds_of(self.row_type)
        own = (ExportedField(one.name, kinds[one.field].type, one.description) for one in self.columns)
        return (*own, *self.derived)

    def published(self, row: Row) -> dict[str, Value]:
        """Write a row as it is published, without the derived columns."""
        return {
            column.name: _value(reduce(getattr, column.field.split("."), row)) if column.shown(row) else None
            for column in self.columns
        }


def kinds_of(row_type: type) -> dict[str, CellKind]:
    """Tell what each field of a dataclass holds, by dotted path."""
    hints = get_type_hints(row_type)
    found: dict[str, CellKind] = {}
    for field in fields(row_type):
        hint = hints[field.name]
        if hasattr(hint, "__dataclass_fields__"):
            found |= {f"{field.name}.{name}": kind for name, kind in kinds_of(hint).items()}
        else:
            many = getattr(hint, "__origin__", None) is tuple
            found[field.name] = CellKind(NoneType in get_args(hint), many, "string" if many else _type(hint))
    return found


def _type(hint: object) -> str:
    """Name a type as JSON Table Schema does."""
    types = [one for one in (get_args(hint) or (hint,)) if isinstance(one, type)]
    if any(issubclass(one, int) for one in types):
        return "integer"
    return "number" if float in types else "string"


def _value(value: object) -> Value:
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(map(str, value))
    if isinstance(value, Enum):
        value = value.value
    return value if isinstance(value, str | int | float) else None
