"""One command at a time on a folder: two that write the same layers would undo each other."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from qpverts.errors import BusyError, DataError, Fault

NAME = ".travail.verrou"
_LONGEST = 80


@contextmanager
def working(var_dir: Path, command: str = "") -> Iterator[None]:
    """Hold the work folder; the system frees it when the process ends, however it ends.

    ``command`` is what another one is told is at work (default: the words of the command line). Processes
    made by a fork while it is held share it, and keep it until they end.

    Raises
    ------
    BusyError
        At once, when another command holds the folder; says which one if that is known.
    DataError
        When the folder cannot be made, written to, or locked.
    """
    path = var_dir / NAME
    # A soft lock would outlive a killed process, and the file keeps the name of its holder.
    lock = FileLock(
        path, timeout=0, fallback_to_soft=False, preserve_lock_file=True, on_acquired=_sign(command)
    )
    try:
        var_dir.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise BusyError(
            f"{_holder(path)} travaille déjà dans « {var_dir} » ; attendez sa fin, puis relancez."
        ) from error
    except OSError as error:
        message = (
            f"le dossier de travail ne peut pas être écrit ({error.strerror or error}) ; "
            "vérifiez les droits, ou choisissez-en un autre avec --var"
        )
        raise DataError([Fault(str(var_dir), "dossier de travail", message)]) from error
    try:
        yield
    finally:
        lock.release()


def _sign(command: str) -> Callable[[int], None]:
    words = command or " ".join(sys.argv[1:]) or Path(sys.argv[0]).name

    def sign(descriptor: int) -> None:
        signature = {"commande": words[:_LONGEST], "processus": os.getpid(), "depuis": _now()}
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, json.dumps(signature).encode())

    return sign


def _now() -> str:
    return datetime.now().astimezone().strftime("%H:%M")


def _holder(path: Path) -> str:
    """Name who holds the lock, as far as its file can be read."""
    try:
        found = json.loads(path.read_bytes()[:1000])
        return f"« {found['commande']} » (processus {found['processus']}, depuis {found['depuis']})"
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return "Une autre commande"
