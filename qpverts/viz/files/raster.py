"""A drawing in SVG as PNG, made in a process of its own.

The library holds the whole interpreter for a second or two on a full page, which would freeze the pages of
everyone; and what it could not survive ends that process only. Run as a script, this file is that process:
the SVG on its standard input, the PNG on its standard output, the zoom and the fonts as arguments.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from functools import lru_cache

LIMIT_S = 60.0
#: One at a time: several would only slow each other, and the pages.
_TURN = threading.Lock()


@lru_cache(maxsize=8)
def png(drawing: str, zoom: float, family: str, fonts: tuple[str, ...]) -> bytes:
    """Make a PNG, ``zoom`` pixels for each CSS pixel; the fonts of the machine play no part.

    Parameters
    ----------
    family
        The font of texts that name none.
    fonts
        Paths of the only font files to draw with.

    Raises
    ------
    subprocess.SubprocessError
        When the drawing is no SVG, or takes longer than :data:`LIMIT_S`.
    """
    command = [sys.executable, "-I", __file__, str(zoom), family, *fonts]
    with _TURN:
        done = subprocess.run(  # noqa: S603  # our own file, and arguments of our own
            command, input=drawing.encode(), capture_output=True, check=True, timeout=LIMIT_S
        )
    return done.stdout


def main(zoom: str, family: str, fonts: Sequence[str]) -> None:
    """Draw what comes in."""
    import resvg_py  # noqa: PLC0415  # for that process only

    image = resvg_py.svg_to_bytes(
        svg_string=sys.stdin.buffer.read().decode(),
        zoom=float(zoom),
        skip_system_fonts=True,
        font_files=list(fonts),
        font_family=family,
    )
    sys.stdout.buffer.write(image)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
