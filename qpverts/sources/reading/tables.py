"""CSV files to frozen dataclasses: types checked at the border, every fault gathered with its line.

The columns of the files are French, the fields of the code English: the declaration of each table says both.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.text import live
from qpverts.errors import DataError, Fault
from qpverts.sources.reading.columns import LIST_SEPARATOR, CellKind, Column, Declaration, kinds_of
from qpverts.sources.reading.messages import explain

Row = TypeVar("Row")

#: "nan" and "inf" are not measures. Pydantic hands a configuration on to dataclasses only from outside.
_FINITE = ConfigDict(allow_inf_nan=False)
MAX_CELL = 20_000


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


def read_table(catalogue: Catalogue, declared: Declaration[Row]) -> Table[Row]:
    """Read a declared CSV file into dataclasses; one that was downloaded is read as the file it came from.

    Raises
    ------
    DataError
        With every fault of the file: encoding, header, number of cells, types, one value given twice.
    """
    shown = catalogue.get(declared.dataset).path
    content = catalogue.read(declared.dataset)
    lines, records = read_csv(content, shown, declared.required, declared.accepted)
    adapter = TypeAdapter(tuple[declared.row_type], config=_FINITE)  # type: ignore[name-defined]
    kinds = kinds_of(declared.row_type)
    rows: list[Row] = []
    faults: list[Fault] = []
    for line, record in zip(lines, records, strict=True):
        filled, twice = _by_field(record, declared.columns)
        for one, other in twice:
            message = f"« {one.name} » et « {other.name} » disent la même chose ; videz l'une des deux"
            faults.append(Fault(shown, "colonnes", message, line, other.name))
        try:
            rows += adapter.validate_python((_nest(record, filled, kinds),))
        except ValidationError as error:
            for detail in error.errors():
                path = ".".join(part for part in detail["loc"] if isinstance(part, str))
                column = filled[path].name if path in filled else path
                faults.append(Fault(shown, "types des colonnes", explain(detail), line, column))
    if faults:
        raise DataError(faults)
    return Table(shown, tuple(rows), tuple(lines))


def read_csv(
    content: bytes, shown: str, header: Sequence[str], accepted: Collection[str] = ()
) -> tuple[list[int], list[dict[str, str]]]:
    """Split UTF-8 CSV bytes into stripped records, after checking encoding, header and row lengths.

    ``header`` must all be there, ``accepted`` may be. What was made inert for spreadsheets is text as before.
    """
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
        if told := _header_faults(found, header, accepted):
            raise DataError(Fault(shown, "en-tête", message, 1) for message in told)
        start = reader.line_num + 1
        for written in reader:
            cells = [live(cell.strip()) for cell in written]
            if not cells:
                faults.append(Fault(shown, "lignes", "ligne vide ; retirez-la", start))
            elif len(cells) != len(found):
                faults.append(Fault(shown, "lignes", f"{len(cells)} cellules au lieu de {len(found)}", start))
            elif max(map(len, cells)) > MAX_CELL:
                faults.append(Fault(shown, "lignes", f"une cellule dépasse {MAX_CELL} caractères", start))
            else:
                lines.append(start)
                records.append(dict(zip(found, cells, strict=True)))
            start = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(shown, "lignes", f"CSV mal formé ({error}) ; vérifiez les guillemets", start))
    if faults:
        raise DataError(faults)
    return lines, records


def _header_faults(found: Sequence[str], header: Sequence[str], accepted: Collection[str]) -> list[str]:
    """Say what is wrong with the columns found against those expected."""
    kinds = {
        "absentes": [column for column in header if column not in found],
        "inconnues": [column for column in found if column not in {*header, *accepted}],
        "répétées": [column for column in dict.fromkeys((*header, *accepted)) if found.count(column) > 1],
    }
    return [f"colonnes {kind} : {', '.join(columns)[:200]}" for kind, columns in kinds.items() if columns]


def _by_field(
    record: Mapping[str, str], columns: Iterable[Column]
) -> tuple[dict[str, Column], list[tuple[Column, Column]]]:
    """Give the column that holds each field in a line, and the pairs that are filled for one field."""
    held: dict[str, Column] = {}
    twice: list[tuple[Column, Column]] = []
    for column in columns:
        first = held.setdefault(column.field, column)
        if first is not column and record.get(column.name):
            held[column.field] = column
            if record.get(first.name):
                twice.append((first, column))
    return held, twice


def _nest(
    record: Mapping[str, str], held: Mapping[str, Column], kinds: Mapping[str, CellKind]
) -> dict[str, Any]:
    """Turn a flat record into what the dataclass takes: lists split, empty cells to None, sources nested."""
    nested: dict[str, Any] = {}
    for path, column in held.items():
        cell, kind = record[column.name], kinds[path]
        value: Any = cell
        if kind.many:
            value = tuple(part.strip() for part in cell.split(LIST_SEPARATOR) if part.strip())
        elif kind.optional and not cell:
            value = None
        *parents, leaf = path.split(".")
        target = nested
        for parent in parents:
            target = target.setdefault(parent, {})
        target[leaf] = value
    return nested
