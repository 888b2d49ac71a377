"""A server of the application, or of a page to compare with, for as long as a measure lasts."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import psutil

ROOT = Path(__file__).resolve().parents[1]
OURS = "app.py"
_LIMIT_S = 90
_MEGABYTE = 2**20


class NoServerError(Exception):
    """A server that does not start."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, on a free port of the loopback; ``start_s`` is how long it took to be well."""

    port: int
    process: psutil.Process
    start_s: float

    @property
    def url(self) -> str:
        """Give its address, without a closing slash."""
        return f"http://127.0.0.1:{self.port}"

    def rss_mb(self) -> float:
        """Give the memory that it holds, in megabytes."""
        return float(self.process.memory_info().rss) / _MEGABYTE

    def processor_s(self) -> float:
        """Give the processor time that it has used, in seconds: what the load of a machine disturbs least."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


def free_port() -> int:
    """Find a port of the loopback on which nobody listens."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def serving(script: str = OURS) -> Iterator[Server]:
    """Run a script of Streamlit until the block ends, from the moment it says that it is well.

    Raises
    ------
    NoServerError
        When it stops or stays silent, with the end of what it printed.
    """
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.address", "127.0.0.1"]
    command += ["--server.port", str(port), "--server.headless", "true"]
    # Our own modules, from a script that Streamlit starts by its path.
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "server.log"
        with log.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603  # our own
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
            )
        try:
            start_s = _wait(port, process, log)
            yield Server(port, psutil.Process(process.pid), start_s)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> float:
    began = time.perf_counter()
    health = f"http://127.0.0.1:{port}/_stcore/health"
    while True:
        with suppress(OSError), build_opener(ProxyHandler({})).open(health, timeout=2):
            return time.perf_counter() - began
        if process.poll() is not None or time.perf_counter() - began > _LIMIT_S:
            raise NoServerError(log.read_text(encoding="utf-8", errors="replace")[-2000:])
        time.sleep(0.02)


def load_average() -> str:
    """Write how busy the machine is: figures are read beside it."""
    return f"{os.getloadavg()[0]:.1f}".replace(".", ",") if hasattr(os, "getloadavg") else "inconnue"
