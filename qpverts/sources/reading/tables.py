"""CSV files to frozen dataclasses: types checked at the border, every fault gathered with its line.

The columns of the files are French, the fields of the code English: each table has one dict that maps
them, where ``source.title`` means the field ``title`` of the nested ``source``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from types import NoneType
from typing import Any, Generic, TypeVar, get_args, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError

from qpverts.atlas.datasets import Catalogue
from qpverts.errors import DataError, Fault
from qpverts.sources.reading.messages import explain

Row = TypeVar("Row")

#: "nan" and "inf" are not measures. Pydantic hands a configuration on to dataclasses only from outside.
_FINITE = ConfigDict(allow_inf_nan=False)
LIST_SEPARATOR = ";"
MAX_CELL = 20_000
CITATION = {
    "source_titre": "source.title",
    "source_url": "source.url",
    "source_date": "source.date",
    "fiabilite": "source.reliability",
}


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """The rows of one file, each beside its line number (the header is line 1)."""

    file: str
    rows: tuple[Row, ...]
    lines: tuple[int, ...]

    def numbered(self) -> Iterator[tuple[int, Row]]:
        """Give each row with its line, for messages."""
        return zip(self.lines, self.rows, strict=True)


def table_to_come(catalogue: Catalogue, dataset_id: str, rows: Sequence[Row], first: int = 2) -> Table[Row]:
    """Give rows the lines of the file that they are about to make (features their ranks, from 1)."""
    return Table(catalogue.get(dataset_id).path, tuple(rows), tuple(range(first, first + len(rows))))


def read_table(
    catalogue: Catalogue, dataset_id: str, row_type: type[Row], columns: Mapping[str, str]
) -> Table[Row]:
    """Read a declared CSV file into dataclasses.

    Raises
    ------
    DataError
        With every fault of the file: encoding, header, number of cells, types.
    """
    shown = catalogue.get(dataset_id).path
    lines, records = read_csv(catalogue.read(dataset_id), shown, list(columns))
    adapter = TypeAdapter(tuple[row_type], config=_FINITE)  # type: ignore[valid-type]
    shape = _shape(row_type)
    back = {field: column for column, field in columns.items()}
    rows: list[Row] = []
    faults: list[Fault] = []
    for line, record in zip(lines, records, strict=True):
        try:
            rows += adapter.validate_python((_nest(record, columns, shape),))
        except ValidationError as error:
            for detail in error.errors():
                path = ".".join(part for part in detail["loc"] if isinstance(part, str))
                column = back.get(path, path)
                faults.append(Fault(shown, "types des colonnes", explain(detail), line, column))
    if faults:
        raise DataError(faults)
    return Table(shown, tuple(rows), tuple(lines))


def read_csv(content: bytes, shown: str, header: Sequence[str]) -> tuple[list[int], list[dict[str, str]]]:
    """Split UTF-8 CSV bytes into stripped records, after checking encoding, header and row lengths."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1  # of what follows a byte order mark
        fault = Fault(
            shown, "encodage UTF-8", "le texte n'est pas en UTF-8 ; réenregistrez le fichier en UTF-8", line
        )
        raise DataError([fault]) from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: list[int] = []
    records: list[dict[str, str]] = []
    faults: list[Fault] = []
    start = 1
    try:
        found = next(reader, [])
        if told := _header_faults(found, header):
            raise DataError(Fault(shown, "en-tête", message, 1) for message in told)
        start = reader.line_num + 1
        for cells in reader:
            if not cells:
                faults.append(Fault(shown, "lignes", "ligne vide ; retirez-la", start))
            elif len(cells) != len(found):
                faults.append(Fault(shown, "lignes", f"{len(cells)} cellules au lieu de {len(found)}", start))
            elif any(len(cell) > MAX_CELL for cell in cells):
                faults.append(Fault(shown, "lignes", f"une cellule dépasse {MAX_CELL} caractères", start))
            else:
                lines.append(start)
                records.append(dict(zip(found, (cell.strip() for cell in cells), strict=True)))
            start = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(shown, "lignes", f"CSV mal formé ({error}) ; vérifiez les guillemets", start))
    if faults:
        raise DataError(faults)
    return lines, records


def _header_faults(found: Sequence[str], header: Sequence[str]) -> list[str]:
    """Say what is wrong with the columns found against those expected."""
    kinds = {
        "absentes": [column for column in header if column not in found],
        "inconnues": [column for column in found if column not in header],
        "répétées": [column for column in dict.fromkeys(header) if found.count(column) > 1],
    }
    return [f"colonnes {kind} : {', '.join(columns)[:200]}" for kind, columns in kinds.items() if columns]


def _shape(row_type: type) -> dict[str, tuple[bool, bool]]:
    """Tell of each field, by dotted path, whether it may be empty and whether it is a list."""
    hints = get_type_hints(row_type)
    shape: dict[str, tuple[bool, bool]] = {}
    for field in fields(row_type):
        hint = hints[field.name]
        shape[field.name] = (NoneType in get_args(hint), getattr(hint, "__origin__", None) is tuple)
        if hasattr(hint, "__dataclass_fields__"):
            shape |= {f"{field.name}.{name}": facts for name, facts in _shape(hint).items()}
    return shape


def _nest(
    record: Mapping[str, str], columns: Mapping[str, str], shape: Mapping[str, tuple[bool, bool]]
) -> dict[str, Any]:
    """Turn a flat record into what the dataclass takes: lists split, empty cells to None, sources nested."""
    nested: dict[str, Any] = {}
    for column, path in columns.items():
        cell = record[column]
        optional, many = shape[path]
        value: Any = cell
        if many:
            value = tuple(part.strip() for part in cell.split(LIST_SEPARATOR) if part.strip())
        elif optional and not cell:
            value = None
        *parents, leaf = path.split(".")
        target = nested
        for parent in parents:
            target = target.setdefault(parent, {})
        target[leaf] = value
    return nested
