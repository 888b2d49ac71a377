"""What was fetched, when, and with which fingerprint: ``brut/etat.json`` beside the fetched files.

A file takes its place by one atomic replacement, then the manifest is written. A process killed in between
leaves a good file that the manifest describes wrongly: size and time say so, and the file is hashed anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from qpverts.atlas.datasets import Dataset
from qpverts.sources.files import replace_file

FOLDER = "brut"
NAME = "etat.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One fetched file: what it is, and what its server said of it.

    ``bytes`` and ``mtime_ns`` are those of the file in place; ``url`` is empty when it came from a folder;
    ``etag`` and ``last_modified`` are the server's words, to ask it later whether anything changed.
    """

    file: str
    sha256: str
    bytes: int
    mtime_ns: int
    fetched: date
    url: str = ""
    etag: str = ""
    last_modified: str = ""


_ENTRIES = TypeAdapter(dict[str, Entry])


def folder_of(var_dir: Path) -> Path:
    """Give the folder of fetched files."""
    return var_dir / FOLDER


def read(var_dir: Path) -> dict[str, Entry]:
    """Read the manifest; absent or damaged, it knows nothing and the next ``sync`` makes it again."""
    try:
        return _ENTRIES.validate_json((folder_of(var_dir) / NAME).read_bytes())
    except (OSError, ValidationError):
        return {}


def write(var_dir: Path, entries: Mapping[str, Entry]) -> None:
    """Write the manifest whole, in the order of the ids; DataError when the disk refuses."""
    replace_file(folder_of(var_dir) / NAME, _ENTRIES.dump_json(dict(sorted(entries.items())), indent=2))


def describes(entry: Entry | None, path: Path) -> bool:
    """Say whether an entry speaks of the file in place, by its size and time."""
    try:
        found = path.stat()
    except OSError:
        return False
    return entry is not None and (entry.bytes, entry.mtime_ns) == (found.st_size, found.st_mtime_ns)


def hash_file(path: Path) -> str:
    """Give the SHA-256 of a file of any size, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def raw_path(var_dir: Path, dataset: Dataset) -> Path | None:
    """Give the last good copy of a dataset's file; ``None`` when it was never fetched."""
    path = folder_of(var_dir) / dataset.file
    entry = read(var_dir).get(dataset.id)
    known = bool(dataset.file) and entry is not None and entry.file == dataset.file
    return path if known and path.is_file() else None


def fingerprint(var_dir: Path, dataset: Dataset) -> str | None:
    """Give the SHA-256 of the last good copy; ``None`` when it was never fetched.

    That of the manifest as long as the file has the size and time it says; else the file is hashed.
    """
    path = raw_path(var_dir, dataset)
    if path is None:
        return None
    entry = read(var_dir)[dataset.id]
    return entry.sha256 if describes(entry, path) else hash_file(path)
