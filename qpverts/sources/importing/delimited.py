"""A table of places: CSV as people have it, whatever the separator, the decimal sign and the column names."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qpverts.domain.text import squeezed
from qpverts.sources.importing.import_report import Remark
from qpverts.sources.importing.recognise import printable, refusal

MAX_BYTES = 1_000_000_000
MAX_COLUMNS = 1_000
_HEADER = 1_000_000  # letters, more than any header has
_SEPARATORS = (";", ",", "\t", "|")
_LONGITUDES = ("lon", "lng", "long", "longitude", "xlong", "coordx", "coordonneex", "xwgs84", "x")
_LATITUDES = ("lat", "latitude", "ylat", "coordy", "coordonneey", "ywgs84", "y")
_PAIRS = ("geopoint2d", "geopoint", "coordonneesgeo", "latlon", "latlng")  # "43.29, 5.37": latitude first


@dataclass(frozen=True, slots=True)
class Delimited:
    """Points without CRS, the line of each (the header is line 1), and the lines that are no row at all."""

    frame: gpd.GeoDataFrame
    lines: tuple[int, ...]
    broken: tuple[Remark, ...]
    encoding: str
    notes: tuple[str, ...]


def read(path: Path, shown: str) -> Delimited:
    """Read a CSV whose rows have a longitude and a latitude (or an x and a y).

    A row whose coordinates cannot be read gets no geometry; a line with too few or too many cells is listed.

    Raises
    ------
    DataError
        When no column can be a longitude and a latitude: with the columns that are there.
    """
    if path.stat().st_size > MAX_BYTES:
        raise refusal(shown, f"le tableau dépasse {MAX_BYTES // 1_000_000} Mo ; donnez-le par morceaux")
    text, encoding = _decoded(path.read_bytes(), shown)
    separator = _separator(text)
    header, rows, lines, broken = _rows(text, separator, shown)
    lon, lat, pair = _columns(header, shown)
    table = pd.DataFrame(rows, columns=header, dtype=object)
    if pair:
        halves = table[pair].str.partition(",")
        x, y = _numbers(halves[2]), _numbers(halves[0])
        notes = (f"Lieu lu dans la colonne « {printable(pair)} » (latitude, longitude).",)
    else:
        x, y = _numbers(table[lon]), _numbers(table[lat])
        notes = (f"Longitude ou x : colonne « {printable(lon)} » ; latitude ou y : « {printable(lat)} ».",)
    told = np.isfinite(x) & np.isfinite(y)
    points = np.full(len(table), None, dtype=object)
    points[told] = gpd.points_from_xy(x[told], y[told])
    frame = gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(points, index=table.index))
    return Delimited(frame, tuple(lines), tuple(broken), encoding, notes)


def _decoded(content: bytes, shown: str) -> tuple[str, str]:
    utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp1252", "iso-8859-1"):
        try:
            return content.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    raise refusal(shown, "le texte n'est pas lisible ; réenregistrez le tableau en UTF-8")


def _separator(text: str) -> str:
    """Choose the sign that cuts the header into most cells, the quoted ones left whole."""
    lines = io.StringIO(text[:_HEADER], newline="")
    header = next((line for line in lines if line.strip()), "")

    def cells(sign: str) -> int:
        try:
            return len(next(csv.reader([header], delimiter=sign), []))
        except csv.Error:
            return 0

    return max(_SEPARATORS, key=cells)


def _rows(
    text: str, separator: str, shown: str
) -> tuple[list[str], list[list[str]], list[int], list[Remark]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[list[str]] = []
    lines: list[int] = []
    broken: list[Remark] = []
    start = 1
    try:
        header = _named(next((row for row in reader if any(row)), []), shown)
        start = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(header):
                rows.append(cells)
                lines.append(start)
            elif any(cells):
                reason = f"{len(cells)} cellules au lieu de {len(header)}"
                broken.append(Remark(start, printable(cells[0]), reason))
            start = reader.line_num + 1
    except csv.Error as error:
        message = f"ligne {start} : le tableau est mal formé ; vérifiez les guillemets"
        raise refusal(shown, message) from error
    return header, rows, lines, broken


def _named(cells: list[str], shown: str) -> list[str]:
    """Give the columns a name each, all different."""
    if len(cells) > MAX_COLUMNS:
        raise refusal(shown, f"{len(cells)} colonnes, plus de {MAX_COLUMNS} : refusé")
    names: list[str] = []
    for rank, cell in enumerate(cells, start=1):
        name = cell.strip() or f"colonne_{rank}"
        while name in names or name == "geometry":
            name += "_"
        names.append(name)
    return names


def _columns(header: list[str], shown: str) -> tuple[str, str, str]:
    """Choose the columns of longitude and latitude, or the one that holds both."""
    plain = {squeezed(name): name for name in reversed(header)}
    lon = next((plain[name] for name in _LONGITUDES if name in plain), "")
    lat = next((plain[name] for name in _LATITUDES if name in plain), "")
    if lon and lat:
        return lon, lat, ""
    if pair := next((plain[name] for name in _PAIRS if name in plain), ""):
        return "", "", pair
    told = ", ".join(printable(name, 30) for name in header[:20])
    message = f"aucune colonne de longitude et de latitude (lon, lat) parmi : {told} ; nommez-les ainsi"
    raise refusal(shown, message)


def _numbers(column: pd.Series[str]) -> NDArray[np.float64]:
    """Read numbers with a point or a comma, and spaces between thousands; NaN where there is none."""
    cleaned = column.str.strip().str.replace(r"[\s\u00a0\u202f]", "", regex=True).str.replace(",", ".")
    return pd.to_numeric(cleaned, errors="coerce").to_numpy(dtype=float)
