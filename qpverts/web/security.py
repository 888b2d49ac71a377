"""What a browser is told not to do: no foreign origin, no frame, no guess, no device; and shut doors.

Three policies, by address. The public pages and the open data need nothing but our own files. The public
pages made to be embedded (``?integrer=1``) may stand in anybody's frame, and only they. The dashboard needs
more: Streamlit styles inline, and streamlit-folium evaluates the script of its map.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import cast
from urllib.parse import parse_qs

from secure import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    XContentTypeOptions,
    XFrameOptions,
)
from secure.middleware import SecureASGIMiddleware
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from qpverts.web.addresses import EMBED, UPLOADS, is_within, place_of
from qpverts.web.answers import refuse

#: Where the backgrounds of the map come from, when one is switched on.
TILES = "https://data.geopf.fr"
_NOBODY = ("camera", "microphone", "payment", "usb", "midi", "display-capture")
#: Longest address that is read, in bytes: a shared selection is far below. Shorter nonsense gets its page,
#: which says what it could not do.
LONGEST_ADDRESS = 40_000
_LOCAL = ("localhost", "127.0.0.1", "[::1]")
_NAMED = re.compile(r"(\[[0-9a-f:.]+\]|[^\s:/@\[\]]+)(:\d+)?")


class Security:
    """ASGI middleware that adds the headers of one of three policies, and shuts what nothing uses.

    ``hosts`` are the names that the site answers to, besides this machine's own; none means any.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] = ()) -> None:
        self._hosts = frozenset({*hosts, *_LOCAL} if hosts else ())
        own = "'self'"
        self._dashboard = _secured(
            app,
            ContentSecurityPolicy()
            .default_src(own)
            .script_src(own, "'unsafe-inline'", "'unsafe-eval'", "blob:")
            .style_src(own, "'unsafe-inline'")
            .img_src(own, "data:", "blob:", TILES)
            .font_src(own, "data:")
            .connect_src(own)
            .worker_src(own, "blob:")
            .object_src("'none'")
            .base_uri(own)
            .form_action(own)
            .frame_ancestors(own),
            frame="SAMEORIGIN",
        )
        self._public = _secured(app, _public_policy().frame_ancestors(own), frame="SAMEORIGIN")
        self._embedded = _secured(app, _public_policy().frame_ancestors("*"), frame=None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Choose the policy by the address; refuse uploads, foreign names, addresses too long to be meant."""
        if scope["type"] in {"http", "websocket"} and self._hosts and _host(scope) not in self._hosts:
            await refuse(scope, receive, send, PlainTextResponse("Ce site n'a pas ce nom.", 421))
            return
        if scope["type"] != "http":
            await self._dashboard(scope, receive, send)
            return
        path, query = str(scope["path"]), bytes(scope["query_string"])
        guarded = self._dashboard
        place = place_of(path)
        if place and place.is_public:
            guarded = self._embedded if _is_embedded(query) else self._public
        if is_within(path, UPLOADS):
            await refuse(scope, receive, send, PlainTextResponse("Aucune page ne reçoit de fichier.", 403))
        elif len(query) + len(scope.get("raw_path", b"")) > LONGEST_ADDRESS:
            await refuse(scope, receive, send, PlainTextResponse("Cette adresse est trop longue.", 414))
        else:
            await guarded(scope, receive, send)


def _host(scope: Scope) -> str:
    named = _NAMED.fullmatch(Headers(scope=scope).get("host", "").lower())
    return named[1] if named else ""


def _public_policy() -> ContentSecurityPolicy:
    own = "'self'"
    return (
        ContentSecurityPolicy()
        .default_src("'none'")
        .script_src(own)
        .style_src(own)
        .img_src(own, "data:")
        .font_src(own)
        .connect_src(own)
        .manifest_src(own)
        .base_uri("'none'")
        .form_action(own)
    )


def _secured(app: ASGIApp, policy: ContentSecurityPolicy, *, frame: str | None) -> ASGIApp:
    permissions = PermissionsPolicy().geolocation("self").fullscreen("self").clipboard_write("self")
    for device in _NOBODY:
        permissions = permissions.directive(device)
    headers = Secure(
        csp=policy,
        coop=CrossOriginOpenerPolicy().same_origin(),
        permissions=permissions,
        referrer=ReferrerPolicy().strict_origin_when_cross_origin(),
        xcto=XContentTypeOptions().nosniff(),
        xfo=XFrameOptions().value(frame) if frame else None,
    )
    # Its own types of messages are wider than Starlette's.
    return cast("ASGIApp", SecureASGIMiddleware(app, secure=headers))


def _is_embedded(query: bytes) -> bool:
    if EMBED.encode() not in query:
        return False
    return parse_qs(query.decode("latin-1")).get(EMBED) == ["1"]
