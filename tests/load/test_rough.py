"""Rubbish on the wire and readers who never finish: everybody else is still answered, memory is bounded."""

import asyncio
import os
import random
import socket
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from benchmarks import sessions
from qpverts.web.rate import ANSWERS

SLOW = 150
LIMIT_S = 30
BOUND_MB = 80
DISTRICT = "/public/quartier/QN01338I-air-bel"


def read(server, path):
    """Ask for an address as anybody would."""
    return httpx.get(server.url + path, timeout=LIMIT_S, trust_env=False)


def is_well(server):
    """Check that a public page, the open data, and the dashboard answer, and that the process is there."""
    assert read(server, DISTRICT).status_code == 200
    assert read(server, "/donnees/quartiers.csv").status_code == 200

    async def visit():
        session = await sessions.enter(server)
        await sessions.change(session, "population")
        await sessions.leave([session])

    asyncio.run(visit())
    assert server.process.is_running()


@pytest.mark.thorough
def test_readers_who_never_finish_hold_up_nobody(server):
    """150 connections give one byte of a header at a time: others read on, and memory stays where it was."""
    is_well(server)
    before_mb = server.rss_mb()
    held = [socket.create_connection(("127.0.0.1", server.port), timeout=LIMIT_S) for _ in range(SLOW)]
    try:
        for one in held:
            one.sendall(f"GET {DISTRICT} HTTP/1.1\r\nHost: localhost\r\nX-Lent: ".encode())
        for _ in range(5):
            for one in held:
                one.sendall(b"a")
            assert read(server, DISTRICT).status_code == 200
        is_well(server)
        assert server.rss_mb() - before_mb < BOUND_MB
    finally:
        for one in held:
            one.close()
    is_well(server)


@pytest.mark.thorough
def test_readers_who_do_not_read_hold_up_nobody(server):
    """Fifty ask for a large file again and again and read nothing of it: others are answered."""
    before_mb = server.rss_mb()
    held = []
    try:
        for _ in range(50):
            one = socket.socket()
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            one.connect(("127.0.0.1", server.port))
            one.sendall(b"GET /donnees/grille.csv HTTP/1.1\r\nHost: localhost\r\n\r\n" * 5)
            held.append(one)
        is_well(server)
        assert server.rss_mb() - before_mb < BOUND_MB
    finally:
        for one in held:
            one.close()


@pytest.mark.parametrize(
    "start",
    [
        b"\x00" * 4096,
        b"GET " + b"/" * 200_000 + b" HTTP/1.1\r\n\r\n",
        b"GET /public/ HTTP/1.1\r\n" + b"X: y\r\n" * 20_000,
        b"GET /public/ HTTP/9.9\r\n\r\n",
        b"POST /public/ HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /public/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n",
        "GET /public/é\u202e HTTP/1.1\r\n\r\n".encode(),
    ],
    ids=["zeros", "line", "headers", "version", "length", "chunks", "bytes"],
)
def test_what_is_not_http_is_refused(server, start):
    """Broken requests get a refusal or a closed door, never a trace, and the server goes on."""
    answer = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as one:
        try:
            one.sendall(start)
            one.shutdown(socket.SHUT_WR)
            while part := one.recv(65_536):
                answer += part
        except (ConnectionError, TimeoutError):
            pass
    assert b"Traceback" not in answer
    assert b"site-packages" not in answer
    assert not answer.startswith(b"HTTP/1.1 5")
    assert read(server, DISTRICT).status_code == 200


def test_rubbish_through_the_websocket_ends_there(server):
    """Random bytes, text, long frames and half messages: their own session at most is lost."""
    dice = random.Random(3)  # noqa: S311  # the same rubbish at each run
    frames = [
        b"",
        "bonjour",
        dice.randbytes(10),
        dice.randbytes(100_000),
        b"\x0a" * 1000,
        b"\xff" * 10_000,
        '{"type": "rerun"}',
    ]
    before_mb = server.rss_mb()

    async def throw(frame):
        address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
        said = b""
        try:
            async with connect(address, subprotocols=[Subprotocol("streamlit")], proxy=None) as one:
                for _ in range(5):
                    await one.send(frame)
                while True:
                    answer = await asyncio.wait_for(one.recv(), 1)
                    said += answer.encode() if isinstance(answer, str) else answer
        except (WebSocketException, TimeoutError, OSError):
            pass
        return said

    async def all_of_them():
        return await asyncio.gather(*(throw(frame) for frame in frames * 3))

    for said in asyncio.run(all_of_them()):
        assert b"Traceback" not in said
        assert os.fsencode(Path.cwd()) not in said
    is_well(server)
    assert server.rss_mb() - before_mb < BOUND_MB


def test_sessions_that_say_nothing_cost_little(server):
    """A hundred open connections that never ask for a page: the next person is answered as before."""

    async def stay():
        held = [await sessions.enter(server) for _ in range(100)]
        guest = await sessions.enter(server)
        run = await sessions.change(guest, "population")
        await sessions.leave([*held, guest])
        return run

    before_mb = server.rss_mb()
    run = asyncio.run(stay())
    assert run.order["indicator"] == "population"
    assert server.rss_mb() - before_mb < BOUND_MB


def test_a_stranger_who_insists_waits_and_nobody_else(server):
    """What a relay passes on is counted by its true address; others, and this machine, are answered."""

    def ask(client, address):
        return client.get("/sante", headers={"X-Forwarded-For": address} if address else {}).status_code

    with httpx.Client(base_url=server.url, timeout=LIMIT_S, trust_env=False) as client:
        answers = [ask(client, "203.0.113.9") for _ in range(ANSWERS.amount + 20)]
        assert answers.count(429) >= 15
        assert set(answers[: ANSWERS.amount // 2]) == {200}
        assert ask(client, "203.0.113.10") == 200
        assert ask(client, "") == 200
    is_well(server)
