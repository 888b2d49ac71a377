"""What a process tells whoever keeps it: one JSON object per line, and nothing about anybody.

Every library here logs with Python's own ``logging``; this gives all of it one form, and adds a line for each
answer and each session. Addresses of readers, what they searched and where they came from are never written:
the path of an answer has no query.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable

from pythonjsonlogger.json import JsonFormatter
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

#: Longest path that is written, in characters: an address may be of any length.
LONGEST_PATH = 200
_OURS = "qpverts"
_FIELDS = "{asctime}{levelname}{name}{message}"
_NAMES = {"asctime": "time", "levelname": "level", "name": "logger", "message": "event"}


def form() -> logging.Formatter:
    """Give what writes one record as one line of JSON; ``extra`` fields beside ours, a traceback inside."""
    return JsonFormatter(_FIELDS, style="{", rename_fields=_NAMES, datefmt="%Y-%m-%dT%H:%M:%S%z")


def write_json() -> None:
    """Make every record a line of JSON on the error output, ours from "info" on.

    Streamlit and its server give each of their loggers a handler of its own: only its form changes.
    """
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler())
    logging.getLogger(_OURS).setLevel(logging.INFO)
    for handler in {*root.handlers, *_handlers_of(root.manager.loggerDict.values())}:
        handler.setFormatter(form())


def _handlers_of(loggers: Iterable[object]) -> Iterable[logging.Handler]:
    return (handler for one in loggers if isinstance(one, logging.Logger) for handler in one.handlers)


class Journal:
    """ASGI middleware that writes a line for each answer, and two for each session.

    An answer that a browser keeps for good (a script, a letter) is not written: a page brings a hundred.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._sessions = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on as it is; measure, when somebody reads the journal."""
        if scope["type"] == "lifespan" or not log.isEnabledFor(logging.INFO):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._session(scope, receive, send)
        else:
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, status, size, is_kept = time.perf_counter(), 500, 0, False

        async def note(message: Message) -> None:
            nonlocal status, size, is_kept
            if message["type"] == "http.response.start":
                status = message["status"]
                is_kept = "immutable" in Headers(raw=message.get("headers", [])).get("cache-control", "")
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, note)
        finally:
            if not is_kept:
                said = {"method": scope["method"], "path": _path(scope), "status": status, "bytes": size}
                log.info("answer", extra={**said, "ms": _ms_since(began)})

    async def _session(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        self._sessions += 1
        log.info("session opened", extra={"path": _path(scope), "sessions": self._sessions})
        try:
            await self.app(scope, receive, send)
        finally:
            self._sessions -= 1
            lasted = {"path": _path(scope), "sessions": self._sessions, "ms": _ms_since(began)}
            log.info("session closed", extra=lasted)


def _path(scope: Scope) -> str:
    return str(scope["path"])[:LONGEST_PATH]


def _ms_since(began: float) -> float:
    return round(1000 * (time.perf_counter() - began), 1)
