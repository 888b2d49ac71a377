"""Writing files so that whoever reads them, or whatever stops us, meets the old content or the new one."""

from __future__ import annotations

import os
from pathlib import Path

from qpverts.errors import DataError, Fault


def replace_file(path: Path, content: bytes) -> bool:
    """Write a file whole or not at all; tell whether its content changed.

    Raises
    ------
    DataError
        When the disk refuses; the old content stays.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.partiel")
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            partial.write_bytes(content)
            settle(partial, path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error
    return True


def settle(partial: Path, target: Path) -> None:
    """Put a finished file in its place: the old one or the new one, whatever happens, even to the power."""
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
    partial.replace(target)
    if os.name == "posix":  # elsewhere a folder cannot be opened
        descriptor = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def unwritable(path: Path, error: OSError) -> DataError:
    """Say that the disk refuses a file, and what to look at."""
    message = (
        f"le fichier ne peut pas être écrit ({error.strerror or error}) ; vérifiez la place et les droits"
    )
    return DataError([Fault(path.name, "écriture", message)])
