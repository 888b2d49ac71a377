"""The memory of a server and of all its processes, looked at while it works."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

_EVERY_S = 0.05


class Watch:
    """The largest memory that a tree of processes held at once, what they share counted once, in MB."""

    def __init__(self) -> None:
        self.highest_mb = 0.0

    @contextmanager
    def over(self, pid: int, *, itself: bool = True) -> Iterator[None]:
        """Look at a process and its children until the block ends."""
        over = threading.Event()

        def look() -> None:
            while not over.wait(_EVERY_S):
                self.highest_mb = max(self.highest_mb, _held_mb(pid, itself=itself))

        thread = threading.Thread(target=look)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def _held_mb(pid: int, *, itself: bool) -> float:
    total = 0
    try:
        root = psutil.Process(pid)
        family = [*([root] if itself else []), *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    for process in family:
        try:
            total += process.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return total / 2**20
