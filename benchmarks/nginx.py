"""nginx with the project's own configuration, before servers of ours, for as long as a measure lasts."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

from benchmarks.server import ROOT, free_port

CONFIGURATION = ROOT / "deploy" / "qpverts.conf"
_LIMIT_S = 20
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


class NoProxyError(Exception):
    """An nginx that does not start."""


def program() -> str:
    """Give where nginx is: Debian keeps it out of the path of users."""
    return shutil.which("nginx") or "/usr/sbin/nginx"


def is_there() -> bool:
    """Tell whether nginx is installed."""
    return Path(program()).exists()


def configuration(ports: Sequence[int], port: int, folder: Path) -> str:
    """Write the project's configuration for these ports; its limits by address would stop ``wrk``."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    servers = "".join(f"server 127.0.0.1:{one};" for one in ports)
    text = re.sub(r"(server 127\.0\.0\.1:\d+[^;]*;\s*)+", servers, text)
    text = re.sub(r"^\s*limit_(req|conn) .*$", "", text, flags=re.MULTILINE)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};")
    return text.replace("/var/cache/nginx/qpverts", str(folder / "cache"))


@contextmanager
def before(ports: Sequence[int]) -> Iterator[str]:
    """Run nginx before these ports until the block ends; give its address.

    Raises
    ------
    NoProxyError
        When it stops or does not answer, with what it said.
    """
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "site.conf").write_text(configuration(ports, port, folder), encoding="utf-8")
        paths = "".join(f"{one}_temp_path {folder}/{one};" for one in _TEMPORARY)
        user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""  # the folder is its own
        (folder / "nginx.conf").write_text(
            f"{user}daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;\n"
            f"events {{}}\nhttp {{ access_log off; {paths} include {folder}/site.conf; }}\n",
            encoding="utf-8",
        )
        command = [program(), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
        process = subprocess.Popen(  # noqa: S603  # our own
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(process, url, folder / "error.log")
            yield url
        finally:
            process.terminate()
            process.wait(_LIMIT_S)


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    limit = time.monotonic() + _LIMIT_S
    while True:
        with suppress(OSError), build_opener(ProxyHandler({})).open(f"{url}/sante", timeout=2):
            return
        if process.poll() is not None or time.monotonic() > limit:
            raise NoProxyError(log.read_text(encoding="utf-8"))
        time.sleep(0.05)
