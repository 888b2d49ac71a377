"""A file from anywhere, made ready for the drivers: alone in a folder, plainly named, unpacked if need be.

The name that a file came with never reaches GDAL, which gives some signs a meaning; what a ZIP or a GZIP
holds is unpacked within limits, and goes when the reading is over.
"""

from __future__ import annotations

import gzip
import shutil
import tempfile
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, cast

from qpverts.sources.importing.recognise import HEAD, SUFFIXES, FileFormat, printable, recognise, refusal
from qpverts.sources.importing.unpack import Limits, drained, members, undamaged

MAX_UNPACKED = 20_000_000_000  # bytes
_STEM = "couche"
_COMPANIONS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
#: In a ZIP, what may be a layer; the first group is preferred, since a table beside a layer is its notice.
_LAYERS = (".shp", ".gpkg", ".geojson", ".fgb", ".parquet", ".geoparquet", ".kml", ".osm", ".pbf")
_MAYBE = (".json", ".csv", ".txt")
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Staged:
    """A file ready to be read: its place, its kind, and the name to tell people."""

    path: Path
    kind: FileFormat
    shown: str


@contextmanager
def staged(path: Path, inside: str = "", most: int = MAX_UNPACKED) -> Iterator[Staged]:
    """Give a file ready to be read, for as long as the context lasts.

    Parameters
    ----------
    inside
        The member to read where the file is a ZIP; may be left out when only one can be a layer.
    most
        How many bytes an archive may unpack into.

    Raises
    ------
    DataError
        When the file is not there, cannot be read, is damaged, of no known format, or unpacks into too much.
    """
    shown = printable(path.name)
    head = _head(path, shown)
    kind = recognise(head, path.name)
    with tempfile.TemporaryDirectory(prefix="qpverts-") as folder:
        yield _ready(path, kind, inside, Path(folder), Limits(most))


def _ready(path: Path, kind: FileFormat, inside: str, place: Path, limits: Limits) -> Staged:
    try:
        if kind is FileFormat.ZIP:
            return _unzipped(path, inside, place, limits)
        if kind is FileFormat.GZIP:
            return _gunzipped(path, place, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile) as error:
        raise refusal(path.name, "le fichier est abîmé ou incomplet ; téléchargez-le de nouveau") from error
    return Staged(_linked(path, kind, place), kind, printable(path.name))


def _head(path: Path, shown: str) -> bytes:
    try:
        if path.is_dir():
            raise refusal(
                shown, "c'est un dossier ; donnez le fichier qu'il contient (.shp, .gpkg, .geojson…)"
            )
        if path.exists() and not path.is_file():
            raise refusal(shown, "ce n'est pas un fichier ordinaire ; donnez un fichier")
        with path.open("rb") as file:
            return file.read(HEAD)
    except FileNotFoundError as error:
        raise refusal(shown, "le fichier n'existe pas ; vérifiez son chemin") from error
    except PermissionError as error:
        message = "le fichier ne peut pas être ouvert : demandez le droit de le lire"
        raise refusal(shown, message) from error
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise refusal(shown, "le fichier ne peut pas être lu ; vérifiez son chemin et le disque") from error


def _linked(path: Path, kind: FileFormat, place: Path) -> Path:
    """Put a file under a plain name without copying it, and the companions of a Shapefile beside it."""
    real = path.resolve()
    target = place / f"{_STEM}{SUFFIXES[kind]}"
    target.symlink_to(real)
    if kind is FileFormat.SHAPEFILE:
        for other in real.parent.iterdir():
            suffix = other.suffix.lower()
            if (
                other.stem.casefold() == real.stem.casefold()
                and suffix in _COMPANIONS[1:]
                and other.is_file()
            ):
                beside = place / f"{_STEM}{suffix}"
                if not beside.is_symlink():
                    beside.symlink_to(other)
    return target


def _unzipped(path: Path, inside: str, place: Path, limits: Limits) -> Staged:
    with zipfile.ZipFile(path) as file:
        names = [member.filename for member in file.infolist() if not member.is_dir()]
        name = _member(names, inside, path.name)
        with undamaged(path.name):
            for member in members(file, path.stat().st_size, limits, path.name):
                with file.open(member) as content:
                    deque(drained(content, member.file_size, path.name), maxlen=0)
        stem, suffix = name[: -len(PurePosixPath(name).suffix) or None], PurePosixPath(name).suffix.lower()
        taken = {name}
        if suffix == ".shp":
            taken = {
                other
                for other in names
                if other[: len(stem)] == stem and other[len(stem) :].lower() in _COMPANIONS
            }
        for other in sorted(taken):
            target = place / f"{_STEM}{PurePosixPath(other).suffix.lower()}"
            with file.open(other) as source, target.open("wb") as copy:
                shutil.copyfileobj(source, copy)
    return _settled(place / f"{_STEM}{suffix}", f"{path.name} / {name}")


def _member(names: list[str], inside: str, shown: str) -> str:
    """Choose the member of a ZIP to read."""
    if inside:
        found = [name for name in names if inside in {name, PurePosixPath(name).name}]
        if len(found) == 1:
            return found[0]
        raise refusal(shown, f"le ZIP ne contient pas « {printable(inside)} » ; il contient {_list(names)}")
    if "[Content_Types].xml" in names:
        raise refusal(shown, "c'est un classeur ou un document ; enregistrez-le en CSV")
    names = [name for name in names if not name.startswith("__MACOSX/")]
    for suffixes in (_LAYERS, _MAYBE):
        found = [name for name in names if name.lower().endswith(suffixes)]
        if len(found) == 1:
            return found[0]
        if found:
            message = f"le ZIP contient plusieurs couches ; dites laquelle avec --within : {_list(found)}"
            raise refusal(shown, message)
    raise refusal(shown, f"le ZIP ne contient pas de couche ; il contient {_list(names) or 'rien'}")


def _list(names: list[str]) -> str:
    told = ", ".join(printable(name) for name in sorted(names)[:_SHOWN])
    return f"{told}… ({len(names)} en tout)" if len(names) > _SHOWN else told


def _gunzipped(path: Path, place: Path, limits: Limits) -> Staged:
    target = place / "depli"
    with gzip.open(path) as source, target.open("wb") as copy:
        copy.writelines(drained(cast("IO[bytes]", source), limits.most(path.stat().st_size), path.name))
    return _settled(target, path.name)


def _settled(path: Path, shown: str) -> Staged:
    """Recognise what was unpacked, and give it the name that its driver expects."""
    with path.open("rb") as file:
        kind = recognise(file.read(HEAD), shown)
    if kind in {FileFormat.ZIP, FileFormat.GZIP}:
        raise refusal(shown, "c'est une archive dans une archive ; dépliez-la d'abord")
    target = path.with_name(f"{_STEM}{SUFFIXES[kind]}")
    if target != path:
        path.rename(target)
    return Staged(target, kind, printable(shown))
