"""Fetching a file by its address, through what networks do: cuts, silence, overload, lies.

The bytes go to a partial file. Beside it, a note says which version of which address they are of, so that a
later attempt, even of another process, takes up where this one stopped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import httpx
from pydantic import TypeAdapter, ValidationError

from qpverts.errors import RemoteError
from qpverts.sources.fetching.transport import (
    AgainError,
    Listener,
    Patience,
    ask,
    chunks,
    open_client,
    persist,
)

MEGABYTE = 1_000_000
_STEP = MEGABYTE  # what counts as progress: it gives a shaky line its attempts back
_LENGTH = re.compile(r"\d{1,18}", re.ASCII)
_RANGE = re.compile(r"bytes (\d{1,18})-\d{1,18}/(\d{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Version:
    """Which bytes these are: the address, and the server's words for the version."""

    url: str
    etag: str = ""
    last_modified: str = ""

    @property
    def range_condition(self) -> str:
        """Give the word that makes a resumption safe; empty when there is none (a weak tag is not enough)."""
        return self.last_modified if self.etag.startswith("W/") or not self.etag else self.etag


_VERSION = TypeAdapter(Version)


def note_of(partial: Path) -> Path:
    """Give the place of the note beside a partial file."""
    return partial.with_name(f"{partial.name}.version")


def drop(partial: Path) -> None:
    """Forget a partial file and its note."""
    partial.unlink(missing_ok=True)
    note_of(partial).unlink(missing_ok=True)


def fetch(
    url: str, partial: Path, *, limit: int, known: Version | None, patience: Patience, listener: Listener
) -> Version | None:
    """Fetch a file into ``partial``, or learn that the known version is still the last.

    Parameters
    ----------
    limit
        Size in bytes that is not to be passed.
    known
        The version in hand, asked about before anything is sent; ``None`` to fetch whatever there is.

    Returns
    -------
    Version | None
        What was fetched; ``None`` when nothing changed.

    Raises
    ------
    RemoteError
        In the end, with the reason. The partial file stays where the next call can resume it.
    """
    transfer = _Transfer(url, partial, limit, known, patience, listener)
    with open_client(patience) as client:
        return persist(lambda: transfer.attempt(client), patience, listener)


@dataclass(slots=True)
class _Transfer:
    """One file on its way; what has arrived survives from one attempt to the next."""

    url: str
    partial: Path
    limit: int  # bytes
    known: Version | None
    patience: Patience
    listener: Listener
    best: int = 0  # bytes, the furthest reached

    def attempt(self, client: httpx.Client) -> Version | None:
        """Try once; a fault that came after some way does not count as fruitless."""
        try:
            return self._attempt(client)
        except AgainError as error:
            error.progress = self._size() >= self.best + _STEP
            self.best = max(self.best, self._size())
            raise

    def _attempt(self, client: httpx.Client) -> Version | None:
        begun = self._begun()
        headers = {"Accept-Encoding": "identity"}  # lengths and ranges are those of the file itself
        if begun:
            headers |= {"Range": f"bytes={self._size()}-", "If-Range": begun.range_condition}
        elif self.known and self.known.etag:
            headers["If-None-Match"] = self.known.etag
        elif self.known and self.known.last_modified:
            headers["If-Modified-Since"] = self.known.last_modified
        with ask(client, self.url, headers) as response:
            if response.status_code == httpx.codes.NOT_MODIFIED:
                if "If-None-Match" in headers or "If-Modified-Since" in headers:
                    return None
                raise RemoteError("le serveur dit « inchangé » sans avoir été interrogé là-dessus")
            told = response.headers
            version = Version(self.url, told.get("ETag", ""), told.get("Last-Modified", ""))
            if response.status_code == httpx.codes.OK:
                total = self._start(response, version)
            elif begun and response.status_code == httpx.codes.PARTIAL_CONTENT:
                total, version = self._resume(response, begun, version), begun
            else:  # the range asked for does not exist: the file is another one now
                drop(self.partial)
                raise AgainError("le serveur ne sait pas reprendre")
            self._receive(response, total)
        if total is not None and self._size() != total:
            drop(self.partial)
            raise AgainError("le serveur annonce une longueur fausse")
        return version

    def _size(self) -> int:
        try:
            return self.partial.stat().st_size
        except FileNotFoundError:
            return 0

    def _begun(self) -> Version | None:
        """Give the version that the partial file is of, when it can be resumed safely."""
        try:
            version = _VERSION.validate_json(note_of(self.partial).read_bytes())
        except (OSError, ValidationError):
            return None
        return version if version.url == self.url and version.range_condition and self._size() else None

    def _start(self, response: httpx.Response, version: Version) -> int | None:
        """Make room for the file from its first byte; give its size in bytes if it is told."""
        drop(self.partial)
        if response.headers.get("Content-Encoding", "identity") != "identity":
            return None  # packed on the fly: neither its length nor its ranges are those of the file
        note_of(self.partial).write_bytes(_VERSION.dump_json(version))
        length = response.headers.get("Content-Length", "")
        return self._bounded(int(length)) if _LENGTH.fullmatch(length) else None

    def _resume(self, response: httpx.Response, begun: Version, version: Version) -> int:
        """Check that what comes is the rest of the same version; give the size of the whole in bytes."""
        told = _RANGE.fullmatch(response.headers.get("Content-Range", ""))
        other = any(
            new and old and new != old
            for new, old in ((version.etag, begun.etag), (version.last_modified, begun.last_modified))
        )
        if told is None or other or int(told[1]) != self._size():
            drop(self.partial)
            raise AgainError("le serveur reprend au mauvais endroit")
        return self._bounded(int(told[2]))

    def _bounded(self, size: int) -> int:
        if size > self.limit:
            drop(self.partial)
            raise RemoteError(
                f"le fichier dépasse les {self.limit / MEGABYTE:.0f} Mo admis ; "
                "vérifiez l'adresse, ou relevez « max_mb » au catalogue"
            )
        return size

    def _receive(self, response: httpx.Response, total: int | None) -> None:
        """Write what comes as it comes, so that nothing that arrived is lost with the process."""
        size = self._size()
        with self.partial.open("ab") as file:
            for chunk in chunks(response, self.patience):
                size = self._bounded(size + len(chunk))
                file.write(chunk)
                file.flush()
                self.listener.progress(size, total)
