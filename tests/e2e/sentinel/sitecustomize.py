"""Loaded first by the servers under test: notes every name they look up and every host they call.

Browsers can only tell what pages ask for. This tells what the server itself asks for.
"""

import os
import socket
import sys
from pathlib import Path

_NOTES = os.environ.get("QPVERTS_TEST_SENTINEL")
_LOCAL = {"localhost", "127.0.0.1", "::1", "0.0.0.0", "::", ""}  # noqa: S104  # compared, never bound


def _watch(event: str, args: tuple[object, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = args[0]
    elif event == "socket.connect":
        peer, address = args
        # A UDP socket that is only connected sends nothing: a usual way to learn one's own address.
        if not isinstance(address, tuple) or peer.type & socket.SOCK_DGRAM:  # type: ignore[attr-defined]
            return
        host = address[0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else str(host or "")
    if name not in _LOCAL:
        with Path(str(_NOTES)).open("a", encoding="utf-8") as notes:
            notes.write(f"{event} {name}\n")


if _NOTES:
    sys.addaudithook(_watch)
