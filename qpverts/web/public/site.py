"""The public site of one version of the data: every page made once, as the bytes that are sent."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from functools import cache, cached_property
from urllib.parse import urlsplit

from qpverts import browser
from qpverts.atlas.atlas import Atlas
from qpverts.settings import Settings
from qpverts.settings import load as load_settings
from qpverts.sources.last_good import LastGood
from qpverts.viz.maps.addresses import vendor_prefix
from qpverts.viz.words import labels
from qpverts.web.addresses import ASSETS, EMBED, ROBOTS
from qpverts.web.answers import Body, pack
from qpverts.web.good_data import good_data
from qpverts.web.public import paths
from qpverts.web.public.contents import Contents, PublicPage
from qpverts.web.public.preview import preview
from qpverts.web.public.render import TEMPLATES, render
from qpverts.web.public.search import Finder

#: The folder of :mod:`qpverts.browser` with the styles and scripts of the pages.
FOLDER = "public"
HTML, XML, TEXT = "text/html; charset=utf-8", "application/xml; charset=utf-8", "text/plain; charset=utf-8"


@cache
def stamp() -> str:
    """Give a fingerprint of what makes a page, the data apart: styles, scripts, templates."""
    digest = hashlib.sha256()
    for path in [*browser.files(FOLDER), *sorted(TEMPLATES.iterdir())]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


class Site:
    """The pages of one atlas; made when first asked for, by one thread at a time, and kept."""

    def __init__(self, atlas: Atlas, settings: Settings) -> None:
        self.atlas = atlas
        self.contents = Contents(atlas)
        self.public_url = settings.public_url
        self.contact = settings.contact
        #: The folder that the site is in, such as "/qpverts"; empty at the root of a host.
        self.prefix = urlsplit(settings.public_url).path
        self._made: dict[tuple[str, bool], Body] = {}
        self._lock = threading.RLock()

    @property
    def pages(self) -> Mapping[str, PublicPage]:
        """Give the pages by path."""
        return self.contents.pages

    def made(self, path: str, *, embedded: bool = False) -> Body | None:
        """Give a page if it is ready."""
        return self._made.get((path, embedded))

    def body(self, path: str, *, embedded: bool = False) -> Body:
        """Give a page, made now if need be; KeyError when there is none of that path."""
        key = (path, embedded)
        with self._lock:
            if key not in self._made:
                if path == ROBOTS:
                    made = pack(self._robots(), TEXT)
                elif path == paths.PREVIEW:
                    made = pack(self._preview(), "image/png")
                elif path == paths.SITEMAP:
                    made = pack(self.sitemap(self.public_url), XML)
                else:
                    made = pack(self.html(self.pages[path], embedded=embedded), HTML)
                self._made[key] = made
            return self._made[key]

    @cached_property
    def finder(self) -> Finder:
        """Give what finds pages by name."""
        return Finder(self.atlas, self.contents)

    @cached_property
    def missing(self) -> Body:
        """Give the page that says that there is no such page."""
        page = PublicPage(paths.HOME, "missing.html", "Page introuvable", "Cette page n'existe pas.", dict)
        return pack(self.html(page), HTML)

    def html(self, page: PublicPage, *, embedded: bool = False, **more: object) -> bytes:
        """Write a page; ``more`` takes the place of what the page is filled with."""
        ending = f"?{EMBED}=1" if embedded else ""
        contents = self.contents
        return render(
            page.template,
            {
                "page": page,
                "pages": self.pages,
                "paths": paths,
                "embed": EMBED,
                "embedded": embedded,
                "prefix": self.prefix,
                "contact": self.contact,
                "day": contents.day,
                "hrefs": contents.hrefs,
                "communes_hrefs": contents.communes,
                "themes_hrefs": contents.themes,
                "theme_labels": [(one.id, one.label) for one in self.atlas.vocabulary.themes],
                "url": lambda path: f"{self.prefix}{path}{ending}",
                "absolute": lambda path: f"{self.public_url}{path}",
                "asset": lambda name: f"{self.prefix}{ASSETS}/{stamp()}/{name}",
                "leaflet": f"{self.prefix}{vendor_prefix('leaflet')}",
                **page.fill(),
                **more,
            },
        )

    def sitemap(self, origin: str) -> bytes:
        """List the pages for search engines, at that origin."""
        rows = "".join(
            f"<url><loc>{origin}{path}</loc></url>\n" for path in self.pages if path != paths.SEARCH
        )
        head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        return f"{head}{rows}</urlset>\n".encode()

    def _preview(self) -> bytes:
        home, atlas = self.pages[paths.HOME], self.atlas
        count = labels.plural(len(atlas.qpvs), "quartier prioritaire", "quartiers prioritaires")
        lines = (f"{count} d'Aix-Marseille-Provence", "Espaces verts proches, actions, projets")
        return preview(self.contents.whole, home.title, lines)

    def _robots(self) -> bytes:
        lines = [
            "User-agent: *",
            f"Allow: {self.prefix}{paths.HOME}",
            f"Disallow: {self.prefix}{paths.SEARCH}?",
        ]
        if self.public_url:
            lines.append(f"Sitemap: {self.public_url}{paths.SITEMAP}")
        return ("\n".join(lines) + "\n").encode()


_kept: LastGood[Settings, Site] = LastGood()


def recent_site() -> Site | None:
    """Give the site when its data were looked for lately."""
    atlas, site = good_data.recent(), _kept.good
    return site if atlas and site and site.atlas.version == atlas.version else None


def current_site() -> Site:
    """Look at the data folder and the settings, and give the site of the newest good data.

    Raises
    ------
    DataError
        When the data are faulty and never were good since this process started.
    """
    settings, atlas = load_settings(), good_data.now()
    return _kept.newest(settings, atlas.version, lambda: Site(atlas, settings))
