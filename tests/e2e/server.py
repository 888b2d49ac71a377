"""Real servers on free ports of the loopback: the application, and a stand-in for the address service."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import ProxyHandler, build_opener

import pytest

ROOT = Path(__file__).parents[2]
SENTINEL = Path(__file__).parent / "sentinel"
START_LIMIT_S = 60
STOP_LIMIT_S = 10


class Server:
    """A running application: its address, its process, and what it asked of the network."""

    def __init__(self, url, process, folder):
        self.url = url
        self.process = process
        self.folder = folder

    def calls(self):
        """List the hosts that the server itself looked up or called, this machine apart."""
        notes = self.folder / "sentinel.txt"
        return notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []

    def log(self):
        """Give what the server printed."""
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")

    def get(self, path):
        """Ask for an address without a browser; give the status and the body."""
        with opener().open(self.url + path, timeout=10) as answer:
            return answer.status, answer.read()


def opener():
    """Give an HTTP client that no proxy of the environment diverts."""
    return build_opener(ProxyHandler({}))


def free_port():
    """Find a port of the loopback on which nobody listens."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@contextmanager
def serving(folder, **env):
    """Run the application as the README says, until the block ends."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QPVERTS_")}
    environment |= {
        "PYTHONPATH": os.pathsep.join([str(SENTINEL), *filter(None, [os.environ.get("PYTHONPATH")])]),
        "QPVERTS_TEST_SENTINEL": str(folder / "sentinel.txt"),
        **env,
    }
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += ["--server.port", str(port), "--server.headless", "true"]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        server = Server(f"http://localhost:{port}", process, folder)
        try:
            _wait_until_healthy(server)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(STOP_LIMIT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_healthy(server):
    limit = time.monotonic() + START_LIMIT_S
    while time.monotonic() < limit:
        if server.process.poll() is not None:
            pytest.fail(f"the server ended at once:\n{server.log()}")
        with suppress(OSError):
            server.get("/_stcore/health")
            return
        time.sleep(0.05)
    pytest.fail(f"the server was not healthy after {START_LIMIT_S} s:\n{server.log()}")


class Geocoder:
    """A stand-in for the IGN address service, on the loopback, that can be switched off."""

    def __init__(self):
        self.asked = []
        self.is_up = True
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                stub.asked.append(parse_qs(urlsplit(self.path).query).get("q", [""])[0])
                body = json.dumps(stub.answer).encode() if stub.is_up else b"<h1>502 Bad Gateway</h1>"
                self.send_response(200 if stub.is_up else 502)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.httpd.server_port}/geocodage/search"
        self.answer = {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "geometry": {"type": "Point", "coordinates": [5.43168, 43.29068]},
                    "properties": {"label": "36 Rue de la Pinède 13011 Marseille"},
                }
            ],
        }
