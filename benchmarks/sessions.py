"""Measure the dashboard under many people at once: how long a change takes, and what a session weighs.

Run with ``python -m benchmarks.sessions``: 50, then 200 real websocket sessions, without a browser, against
one process. Each opens *Carte* and changes the indicator, as its address does in a browser. Nothing fails on
time; a map that is not the one asked for, an error on the page, or a second crowd that takes as much memory
again as the first, fails.

Two paces: people who look before they change (``--pause`` seconds on average, at random moments), and all of
them at the same instant, which is the worst that can happen.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import random
import re
import statistics
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from benchmarks.server import NoServerError, Server, load_average, serving
from qpverts.domain.figures.specs.formulas import FORMULAS

BUDGET_S = 1.0
BUDGET_MB = 8.0
CROWDS = (50, 200)
LIMIT_S = 180
#: How much a second crowd may add, as a share of what the first did, besides what an allocator keeps.
GROWTH, SLACK_MB = 0.5, 30.0
_SEED = 8
_OPENING = 4  # sessions that open at the same time: a crowd never arrives in one instant
_PAINT = re.compile(r"qpverts\.paint\((\{.*\})\);")


class WrongAnswerError(Exception):
    """A page that is not the one asked for."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run gave: seconds from the question to its end, bytes received, and the map's paint order."""

    seconds: float
    received: int
    order: dict[str, object]


class Session:
    """A person on a page, without a browser: the same messages, and the same memory of what was received."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._kept: dict[str, ForwardMsg] = {}

    async def ask(self, page: str, params: dict[str, str]) -> Run:
        """Run a page with a query string, until its end.

        Raises
        ------
        WrongAnswerError
            When the page shows an error or the connection ends.
        """
        question = BackMsg()
        question.rerun_script.page_name = page
        question.rerun_script.query_string = urlencode(params)
        question.rerun_script.cached_message_hashes.extend(self._kept)
        began = time.perf_counter()
        await self._socket.send(question.SerializeToString())
        received = 0
        order: dict[str, object] = {}
        while True:
            data = await asyncio.wait_for(self._socket.recv(decode=False), LIMIT_S)
            received += len(data)
            message = self._whole(ForwardMsg.FromString(data))
            kind = message.WhichOneof("type")
            if kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return Run(time.perf_counter() - began, received, order)
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise WrongAnswerError(f"{page} ne s'exécute pas")
            elif kind == "delta":
                order = _order(message) or order

    def _whole(self, message: ForwardMsg) -> ForwardMsg:
        """Give what a message stands for, and keep what the next ones may only name."""
        if message.WhichOneof("type") == "ref_hash":
            return self._kept[message.ref_hash]
        if message.metadata.cacheable and message.hash:
            self._kept[message.hash] = message
        return message


@dataclass
class Crowd:
    """What was measured of some sessions at once.

    ``processor_ms`` are those of the server for one change, ``memory_mb`` what it holds for one session.
    """

    size: int
    opening_s: list[float] = field(default_factory=list)
    looking_s: list[float] = field(default_factory=list)
    together_s: list[float] = field(default_factory=list)
    received: list[int] = field(default_factory=list)
    processor_ms: float = 0.0
    memory_mb: float = 0.0


def _order(message: ForwardMsg) -> dict[str, object]:
    element = message.delta.new_element
    if element.WhichOneof("type") == "exception":
        raise WrongAnswerError(f"la page montre une erreur : {element.exception.message[:200]}")
    found = _PAINT.search(json.loads(element.component_instance.json_args or "{}").get("feature_group") or "")
    return dict(json.loads(found[1])) if found else {}


def p95(values: Sequence[float]) -> float:
    """Give the 95th percentile, the largest value of small samples."""
    return sorted(values)[min(len(values) - 1, round(0.95 * len(values)))]


async def enter(server: Server) -> Session:
    """Open a session; it lasts as long as its connection, which :func:`leave` closes."""
    address = f"ws://127.0.0.1:{server.port}/_stcore/stream"
    socket = await connect(
        address,
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        proxy=None,
        open_timeout=LIMIT_S,
        ping_interval=None,  # a browser does not knock, and leave when nobody answers at once
    )
    return Session(socket)


async def leave(sessions: Sequence[Session]) -> None:
    """Close the connections of some sessions."""
    await asyncio.gather(*(one._socket.close() for one in sessions))  # noqa: SLF001  # of this module


async def change(session: Session, indicator: str) -> Run:
    """Choose an indicator on *Carte*, and check that the map was told that one and no other."""
    run = await session.ask("carte", {"indicateur": indicator})
    if run.order.get("indicator") != indicator:
        raise WrongAnswerError(f"{indicator} demandé, {run.order.get('indicator')} peint")
    return run


async def gather(server: Server, size: int, *, changes: int, pause_s: float) -> Crowd:
    """Bring a crowd, let each look and change, then all at the same instant, and send it home."""
    crowd, before_mb = Crowd(size), server.rss_mb()
    doors = asyncio.Semaphore(_OPENING)

    async def arrive() -> Session:
        async with doors:
            session = await enter(server)
            crowd.opening_s.append((await session.ask("carte", {})).seconds)
            return session

    async def look(session: Session, rank: int, dice: random.Random) -> None:
        for indicator in itertools.islice(_round(rank), changes):
            await asyncio.sleep(dice.uniform(0, 2 * pause_s))
            run = await change(session, indicator)
            crowd.looking_s.append(run.seconds)
            crowd.received.append(run.received)

    sessions = await asyncio.gather(*(arrive() for _ in range(size)))
    used_s = server.processor_s()
    await asyncio.gather(*(look(one, rank, random.Random(_SEED + rank)) for rank, one in enumerate(sessions)))  # noqa: S311
    crowd.processor_ms = 1000 * (server.processor_s() - used_s) / len(crowd.looking_s)
    runs = await asyncio.gather(
        *(change(one, next(_round(rank + changes + 1))) for rank, one in enumerate(sessions))
    )
    crowd.together_s = [run.seconds for run in runs]
    crowd.memory_mb = (server.rss_mb() - before_mb) / size
    await leave(sessions)
    return crowd


def _round(start: int) -> Iterator[str]:
    """Give the indicators round and round, neighbours in a crowd never on the same one."""
    options = list(FORMULAS)
    return itertools.islice(itertools.cycle(options), start % len(options), None)


async def warm(server: Server) -> None:
    """Send one person first: what all sessions share is not counted as theirs."""
    session = await enter(server)
    for indicator in FORMULAS:
        await change(session, indicator)
    await leave([session])


async def crowds(server: Server, sizes: Sequence[int], *, changes: int, pause_s: float) -> AsyncIterator[str]:
    """Bring each crowd twice; give the lines of the table, each when it is known.

    Raises
    ------
    WrongAnswerError
        When a page is wrong, or the second crowd makes the server grow as much again.
    """
    await warm(server)
    empty_mb = server.rss_mb()
    for size in sizes:
        first = await gather(server, size, changes=changes, pause_s=pause_s)
        after_mb = server.rss_mb()
        await gather(server, size, changes=1, pause_s=0.0)
        again_mb = server.rss_mb()
        yield row(first, empty_mb, after_mb, again_mb)
        check_growth(size, empty_mb, after_mb, again_mb)


def check_growth(size: int, empty_mb: float, after_mb: float, again_mb: float) -> None:
    """Refuse that the sessions of a second crowd are added to those of the first, which have left."""
    if again_mb - after_mb > GROWTH * (after_mb - empty_mb) + SLACK_MB:
        raise WrongAnswerError(
            f"la mémoire croît sans retour : {empty_mb:.0f} Mo à vide, {after_mb:.0f} Mo après {size} "
            f"sessions, {again_mb:.0f} Mo après {size} autres"
        )


def row(crowd: Crowd, empty_mb: float, after_mb: float, again_mb: float) -> str:
    """Set what was measured of a crowd beside the budget."""
    times = [crowd.opening_s, crowd.looking_s, crowd.together_s]
    shown = [f"{statistics.median(each):.2f} / {p95(each):.2f} s" for each in times]
    cells = [
        str(crowd.size),
        *shown,
        f"{p95(crowd.looking_s) / BUDGET_S:.2f}",
        f"{crowd.processor_ms:.0f} ms",
        f"{statistics.median(crowd.received) / 1024:.1f} Kio",
        f"{crowd.memory_mb:.2f} Mo",
        f"{crowd.memory_mb / BUDGET_MB:.2f}",
        f"{empty_mb:.0f} → {after_mb:.0f} → {again_mb:.0f} Mo",
        load_average(),
    ]
    return f"| {' | '.join(cells)} |"


HEADS = (
    "sessions",
    "ouvrir, p50 / p95",
    "changer, p50 / p95",
    "tous au même instant, p50 / p95",
    "au budget (p95 ≤ 1 s)",
    "processeur par changement",
    "reçu par changement",
    "par session",
    "au budget (≤ 8 Mo)",
    "processus à vide, après une foule, après une autre",
    "charge",
)


async def show(server: Server, options: argparse.Namespace) -> None:
    """Print the line of each crowd as it is known."""
    async for line in crowds(server, options.sessions, changes=options.changes, pause_s=options.pause):
        print(line, flush=True)


def main() -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Le tableau de bord, une foule à la fois.")
    parser.add_argument("--sessions", type=int, nargs="+", default=list(CROWDS))
    parser.add_argument("--changes", type=int, default=4, help="changements d'indicateur par personne")
    parser.add_argument("--pause", type=float, default=10.0, help="secondes entre deux, en moyenne")
    options = parser.parse_args()
    print(
        f"un processus, {os.cpu_count()} processeurs que les visiteurs simulés partagent ; un changement par "
        f"personne toutes les {options.pause:g} s en moyenne ; charge au début {load_average()}"
    )
    print(f"| {' | '.join(HEADS)} |\n|{'---|' * len(HEADS)}")
    try:
        with serving() as server:
            asyncio.run(show(server, options))
    except (WrongAnswerError, NoServerError, WebSocketException, TimeoutError) as error:
        print(f"ÉCHEC : {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
