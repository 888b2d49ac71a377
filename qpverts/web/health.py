"""Whether this process can serve: what a supervisor or a reverse proxy asks."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from qpverts import __version__
from qpverts.errors import DataError
from qpverts.sources import load as atlases
from qpverts.web import addresses

_NEVER_KEPT = {"Cache-Control": "no-store"}


async def health(_: Request) -> Response:
    """Answer 200 with the versions, or 503 when the data cannot be read; no path and no trace is told."""
    try:
        atlas = await run_in_threadpool(atlases.current)
    except DataError as error:
        said = {"etat": "données illisibles", "fautes": len(error.faults), "version": __version__}
        return JSONResponse(said, 503, _NEVER_KEPT)
    return JSONResponse({"etat": "ok", "donnees": atlas.version, "version": __version__}, headers=_NEVER_KEPT)


def health_routes() -> list[BaseRoute]:
    """Give the route."""
    return [Route(addresses.HEALTH, health, methods=["GET"])]
