"""Warming up: the first visitor should not wait for what can be ready before."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool

from qpverts import __version__
from qpverts.errors import DataError
from qpverts.settings import load as load_settings
from qpverts.sources import load as atlases
from qpverts.viz.maps.base_map import LAYERS
from qpverts.web.journal import write_json
from qpverts.web.map_layers import body
from qpverts.web.public import paths
from qpverts.web.public.site import current_site

log = logging.getLogger(__name__)


def warm() -> None:
    """Read the data and make the layers; faulty data are for the pages to explain."""
    try:
        atlas = atlases.current()
    except DataError as error:
        log.warning("data are faulty, pages will say so: %s", error)
        return
    try:
        for layer in LAYERS:
            body(atlas, layer)
        current_site().body(paths.HOME)
    except Exception:  # a page that fails by our fault must not keep the others from being served
        log.exception("not everything is ready beforehand")


@asynccontextmanager
async def lifespan(_: object) -> AsyncIterator[None]:
    """Warm up before the server says that it is healthy; from here on every logger has its handler."""
    if load_settings().log_json:
        write_json()
    began = time.perf_counter()
    await run_in_threadpool(warm)
    log.info("ready", extra={"ms": round(1000 * (time.perf_counter() - began)), "version": __version__})
    yield
