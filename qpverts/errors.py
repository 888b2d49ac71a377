"""The error tree; every message is a French sentence that says what to do.

::

    QpvertsError
    ├── DataError        files in data/ that break a rule; carries every Fault found
    ├── UnknownTerritory a district, commune or code that nothing matches
    │   └── TooMany      a group of more members than can be looked up
    ├── BusyError        another command is at work on the same folder
    ├── FolderError      a folder to write that holds what is not ours
    └── RemoteError      an online service that did not answer as it should
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule at one place of one file.

    ``line`` counts from 1 and includes the header; ``None`` when the whole file is at fault.
    """

    file: str
    rule: str
    message: str
    line: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """Give the place, then what is wrong there."""
        place = self.file
        if self.line is not None:
            place += f", ligne {self.line}"
        if self.column:
            place += f", colonne « {self.column} »"
        return f"{place} : {self.message}"


class QpvertsError(Exception):
    """Any fault that QPVerts knows how to explain."""


class DataError(QpvertsError):
    """Data files break rules; all the faults are reported at once."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __reduce__(self) -> tuple[type[DataError], tuple[tuple[Fault, ...]]]:
        """Travel whole between processes: a worker that meets a faulty file must be able to say so."""
        return type(self), (self.faults,)


class UnknownTerritoryError(QpvertsError):
    """Nothing goes by that name; ``suggestions`` holds the nearest names."""

    def __init__(self, query: str, suggestions: tuple[str, ...] = ()) -> None:
        self.query = query
        self.suggestions = suggestions
        hint = f" Vouliez-vous dire : {', '.join(suggestions)} ?" if suggestions else ""
        super().__init__(f"Aucun quartier prioritaire ni commune ne s'appelle « {query} ».{hint}")


class TooManyTerritoriesError(UnknownTerritoryError):
    """A group names more members than are looked up at once."""

    def __init__(self, asked: int, most: int) -> None:
        QpvertsError.__init__(
            self, f"Un groupe compte {most} territoires au plus ; celui-ci en nomme {asked} : retirez-en."
        )
        self.query, self.suggestions = "", ()


class BusyError(QpvertsError):
    """Another command is at work on the same folder: two at once would undo each other."""


class FolderError(QpvertsError):
    """A folder to write holds what we did not write: nothing of it is replaced."""


class RemoteError(QpvertsError):
    """An online service (address search, official files) did not answer as expected."""
