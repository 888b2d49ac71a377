"""A file whole, never a mixture, never too large: a real server cuts and lies."""

import gzip

import pytest

from qpverts.errors import RemoteError
from qpverts.sources.fetching.download import Version

BODY = bytes(range(256)) * 12_000  # 3 MB, in which a misplaced piece shows


def test_whole_file(get, server):
    """A file comes whole, with the server's words for its version."""
    server.plays(server.file(BODY))
    assert get() == Version(server.url, '"v1"')
    assert get.file.read_bytes() == BODY


def test_cut_then_begun_again(get, server, told, waits):
    """A cut file is asked for again, whole, and nothing of the first attempt stays in it."""
    new = BODY[::-1]
    server.plays(server.file(BODY, stop=1_500_000), server.file(new, tag='"v2"'))
    assert get() == Version(server.url, '"v2"')
    assert get.file.read_bytes() == new
    assert server.header(1, "Range") is None
    assert len(waits) == 1
    assert told == [f"la connexion a été coupée avant la fin ; nouvel essai dans {waits[0]:.0f} s"]


def test_always_cut(get, server):
    """A server that always breaks is left alone after the attempts."""
    server.plays(server.file(BODY, stop=2_500_000))
    with pytest.raises(RemoteError, match="la connexion a été coupée avant la fin ; relancez plus tard"):
        get(attempts=3)
    assert len(server.asked) == 3


def test_longer_than_it_is(get, server):
    """A length that the body does not reach is a failure, not a file."""
    server.plays(server.file(BODY, length=len(BODY) + 100))
    with pytest.raises(RemoteError):
        get()


@pytest.mark.parametrize("known", [True, False], ids=["announced", "silent"])
def test_too_large(get, server, known):
    """More than the limit is refused, before or while it comes, and not asked for again."""
    headers = {"Content_Length": len(BODY)} if known else {}
    server.plays(server.status(200, BODY, ETag='"v1"', **headers))
    with pytest.raises(RemoteError, match="dépasse les 1 Mo admis"):
        get(limit=1_000_000)
    assert not get.file.exists() or get.file.stat().st_size <= 1_000_000
    assert len(server.asked) == 1


def test_unchanged(get, server):
    """A server that knows the version says so, and nothing is sent."""
    server.plays(server.file(BODY))
    assert get(known=Version(server.url, '"v1"')) is None
    assert server.header(0, "If-None-Match") == '"v1"'
    assert not get.file.exists()


def test_unchanged_by_date(get, server):
    """Without a tag, the date of the last change is the question."""
    date = "Tue, 24 Nov 2026 10:00:00 GMT"
    server.plays(server.status(304))
    assert get(known=Version(server.url, "", date)) is None
    assert server.header(0, "If-Modified-Since") == date


def test_unchanged_without_a_question(get, server):
    """« Nothing changed » is no answer to someone who has nothing."""
    server.plays(server.status(304))
    with pytest.raises(RemoteError, match="inchangé"):
        get()


def test_packed_on_the_way(get, server):
    """A server that packs although it was asked not to is unpacked."""
    packed = gzip.compress(BODY, 1)
    server.plays(server.status(200, packed, Content_Encoding="gzip", ETag='"v1"', Content_Length=len(packed)))
    get()
    assert get.file.read_bytes() == BODY


def test_packed_bomb(get, server):
    """A small answer that unpacks to a large one is dropped at the limit."""
    server.plays(server.status(200, gzip.compress(bytes(50_000_000)), Content_Encoding="gzip"))
    with pytest.raises(RemoteError, match="dépasse les 1 Mo"):
        get(limit=1_000_000)
    assert get.file.stat().st_size <= 1_000_000


def test_packed_rubbish(get, server):
    """What cannot be unpacked is reported."""
    server.plays(server.status(200, b"rien", Content_Encoding="gzip"))
    with pytest.raises(RemoteError, match="mal formée"):
        get()
