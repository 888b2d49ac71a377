"""The official files, brought into ``var/brut/``: fetched by their address, or taken from a folder.

A file takes the place of the last good copy only once it is whole and is what it should be. One source that
fails leaves its last good copy where it is, and the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from qpverts.atlas.datasets import PATH, AddressKind, Catalogue, Dataset
from qpverts.errors import DataError, Fault, QpvertsError
from qpverts.sources.fetching import download, manifest, verification, wfs
from qpverts.sources.fetching.download import Version
from qpverts.sources.fetching.manifest import Entry, fingerprint, raw_path
from qpverts.sources.fetching.transport import Listener, Patience
from qpverts.sources.files import settle
from qpverts.sources.lock import working

__all__ = ["FetchOutcome", "FetchState", "Patience", "Progress", "fingerprint", "raw_path", "sync"]

_CHUNK = 1 << 20  # bytes


class FetchState(StrEnum):
    """What became of one source, as it is told."""

    NEW = "nouveau"
    SAME = "inchangé"
    ABSENT = "absent"
    MANUAL = "à déposer"
    FAILED = "échec"


@dataclass(frozen=True, slots=True)
class FetchOutcome:
    """The end of one source: its state, and for all but good ends the reason and what to do.

    ``bytes`` is the size of the copy in place, 0 when there is none.
    """

    dataset: Dataset
    state: FetchState
    message: str = ""
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How one source goes: bytes done, bytes expected when that is known; ``note`` is a French sentence."""

    dataset: Dataset
    done: int = 0
    total: int | None = None
    note: str = ""


Report = Callable[[Progress], None]


def sync(
    catalogue: Catalogue,
    var_dir: Path,
    *,
    folder: Path | None,
    only: Collection[str],
    report: Report,
    patience: Patience = Patience(),  # noqa: B008  # frozen
) -> tuple[FetchOutcome, ...]:
    """Bring the last version of every file of the catalogue into the work folder.

    Parameters
    ----------
    folder
        Where the files are, under their published names; ``None`` to fetch them by their addresses.
    only
        Ids to restrict to; none for all. What is named here and cannot be had is a failure.

    Returns
    -------
    tuple[Outcome, ...]
        One a dataset, in the order of the catalogue.

    Raises
    ------
    DataError
        When an id is unknown, the folder is not there, or the work folder cannot be written.
    BusyError
        When another command is at work on the work folder.
    """
    chosen = _choose(catalogue, only)
    if folder is not None and not folder.is_dir():
        message = "ce dossier n'existe pas, ou ce n'en est pas un ; vérifiez --from"
        raise DataError([Fault(str(folder), "dossier des fichiers", message)])
    with working(var_dir, "sync"):
        try:
            manifest.folder_of(var_dir).mkdir(exist_ok=True)
        except OSError as error:
            message = f"le dossier ne peut pas être créé ({error.strerror}) ; vérifiez les droits"
            raise DataError([Fault(manifest.FOLDER, "dossier de travail", message)]) from error
        outcomes = []
        for dataset in chosen:
            outcome = _Source(dataset, var_dir, folder, patience, report).bring()
            if only and outcome.state in {FetchState.ABSENT, FetchState.MANUAL}:
                outcome = replace(outcome, state=FetchState.FAILED)
            outcomes.append(outcome)
    return tuple(outcomes)


def _choose(catalogue: Catalogue, only: Collection[str]) -> tuple[Dataset, ...]:
    known = {dataset.id: dataset for dataset in catalogue.syncable}
    unknown = [name for name in only if name not in known]
    if unknown:
        names = ", ".join(known) or "aucun"
        message = f"« {unknown[0]} » n'est pas un jeu à télécharger ; ceux qui le sont : {names}"
        raise DataError([Fault(PATH.as_posix(), "déclaration", message)])
    return tuple(dataset for dataset in known.values() if not only or dataset.id in only)


@dataclass(frozen=True, slots=True)
class _Source:
    """One dataset on its way into the work folder."""

    dataset: Dataset
    var_dir: Path
    folder: Path | None
    patience: Patience
    report: Report

    @property
    def target(self) -> Path:
        return manifest.folder_of(self.var_dir) / self.dataset.file

    @property
    def partial(self) -> Path:
        return self.target.with_name(f"{self.dataset.file}.partiel")

    def bring(self) -> FetchOutcome:
        """Bring the file, and tell how it went; no fault of one source stops the others."""
        try:
            return self._bring()
        except QpvertsError as error:
            return self._end(FetchState.FAILED, str(error))
        except OSError as error:
            message = f"le disque refuse ({error.strerror or error}) ; vérifiez la place et les droits"
            return self._end(FetchState.FAILED, message)
        finally:
            self.partial.unlink(missing_ok=True)

    def _bring(self) -> FetchOutcome:
        if self.folder is not None and not (self.folder / self.dataset.file).exists():
            return self._end(FetchState.ABSENT, f"« {self.dataset.file} » n'est pas dans le dossier")
        entries = manifest.read(self.var_dir)
        entry = entries.get(self.dataset.id)
        held = entry if manifest.describes(entry, self.target) else None
        if self.folder is None and self.dataset.access is AddressKind.PAGE:
            return self._without_address(held)
        self.report(Progress(self.dataset))
        version = self._obtain(held)
        return self._end(FetchState.SAME) if version is None else self._admit(version, held, entries)

    def _without_address(self, held: Entry | None) -> FetchOutcome:
        if held:
            return self._end(
                FetchState.SAME, f"copie déposée le {held.fetched:%d/%m/%Y} ; sans adresse à interroger"
            )
        return self._end(
            FetchState.MANUAL,
            f"adresse à retrouver ({self.dataset.url}) ; déposez le fichier « {self.dataset.file} » "
            "dans un dossier, et lancez « sync --from DOSSIER »",
        )

    def _obtain(self, held: Entry | None) -> Version | None:
        """Bring the bytes into the partial file; ``None`` when the server says that nothing changed."""
        listener = Listener(
            lambda done, total: self.report(Progress(self.dataset, done, total)),
            lambda note: self.report(Progress(self.dataset, note=note)),
        )
        url, limit = self.dataset.url, self.dataset.max_bytes
        if self.folder is not None:
            self._copy(self.folder / self.dataset.file, listener)
            return Version("")
        if self.dataset.access is AddressKind.WFS:
            wfs.fetch(url, self.partial, limit=limit, patience=self.patience, listener=listener)
            return Version(url)
        known = None
        if held and held.url == url and self.dataset.sha256 in {"", held.sha256}:
            known = Version(url, held.etag, held.last_modified)
        return download.fetch(
            url, self.partial, limit=limit, known=known, patience=self.patience, listener=listener
        )

    def _copy(self, origin: Path, listener: Listener) -> None:
        """Copy a file of the folder, which may be growing or far larger than it should."""
        if not origin.is_file():
            message = "ce n'est pas un fichier ; vérifiez --from"
            raise DataError([Fault(self.dataset.file, "fichier", message)])
        total, done = origin.stat().st_size, 0
        with origin.open("rb") as source, self.partial.open("wb") as copy:
            while done <= self.dataset.max_bytes and (chunk := source.read(_CHUNK)):
                done += copy.write(chunk)
                listener.progress(done, total)
        if done > self.dataset.max_bytes:
            message = (
                f"le fichier dépasse les {self.dataset.max_mb} Mo admis ; relevez « max_mb » au catalogue"
            )
            raise DataError([Fault(self.dataset.file, "taille", message)])

    def _admit(self, version: Version, held: Entry | None, entries: Mapping[str, Entry]) -> FetchOutcome:
        """Put the partial file in its place if it is what it should be, and write it down."""
        sha256 = manifest.hash_file(self.partial)
        if self.dataset.sha256 not in {"", sha256}:
            message = "l'empreinte n'est pas celle du catalogue ; vérifiez l'adresse ou le fichier"
            raise DataError([Fault(self.dataset.file, "empreinte", message)])
        verification.verify(self.partial, self.dataset)
        if held and held.sha256 == sha256:
            entry, state = held, FetchState.SAME
        else:
            found = self.partial.stat()
            settle(self.partial, self.target)
            today = datetime.now(UTC).date()
            entry = Entry(self.dataset.file, sha256, found.st_size, found.st_mtime_ns, today)
            state = FetchState.NEW
        if version.url:
            entry = replace(entry, url=version.url, etag=version.etag, last_modified=version.last_modified)
        manifest.write(self.var_dir, {**entries, self.dataset.id: entry})
        return self._end(state)

    def _end(self, state: FetchState, message: str = "") -> FetchOutcome:
        """Tell the end, with what stays in place."""
        size = self.target.stat().st_size if self.target.is_file() else 0
        if state is FetchState.FAILED and size:
            message += " (la dernière bonne copie reste en place)"
        return FetchOutcome(self.dataset, state, message, size)
