"""Answers made once and sent many times: compressed beforehand, with a tag that changes with any byte."""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import brotli
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

_BROTLI_QUALITY = 9
_OK = 200
_REFUSED = re.compile(r"0(\.0*)?")


@dataclass(frozen=True, slots=True)
class Body:
    """What is sent: the same content plain and compressed; ``tag`` changes with any byte of it.

    ``gzipped`` and ``brotli`` are empty where compressing gains nothing.
    """

    media_type: str
    plain: bytes
    gzipped: bytes
    brotli: bytes
    tag: str


def pack(content: bytes, media_type: str) -> Body:
    """Compress a content, the same way each time; a picture is compressed already."""
    is_picture = media_type.startswith("image/")
    return Body(
        media_type,
        content,
        b"" if is_picture else gzip.compress(content, mtime=0),
        b"" if is_picture else brotli.compress(content, quality=_BROTLI_QUALITY),
        hashlib.sha256(content).hexdigest()[:16],
    )


class ByVersion:
    """Bodies of one version of the data by name, made when first asked for; those of another are let go."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], Body] = {}
        self._lock = threading.Lock()

    def get(self, version: str, name: str) -> Body | None:
        """Give a body that is ready."""
        return self._made.get((version, name))

    def make(self, version: str, name: str, media_type: str, write: Callable[[], bytes]) -> Body:
        """Give a body, written now if need be, by one thread at a time."""
        key = (version, name)
        with self._lock:
            if key not in self._made:
                for old in [old for old in self._made if old[0] != version]:
                    del self._made[old]
                self._made[key] = pack(write(), media_type)
            return self._made[key]


def answer(request: Request, body: Body, headers: Mapping[str, str], *, status: int = _OK) -> Response:
    """Send a body as compressed as the reader can take, or say that it has not changed.

    ``headers`` are added, those about compression and the tag apart.
    """
    sent = {**headers, "Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
    if status != _OK:
        sent["Cache-Control"] = "no-cache"
    else:
        sent["ETag"] = f'W/"{body.tag}"'
        if body.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=sent)
    accepted = _accepted(request.headers.get("accept-encoding", ""))
    content = body.plain
    if body.brotli and "br" in accepted:
        content, sent["Content-Encoding"] = body.brotli, "br"
    elif body.gzipped and "gzip" in accepted:
        content, sent["Content-Encoding"] = body.gzipped, "gzip"
    return Response(content, status, sent, body.media_type)


async def refuse(scope: Scope, receive: Receive, send: Send, refusal: Response) -> None:
    """Send a refusal in the place of what was asked, be it an answer or a session."""
    if scope["type"] == "websocket":
        await WebSocket(scope, receive, send).send_denial_response(refusal)
    else:
        await refusal(scope, receive, send)


def _accepted(header: str) -> set[str]:
    """Name the encodings that a reader takes; "q=0" refuses one."""
    named = (part.replace(" ", "").partition(";q=") for part in header.split(","))
    return {name for name, _, weight in named if not _REFUSED.fullmatch(weight)}
