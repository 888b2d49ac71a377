"""nginx with the project's own configurations, for as long as a measure lasts."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

from benchmarks.server import ROOT, free_port

IN_FRONT = ROOT / "deploy" / "qpverts.conf"
ALONE = ROOT / "deploy" / "static.conf"
_LIMIT_S = 20
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


class NoProxyError(Exception):
    """An nginx that does not start."""


@dataclass(frozen=True, slots=True)
class Nginx:
    """A running nginx: its address, and the file where it writes what it answered."""

    url: str
    log: Path


def program() -> str:
    """Give where nginx is: Debian keeps it out of the path of users."""
    return shutil.which("nginx") or "/usr/sbin/nginx"


def is_there() -> bool:
    """Tell whether nginx is installed."""
    return Path(program()).exists()


@contextmanager
def before(ports: Sequence[int], *, limited: bool = False) -> Iterator[Nginx]:
    """Run nginx before servers of ours until the block ends.

    Its limits by address would stop ``wrk``: they are left only when asked for.

    Raises
    ------
    NoProxyError
        When it stops or does not answer, with what it said.
    """
    text = IN_FRONT.read_text(encoding="utf-8")
    servers = "".join(f"server 127.0.0.1:{one};" for one in ports)
    text = re.sub(r"(server 127\.0\.0\.1:\d+[^;]*;\s*)+", servers, text)
    if not limited:
        text = re.sub(r"^\s*limit_(req|conn) .*$", "", text, flags=re.MULTILINE)
    with _running(text, "/sante") as running:
        yield running


@contextmanager
def over(folder: Path) -> Iterator[Nginx]:
    """Run nginx over a published folder until the block ends; raises as :func:`before` does."""
    text = ALONE.read_text(encoding="utf-8").replace("/srv/qpverts", str(folder))
    with _running(text, "/public/") as running:
        yield running


@contextmanager
def _running(text: str, answers_at: str) -> Iterator[Nginx]:
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = text.replace("listen 80;", f"listen 127.0.0.1:{port};")
        text = text.replace("/var/cache/nginx/qpverts", str(folder / "cache"))
        text = text.replace("/var/log/nginx", str(folder))
        (folder / "site.conf").write_text(text, encoding="utf-8")
        paths = "".join(f"{one}_temp_path {folder}/{one};" for one in _TEMPORARY)
        user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""  # the folder is its own
        (folder / "nginx.conf").write_text(
            f"{user}daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;\n"
            f"worker_rlimit_nofile 8192; events {{ worker_connections 4096; }}\n"
            f"http {{ access_log off; {paths} include {folder}/site.conf; }}\n",
            encoding="utf-8",
        )
        command = [program(), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
        process = subprocess.Popen(  # noqa: S603  # our own
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(process, url + answers_at, folder / "error.log")
            yield Nginx(url, folder / "qpverts.log")
        finally:
            process.terminate()
            process.wait(_LIMIT_S)


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    limit = time.monotonic() + _LIMIT_S
    while True:
        with suppress(OSError), build_opener(ProxyHandler({})).open(address, timeout=2):
            return
        if process.poll() is not None or time.monotonic() > limit:
            raise NoProxyError(log.read_text(encoding="utf-8"))
        time.sleep(0.05)
