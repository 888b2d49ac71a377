"""The two traps of a Shapefile: pieces that do not go together, and an encoding that nobody wrote down."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from qpverts.sources.importing.recognise import printable, refusal

#: What texts are read as before their encoding is known: any byte is a character, and comes back unharmed.
NEUTRAL = "ISO-8859-1"
WINDOWS = "cp1252"
_HEADER = 100  # bytes, of a .shp as of a .shx
_INDEX_ROW = 8  # bytes
_DBF_HEADER = 32  # bytes
#: Byte 29 of a .dbf, where it names one of the code pages of DOS.
_DOS = {0x01: "cp437", 0x02: "cp850", 0x64: "cp852"}
_LANGUAGE = 29


def check(path: Path, shown: str) -> None:
    """See that the pieces of a Shapefile are there, whole, and speak of as many features.

    GDAL would give what it can of a file cut short, with empty features in the place of those that are lost.

    Raises
    ------
    DataError
        With what is missing.
    """
    sizes = {}
    for suffix in (".shp", ".shx", ".dbf"):
        piece = path.with_suffix(suffix)
        if not piece.exists():
            raise refusal(shown, f"il manque le fichier {suffix} du Shapefile ; mettez-le à côté du .shp")
        sizes[suffix] = piece.stat().st_size
    for suffix in (".shp", ".shx"):
        with path.with_suffix(suffix).open("rb") as file:
            head = file.read(_HEADER)
        if len(head) < _HEADER or sizes[suffix] < 2 * struct.unpack_from(">i", head, 24)[0]:
            raise refusal(shown, f"le fichier {suffix} est incomplet ; téléchargez-le de nouveau")
    with path.with_suffix(".dbf").open("rb") as file:
        head = file.read(_DBF_HEADER)
    if len(head) < _DBF_HEADER:
        raise refusal(shown, "le fichier .dbf est incomplet ; téléchargez-le de nouveau")
    rows, header, row = struct.unpack_from("<IHH", head, 4)
    if sizes[".dbf"] < header + rows * row:
        raise refusal(shown, "le fichier .dbf est incomplet ; téléchargez-le de nouveau")
    shapes = (sizes[".shx"] - _HEADER) // _INDEX_ROW
    if shapes != rows:
        message = f"{shapes} contours (.shx) pour {rows} lignes (.dbf) : les fichiers ne vont pas ensemble"
        raise refusal(shown, f"{message} ; prenez-les du même téléchargement")


def decode(table: pd.DataFrame, path: Path) -> tuple[pd.DataFrame, str]:
    """Give texts read as :data:`NEUTRAL` their letters back.

    UTF-8 where it holds, since nothing else looks like it by chance; then what the ``.cpg`` file says, where
    that holds for every text; then the code page of DOS that the ``.dbf`` names, or else that of Windows.

    Returns
    -------
    tuple
        The table, column names included; the encoding found.
    """
    texts = [column for column in table.columns if pd.api.types.is_string_dtype(table[column].dtype)]
    values = {value for column in texts for value in table[column].dropna().unique()}
    pieces = [
        text.encode(NEUTRAL)
        for text in (*map(str, table.columns), *values)
        if isinstance(text, str) and not text.isascii()
    ]
    encoding = _encoding(pieces, path)
    if not pieces:
        return table, encoding

    def again(text: object) -> object:
        return text.encode(NEUTRAL).decode(encoding, "replace") if isinstance(text, str) else text

    table = table.assign(**{column: table[column].map(again) for column in texts})
    return table.rename(columns={column: str(again(column)) for column in table.columns}), encoding


def _encoding(pieces: list[bytes], path: Path) -> str:
    declared = _declared(path.with_suffix(".cpg"))
    for encoding in ("utf-8", declared):
        if encoding and _holds(pieces, encoding):
            return codecs.lookup(encoding).name
    with path.with_suffix(".dbf").open("rb") as file:
        head = file.read(_DBF_HEADER)
    return _DOS.get(head[_LANGUAGE], WINDOWS)


def _declared(cpg: Path) -> str | None:
    """Give what a ``.cpg`` file names, when Python knows it: "UTF-8", "1252", "ISO-8859-15", "ANSI 1252"."""
    if not cpg.exists():
        return None
    word = printable(cpg.read_bytes()[:40].decode("ascii", "replace").strip())
    for name in (word, word.removeprefix("ANSI").strip(), f"cp{word.removeprefix('ANSI').strip()}"):
        try:
            return codecs.lookup(name).name
        except (LookupError, ValueError):
            continue
    return None


def _holds(pieces: Iterable[bytes], encoding: str) -> bool:
    try:
        for piece in pieces:
            piece.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return False
    return True
