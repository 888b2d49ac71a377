"""A file taken up where it stopped, never a mixture, never too large: a real server cuts and lies."""

import gzip

import pytest

from qpverts.errors import RemoteError
from qpverts.sources.fetching.download import Version, note_of

BODY = bytes(range(256)) * 12_000  # 3 MB, in which a misplaced piece shows


def test_whole_file(get, server):
    """A file comes whole, with the server's words for its version."""
    server.plays(server.file(BODY))
    assert get() == Version(server.url, '"v1"')
    assert get.file.read_bytes() == BODY


def test_cut_then_resumed(get, server, told, waits):
    """A cut connection is taken up where it stopped, on condition that the file is the same."""
    server.plays(server.file(BODY, stop=1_500_000), server.file(BODY))
    get()
    assert get.file.read_bytes() == BODY
    begin = int(server.header(1, "Range").removeprefix("bytes=").removesuffix("-"))
    assert 0 < begin <= 1_500_000
    assert server.header(1, "If-Range") == '"v1"'
    assert len(waits) == 1
    assert told == [f"la connexion a été coupée avant la fin ; nouvel essai dans {waits[0]:.0f} s"]


def test_resumed_by_another_process(get, server):
    """What arrived before a failure serves the next call."""
    server.plays(server.file(BODY, stop=1_500_000))
    with pytest.raises(RemoteError, match="la connexion a été coupée avant la fin ; relancez plus tard"):
        get(attempts=1)
    server.plays(server.file(BODY))
    get()
    assert get.file.read_bytes() == BODY
    assert server.header(0, "Range") is not None


def test_partial_of_another_address_is_left(get, server):
    """What arrived from another address is not continued."""
    server.plays(server.file(BODY, stop=1_500_000))
    with pytest.raises(RemoteError):
        get(attempts=1)
    server.plays(server.file(BODY))
    get(url=f"{server.url}/autre")
    assert server.header(0, "Range") is None
    assert get.file.read_bytes() == BODY


def test_range_ignored(get, server):
    """A server that sends everything again is read from the start, not appended."""
    server.plays(server.file(BODY, stop=1_500_000), server.status(200, BODY))
    get()
    assert server.header(1, "Range") is not None
    assert get.file.read_bytes() == BODY


@pytest.mark.parametrize("tag", ['W/"v1"', ""], ids=["weak", "none"])
def test_no_resumption_without_a_sure_version(get, server, tag):
    """Without a word that pins the bytes, a cut file is begun again."""
    server.plays(server.file(BODY, tag=tag, stop=1_500_000), server.file(BODY, tag=tag))
    get()
    assert server.header(1, "Range") is None
    assert get.file.read_bytes() == BODY


def test_changed_in_between(get, server):
    """A file that changed after the cut is never a mixture of both versions."""
    new = BODY[::-1]
    server.plays(server.file(BODY, stop=1_500_000), server.file(new, tag='"v2"'))
    assert get() == Version(server.url, '"v2"')
    assert get.file.read_bytes() == new


@pytest.mark.parametrize(
    "answer",
    [
        {"Content_Range": f"bytes 7-{len(BODY) - 1}/{len(BODY)}", "ETag": '"v1"'},
        {"Content_Range": "bytes */*"},
        {},
        {"Content_Range": f"bytes 1500000-{len(BODY) - 1}/{len(BODY)}", "ETag": '"v2"'},
    ],
    ids=["elsewhere", "unknown", "silent", "other version"],
)
def test_wrong_resumption_begins_again(get, server, answer):
    """A piece that is not the one asked for is thrown away with what came before."""
    server.plays(server.file(BODY, stop=1_500_000), server.status(206, BODY[:9], **answer), server.file(BODY))
    get()
    assert server.header(2, "Range") is None
    assert get.file.read_bytes() == BODY


def test_range_that_does_not_exist(get, server):
    """A file that became shorter is begun again."""
    server.plays(server.file(BODY, stop=1_500_000), server.status(416), server.file(BODY[:1_000]))
    get()
    assert get.file.read_bytes() == BODY[:1_000]


def test_progress_gives_attempts_back(get, server):
    """A line that breaks often but always brings more is kept at until the end."""
    big = BODY * 3
    server.plays(*(server.file(big, stop=stop) for stop in range(1_200_000, len(big), 1_200_000)))
    server.script.append(server.file(big))
    get(attempts=2)
    assert get.file.read_bytes() == big
    assert len(server.asked) > 5


def test_no_progress_is_no_progress(get, server):
    """A server that always breaks at the same place and always begins again is not asked for ever."""
    server.plays(server.file(BODY, tag="", stop=2_500_000))
    with pytest.raises(RemoteError, match="coupée"):
        get(attempts=3)
    assert len(server.asked) <= 5


def test_longer_than_it_is(get, server):
    """A length that the body does not reach is a failure, not a file."""
    server.plays(server.file(BODY, length=len(BODY) + 100))
    with pytest.raises(RemoteError):
        get()


@pytest.mark.parametrize("known", [True, False], ids=["announced", "silent"])
def test_too_large(get, server, known):
    """More than the limit is refused, before or while it comes, and nothing of it is kept."""
    headers = {"Content_Length": len(BODY)} if known else {}
    server.plays(server.status(200, BODY, ETag='"v1"', **headers))
    with pytest.raises(RemoteError, match="dépasse les 1 Mo admis"):
        get(limit=1_000_000)
    assert not get.file.exists()
    assert not note_of(get.file).exists()
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
    """A server that packs although it was asked not to is unpacked, and never resumed."""
    packed = gzip.compress(BODY, 1)
    server.plays(server.status(200, packed, Content_Encoding="gzip", ETag='"v1"', Content_Length=len(packed)))
    get()
    assert get.file.read_bytes() == BODY
    assert not note_of(get.file).exists()


def test_packed_bomb(get, server):
    """A small answer that unpacks to a large one is dropped at the limit."""
    server.plays(server.status(200, gzip.compress(bytes(50_000_000)), Content_Encoding="gzip"))
    with pytest.raises(RemoteError, match="dépasse les 1 Mo"):
        get(limit=1_000_000)
    assert not get.file.exists()


def test_packed_rubbish(get, server):
    """What cannot be unpacked is told."""
    server.plays(server.status(200, b"rien", Content_Encoding="gzip"))
    with pytest.raises(RemoteError, match="mal formée"):
        get()


def piece(body, tag, count=None):
    """Answer the range asked for, whatever the condition, under a tag, and without a length of its own."""

    def step(handler):
        begin = int(handler.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        handler.send_response(206)
        handler.send_header("Content-Range", f"bytes {begin}-{len(body) - 1}/{len(body)}")
        handler.send_header("ETag", tag)
        handler.end_headers()
        handler.wfile.write(body[begin:][:count])

    return step


def test_never_a_mixture(get, server):
    """A server that gives the rest of another version, and says so by its tag, is not believed."""
    new = BODY[::-1]
    server.plays(server.file(BODY, stop=1_500_000), piece(new, '"v2"'), server.file(new, tag='"v2"'))
    assert get() == Version(server.url, '"v2"')
    assert get.file.read_bytes() == new


def test_short_piece(get, server):
    """A piece that stops before the announced end is no end."""
    server.plays(server.file(BODY, stop=1_500_000), piece(BODY, '"v1"', 9), server.file(BODY))
    get()
    assert len(server.asked) == 3
    assert get.file.read_bytes() == BODY
