"""The layers of the map, by address: made once for each version of the data, then only sent."""

from __future__ import annotations

import gzip
import logging
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from qpverts.errors import DataError
from qpverts.sources.atlas import Atlas
from qpverts.viz import payload
from qpverts.viz.addresses import DATA_PREFIX
from qpverts.web.latest import latest
from qpverts.web.vendor import FOREVER

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Body:
    plain: bytes
    gzipped: bytes


_MAKERS: dict[str, Callable[[Atlas], bytes]] = {
    "terre": lambda atlas: atlas.catalogue.read("terre_voisine"),
    "communes": lambda atlas: atlas.catalogue.read("communes"),
    "arrondissements": lambda atlas: atlas.catalogue.read("arrondissements"),
    "etiquettes": lambda atlas: atlas.catalogue.read("etiquettes"),
    "quartiers": lambda atlas: payload.collection(payload.district_features(atlas.qpvs, atlas.perimeters)),
    "anneaux": lambda atlas: payload.collection(payload.ring_features(atlas.perimeters)),
    "espaces": lambda atlas: payload.collection(payload.space_features(atlas.spaces.values())),
    "maille": lambda atlas: payload.collection(payload.cell_features(atlas.cells)),
    "actions": lambda atlas: payload.collection(payload.action_features(atlas.actions.values())),
}
_made: dict[tuple[str, str], _Body] = {}


def body(atlas: Atlas, layer: str) -> _Body:
    """Give the bytes of a layer; those of older versions of the data are let go."""
    key = (atlas.version, layer)
    if key not in _made:
        for old in [old for old in _made if old[0] != atlas.version]:
            _made.pop(old, None)
        plain = _MAKERS[layer](atlas)
        _made[key] = _Body(plain, gzip.compress(plain, mtime=0))
    return _made[key]


def serve_layer(request: Request) -> Response:
    """Answer with a layer; 404 when there is none of that name, 503 when the data are faulty."""
    layer = request.path_params["layer"]
    if layer not in _MAKERS:
        return PlainTextResponse("Couche inconnue.", 404)
    try:
        atlas = latest.fresh() or latest.current()
        content = body(atlas, layer)
    except DataError:
        log.exception("map layer %s cannot be made", layer)
        return PlainTextResponse("Les données sont momentanément indisponibles.", 503)
    # An address of an older version still answers, with today's data, but is not kept.
    is_current = request.path_params["version"] == atlas.version
    headers = {
        "ETag": f'"{atlas.version}-{layer}"',
        "Cache-Control": FOREVER if is_current else "no-cache",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(content.gzipped, media_type="application/geo+json", headers=headers)
    return Response(content.plain, media_type="application/geo+json", headers=headers)


def layer_routes() -> list[BaseRoute]:
    """Give the routes of the map layers; reading only."""
    return [Route(f"{DATA_PREFIX}/{{version}}/{{layer}}.geojson", serve_layer, methods=["GET"])]
