"""The open data by address; reading only, from any site."""

from __future__ import annotations

import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from qpverts.atlas.atlas import Atlas
from qpverts.errors import DataError
from qpverts.settings import load as load_settings
from qpverts.web.addresses import DATA
from qpverts.web.answers import Body, ByVersion, answer, pack
from qpverts.web.good_data import good_data
from qpverts.web.open_data import files
from qpverts.web.open_data.resource import Resource
from qpverts.web.open_data.resources import RESOURCES
from qpverts.web.public.paths import METHOD

log = logging.getLogger(__name__)

#: Anybody's page may read; five minutes, then asked again.
HEADERS = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300, stale-if-error=604800"}
#: Where the data are explained to people.
DOCUMENTATION = f"{METHOD}#donnees-ouvertes"
_files = ByVersion()


def body(atlas: Atlas, resource: Resource, ending: str) -> Body:
    """Give a resource as bytes, made once for each version of the data."""
    name = f"{resource.id}.{ending}"
    return _files.make(
        atlas.version, name, files.media_type(ending), lambda: files.to_bytes(resource, ending, atlas)
    )


async def serve(request: Request) -> Response:
    """Answer with a resource in the format of its ending; 404 names what there is, 503 says faulty data."""
    name, _, ending = request.path_params["file"].partition(".")
    resource = RESOURCES.get(name)
    if resource is None or ending not in files.formats(resource):
        known = ", ".join(f"{one.id}.{end}" for one in RESOURCES.values() for end in files.formats(one))
        return PlainTextResponse(f"Ce fichier n'existe pas. Il y a : {known}.", 404, HEADERS)
    try:
        atlas = await good_data.obtain()
        made = _files.get(atlas.version, f"{resource.id}.{ending}")
        if made is None:
            made = await run_in_threadpool(body, atlas, resource, ending)
    except DataError:
        log.exception("open data %s cannot be made", resource.id)
        return _unavailable()
    headers = HEADERS | {"Content-Disposition": f'inline; filename="{resource.id}.{ending}"'}
    return answer(request, made, headers)


async def serve_catalogue(request: Request) -> Response:
    """Answer with the description of all the resources, in DCAT.

    No cache keeps one whose links hold only for the reader who asks.
    """
    own = load_settings().public_url
    origin = own or f"{request.url.scheme}://{request.url.netloc}"
    try:
        atlas = await good_data.obtain()
    except DataError:
        log.exception("the catalogue of open data cannot be made")
        return _unavailable()
    made = await run_in_threadpool(lambda: pack(files.to_catalogue(atlas, origin), files.LINKED))
    return answer(request, made, HEADERS if own else HEADERS | {"Cache-Control": "no-store"})


async def document(_: Request) -> Response:
    """Lead to the page that explains the data."""
    return RedirectResponse(DOCUMENTATION, 302)


def _unavailable() -> Response:
    said = "Les données sont momentanément indisponibles. Revenez dans quelques minutes."
    return PlainTextResponse(said, 503, HEADERS | {"Cache-Control": "no-store", "Retry-After": "60"})


def open_data_routes() -> list[BaseRoute]:
    """Give the routes of the open data; none writes."""
    return [
        Route(DATA, document, methods=["GET"]),
        Route(files.CATALOGUE, serve_catalogue, methods=["GET"]),
        Route(f"{DATA}/{{file}}", serve, methods=["GET"]),
    ]
