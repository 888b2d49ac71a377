"""A server that behaves as servers do, and something for it to give."""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Server:
    """A real server of the loopback that plays a script: one answer per request, the last one for ever."""

    def __init__(self):
        self.asked = []  # the path and headers of each request, in order
        self.script = []
        self.release = threading.Event()  # what a held answer waits for
        play = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                play.asked.append((self.path, dict(self.headers)))
                step = play.script.pop(0) if len(play.script) > 1 else play.script[0]
                with contextlib.suppress(ConnectionError):
                    step(self)

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}/fichier"
        self.thread = threading.Thread(
            target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self.thread.start()

    def plays(self, *steps):
        """Set the answers to come, and forget the requests so far."""
        self.script = list(steps)
        self.asked.clear()

    def header(self, rank, name):
        """Give a header of a request by its rank, ``None`` when it was not sent."""
        return self.asked[rank][1].get(name)

    @staticmethod
    def status(code, body=b"", **headers):
        """Answer a code, with headers (``Retry_After=3``) and a body."""

        def step(handler):
            handler.send_response(code)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), str(value))
            handler.end_headers()
            handler.wfile.write(body)

        return step

    def file(self, body, *, tag='"v1"', stop=None, length=None, hold=False):
        """Answer a file as good servers do, on condition; cut or held after ``stop`` bytes."""

        def step(handler):
            if tag and handler.headers.get("If-None-Match") == tag:
                handler.send_response(304)
                handler.end_headers()
                return
            handler.send_response(200)
            handler.send_header("Content-Length", str(length or len(body)))
            if tag:
                handler.send_header("ETag", tag)
            handler.end_headers()
            handler.wfile.write(body[:stop])
            handler.wfile.flush()
            if hold:
                self.release.wait(60)

        return step

    def close(self):
        """Stop, and free whoever is held."""
        self.release.set()
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()


@pytest.fixture
def server(monkeypatch):
    """A scripted server; proxies of the environment are put aside."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    found = Server()
    yield found
    found.close()


@pytest.fixture
def collection():
    """A function that makes a GeoJSON collection of a given size in bytes."""

    def make(size=10_000, word="a"):
        head, tail = b'{"type": "FeatureCollection", "name": "', b'", "features": []}\n'
        return head + word.encode() * (size - len(head) - len(tail)) + tail

    return make
