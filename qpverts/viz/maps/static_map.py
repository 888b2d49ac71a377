"""Maps without a script: what a page draws as SVG, in a box of :data:`WIDTH` units wide.

Shapes are projected to the plane of web maps (EPSG:3857), so that a library that takes over in the browser
lays the same drawing on its own map; nothing is measured in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from qpverts.geo.crs import LAMBERT_93, WGS84

#: Units of the drawing; at this width a mark of radius 12 is a target of 24 pixels.
WIDTH = 360.0
_TALLEST, _FLATTEST = 1.15, 0.62  # height by width
_WEB = "EPSG:3857"
_TOLERANCE = 0.35  # units: less than a pixel on a telephone


@dataclass(frozen=True, slots=True)
class Frame:
    """What a drawing shows, in metres of EPSG:3857, and its height in units."""

    west: float
    south: float
    east: float
    north: float

    @property
    def unit_m(self) -> float:
        """Metres of the plane in one unit."""
        return (self.east - self.west) / WIDTH

    @property
    def height(self) -> float:
        """Height in units."""
        return round((self.north - self.south) / self.unit_m, 1)

    @property
    def bounds(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Give south-west and north-east as latitudes and longitudes in decimal degrees."""
        corners = gpd.GeoSeries.from_xy([self.west, self.east], [self.south, self.north], crs=_WEB).to_crs(
            WGS84
        )
        return tuple((round(p.y, 6), round(p.x, 6)) for p in corners)  # type: ignore[return-value]  # two of them

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Turn a point of the plane into units, from the top left."""
        return round((x - self.west) / self.unit_m, 1), round((self.north - y) / self.unit_m, 1)


@dataclass(frozen=True, slots=True)
class Outline:
    """A shape: ``path`` is that of SVG."""

    id: str
    path: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the drawing, with its coordinates in decimal degrees; ``radius`` in units, 0 for a mark."""

    id: str
    x: float
    y: float
    lat: float
    lon: float
    radius: float = 0.0


def project(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Lay shapes on the plane of web maps."""
    return shapes.to_crs(_WEB)


def frame_around(shapes: gpd.GeoSeries, margin_m: float) -> Frame:
    """Frame some shapes (EPSG:2154) with a margin in metres, neither too tall nor too flat for a page."""
    box = shapely.box(*shapes.total_bounds).buffer(margin_m, join_style="mitre")
    west, south, east, north = gpd.GeoSeries([box], crs=LAMBERT_93).to_crs(_WEB).total_bounds
    width, height = east - west, north - south
    if height < _FLATTEST * width:
        grow = (_FLATTEST * width - height) / 2
        south, north = south - grow, north + grow
    elif height > _TALLEST * width:
        grow = (height / _TALLEST - width) / 2
        west, east = west - grow, east + grow
    return Frame(float(west), float(south), float(east), float(north))


def outlines(shapes: gpd.GeoSeries, frame: Frame) -> tuple[Outline, ...]:
    """Draw what of some shapes (EPSG:3857, areas or lines) is in the frame; what is outside is left out."""
    margin = 4 * frame.unit_m  # edges that are cut stay out of sight
    window = (frame.west - margin, frame.south - margin, frame.east + margin, frame.north + margin)
    found = []
    for name, shape in shapes.items():
        clipped = shapely.clip_by_rect(shape, *window)
        path = _path(clipped.simplify(_TOLERANCE * frame.unit_m), frame)
        if path:
            found.append(Outline(str(name), path))
    return tuple(found)


def _path(shape: shapely.Geometry, frame: Frame) -> str:
    return "".join(part for line in _lines(shape) if (part := _line_path(line, frame)))


def _lines(shape: shapely.Geometry) -> Iterable[shapely.LineString]:
    for part in shapely.get_parts(shape):
        if isinstance(part, shapely.Polygon):
            yield part.exterior
            yield from part.interiors
        elif isinstance(part, shapely.LineString):
            yield part


def _line_path(line: shapely.LineString, frame: Frame) -> str:
    points = np.asarray(line.coords)[:, :2]
    units = (points - (frame.west, frame.north)) / (frame.unit_m, -frame.unit_m)
    rounded = np.round(units * 10).astype(int)
    kept = rounded[np.append(True, np.any(np.diff(rounded, axis=0), axis=1))]
    if len(kept) < 2:  # noqa: PLR2004
        return ""
    is_ring = bool((kept[0] == kept[-1]).all())
    steps = np.diff(kept[:-1] if is_ring else kept, axis=0)
    # Relative moves are half as long to write.
    moves = "".join(
        f"{_tenths(dx)}{_joined(dy)}" if not rank else f"{_joined(dx)}{_joined(dy)}"
        for rank, (dx, dy) in enumerate(steps)
    )
    return f"M{_tenths(kept[0][0])}{_joined(kept[0][1])}l{moves}{'z' if is_ring else ''}"


def _tenths(value: int) -> str:
    whole, tenth = divmod(abs(int(value)), 10)
    text = f"{whole or ''}.{tenth}" if tenth else str(whole)
    return f"-{text}" if value < 0 else text


def _joined(value: int) -> str:
    """Write a number after another; a minus sign parts them by itself."""
    text = _tenths(value)
    return text if text.startswith("-") else f" {text}"


def spots(
    points: Mapping[str, shapely.Point], frame: Frame, radii_m: Mapping[str, float] | None = None
) -> tuple[Spot, ...]:
    """Place the points (EPSG:2154) that the frame shows; ``radii_m`` are metres on the ground."""
    if not points:
        return ()
    series = gpd.GeoSeries(dict(points), crs=LAMBERT_93)
    flat, degrees = series.to_crs(_WEB), series.to_crs(WGS84)
    found = []
    for name, point in flat.items():
        if frame.west <= point.x <= frame.east and frame.south <= point.y <= frame.north:
            lat, lon = float(degrees[name].y), float(degrees[name].x)
            ground = frame.unit_m * float(np.cos(np.radians(lat)))  # the plane stretches with latitude
            radius = round((radii_m or {}).get(str(name), 0.0) / ground, 1)
            found.append(
                Spot(str(name), *frame.place(point.x, point.y), round(lat, 5), round(lon, 5), radius)
            )
    return tuple(found)
