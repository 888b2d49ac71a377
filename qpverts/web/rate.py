"""A limit on requests per minute from one address: nobody can keep a process from all the others.

Files that a browser keeps are not counted: a page of the dashboard brings 140 of them, and a room of
people has one address. What is counted is what makes the process think: a page, a search, a data file, a
session. A reverse proxy says whose question it passes on (``X-Forwarded-For``), and is believed when it is on
this machine; what comes from this machine itself is not counted.
"""

from __future__ import annotations

import ipaddress
import logging

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from qpverts.web.addresses import place_of
from qpverts.web.answers import refuse

log = logging.getLogger(__name__)

#: Answers a minute. A page of the dashboard asks for two: this is a large hall that moves together.
ANSWERS = RateLimitItemPerMinute(1200, namespace="answers")
#: Sessions opened a minute: each costs a whole page.
SESSIONS = RateLimitItemPerMinute(180, namespace="sessions")
_SAID = "Trop de demandes en peu de temps depuis votre adresse. Attendez une minute, puis recommencez."
_NETWORK_V6 = 64  # bits: what one subscriber of IPv6 is given


class RateLimit:
    """ASGI middleware that answers 429 to an address that asks too much; a sliding minute, in memory."""

    def __init__(
        self, app: ASGIApp, answers: RateLimitItem = ANSWERS, sessions: RateLimitItem = SESSIONS
    ) -> None:
        self.app = app
        self._limits = {"http": answers, "websocket": sessions}
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count, and pass on or refuse."""
        limit = self._limits.get(scope["type"])
        place = place_of(scope["path"]) if scope["type"] == "http" else None
        is_counted = limit is not None and (place is None or place.is_limited)
        visitor = who(scope) if is_counted else ""
        if limit is None or not visitor or self._limiter.hit(limit, visitor):
            await self.app(scope, receive, send)
            return
        headers = {"Retry-After": "60", "Cache-Control": "no-store"}
        await refuse(scope, receive, send, PlainTextResponse(_SAID, 429, headers))


def who(scope: Scope) -> str:
    """Name the network that a question comes from; empty for this machine, or when it is not known.

    >>> who({"client": ("203.0.113.9", 4000)}), who({"client": ("127.0.0.1", 4000)})
    ('203.0.113.9', '')
    >>> who({"client": ("::ffff:203.0.113.9", 0)})  # one door for both versions
    '203.0.113.9'
    >>> who({"client": ("2001:db8:1:2:3:4:5:6", 0)})
    '2001:db8:1:2::/64'
    """
    host = str((scope.get("client") or ("", 0))[0])
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host  # a name, as test clients have
    address = getattr(address, "ipv4_mapped", None) or address
    if address.is_loopback:
        return ""
    if address.version == 6:  # noqa: PLR2004  # of the protocol
        return str(ipaddress.ip_network((address, _NETWORK_V6), strict=False))
    return str(address)
