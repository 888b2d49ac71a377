"""The usual way of serving pages and files: each made when it is asked for, from data read once.

Same templates, same data, same server and the same addresses as ours; every request fills the template or
writes the file, and compresses it when the reader takes that, as Starlette's own middleware does.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from qpverts.settings import load as load_settings
from qpverts.sources import load as atlases
from qpverts.viz.maps import geojson_layers
from qpverts.viz.maps.addresses import DATA_PREFIX
from qpverts.web.open_data import files
from qpverts.web.open_data.resources import RESOURCES
from qpverts.web.public.site import HTML, Site

atlas = atlases.current()
site = Site(atlas, load_settings())


def page(request: Request) -> Response:
    """Fill the template of a page."""
    return Response(site.html(site.pages[request.url.path]), media_type=HTML)


def data(_: Request) -> Response:
    """Write the table of the districts."""
    return Response(files.to_csv(RESOURCES["quartiers"], atlas), media_type=files.CSV)


def layer(_: Request) -> Response:
    """Write the layer of the districts."""
    found = geojson_layers.collection(geojson_layers.district_features(atlas.qpvs, atlas.perimeters))
    return Response(found, media_type="application/geo+json")


app = st.App(
    Path(__file__).parent / "page.py",
    routes=[
        Route("/donnees/quartiers.csv", data),
        Route(f"{DATA_PREFIX}/{{version}}/quartiers.geojson", layer),
        Route("/public/{rest:path}", page),
    ],
    middleware=[Middleware(GZipMiddleware)],
)
