"""Libraries and our own scripts for the browser, served from this machine, cached for good."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from qpverts import browser
from qpverts.viz.maps.addresses import FOLDERS, PACKAGES, SCRIPTS, map_script_url, vendor_prefix

FOREVER = "public, max-age=31536000, immutable"
_KEPT = {"Cache-Control": FOREVER, "X-Content-Type-Options": "nosniff"}


class Immutable(StaticFiles):
    """Static files whose address changes with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve a file and tell the browser to keep it."""
        response = await super().get_response(path, scope)
        response.headers.update(_KEPT)
        return response


def vendor_routes() -> list[BaseRoute]:
    """Mount each XStatic package and our own folders, and the script of the maps made of them."""
    folders = {name: Path(importlib.import_module(f"xstatic.pkg.{name}").BASE_DIR) for name in PACKAGES}
    mounts = [Mount(vendor_prefix(name), Immutable(directory=folder)) for name, folder in folders.items()]
    ours = Immutable(packages=[(browser.__name__, folder) for folder in FOLDERS])
    mounts.append(Mount(vendor_prefix("qpverts"), ours))
    script = _in_one_piece(folders | {"qpverts": browser.path("map")})

    async def map_script(_: Request) -> Response:
        return Response(script, media_type="text/javascript", headers=_KEPT)

    return [Route(map_script_url(), map_script), *mounts]


def _in_one_piece(folders: Mapping[str, Path]) -> bytes:
    """Set the scripts one after the other, each in a function of its own, as strict as it says to be."""
    texts = [(folders[name] / file).read_text(encoding="utf-8") for name, file in SCRIPTS]
    return "".join(f"(() => {{\n{text}\n}})();\n" for text in texts).encode()
