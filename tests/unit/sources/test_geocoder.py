"""The address service, played by a real server of the loopback that answers well, badly, or not at all."""

import contextlib
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from qpverts.errors import RemoteError
from qpverts.sources import geocoder
from qpverts.sources.geocoder import Place, search

WAIT_S = 0.5


def feature(lon=5.43168, lat=43.29068, label="36 Rue de la Pinède 13011 Marseille"):
    """Make one answer of the service."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": {"label": label},
    }


def collection(*features):
    """Make a whole answer of the service."""
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


@pytest.fixture
def service(monkeypatch):
    """A function that makes the service answer; gives the list of what it is asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            with contextlib.suppress(ConnectionError):
                self.server.answer(self)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    monkeypatch.setenv("QPVERTS_GEOCODER_URL", f"http://127.0.0.1:{server.server_port}/search")
    monkeypatch.setenv("QPVERTS_GEOCODER_WAIT", str(WAIT_S))

    def answers(body=b"", status=200, headers=(), send=None):
        def plain(handler):
            handler.send_response(status)
            for name, value in headers:
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(body)

        server.answer = send or plain
        return asked

    yield answers
    server.shutdown()
    server.server_close()
    thread.join()


def test_addresses_are_read_with_their_points(service):
    """A good answer gives labels and points, and only what was typed is sent."""
    asked = service(collection(feature()))
    assert search("  36 rue de la pinède ") == (
        Place("36 Rue de la Pinède 13011 Marseille", lat=43.29068, lon=5.43168),
    )
    (path,) = asked
    assert parse_qs(urlsplit(path).query)["q"] == ["36 rue de la pinède"]


def test_points_outside_the_region_are_left_out(service):
    """An address in Lille, or on the wrong side of the coordinates, is no answer."""
    service(collection(feature(3.06, 50.63), feature(43.29, 5.43), feature(float("nan"), 43.3), feature()))
    assert [place.lat for place in search("rue de la pinède")] == [43.29068]


def test_many_and_double_answers_are_few_and_different(service):
    """At most five, none twice, in the service's order."""
    service(collection(feature(), feature(), *(feature(label=f"{n} Rue") for n in range(20))))
    labels = [place.label for place in search("rue de la pinède")]
    assert len(labels) == geocoder.MAX_PLACES == len(set(labels))
    assert labels[0].startswith("36")


def test_no_answer_is_not_a_failure(service):
    """The service answered, and knows no such address."""
    service(collection())
    assert search("rue inconnue") == ()


@pytest.mark.parametrize("address", ["", "  ", "ab", " a b"[:3]])
def test_too_short_an_address_is_not_sent(service, address):
    """Less than three letters are not worth a request."""
    asked = service(collection(feature()))
    with pytest.raises(RemoteError, match="trois lettres"):
        search(address)
    assert asked == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>Portail captif</body></html>",
        b"\xff\xfe\x00",
        b"null",
        b"[]",
        b'"features"',
        b"{}",
        b'{"features": null}',
        b'{"features": 3}',
        b'{"features": {"a": 1}}',
        b'{"features": [null]}',
        b'{"features": [{"geometry": null}]}',
        b'{"features": [{"geometry": {"coordinates": []}}]}',
        b'{"features": [{"geometry": {"coordinates": {"x": 1}}}]}',
        b'{"features": [{"geometry": {"coordinates": ["a", "b"]}}]}',
        b'{"features": [{"geometry": {"coordinates": [[5.4], [43.3]]}}]}',
        b'{"features": [{"geometry": {"coordinates": [5.4, 43.3]}, "properties": null}]}',
        b'{"features": [{"geometry": {"coordinates": [1' + b"0" * 400 + b", 43.3]}}]}",
        b'{"features": [{"geometry": {"coordinates": [1' + b"0" * 5_000 + b", 43.3]}}]}",
        b'{"features": ' + b"[" * 90_000 + b"]" * 90_000 + b"}",
    ],
    ids=range(20),
)
def test_rubbish_is_one_plain_sentence(service, body):
    """Whatever comes back that is not an answer, the person is told to click on the map."""
    service(body)
    with pytest.raises(RemoteError, match="Cliquez sur la carte"):
        search("rue de la pinède")


@pytest.mark.parametrize("status", [302, 400, 404, 429, 500, 503])
def test_status_of_failure_is_a_failure(service, status):
    """An error page is no answer, even when its body looks like one; a redirection is not followed."""
    asked = service(collection(feature()), status, [("Location", "/elsewhere")])
    with pytest.raises(RemoteError, match="Cliquez sur la carte"):
        search("rue de la pinède")
    assert len(asked) == 1


def test_ten_megabytes_are_not_read_to_the_end(service):
    """An answer without end is dropped early."""
    sent = []

    def flood(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(160):
            handler.wfile.write(b" " * 65_536)
            sent.append(65_536)

    service(send=flood)
    with pytest.raises(RemoteError, match="Cliquez sur la carte"):
        search("rue de la pinède")
    assert sum(sent) < 10_000_000


def test_zipped_bomb_is_not_unpacked_to_the_end(service):
    """A small answer that unpacks to a large one is dropped early as well."""
    import gzip  # noqa: PLC0415  # only here

    service(gzip.compress(b" " * 50_000_000), headers=[("Content-Encoding", "gzip")])
    with pytest.raises(RemoteError, match="Cliquez sur la carte"):
        search("rue de la pinède")


def test_silent_service_is_given_up(service):
    """No answer within the wait: the person is told, and does not wait for ever."""
    release = threading.Event()
    service(send=lambda _: release.wait(5))
    began = time.monotonic()
    with pytest.raises(RemoteError, match="Cliquez sur la carte"):
        search("rue de la pinède")
    assert time.monotonic() - began < 4 * WAIT_S
    release.set()


def test_service_that_drips_is_given_up(service):
    """A byte at a time, each in time, is not an answer in time: the wait is for the whole answer."""
    release = threading.Event()

    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(40):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            if release.wait(0.15):
                return

    service(send=drip)
    began = time.monotonic()
    with pytest.raises(RemoteError, match="Cliquez sur la carte"):
        search("rue de la pinède")
    waited = time.monotonic() - began
    release.set()
    assert waited < 4 * WAIT_S


def test_nobody_there_is_said(monkeypatch):
    """A port on which nobody listens gives the same sentence."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        monkeypatch.setenv("QPVERTS_GEOCODER_URL", f"http://127.0.0.1:{held.getsockname()[1]}/search")
        with pytest.raises(RemoteError, match="Cliquez sur la carte"):
            search("rue de la pinède")


@pytest.mark.parametrize(
    "url", ["not a url", "ftp://127.0.0.1/x", "http://", "http://[::1", "file:///etc/passwd"]
)
def test_wrong_address_in_the_settings_is_said(monkeypatch, url):
    """A mistyped QPVERTS_GEOCODER_URL gives the same sentence, and reads no file."""
    monkeypatch.setenv("QPVERTS_GEOCODER_URL", url)
    with pytest.raises(RemoteError, match="Cliquez sur la carte"):
        search("rue de la pinède")
