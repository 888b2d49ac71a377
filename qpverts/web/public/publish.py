"""The public pages as files, for any host: the same bytes as those that the application sends."""

from __future__ import annotations

import importlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from qpverts import browser
from qpverts.errors import FolderError
from qpverts.viz.maps.addresses import vendor_prefix
from qpverts.web.addresses import ASSETS, DATA, EMBED, ROBOTS
from qpverts.web.open_data import files as open_data
from qpverts.web.open_data.resources import RESOURCES
from qpverts.web.public import paths
from qpverts.web.public.site import FOLDER, Site, stamp

#: What tells that a folder is ours to replace, and lists what was written in it.
MARKER = ".qpverts-public"
#: Beside each page, its variant for the frame of another site; a host that can choose sends it when asked.
EMBEDDED = f"{EMBED}.html"
_LEAFLET = ("leaflet.js", "leaflet.css")
_FRONT = (
    '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>QPVerts</title>'
    '<meta http-equiv="refresh" content="0; url={home}"></head><body><p><a href="{home}">Mon quartier et la '
    "nature</a></p></body></html>\n"
)


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Give every file of the site with its place in the folder: its address, without the site's prefix."""
    yield "index.html", _FRONT.format(home=f"{site.prefix}{paths.HOME}").encode()
    yield "404.html", site.missing.plain
    yield ROBOTS.lstrip("/"), site.body(ROBOTS).plain
    yield paths.PREVIEW.lstrip("/"), site.body(paths.PREVIEW).plain
    if site.public_url:
        yield paths.SITEMAP.lstrip("/"), site.body(paths.SITEMAP).plain
    for path in site.pages:
        yield f"{path.strip('/')}/index.html", site.body(path).plain
        yield f"{path.strip('/')}/{EMBEDDED}", site.body(path, embedded=True).plain
    yield open_data.CATALOGUE.lstrip("/"), open_data.to_catalogue(site.atlas, site.public_url)
    for resource in RESOURCES.values():
        for ending in open_data.formats(resource):
            name = f"{DATA}/{resource.id}.{ending}".lstrip("/")
            yield name, open_data.to_bytes(resource, ending, site.atlas)
    for source in browser.files(FOLDER):
        yield f"{ASSETS}/{stamp()}/{source.name}".lstrip("/"), source.read_bytes()
    leaflet = Path(importlib.import_module("xstatic.pkg.leaflet").BASE_DIR)
    for name in _LEAFLET:
        yield f"{vendor_prefix('leaflet')}/{name}".lstrip("/"), (leaflet / name).read_bytes()


def publish(site: Site, folder: Path) -> int:
    """Write the site in a folder, all at once; give the number of files.

    What stood there is replaced when it is a site written by this function, and nothing was added to it.

    Raises
    ------
    FolderError
        When the folder holds anything else: nothing is changed.
    """
    folder = folder.resolve()
    refuse_foreign(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        made = place / "neuf"
        names = []
        for name, content in files(site):
            target = made / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            names.append(name)
        (made / MARKER).write_text("\n".join(sorted(names)) + "\n", encoding="utf-8")
        if folder.exists():
            folder.rename(place / "ancien")
        made.rename(folder)
    finally:
        if not folder.exists() and (place / "ancien").exists():
            (place / "ancien").rename(folder)  # what stood there comes back
        shutil.rmtree(place)
    return len(names)


def refuse_foreign(folder: Path) -> None:
    """Refuse a folder that holds what we did not write."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise FolderError(f"« {folder.name} » est un fichier : donnez un dossier.")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    marker = folder / MARKER
    ours = {MARKER, *marker.read_text(encoding="utf-8").splitlines()} if marker.is_file() else set()
    if foreign := sorted(there - ours):
        shown = ", ".join(foreign[:3]) + ("…" if len(foreign) > 3 else "")  # noqa: PLR2004
        raise FolderError(
            f"Le dossier « {folder.name} » contient ce que cette commande n'a pas écrit ({shown}) : rien "
            "n'est remplacé. Donnez un dossier neuf, ou déplacez ces fichiers."
        )
