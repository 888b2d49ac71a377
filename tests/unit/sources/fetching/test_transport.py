"""Asking a real server that is overloaded, silent or slow, that refuses, or that sends elsewhere."""

import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from qpverts.errors import RemoteError
from qpverts.sources.fetching import transport
from qpverts.sources.fetching.download import Version
from qpverts.sources.fetching.transport import ask

BODY = bytes(range(256)) * 12_000  # 3 MB


def test_nothing_is_said_of_the_person(get, server):
    """The request says what it is for and nothing else."""
    server.plays(server.file(BODY))
    get()
    ((_, headers),) = server.asked
    assert set(headers) == {"Host", "Accept", "Accept-Encoding", "Connection", "User-Agent"}
    assert headers["User-Agent"] == "QPVerts (+data sync)"


def test_overload_then_answer(get, server, waits):
    """An overloaded server is asked again, after longer and longer waits."""
    server.plays(server.status(503), server.status(503), server.file(BODY))
    get()
    assert get.file.read_bytes() == BODY
    assert len(waits) == 2
    assert 1 <= waits[0] <= 2 <= waits[1] <= 3


def test_asked_wait_is_kept(get, server, waits):
    """A server that asks for seven seconds gets seven seconds."""
    server.plays(server.status(429, Retry_After=7), server.file(BODY))
    get()
    assert waits == [7]


def test_asked_date_is_kept(get, server, waits):
    """The wait may be a date."""
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    server.plays(server.status(503, Retry_After=date), server.file(BODY))
    get()
    assert 50 < waits[0] <= 60


@pytest.mark.parametrize("word", ["bientôt".encode().decode("latin-1"), "-3", "1e3", "²", ""])
def test_unreadable_wait(get, server, waits, word):
    """A wait that cannot be read is one of ours."""
    server.plays(server.status(429, Retry_After=word), server.file(BODY))
    get()
    assert 1 <= waits[0] <= 2


def test_too_long_a_wait_is_told(get, server, waits):
    """A server that asks for hours is not waited for: the person is told when to come back."""
    server.plays(server.status(429, Retry_After=9_000))
    with pytest.raises(RemoteError, match="relancez dans 9000 s"):
        get()
    assert waits == []
    assert len(server.asked) == 1


def test_attempts_end(get, server, waits):
    """A server that stays down is left alone after the attempts, with its code."""
    server.plays(server.status(500))
    with pytest.raises(RemoteError, match=r"débordé ou en panne \(code 500\) ; relancez plus tard"):
        get()
    assert len(server.asked) == 3
    assert len(waits) == 2


@pytest.mark.parametrize("code", [204, 300, 400, 401, 403, 404, 410])
def test_refusal(get, server, code):
    """A refusal is reported at once with its code."""
    server.plays(server.status(code))
    with pytest.raises(RemoteError, match=rf"refuse l'adresse \(code {code}\) ; vérifiez-la"):
        get()
    assert len(server.asked) == 1


def test_redirection(get, server):
    """A redirection is followed, and its body is not read."""

    def endless(handler):
        handler.send_response(302)
        handler.send_header("Location", "/ailleurs")
        handler.end_headers()
        while not server.release.is_set():
            handler.wfile.write(b" " * 65_536)

    server.plays(endless, server.file(BODY))
    assert get() == Version(server.url, '"v1"')
    assert [path for path, _ in server.asked] == ["/fichier", "/ailleurs"]
    assert get.file.read_bytes() == BODY


def test_redirection_without_end(get, server):
    """A loop is left after five turns."""
    server.plays(server.status(302, Location="/fichier"))
    with pytest.raises(RemoteError, match="sans fin"):
        get()
    assert len(server.asked) == transport.MAX_REDIRECTS + 1


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://127.0.0.1/x"])
def test_redirection_out_of_the_web(get, server, place):
    """A redirection to anything but http(s) is refused."""
    server.plays(server.status(302, Location=place))
    with pytest.raises(RemoteError, match="hors de http"):
        get()


def test_redirection_out_of_encryption():
    """A redirection from https to http is refused."""
    answer = httpx.MockTransport(lambda _: httpx.Response(302, headers={"Location": "http://exemple.fr/"}))
    with (
        httpx.Client(transport=answer) as client,
        pytest.raises(RemoteError, match="de https à http"),
        ask(client, "https://exemple.fr/", {}),
    ):
        pass


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/x", "file:///etc/passwd", "http://", "x", "http://[::1"])
def test_wrong_address(get, server, url):
    """An address that is not one is reported at once."""
    with pytest.raises(RemoteError, match="adresse"):
        get(url=url)


def test_silence(get, server):
    """A server that stops speaking is given up."""
    server.plays(server.file(BODY, stop=1_000, hold=True))
    with pytest.raises(RemoteError, match="tu trop longtemps"):
        get(read_s=0.2, attempts=1)


def test_drip(get, server):
    """A byte at a time, each in time, is as good as nothing."""

    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        while not server.release.wait(0.02):
            handler.wfile.write(b" ")
            handler.wfile.flush()

    server.plays(drip)
    with pytest.raises(RemoteError, match="trop lent"):
        get(window_s=0.2, slowest_bytes_s=1_000, attempts=1)


def test_nobody_there(get):
    """A port on which nobody listens is reported."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        with pytest.raises(RemoteError, match="le serveur ne répond pas"):
            get(url=f"http://127.0.0.1:{held.getsockname()[1]}/", attempts=1)


def test_proxy(get, server, monkeypatch):
    """A proxy of the environment is asked for the file."""
    monkeypatch.setenv("HTTP_PROXY", server.url.removesuffix("/fichier"))
    server.plays(server.file(BODY))
    get(url="http://exemple.invalid/fichier")
    assert server.asked[0][0] == "http://exemple.invalid/fichier"


def test_wrong_proxy(get, monkeypatch):
    """A proxy that is not one is reported by the names to look at."""
    monkeypatch.setenv("HTTP_PROXY", "gopher://127.0.0.1")
    with pytest.raises(RemoteError, match="HTTP_PROXY"):
        get(url="http://exemple.invalid/fichier")
