"""Our own addresses, said once: where each thing is served, and how its readers are treated.

What is not here is Streamlit's: the pages of the dashboard.
"""

from __future__ import annotations

from dataclasses import dataclass

from qpverts.viz.maps.addresses import DATA_PREFIX, VENDOR

#: The pages that anybody may read without the dashboard.
PUBLIC = "/public"
#: Their styles and scripts, under a fingerprint of them.
ASSETS = f"{PUBLIC}/ressources"
#: The open data.
DATA = "/donnees"
HEALTH = "/sante"
ROBOTS = "/robots.txt"
#: The parameter that asks for the variant of a public page that stands in another site's frame.
EMBED = "integrer"
#: Streamlit's door for files: no page takes any.
UPLOADS = "/_stcore/upload_file"


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A prefix of addresses. One that ends with a slash holds files, and is itself none of them.

    ``is_public``: anybody may read what is there without the dashboard, and set it in a frame with
    ``EMBED``; browsers get the strictest policy. ``is_limited``: it makes the process think, so each visitor
    gets so many a minute. The rest is files that a browser keeps: a page of the dashboard brings 140.
    """

    prefix: str
    is_public: bool
    is_limited: bool


#: What Streamlit's pages ask of their server before they open: at the root, or below a page's own address.
_ASKED_BY_PAGES = OwnPlace("/_stcore/", is_public=False, is_limited=False)
PLACES = (
    OwnPlace(PUBLIC, is_public=True, is_limited=True),
    OwnPlace(f"{ASSETS}/", is_public=True, is_limited=False),
    OwnPlace(DATA, is_public=True, is_limited=True),
    OwnPlace(f"{DATA_PREFIX}/", is_public=True, is_limited=False),
    OwnPlace(HEALTH, is_public=True, is_limited=True),
    OwnPlace(ROBOTS, is_public=True, is_limited=True),
    OwnPlace(f"{VENDOR}/", is_public=False, is_limited=False),
    OwnPlace("/static/", is_public=False, is_limited=False),  # Streamlit's own files
    OwnPlace("/component/", is_public=False, is_limited=False),  # and those of its components
    _ASKED_BY_PAGES,
)
#: A prefix before a longer one that begins as it does would hide it.
_LONGEST_FIRST = tuple(sorted(PLACES, key=lambda place: len(place.prefix), reverse=True))


def is_within(path: str, prefix: str) -> bool:
    """Tell whether an address is a prefix or stands below it; never a longer word, nor another case.

    >>> [is_within(path, "/public") for path in ("/public", "/public/methode", "/publicx", "/Public")]
    [True, True, False, False]
    >>> is_within("/static/js/index.js", "/static/"), is_within("/static", "/static/")
    (True, False)
    """
    return path.startswith(prefix if prefix.endswith("/") else f"{prefix}/") or path == prefix


def place_of(path: str) -> OwnPlace | None:
    """Give the place of an address, as decoded by the server; ``None`` for a page of the dashboard.

    >>> place_of("/donnees/quartiers.csv").prefix, place_of("/donnees/carte/v1/quartiers.geojson").prefix
    ('/donnees', '/donnees/carte/')
    >>> place_of("/carte/_stcore/host-config").prefix  # a page asks its server below its own address
    '/_stcore/'
    >>> place_of("/carte")
    """
    for place in _LONGEST_FIRST:
        if is_within(path, place.prefix):
            return place
    _, _, below = path.removeprefix("/").partition("/")
    return _ASKED_BY_PAGES if is_within(f"/{below}", _ASKED_BY_PAGES.prefix) else None
