"""Is it what it should be? The control of a fetched file before it replaces the last good copy.

An error page, a file cut short or a bomb is refused here; what the layer holds is the importer's business.
Nothing is ever unpacked on disk: ZIP members are read where they are.
"""

from __future__ import annotations

import csv
import gzip
import re
import stat
import struct
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from qpverts.atlas.datasets import Dataset
from qpverts.errors import DataError, Fault

MEGABYTE = 1_000_000
MAX_MEMBERS = 2_000
MAX_RATIO = 100  # unpacked over packed; real layers stay below 20
MAX_GROWTH = 20  # unpacked over the declared max_mb
_SMALL = MEGABYTE  # below this, a high ratio is only a file of blanks
_CHUNK = 1 << 18
_HEAD = _TAIL = 1 << 16
_BLANKS = b"\xef\xbb\xbf \t\r\n"  # with the mark that some editors write first
_COLLECTION = re.compile(rb'"type"\s*:\s*"FeatureCollection"|"features"\s*:\s*\[')
_SIDECARS = (".shx", ".dbf")  # without these a .shp cannot be read
_SEPARATORS = (";", ",", "\t", "|")
_7Z_HEADER = 32  # bytes, before the packed streams

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


def verify(path: Path, dataset: Dataset) -> None:
    """Check that a file is whole and of the kind that its declared name announces.

    Raises
    ------
    DataError
        With one sentence that says what is wrong and what to do.
    """
    check = next((check for suffix, check in _CHECKS.items() if dataset.file.endswith(suffix)), None)
    try:
        if check is None:
            raise _refusal(dataset, "un format que QPVerts ne reconnaît pas ; revoyez « file » au catalogue")
        check(path, dataset)
    except _DAMAGE as error:
        detail = "fichier abîmé ou incomplet ; recommencez, ou signalez-le au fournisseur"
        raise _refusal(dataset, detail) from error


def _refusal(dataset: Dataset, message: str) -> DataError:
    return DataError([Fault(dataset.file, "contenu", message)])


def _zip(path: Path, dataset: Dataset) -> None:
    """Check every member's name, size and sum, and that the layer is there with its companions."""
    _begins(path, dataset, b"PK", "un ZIP")
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        _names(members, dataset)
        _sizes(members, path.stat().st_size, dataset)
        names = {member.filename for member in members}
        wanted = [dataset.inside] if dataset.inside else []
        if dataset.inside.endswith(".shp"):
            wanted += [dataset.inside.removesuffix(".shp") + suffix for suffix in _SIDECARS]
        for name in wanted:
            if name not in names:
                raise _refusal(
                    dataset, f"le ZIP ne contient pas « {name} » ; revoyez « inside » au catalogue"
                )
        for member in members:  # reading to the end checks the sum; no member gives more than it declares
            with archive.open(member) as file:
                if member.filename == dataset.inside and member.filename.endswith(".geojson"):
                    _collection(file, member.file_size, dataset)
                else:
                    deque(_drain(file, member.file_size, dataset), maxlen=0)


def _names(members: list[zipfile.ZipInfo], dataset: Dataset) -> None:
    if len(members) > MAX_MEMBERS:
        raise _refusal(dataset, f"ZIP de {len(members)} fichiers, plus de {MAX_MEMBERS} : refusé")
    seen: set[str] = set()
    for member in members:
        # zipfile cuts names at a zero byte and turns the system's separator: look at the name as written
        name = member.orig_filename.replace("\\", "/")
        parts = PurePosixPath(name).parts
        if ".." in parts or name.startswith("/") or ":" in name or "\0" in name:
            raise _refusal(
                dataset,
                f"le ZIP contient un chemin qui sort de son dossier ({_shown(name)}) : refusé ; "
                "signalez-le au fournisseur",
            )
        if stat.S_ISLNK(member.external_attr >> 16):
            raise _refusal(dataset, f"le ZIP contient un lien symbolique ({_shown(name)}) : refusé")
        if name in seen:
            raise _refusal(dataset, f"le ZIP contient deux fois « {_shown(name)} » : refusé")
        seen.add(name)


def _sizes(members: list[zipfile.ZipInfo], packed: int, dataset: Dataset) -> None:
    total = sum(member.file_size for member in members)
    if total > dataset.max_bytes * MAX_GROWTH or (total > _SMALL and total > packed * MAX_RATIO):
        raise _refusal(dataset, f"le ZIP se déplierait en {total // MEGABYTE} Mo : refusé (archive piégée ?)")


def _shown(name: str) -> str:
    """Make a name from outside fit to be printed."""
    return "".join(letter if letter.isprintable() else "?" for letter in name[:80])


def _drain(file: IO[bytes], limit: int, dataset: Dataset) -> Iterator[bytes]:
    """Read to the end within a limit."""
    done = 0
    while chunk := file.read(_CHUNK):
        done += len(chunk)
        if done > limit:
            raise _refusal(dataset, "le contenu se déplie au-delà du raisonnable : refusé (archive piégée ?)")
        yield chunk


@dataclass(slots=True)
class _Brackets:
    """The brackets of a JSON text that are still open: none but at its end."""

    depth: int = 0
    quoted: bool = False
    carried: bytes = b""

    def feed(self, chunk: bytes) -> None:
        """Count those of the next bytes, outside of strings."""
        text = self.carried + chunk
        tail = len(text) - len(text.rstrip(b"\\"))
        self.carried = b"\\" * (tail % 2)  # it speaks of what comes next
        text = text.removesuffix(self.carried).replace(b"\\\\", b"").replace(b'\\"', b"")
        parts = text.split(b'"')
        outside = b"".join(parts[self.quoted :: 2])
        self.quoted ^= len(parts) % 2 == 0
        self.depth += sum(map(outside.count, (b"{", b"["))) - sum(map(outside.count, (b"}", b"]")))


def _collection(file: IO[bytes], limit: int, dataset: Dataset) -> None:
    """Recognise a GeoJSON collection by its two ends, and see that everything opened is closed."""
    head = tail = b""
    brackets = _Brackets()
    for chunk in _drain(file, limit, dataset):
        head = head or chunk
        tail = (tail + chunk)[-_TAIL:]
        brackets.feed(chunk)
    if not head.lstrip(_BLANKS).startswith(b"{") or not _COLLECTION.search(head + b" " + tail):
        raise _refusal(dataset, f"ce n'est pas du GeoJSON{_page(head)} ; vérifiez l'adresse ou le fichier")
    if brackets.depth or brackets.quoted:
        raise _refusal(dataset, "le GeoJSON s'arrête avant la fin ; recommencez")


def _page(head: bytes) -> str:
    return ", mais une page web" if head.lstrip(_BLANKS).startswith(b"<") else ""


def _geojson(path: Path, dataset: Dataset) -> None:
    with path.open("rb") as file:
        _collection(file, path.stat().st_size, dataset)


def _begins(path: Path, dataset: Dataset, magic: bytes, kind: str) -> None:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.startswith(magic):
        raise _refusal(dataset, f"ce n'est pas {kind}{_page(head)} ; vérifiez l'adresse ou le fichier")


def _geojson_gz(path: Path, dataset: Dataset) -> None:
    _begins(path, dataset, b"\x1f\x8b", "un fichier gzip")
    limit = min(dataset.max_bytes * MAX_GROWTH, max(_SMALL, path.stat().st_size * MAX_RATIO))
    with gzip.open(path) as file:
        _collection(cast("IO[bytes]", file), limit, dataset)


def _parquet(path: Path, dataset: Dataset) -> None:
    _begins(path, dataset, b"PAR1", "un Parquet")
    if b"geo" not in (pq.read_metadata(path).metadata or {}):
        raise _refusal(dataset, "le Parquet n'est pas un GeoParquet (métadonnée « geo » absente)")


def _csv(path: Path, dataset: Dataset) -> None:
    """Recognise a table: text, and a last line that has as many cells as the header."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read()
    header = head.strip(_BLANKS).split(b"\n", 1)[0].decode("utf-8", "replace")
    separator = max(_SEPARATORS, key=header.count)
    if b"\0" in head or head.lstrip(_BLANKS).startswith((b"<", b"{")) or separator not in header:
        message = f"ce n'est pas un tableau CSV{_page(head)} ; vérifiez l'adresse ou le fichier"
        raise _refusal(dataset, message)
    last = tail.strip(_BLANKS).rsplit(b"\n", 1)[-1].decode("utf-8", "replace")
    cells = [len(next(csv.reader([line], delimiter=separator))) for line in (header, last)]
    if cells[0] != cells[1]:
        raise _refusal(dataset, "le tableau CSV s'arrête au milieu d'une ligne ; recommencez")


def _pbf(path: Path, dataset: Dataset) -> None:
    """Recognise an OSM extract: a length on four bytes, then the name of the first block."""
    _begins(path, dataset, b"\0\0\0", "un extrait OpenStreetMap")
    with path.open("rb") as file:
        if b"OSMHeader" not in file.read(64):
            raise _refusal(dataset, "ce n'est pas un extrait OpenStreetMap ; vérifiez l'adresse")


def _7z(path: Path, dataset: Dataset) -> None:
    """Recognise a 7z archive; its first bytes tell how long it is."""
    _begins(path, dataset, b"7z\xbc\xaf\x27\x1c", "une archive 7z")
    with path.open("rb") as file:
        offset, size = struct.unpack_from("<QQ", file.read(_7Z_HEADER), 12)
    if path.stat().st_size != _7Z_HEADER + offset + size:
        raise _refusal(dataset, "l'archive 7z n'a pas la longueur qu'elle annonce ; recommencez")


_CHECKS: dict[str, Callable[[Path, Dataset], None]] = {
    ".zip": _zip,
    ".geojson": _geojson,
    ".geojson.gz": _geojson_gz,
    ".parquet": _parquet,
    ".csv": _csv,
    ".osm.pbf": _pbf,
    ".7z": _7z,
}
