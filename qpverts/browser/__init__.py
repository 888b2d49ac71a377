"""The browser's half of QPVerts, and where its files are for the modules that send them.

``map`` is what a map is made with, inside its frame; ``shell`` goes with Streamlit's own page, before it
draws anything; ``pages`` are the small components that a page holds; ``styles`` goes with every page of
Streamlit; ``public`` is all that the public pages need. Scripts are sent as written, without a build.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent


def path(name: str) -> Path:
    """Give the path of a file or a folder by its place here, such as ``map/marks.js``."""
    return ROOT / name


def read(name: str) -> str:
    """Give the text of a file by its place here."""
    return path(name).read_text(encoding="utf-8")


def files(*folders: str) -> list[Path]:
    """List the files of some folders: one folder after the other, each in the order of its names."""
    return [one for folder in folders for one in sorted(path(folder).iterdir())]
