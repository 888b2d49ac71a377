"""Streamlit's HTML shell, said to be in French: it declares English, which misleads screen readers.

Scripts of ours go with it, for what Streamlit lets nobody change: a few words in English, the steps of the
history. Without JavaScript the shell is empty: it leads to the public pages, which need none.
"""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qpverts.viz.maps.addresses import vendor_prefix
from qpverts.web.addresses import PUBLIC, place_of

SCRIPTS = ("selectors", "french", "history")  # in this order

_LANG = re.compile(rb'<html lang="[a-z-]*"')
_NO_SCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
_TOLD = (
    "<noscript><p>Le tableau de bord a besoin de JavaScript. "
    f'<a href="{PUBLIC}/">Les pages de chaque quartier</a> se lisent sans.</p></noscript>'
).encode()
_MAX_SHELL = 200_000  # bytes: the shell is 10 kB; anything larger is not it


class FrenchShell:
    """ASGI middleware that edits the shell, and only it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, but a page is asked for uncompressed and edited on its way out."""
        if not _may_be_page(scope):
            await self.app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        scope = {**scope, "headers": plain}
        held: list[Message] = []

        async def edit(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                held.append(message)
                return
            if not held:
                await send(message)
                return
            held.append(message)
            if not message.get("more_body"):
                for ready in _edited(held):
                    await send(ready)
                held.clear()

        await self.app(scope, receive, edit)


def _may_be_page(scope: Scope) -> bool:
    """Tell whether an address is one of Streamlit's pages: a GET whose last part is no file.

    Ours already speak French, and come compressed: they must not be asked for uncompressed.
    """
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    path = str(scope["path"])
    return place_of(path) is None and "." not in path.rsplit("/", 1)[-1]


def _edited(held: list[Message]) -> list[Message]:
    start, *parts = held
    body = _LANG.sub(b'<html lang="fr"', b"".join(part.get("body", b"") for part in parts), count=1)
    body = _NO_SCRIPT.sub(_TOLD, body, count=1)
    body = body.replace(b"<head>", b"<head>" + _scripts(), 1)
    headers = MutableHeaders(raw=start["headers"])
    headers["Content-Length"] = str(len(body))
    for validator in ("etag", "last-modified"):  # they speak of the unedited page
        del headers[validator]
    return [start, {"type": "http.response.body", "body": body}]


def _scripts() -> bytes:
    folder = vendor_prefix("qpverts")
    return "".join(f'<script src="{folder}/{name}.js"></script>' for name in SCRIPTS).encode()


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(raw=start["headers"])
    length = int(headers.get("content-length", "0") or 0)
    is_html = headers.get("content-type", "").startswith("text/html")
    return is_html and "content-encoding" not in headers and 0 < length <= _MAX_SHELL
