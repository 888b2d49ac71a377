"""Fetching a file by its address, through what networks do: cuts, silence, overload, lies.

A file that was cut is begun again. Its bytes go beside the last good copy: nothing has checked them yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import httpx

from qpverts.errors import RemoteError
from qpverts.sources.fetching.transport import (
    Listener,
    Patience,
    announced,
    ask,
    chunks,
    open_client,
    persist,
)

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Version:
    """Which bytes these are: the address, and the server's words for the version."""

    url: str
    etag: str = ""
    last_modified: str = ""

    @property
    def question(self) -> dict[str, str]:
        """Give the header that asks whether this is still the last version; none without a word for it."""
        if self.etag:
            return {"If-None-Match": self.etag}
        return {"If-Modified-Since": self.last_modified} if self.last_modified else {}


def fetch(
    url: str, target: Path, *, limit: int, known: Version | None, patience: Patience, listener: Listener
) -> Version | None:
    """Fetch a file into ``target``, or learn that the known version is still the latest.

    Parameters
    ----------
    limit
        Size in bytes that must not be exceeded.
    known
        The version in hand, asked about before anything is sent; ``None`` to fetch whatever there is.

    Returns
    -------
    Version | None
        What was fetched; ``None`` when nothing changed.

    Raises
    ------
    RemoteError
        In the end, with the reason; ``target`` then holds what arrived last, or nothing.
    """
    question = known.question if known else {}
    too_large = (
        f"le fichier dépasse les {limit / MEGABYTE:.0f} Mo admis ; "
        "vérifiez l'adresse, ou relevez « max_mb » au catalogue"
    )

    def attempt() -> Version | None:
        # Packed on the way, a file would have another length than its own.
        with ask(client, url, {"Accept-Encoding": "identity"} | question) as response:
            if response.status_code == httpx.codes.NOT_MODIFIED:
                if question:
                    return None
                raise RemoteError("le serveur dit « inchangé » sans avoir été interrogé là-dessus")
            total, done = announced(response), 0
            with target.open("wb") as file:
                for chunk in chunks(response, patience, limit, too_large):
                    done += file.write(chunk)
                    listener.progress(done, total)
            told = response.headers
            return Version(url, told.get("ETag", ""), told.get("Last-Modified", ""))

    with open_client(patience) as client:
        return persist(attempt, patience, listener)
