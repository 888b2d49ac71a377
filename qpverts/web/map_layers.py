"""The layers of the map, by address: made once for each version of the data, then only sent."""

from __future__ import annotations

import logging
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from qpverts.atlas.atlas import Atlas
from qpverts.errors import DataError
from qpverts.viz.maps import geojson_layers
from qpverts.viz.maps.addresses import DATA_PREFIX
from qpverts.web.answers import Body, ByVersion, answer
from qpverts.web.good_data import good_data
from qpverts.web.vendor import FOREVER

log = logging.getLogger(__name__)

_MEDIA_TYPE = "application/geo+json"
_MAKERS: dict[str, Callable[[Atlas], bytes]] = {
    "terre": lambda atlas: atlas.catalogue.read("terre_voisine"),
    "communes": lambda atlas: atlas.catalogue.read("communes"),
    "arrondissements": lambda atlas: atlas.catalogue.read("arrondissements"),
    "etiquettes": lambda atlas: atlas.catalogue.read("etiquettes"),
    "quartiers": lambda atlas: geojson_layers.collection(
        geojson_layers.district_features(atlas.qpvs, atlas.perimeters)
    ),
    "anneaux": lambda atlas: geojson_layers.collection(geojson_layers.ring_features(atlas.perimeters)),
    "espaces": lambda atlas: geojson_layers.collection(geojson_layers.space_features(atlas.spaces.values())),
    "maille": lambda atlas: geojson_layers.collection(geojson_layers.cell_features(atlas.cells)),
    "actions": lambda atlas: geojson_layers.collection(
        geojson_layers.action_features(atlas.actions.values())
    ),
}
_layers = ByVersion()


def body(atlas: Atlas, layer: str) -> Body:
    """Give the bytes of a layer, made once for each version of the data."""
    return _layers.make(atlas.version, layer, _MEDIA_TYPE, lambda: _MAKERS[layer](atlas))


async def serve_layer(request: Request) -> Response:
    """Answer with a layer; 404 when there is none of that name, 503 when the data are faulty."""
    layer = request.path_params["layer"]
    if layer not in _MAKERS:
        return PlainTextResponse("Couche inconnue.", 404)
    try:
        atlas = await good_data.obtain()
        content = _layers.get(atlas.version, layer)
        if content is None:
            content = await run_in_threadpool(body, atlas, layer)
    except DataError:
        log.exception("map layer %s cannot be made", layer)
        return PlainTextResponse("Les données sont momentanément indisponibles.", 503)
    # An address of an older version still answers, with today's data, but is not kept.
    is_current = request.path_params["version"] == atlas.version
    return answer(request, content, {"Cache-Control": FOREVER if is_current else "no-cache"})


def layer_routes() -> list[BaseRoute]:
    """Give the routes of the map layers; reading only."""
    return [Route(f"{DATA_PREFIX}/{{version}}/{{layer}}.geojson", serve_layer, methods=["GET"])]
