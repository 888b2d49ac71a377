"""Archives read within limits: no bomb, no way out of the folder, no member twice, every sum checked.

Nothing here knows what an archive is for: whoever opens one gives the limits as numbers.
"""

from __future__ import annotations

import csv
import gzip
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

import pyarrow as pa

from qpverts.sources.importing.recognise import printable, refusal

MEGABYTE = 1_000_000
_RULE = "contenu"
_CHUNK = 1 << 18

#: What the libraries raise on a damaged file.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    gzip.BadGzipFile,
    struct.error,
    pa.ArrowException,
    csv.Error,
    EOFError,
    OSError,  # Arrow's word for some damaged files
    NotImplementedError,  # a ZIP packed in a way that Python does not know
    RuntimeError,  # a ZIP with a password
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may give: bytes in all, members, and bytes for each packed byte.

    Real layers stay below a ``ratio`` of 20; it does not count below ``small`` bytes, where unpacking cannot
    hurt.
    """

    unpacked: int
    members: int = 2_000
    ratio: int = 100
    small: int = 10 * MEGABYTE

    def most(self, packed: int) -> int:
        """Give how many bytes an archive of so many bytes may unpack into."""
        return min(self.unpacked, max(self.small, packed * self.ratio))


@contextmanager
def undamaged(shown: str) -> Iterator[None]:
    """Turn what the libraries raise on a damaged file into a sentence; ``shown`` names the file."""
    try:
        yield
    except _DAMAGE as error:
        message = "fichier abîmé ou incomplet ; recommencez, ou signalez-le au fournisseur"
        raise refusal(shown, message, _RULE) from error


def members(archive: zipfile.ZipFile, packed: int, limits: Limits, shown: str) -> Sequence[zipfile.ZipInfo]:
    """Give the members of a ZIP of ``packed`` bytes, once their names and sizes are known to be safe.

    Raises
    ------
    DataError
        When one would land elsewhere than in its folder, is a link or comes twice, and when they are too many
        or too large.
    """
    found = archive.infolist()
    if len(found) > limits.members:
        raise refusal(shown, f"ZIP de {len(found)} fichiers, plus de {limits.members} : refusé", _RULE)
    seen: set[str] = set()
    for member in found:
        # zipfile cuts names at a zero byte and turns the system's separator: look at the name as written
        name = member.orig_filename.replace("\\", "/")
        if fault := _fault(member, name, twice=name in seen):
            raise refusal(shown, f"le ZIP contient {fault}", _RULE)
        seen.add(name)
    total = sum(member.file_size for member in found)
    if total > limits.most(packed):
        message = f"le ZIP se déplierait en {total // MEGABYTE} Mo : refusé (archive piégée ?)"
        raise refusal(shown, message, _RULE)
    return found


def _fault(member: zipfile.ZipInfo, name: str, *, twice: bool) -> str:
    shown = printable(name)
    if ".." in PurePosixPath(name).parts or name.startswith("/") or ":" in name or "\0" in name:
        return f"un chemin qui sort de son dossier ({shown}) : refusé ; signalez-le au fournisseur"
    if stat.S_ISLNK(member.external_attr >> 16):
        return f"un lien symbolique ({shown}) : refusé"
    return f"deux fois « {shown} » : refusé" if twice else ""


def drained(file: IO[bytes], most: int, shown: str) -> Iterator[bytes]:
    """Read to the end, where the sum of a member is checked.

    Raises
    ------
    DataError
        As soon as more than ``most`` bytes came.
    """
    done = 0
    while chunk := file.read(_CHUNK):
        done += len(chunk)
        if done > most:
            message = "le contenu se déplie au-delà du raisonnable : refusé (archive piégée ?)"
            raise refusal(shown, message, _RULE)
        yield chunk
