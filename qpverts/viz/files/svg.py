"""Drawing in SVG, and turning it into PNG, with fonts that come with the application.

Lengths are in CSS pixels, from the upper left. Text is measured with the very fonts it is drawn with, so
that nothing overflows on a machine that has none of its own.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from html import escape
from importlib import import_module
from pathlib import Path

from PIL import ImageFont

from qpverts.viz.files import raster
from qpverts.viz.palette import TEXT

_FACES = {False: "Roboto-Regular.ttf", True: "Roboto-Bold.ttf"}
_MEASURED_AT = 100  # pixels: widths are in proportion to the size
#: What XML 1.0 forbids, which a data file may still hold.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def _face(*, bold: bool) -> Path:
    package = import_module("xstatic.pkg.roboto_fontface")
    return Path(package.BASE_DIR) / "fonts" / "roboto" / _FACES[bold]


@cache
def _measuring(*, bold: bool) -> ImageFont.FreeTypeFont:
    # Pillow's own layout: the other one gives up on some texts.
    return ImageFont.truetype(_face(bold=bold), _MEASURED_AT, layout_engine=ImageFont.Layout.BASIC)


@cache
def _family(*, bold: bool) -> str:
    """Give the name of a face: in this package each is a family of its own."""
    return str(_measuring(bold=bold).getname()[0])


def width(words: str, size: float, *, bold: bool = False) -> float:
    """Measure a line of text."""
    return float(_measuring(bold=bold).getlength(words)) * size / _MEASURED_AT


def fitted(words: str, room: float, size: float, *, bold: bool = False) -> str:
    """Cut a text that is wider than its room, and show that it was cut."""
    if width(words, size, bold=bold) <= room:
        return words

    def cut(letters: int) -> str:
        return f"{words[:letters].rstrip()}…"

    # By halves: letter by letter, a long text is measured for seconds.
    fitting = bisect_right(range(len(words)), room, key=lambda letters: width(cut(letters), size, bold=bold))
    return cut(max(0, fitting - 1))


def wrapped(words: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Break a text into lines at its ordinary spaces; a word wider than the room is cut."""
    lines = [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width(longer, size, bold=bold) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return [fitted(line, room, size, bold=bold) for line in lines]


def text(x: float, y: float, words: str, size: float, *, bold: bool = False, colour: str = TEXT) -> str:
    """Write a line of text on its baseline."""
    look = f'font-family="{_family(bold=bold)}" font-size="{size:g}" fill="{colour}"'
    return f'<text x="{x:g}" y="{y:g}" {look}>{escape(_FORBIDDEN.sub("", words))}</text>'


def box(x: float, y: float, across: float, down: float, fill: str, *, stroke: str = "none") -> str:
    """Draw a rectangle."""
    place = f'x="{x:g}" y="{y:g}" width="{across:g}" height="{down:g}"'
    return f'<rect {place} fill="{fill}" stroke="{stroke}"/>'


def pie(x: float, y: float, radius: float, share: float, colour: str) -> str:
    """Draw a disc filled clockwise from the top over a share of it, 0 to 1, inside its circle."""
    ring = f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="none" stroke="{colour}" stroke-width="1.3"/>'
    if share <= 0:
        return ring
    if share >= 1:
        return ring.replace('fill="none"', f'fill="{colour}"')
    end_x = x + radius * math.sin(2 * math.pi * share)
    end_y = y - radius * math.cos(2 * math.pi * share)
    arc = f"A{radius:g} {radius:g} 0 {int(share > 1 / 2)} 1 {end_x:.3f} {end_y:.3f}"
    return f'{ring}<path d="M{x:g} {y:g}V{y - radius:g}{arc}Z" fill="{colour}"/>'


def document(across: float, down: float, parts: Iterable[str], title: str) -> str:
    """Put what was drawn on a white sheet."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across:g}" height="{down:g}" '
        f'viewBox="0 0 {across:g} {down:g}"><title>{escape(_FORBIDDEN.sub("", title))}'
        f"</title>{box(0, 0, across, down, '#ffffff')}{''.join(parts)}</svg>"
    )


def png(drawing: str, zoom: float) -> bytes:
    """Make a PNG of a drawing of ours, ``zoom`` pixels for each CSS pixel."""
    faces = tuple(str(_face(bold=bold)) for bold in (False, True))
    return raster.png(drawing, zoom, _family(bold=False), faces)
