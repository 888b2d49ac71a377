"""Where the browser finds what a map needs: always on this machine, versioned, so cached for good."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version

from qpverts import browser

#: Name under /vendor/ -> PyPI package that ships the files.
PACKAGES = {
    "leaflet": "XStatic-Leaflet",
    "leaflet_markercluster": "XStatic-Leaflet-MarkerCluster",
    "jquery": "XStatic-jQuery",
}
#: What every map is made with, in this order: package and file; sent as one script (``map_script_url``).
SCRIPTS = (
    ("leaflet", "leaflet.js"),
    ("jquery", "jquery.min.js"),
    ("leaflet_markercluster", "leaflet.markercluster.js"),
    ("qpverts", "words.js"),
    ("qpverts", "map.js"),
    ("qpverts", "names.js"),
    ("qpverts", "spaces.js"),
    ("qpverts", "marks.js"),
    ("qpverts", "tiles.js"),
    ("qpverts", "view.js"),
    ("qpverts", "linked.js"),
    ("qpverts", "legend.js"),
    ("qpverts", "grid.js"),
    ("qpverts", "walk.js"),
    ("qpverts", "added.js"),
    ("qpverts", "projection.js"),
)
STYLES = (
    ("leaflet", "leaflet.css"),
    ("leaflet_markercluster", "MarkerCluster.css"),
    ("qpverts", "map.css"),
    ("qpverts", "linked.css"),
    ("qpverts", "projection.css"),
)
#: Folders of :mod:`qpverts.browser` whose files are under the address of ``qpverts``.
FOLDERS = ("map", "shell")
#: Prefixes of what every map asks for: scripts and styles, and the layers of one version of the data.
VENDOR, DATA_PREFIX = "/vendor", "/donnees/carte"


@cache
def static_version() -> str:
    """Give a fingerprint of our own scripts and styles."""
    digest = hashlib.sha256()
    for path in browser.files(*FOLDERS):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def vendor_prefix(name: str) -> str:
    """Give the address of a vendored package, or of our own files for ``qpverts``."""
    stamp = static_version() if name == "qpverts" else version(PACKAGES[name])
    return f"{VENDOR}/{name}-{stamp}"


@cache
def map_script_url() -> str:
    """Give the address of ``SCRIPTS`` in one piece: folium asks for the next one once the last has come."""
    stamp = [static_version(), *map(version, PACKAGES.values()), *(file for _, file in SCRIPTS)]
    return f"{VENDOR}/carte-{hashlib.sha256(repr(stamp).encode()).hexdigest()[:12]}/carte.js"


def links(files: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give what folium's ``default_js`` and ``default_css`` want: names and addresses."""
    return [(f"{name}_{file}", f"{vendor_prefix(name)}/{file}") for name, file in files]


def layer_url(data_version: str, layer: str) -> str:
    """Give the address of a map layer for one version of the data."""
    return f"{DATA_PREFIX}/{data_version}/{layer}.geojson"
