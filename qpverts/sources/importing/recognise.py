"""What is this file? Told by its first bytes, never by its name alone.

Only what is recognised here is ever handed to GDAL, which would otherwise try some hundred drivers on it,
among them some that follow addresses or open other files.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePosixPath

from qpverts.errors import DataError, Fault

HEAD = 1 << 16  # bytes that are enough to tell
_NAME_SHOWN = 80
BLANKS = b"\xef\xbb\xbf \t\r\n"  # with the mark that some editors write first
_ROOT = re.compile(rb"<\s*(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_SKIPPED = re.compile(rb"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_SHAPEFILE = b"\x00\x00\x27\x0a"
_TEXT_MOST = 0.02  # part of control characters above which bytes are not a text
ACCEPTED = (
    "GeoJSON, Shapefile, GeoPackage, GeoParquet, FlatGeobuf, OpenStreetMap (PBF ou XML), KML, "
    "ou CSV avec longitude et latitude"
)


class FileFormat(StrEnum):
    """A format, by the name that people know it under."""

    GEOJSON = "GeoJSON"
    SHAPEFILE = "Shapefile"
    GEOPACKAGE = "GeoPackage"
    GEOPARQUET = "GeoParquet"
    FLATGEOBUF = "FlatGeobuf"
    OSM_PBF = "OpenStreetMap PBF"
    OSM_XML = "OpenStreetMap XML"
    KML = "KML"
    CSV = "CSV"
    ZIP = "ZIP"
    GZIP = "GZIP"
    SEVEN_ZIP = "7z"


#: The name that a file of each kind must end with, for the drivers that look at it.
SUFFIXES = {
    FileFormat.GEOJSON: ".geojson",
    FileFormat.SHAPEFILE: ".shp",
    FileFormat.GEOPACKAGE: ".gpkg",
    FileFormat.GEOPARQUET: ".parquet",
    FileFormat.FLATGEOBUF: ".fgb",
    FileFormat.OSM_PBF: ".osm.pbf",
    FileFormat.OSM_XML: ".osm",
    FileFormat.KML: ".kml",
    FileFormat.CSV: ".csv",
}
_MAGICS = (
    (b"PK\x03\x04", FileFormat.ZIP),
    (b"\x1f\x8b", FileFormat.GZIP),
    (_SHAPEFILE, FileFormat.SHAPEFILE),
    (b"fgb\x03", FileFormat.FLATGEOBUF),
    (b"PAR1", FileFormat.GEOPARQUET),
    (b"SQLite format 3\0", FileFormat.GEOPACKAGE),
    (b"7z\xbc\xaf\x27\x1c", FileFormat.SEVEN_ZIP),
)
_REFUSED = (
    (b"Rar!", "c'est une archive RAR ; dépliez-la, puis donnez le fichier qu'elle contient"),
    (b"PK\x05\x06", "le ZIP est vide"),
    (b"%PDF", "c'est un PDF ; demandez les données dans un format géographique"),
    (b"\xd0\xcf\x11\xe0", "c'est un ancien classeur ; enregistrez-le en CSV, avec longitude et latitude"),
)
_ROOTS = {b"kml": FileFormat.KML, b"osm": FileFormat.OSM_XML}
_GEOJSON = re.compile(
    rb'"type"\s*:\s*"(?:FeatureCollection|Feature|GeometryCollection|(?:Multi)?(?:Point|LineString|Polygon))"'
    rb'|"features"\s*:\s*\['
)
_OTHER_JSON = (
    (re.compile(rb'"type"\s*:\s*"Topology"'), "c'est du TopoJSON ; convertissez-le en GeoJSON"),
    (re.compile(rb'"geometryType"\s*:\s*"esri'), "c'est du JSON d'ArcGIS ; demandez du GeoJSON (f=geojson)"),
)


def printable(text: str, most: int = _NAME_SHOWN) -> str:
    """Make a text from outside fit to be shown on one line."""
    cut = text if len(text) <= most else text[: most - 1] + "…"
    return "".join(letter if letter.isprintable() else "?" for letter in cut)


def refusal(shown: str, message: str, rule: str = "fichier à importer") -> DataError:
    """Make the error that says why a file is not imported, and what to do."""
    return DataError([Fault(printable(shown), rule, message)])


def recognise(head: bytes, shown: str) -> FileFormat:
    """Tell the format of a file.

    Parameters
    ----------
    head
        Its first :data:`HEAD` bytes.
    shown
        The name of the file, for messages and for what bytes cannot tell (a ``.dbf``).

    Raises
    ------
    DataError
        When it is none of those that can be imported: with what it seems to be, and what to give instead.
    """
    if not head.strip(b"\0 \t\r\n"):
        raise refusal(shown, "le fichier est vide ; téléchargez-le de nouveau")
    for magic, message in _REFUSED:
        if head.startswith(magic):
            raise refusal(shown, message)
    if PurePosixPath(shown).suffix.lower() in {".dbf", ".shx", ".prj", ".cpg"}:
        raise refusal(shown, "c'est un morceau de Shapefile ; donnez le .shp, les autres à côté de lui")
    if kind := kind_of(head):
        if kind is FileFormat.SEVEN_ZIP:
            raise refusal(shown, "c'est une archive 7z ; dépliez-la, puis donnez le fichier qu'elle contient")
        return kind
    text = head.lstrip(BLANKS)
    if text.startswith(b"<"):
        return _xml(text, shown)
    if text.startswith((b"{", b"[", b"\x1e{")):
        return _json(text, shown)
    if _is_text(head):
        return FileFormat.CSV
    raise refusal(shown, f"le format n'est pas reconnu ; donnez l'un de ceux-ci : {ACCEPTED}")


def kind_of(head: bytes) -> FileFormat | None:
    """Tell the format of a file that has a mark of its own; ``None`` for texts and for what is not known."""
    for magic, kind in _MAGICS:
        if head.startswith(magic):
            return kind
    if head.startswith(b"\0\0") and b"OSMHeader" in head[:64]:
        return FileFormat.OSM_PBF
    return None


def _xml(text: bytes, shown: str) -> FileFormat:
    found = _ROOT.search(_SKIPPED.sub(b"", text))
    root = found[1].lower() if found else b""
    if kind := _ROOTS.get(root):
        return kind
    if b"html" in text[:500].lower():
        message = "c'est une page web et non un fichier de données ; vérifiez l'adresse du téléchargement"
    elif b"exception" in root:
        message = "c'est le message d'erreur d'un service ; relancez la demande, ou vérifiez son adresse"
    else:
        name = printable(root.decode("ascii", "replace")) or "?"
        message = f"c'est du XML (« {name} ») ; donnez l'un de ces formats : {ACCEPTED}"
    raise refusal(shown, message)


def _json(text: bytes, shown: str) -> FileFormat:
    for pattern, message in _OTHER_JSON:
        if pattern.search(text):
            raise refusal(shown, message)
    # A first feature longer than what was read does not show its type: the driver will tell.
    if _GEOJSON.search(text) or (len(text) > HEAD // 2 and text.startswith(b"{")):
        return FileFormat.GEOJSON
    raise refusal(shown, "c'est du JSON sans géométrie ; donnez du GeoJSON (« FeatureCollection »)")


def _is_text(head: bytes) -> bool:
    """Tell bytes that a person could have typed from noise, whatever the encoding."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    controls = sum(head.count(byte) for byte in (*range(9), 11, 12, *range(14, 32), 127))
    return controls <= _TEXT_MOST * len(head)
