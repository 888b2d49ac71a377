"""Libraries and our own scripts for the browser, served from this machine, cached for good."""

from __future__ import annotations

import importlib
from pathlib import Path

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from qpverts.viz.addresses import PACKAGES, STATIC, vendor_prefix

FOREVER = "public, max-age=31536000, immutable"


class Immutable(StaticFiles):
    """Static files whose address changes with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve a file and tell the browser to keep it."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = FOREVER
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def vendor_routes() -> list[BaseRoute]:
    """Mount each XStatic package and our own static folder under its versioned address."""
    folders = {name: Path(importlib.import_module(f"xstatic.pkg.{name}").BASE_DIR) for name in PACKAGES}
    folders["qpverts"] = STATIC
    return [Mount(vendor_prefix(name), Immutable(directory=folder)) for name, folder in folders.items()]
