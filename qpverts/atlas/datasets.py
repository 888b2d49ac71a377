"""The datasets that a data folder declares, each with its provider, licence and vintage."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from qpverts.errors import DataError, Fault

PATH = Path("geo") / "catalogue.toml"

REMEDY = "lancez « python -m qpverts check » pour la liste complète"


class Availability(StrEnum):
    """Where the bytes of a dataset are."""

    EMBEDDED = "embedded"
    REMOTE = "remote"
    BROKEN = "broken"


class AddressKind(StrEnum):
    """What the address of a remote dataset gives.

    ``PAGE`` is a page for people: the file's own address is not known, and ``sync`` takes it from a folder.
    ``FILE`` is the file itself. ``WFS`` is a ``GetFeature`` request, answered in GeoJSON and by pages.
    """

    PAGE = "page"
    FILE = "file"
    WFS = "wfs"


@dataclass(frozen=True, slots=True)
class Dataset:
    """One dataset as declared; texts in French are shown as they are on the page *Méthode*.

    ``path`` is relative to the data folder; ``retrieved`` is the day the file entered the project;
    ``count`` is the expected number of rows or features; ``sha256`` that of the file's bytes. A remote
    dataset that ``sync`` fetches has a ``file``, its name as published; where that is a ZIP, ``inside`` names
    the member that holds the layer; what is larger than ``max_mb`` megabytes (10⁶ bytes) is refused.
    ``access`` says what ``url`` gives. ``measured_from`` is the fingerprint of the files that an embedded one
    was measured from, where it is to be measured again as soon as one of them changes.
    """

    id: str
    title: str
    provider: str
    url: str
    licence: str
    attribution: str
    vintage: str
    status: Availability
    path: str
    crs: str
    key: str
    geometry: str
    count: int
    sha256: str
    retrieved: date | None = None
    note: str = ""
    file: str = ""
    inside: str = ""
    max_mb: int = 0
    access: AddressKind = AddressKind.PAGE
    measured_from: str = ""

    @property
    def max_bytes(self) -> int:
        """Give the size that its file must not exceed."""
        return self.max_mb * 1_000_000


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The declared datasets of one data folder; each file is read once, whoever asks, and when.

    ``declared`` are the bytes of the catalogue itself.
    """

    folder: Path
    datasets: tuple[Dataset, ...]
    declared: bytes = b""
    _read: dict[str, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)

    def get(self, dataset_id: str) -> Dataset:
        """Give a dataset by id.

        Raises
        ------
        DataError
            When the catalogue does not declare it.
        """
        for dataset in self.datasets:
            if dataset.id == dataset_id:
                return dataset
        raise DataError(
            [Fault(PATH.as_posix(), "déclaration", f"le jeu « {dataset_id} » n'est pas déclaré ; ajoutez-le")]
        )

    def path(self, dataset_id: str) -> Path:
        """Give the place of an embedded dataset."""
        return self.folder / self.get(dataset_id).path

    def read(self, dataset_id: str) -> bytes:
        """Give the bytes of an embedded dataset, as they were when they were first asked for.

        Raises
        ------
        DataError
            When the file is missing or cannot be read.
        """
        if dataset_id not in self._read:
            self._read[dataset_id] = read_bytes(self.path(dataset_id), self.get(dataset_id).path)
        return self._read[dataset_id]

    @property
    def syncable(self) -> tuple[Dataset, ...]:
        """Give the remote datasets that are files; the others are services, asked when they are needed."""
        return tuple(d for d in self.datasets if d.status is Availability.REMOTE and d.file)

    @property
    def embedded(self) -> tuple[Dataset, ...]:
        """Give the datasets whose bytes are in the data folder."""
        return tuple(dataset for dataset in self.datasets if dataset.status is Availability.EMBEDDED)


def read_bytes(path: Path, shown: str) -> bytes:
    """Read a whole file, turning what the system refuses into a sentence; ``shown`` names the file."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        message = f"le fichier manque ; rétablissez-le (git checkout), puis {REMEDY}"
    except OSError as error:
        message = f"le fichier ne peut pas être lu ({error.strerror}) ; vérifiez les droits, puis {REMEDY}"
    raise DataError([Fault(shown, "fichier présent et lisible", message)])
