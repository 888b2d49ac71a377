"""Is it what it should be? The check of a fetched file before it replaces the last good copy.

An error page, a file cut short or a bomb is refused here; what the layer holds is the importer's business.
Nothing is ever unpacked on disk: ZIP members are read where they are.
"""

from __future__ import annotations

import csv
import gzip
import re
import struct
import zipfile
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pyarrow.parquet as pq

from qpverts.atlas.datasets import Dataset
from qpverts.errors import DataError
from qpverts.sources.importing.recognise import BLANKS, HEAD, FileFormat, kind_of, refusal
from qpverts.sources.importing.unpack import Limits, drained, members, undamaged

MAX_GROWTH = 20  # unpacked over the declared max_mb
_TAIL = 1 << 16
_COLLECTION = re.compile(rb'"type"\s*:\s*"FeatureCollection"|"features"\s*:\s*\[')
_SIDECARS = (".shx", ".dbf")  # without these a .shp cannot be read
_SEPARATORS = (";", ",", "\t", "|")
_7Z_HEADER = 32  # bytes, before the packed streams


def verify(path: Path, dataset: Dataset) -> None:
    """Check that a file is whole and of the kind that its declared name announces.

    Raises
    ------
    DataError
        With one sentence that says what is wrong and what to do.
    """
    found = next((kind for suffix, kind in _KINDS.items() if dataset.file.endswith(suffix)), None)
    if found is None:
        raise _refusal(dataset, "un format que QPVerts ne reconnaît pas ; revoyez « file » au catalogue")
    name, mark, check = found
    with undamaged(dataset.file):
        with path.open("rb") as file:
            head = file.read(HEAD)
        if kind_of(head) is not mark:
            raise _refusal(dataset, f"ce n'est pas {name}{_page(head)} ; vérifiez l'adresse ou le fichier")
        check(path, dataset)


def _refusal(dataset: Dataset, message: str) -> DataError:
    return refusal(dataset.file, message, "contenu")


def _limits(dataset: Dataset) -> Limits:
    return Limits(dataset.max_bytes * MAX_GROWTH)


def _zip(path: Path, dataset: Dataset) -> None:
    """Check every member's name, size and sum, and that the layer is there with its companions."""
    with zipfile.ZipFile(path) as archive:
        found = members(archive, path.stat().st_size, _limits(dataset), dataset.file)
        names = {member.filename for member in found}
        wanted = [dataset.inside] if dataset.inside else []
        if dataset.inside.endswith(".shp"):
            wanted += [dataset.inside.removesuffix(".shp") + suffix for suffix in _SIDECARS]
        for name in wanted:
            if name not in names:
                raise _refusal(
                    dataset, f"le ZIP ne contient pas « {name} » ; revoyez « inside » au catalogue"
                )
        for member in found:  # reading to the end checks the sum; no member gives more than it declares
            with archive.open(member) as file:
                if member.filename == dataset.inside and member.filename.endswith(".geojson"):
                    _collection(file, member.file_size, dataset)
                else:
                    deque(drained(file, member.file_size, dataset.file), maxlen=0)


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
    for chunk in drained(file, limit, dataset.file):
        head = head or chunk
        tail = (tail + chunk)[-_TAIL:]
        brackets.feed(chunk)
    if not head.lstrip(BLANKS).startswith(b"{") or not _COLLECTION.search(head + b" " + tail):
        raise _refusal(dataset, f"ce n'est pas du GeoJSON{_page(head)} ; vérifiez l'adresse ou le fichier")
    if brackets.depth or brackets.quoted:
        raise _refusal(dataset, "le GeoJSON s'arrête avant la fin ; recommencez")


def _page(head: bytes) -> str:
    return ", mais une page web" if head.lstrip(BLANKS).startswith(b"<") else ""


def _geojson(path: Path, dataset: Dataset) -> None:
    with path.open("rb") as file:
        _collection(file, path.stat().st_size, dataset)


def _geojson_gz(path: Path, dataset: Dataset) -> None:
    limit = _limits(dataset).most(path.stat().st_size)
    with gzip.open(path) as file:
        _collection(cast("IO[bytes]", file), limit, dataset)


def _parquet(path: Path, dataset: Dataset) -> None:
    if b"geo" not in (pq.read_metadata(path).metadata or {}):
        raise _refusal(dataset, "le Parquet n'est pas un GeoParquet (métadonnée « geo » absente)")


def _csv(path: Path, dataset: Dataset) -> None:
    """Recognise a table: text, and a last line that has as many cells as the header."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        file.seek(max(0, path.stat().st_size - _TAIL))
        tail = file.read()
    header = head.strip(BLANKS).split(b"\n", 1)[0].decode("utf-8", "replace")
    separator = max(_SEPARATORS, key=header.count)
    if b"\0" in head or head.lstrip(BLANKS).startswith((b"<", b"{")) or separator not in header:
        message = f"ce n'est pas un tableau CSV{_page(head)} ; vérifiez l'adresse ou le fichier"
        raise _refusal(dataset, message)
    last = tail.strip(BLANKS).rsplit(b"\n", 1)[-1].decode("utf-8", "replace")
    cells = [len(next(csv.reader([line], delimiter=separator))) for line in (header, last)]
    if cells[0] != cells[1]:
        raise _refusal(dataset, "le tableau CSV s'arrête au milieu d'une ligne ; recommencez")


def _marked(_path: Path, _dataset: Dataset) -> None:
    """Ask no more than the mark of the kind: an OSM extract is larger than what is worth reading twice."""


def _7z(path: Path, dataset: Dataset) -> None:
    """Recognise a 7z archive; its first bytes tell how long it is."""
    with path.open("rb") as file:
        offset, size = struct.unpack_from("<QQ", file.read(_7Z_HEADER), 12)
    if path.stat().st_size != _7Z_HEADER + offset + size:
        raise _refusal(dataset, "l'archive 7z n'a pas la longueur qu'elle annonce ; recommencez")


#: By the end of its declared name: what a file is called, its mark, and how the rest of it is checked.
_KINDS: dict[str, tuple[str, FileFormat | None, Callable[[Path, Dataset], None]]] = {
    ".zip": ("un ZIP", FileFormat.ZIP, _zip),
    ".geojson": ("du GeoJSON", None, _geojson),
    ".geojson.gz": ("un fichier gzip", FileFormat.GZIP, _geojson_gz),
    ".parquet": ("un Parquet", FileFormat.GEOPARQUET, _parquet),
    ".csv": ("un tableau CSV", None, _csv),
    ".osm.pbf": ("un extrait OpenStreetMap", FileFormat.OSM_PBF, _marked),
    ".7z": ("une archive 7z", FileFormat.SEVEN_ZIP, _7z),
}
