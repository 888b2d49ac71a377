"""The picture that a shared link shows: the map of the Métropole beside the name of the site."""

from __future__ import annotations

from collections.abc import Sequence

from qpverts.viz.files import svg
from qpverts.viz.maps.static_map import WIDTH
from qpverts.web.public.pictures import MapPicture

#: What social networks expect, in pixels.
ACROSS, DOWN = 1200, 630
_MARGIN, _TITLE, _LINE = 56, 62, 32
_MAP = 640  # what the map takes of the width; its west, mostly sea, is cut
_GREEN, _PALE, _SEA, _LAND, _EDGE = "#14583f", "#f1f5ef", "#cfe3ee", "#f6f4ec", "#b9b3a2"
_DOT = 3.2  # units: a district is a few units wide, and must be seen on a telephone


def preview(picture: MapPicture, title: str, lines: Sequence[str]) -> bytes:
    """Make the PNG; texts are measured, so none overflows."""
    room = ACROSS - _MAP - 2 * _MARGIN
    parts = [svg.box(0, 0, ACROSS, DOWN, _PALE), _map(picture), svg.box(0, 0, 18, DOWN, _GREEN)]
    y = 170.0
    for line in svg.wrapped(title, room, _TITLE, bold=True):
        parts.append(svg.text(_MARGIN, y, line, _TITLE, bold=True, colour=_GREEN))
        y += 1.15 * _TITLE
    y += _LINE
    for text in lines:
        for line in svg.wrapped(text, room, _LINE):
            parts.append(svg.text(_MARGIN, y, line, _LINE))
            y += 1.35 * _LINE
    return svg.png(svg.document(ACROSS, DOWN, parts, title), 1.0)


def _map(picture: MapPicture) -> str:
    land = "".join(
        f'<path d="{one.path}" fill="{_LAND}" stroke="{_EDGE}" stroke-width="0.5"/>' for one in picture.land
    )
    areas = "".join(
        f'<path d="{one.path}" fill="{_GREEN}" stroke="{_GREEN}" stroke-width="{_DOT}"/>'
        for one in picture.areas
    )
    inside = svg.box(0, 0, WIDTH, picture.frame.height, _SEA) + land + areas
    view = f'viewBox="0 0 {WIDTH:g} {picture.frame.height:g}"'
    place = f'x="{ACROSS - _MAP}" y="0" width="{_MAP}" height="{DOWN}" preserveAspectRatio="xMaxYMid slice"'
    return f"<svg {place} {view}>{inside}</svg>"
