"""The public pages by address; reading only."""

from __future__ import annotations

import logging
import re
import subprocess

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from qpverts import browser
from qpverts.errors import DataError
from qpverts.web.addresses import ASSETS, EMBED, PUBLIC, ROBOTS
from qpverts.web.answers import answer, pack
from qpverts.web.public import paths
from qpverts.web.public.search import LONGEST
from qpverts.web.public.site import FOLDER, HTML, XML, Site, current_site, recent_site, stamp
from qpverts.web.vendor import Immutable

log = logging.getLogger(__name__)

#: Five minutes, then asked again; a server that is down does not take away what a reader or a relay has.
FOR_A_WHILE = "public, max-age=300, stale-while-revalidate=3600, stale-if-error=604800"
#: Policies for the browser are the business of :mod:`qpverts.web.security`.
_HEADERS = {"X-Content-Type-Options": "nosniff", "Vary": "Accept-Encoding", "Content-Language": "fr"}
_KEPT = {"Content-Language": "fr", "Cache-Control": FOR_A_WHILE}
_UNAVAILABLE = (
    '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Pages indisponibles – QPVerts</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><main>'
    "<h1>Ces pages sont momentanément indisponibles</h1><p>Les données sont en cours de correction. Revenez "
    "dans quelques minutes.</p></main></body></html>"
).encode()
_CODED = re.compile(r"(quartier|commune)/([A-Za-z0-9]+)(-[^/]*)?/?")


async def serve(request: Request) -> Response:
    """Answer with a page, the right address of it, or a page that says that there is none."""
    rest = request.path_params.get("rest")
    path = PUBLIC if rest is None else f"{PUBLIC}/{rest}"
    embedded = request.query_params.get(EMBED) == "1"
    fresh = recent_site()
    ready = fresh.made(path, embedded=embedded) if fresh else None
    if ready is None:
        try:
            site = await run_in_threadpool(current_site)
            if path not in _served(site):
                return await run_in_threadpool(_elsewhere, site, path, request)
            ready = await run_in_threadpool(site.body, path, embedded=embedded)
        except DataError:
            log.exception("public pages cannot be made")
            return _unavailable()
        except (OSError, subprocess.SubprocessError):  # the picture is drawn by a process of its own
            log.exception("%s cannot be made", path)
            return _unavailable()
    return answer(request, ready, _KEPT)


def _served(site: Site) -> set[str]:
    return {*site.pages, paths.PREVIEW, *([paths.SITEMAP] if site.public_url else [])}


async def serve_robots(request: Request) -> Response:
    """Answer what search engines may read."""
    try:
        site = await run_in_threadpool(current_site)
    except DataError:
        return _unavailable()
    return answer(request, await run_in_threadpool(site.body, ROBOTS), _KEPT)


async def search(request: Request) -> Response:
    """Go to the page that was asked for by name, or offer some."""
    typed = request.query_params.get("q", "")[:LONGEST]
    if not typed.strip():
        return await serve(_at(request, "chercher"))
    try:
        return await run_in_threadpool(_search, request, typed)
    except DataError:
        return _unavailable()


def _at(request: Request, rest: str) -> Request:
    return Request({**request.scope, "path_params": {"rest": rest}}, request.receive)


def _search(request: Request, typed: str) -> Response:
    site = recent_site() or current_site()
    embedded = request.query_params.get(EMBED) == "1"
    found = site.finder.answer(typed)
    if found.go:
        ending = f"?{EMBED}=1" if embedded else ""
        return RedirectResponse(f"{site.prefix}{found.go}{ending}", 303, {"Cache-Control": "no-store"})
    page = site.pages[paths.SEARCH]
    content = site.html(
        page, embedded=embedded, query=typed, found=found.found, why=found.why, is_guess=found.is_guess
    )
    return Response(content, media_type=HTML, headers=_HEADERS | {"Cache-Control": "no-store"})


def _elsewhere(site: Site, path: str, request: Request) -> Response:
    """Lead a wrong writing of an address to the right one; else say that there is no such page."""
    if path == paths.SITEMAP:  # a site without an address: the links hold for this reader only
        origin = f"{request.url.scheme}://{request.url.netloc}"
        return answer(request, pack(site.sitemap(origin), XML), _KEPT | {"Cache-Control": "no-store"})
    target = right_address(site, path)
    if target:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{site.prefix}{target}{query}", 301, {"Cache-Control": FOR_A_WHILE})
    return answer(request, site.missing, _KEPT, status=404)


def right_address(site: Site, path: str) -> str:
    """Give the address that a wrong writing means; empty when it means none."""
    if path in {PUBLIC, f"{PUBLIC}/index.html"}:
        return paths.HOME
    bare = path.removesuffix("/index.html").rstrip("/")
    if bare in site.pages:
        return bare
    if lowered := next((one for one in site.pages if one.lower() == bare.lower()), ""):
        return lowered
    if found := _CODED.fullmatch(path.removeprefix(f"{PUBLIC}/")):
        known = site.contents.hrefs if found[1] == "quartier" else site.contents.communes
        return known.get(found[2].upper(), "")
    return ""


def _unavailable() -> Response:
    headers = _HEADERS | {"Cache-Control": "no-store", "Retry-After": "60"}
    return Response(_UNAVAILABLE, 503, headers, HTML)


def public_routes() -> list[BaseRoute]:
    """Give the routes of the public site."""
    return [
        Mount(f"{ASSETS}/{stamp()}", Immutable(directory=browser.path(FOLDER))),
        Route(paths.SEARCH, search, methods=["GET"]),
        Route(ROBOTS, serve_robots, methods=["GET"]),
        Route(PUBLIC, serve, methods=["GET"]),
        Route(f"{PUBLIC}/{{rest:path}}", serve, methods=["GET"]),
    ]
