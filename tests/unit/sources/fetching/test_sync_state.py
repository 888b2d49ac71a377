"""What sync remembers, and what becomes of it when something stops half-way."""

import json
from datetime import UTC, datetime

import pytest

from qpverts.sources.fetching import manifest
from qpverts.sources.fetching.sync import FetchState, fingerprint, raw_path
from qpverts.sources.reading import catalogue as catalogues


def test_manifest(bring, server, placed):
    """The manifest says what is in place, from where and since when."""
    _, body = placed
    entry = json.loads((bring.var / "brut" / "etat.json").read_bytes())["jeu"]
    assert entry.pop("mtime_ns") == (bring.var / "brut" / "jeu.geojson").stat().st_mtime_ns
    assert entry == {
        "file": "jeu.geojson",
        "sha256": catalogues.sha256(body),
        "bytes": len(body),
        "fetched": datetime.now(UTC).date().isoformat(),
        "url": server.url,
        "etag": '"v1"',
        "last_modified": "",
    }


def test_killed_before_the_manifest(bring, server, placed, collection, monkeypatch):
    """Killed between the file and the manifest, the file is good, its fingerprint its own."""
    (jeu, _), new = placed, collection(word="b")
    server.plays(server.file(new, tag='"v2"'))

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(manifest, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            bring(jeu)
    assert raw_path(bring.var, jeu).read_bytes() == new
    assert fingerprint(bring.var, jeu) == catalogues.sha256(new)
    assert bring(jeu) == {"jeu": FetchState.NEW}
    assert server.header(-1, "If-None-Match") is None
    assert fingerprint(bring.var, jeu) == catalogues.sha256(new)


def test_spoilt_copy(bring, placed):
    """A copy that changed by itself is fetched again, not taken for the last version."""
    jeu, good = placed
    (bring.var / "brut" / "jeu.geojson").write_bytes(b"autre chose")
    assert fingerprint(bring.var, jeu) == catalogues.sha256(b"autre chose")
    assert bring(jeu) == {"jeu": FetchState.NEW}
    assert bring.held == {"jeu.geojson": good}


def test_lost_copy(bring, placed):
    """A copy that is gone is gone for the others as well, and comes back."""
    jeu, _ = placed
    (bring.var / "brut" / "jeu.geojson").unlink()
    assert raw_path(bring.var, jeu) is None
    assert bring(jeu) == {"jeu": FetchState.NEW}


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"[]", b'{"jeu": 3}', b'{"jeu": {"file": "x"}}', b"[" * 9_000]
)
def test_damaged_manifest(bring, placed, content):
    """A damaged manifest knows nothing, stops nothing, and is made again."""
    jeu, _ = placed
    (bring.var / "brut" / "etat.json").write_bytes(content)
    assert raw_path(bring.var, jeu) is None
    assert bring(jeu) == {"jeu": FetchState.NEW}
    assert raw_path(bring.var, jeu) is not None
