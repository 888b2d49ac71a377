"""What is made of a source, kept while it does not change; and the last good one when it turns bad."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from qpverts.errors import DataError, Fault

log = logging.getLogger(__name__)

S = TypeVar("S")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Kept(Generic[S, T]):
    source: S
    sign: Hashable
    value: T

    def is_of(self, source: S, sign: Hashable) -> bool:
        return self.source == source and self.sign == sign


class LastGood(Generic[S, T]):
    """Keeps one good thing and one refusal at the most, for all threads; a refusal does not evict what works.

    A source says where a thing comes from (a folder, settings); its sign is whatever changes each time that
    the source does. ``settle`` is called when something has been made or refused, once it is kept.
    """

    def __init__(self, settle: Callable[[], None] = lambda: None) -> None:
        self._settle = settle
        self._good: _Kept[S, T] | None = None
        self._refused: _Kept[S, tuple[Fault, ...]] | None = None
        self._told: tuple[Fault, ...] = ()
        self._lock = threading.Lock()

    @property
    def good(self) -> T | None:
        """Give the last good thing, whatever its source."""
        return self._good.value if self._good else None

    def last(self, source: S) -> T | None:
        """Give the last good thing that was made of a source, without asking whether there is a newer one."""
        good = self._good
        return good.value if good and good.source == source else None

    def newest(self, source: S, sign: Hashable, make: Callable[[], T]) -> T:
        """Give what a source makes as it is now; made by one thread, for all that wait.

        Raises
        ------
        DataError
            When ``make`` raised it: once for each sign, then told to everyone.
        """
        with self._lock:
            return self._made(source, sign, make)

    def newest_or_last(self, source: S, sign: Hashable, make: Callable[[], T]) -> T:
        """Give what a source makes as it is now, else the last good thing that it made.

        Nobody waits for a newer one to be made when there is a last good one.

        Raises
        ------
        DataError
            When the source is bad, and made nothing good that is still kept.
        """
        if not self._lock.acquire(blocking=False):
            if (last := self.last(source)) is not None:
                return last
            self._lock.acquire()
        try:
            found = self._made(source, sign, make)
        except DataError as error:
            if (last := self.last(source)) is None:
                raise
            if error.faults != self._told:
                self._told = error.faults
                log.exception("the last good data are kept")
            return last
        else:
            self._told = ()
            return found
        finally:
            self._lock.release()

    def _made(self, source: S, sign: Hashable, make: Callable[[], T]) -> T:
        if self._good and self._good.is_of(source, sign):
            return self._good.value
        if self._refused and self._refused.is_of(source, sign):
            raise DataError(self._refused.value)
        try:
            made = make()
        except DataError as error:
            self._refused = _Kept(source, sign, error.faults)
            self._settle()
            raise
        self._good = _Kept(source, sign, made)
        self._settle()
        return made
