"""The same files from a folder, which is trusted no more than the network."""

import errno

import pytest

from qpverts.atlas.datasets import AddressKind
from qpverts.errors import DataError
from qpverts.sources.fetching.sync import FetchState, raw_path

HTML = b"<!DOCTYPE html><html><body>Service indisponible</body></html>"


def test_from_a_folder(bring, folder, remote, collection):
    """The same files come from a folder, address or not, with nothing asked of the network."""
    body = collection()
    (folder / "a.geojson").write_bytes(body)
    datasets = [remote("a", access=AddressKind.PAGE), remote("b", url="http://127.0.0.1:9/")]
    assert bring(*datasets, folder=folder) == {"a": FetchState.NEW, "b": FetchState.ABSENT}
    assert bring(*datasets, folder=folder) == {"a": FetchState.SAME, "b": FetchState.ABSENT}
    assert bring.said["b"] == "« b.geojson » n'est pas dans le dossier"
    assert bring.held == {"a.geojson": body}
    assert (folder / "a.geojson").read_bytes() == body
    assert raw_path(bring.var, datasets[0]) == bring.var / "brut" / "a.geojson"


def test_from_a_folder_only(bring, folder, remote):
    """What is asked for by name and is not there is a failure."""
    assert bring(remote("a"), remote("b"), folder=folder, only=["b"]) == {"b": FetchState.FAILED}


def test_folder_is_not_trusted_more(bring, folder, remote, collection):
    """A bad file of the folder is refused like one of the network."""
    (folder / "a.geojson").write_bytes(HTML)
    (folder / "b.geojson").write_bytes(collection(1_500_000))
    (folder / "c.geojson").mkdir()
    datasets = [remote("a"), remote("b", max_mb=1), remote("c")]
    assert set(bring(*datasets, folder=folder).values()) == {FetchState.FAILED}
    assert "page web" in bring.said["a"]
    assert "dépasse les 1 Mo admis" in bring.said["b"]
    assert "ce n'est pas un fichier" in bring.said["c"]
    assert bring.held == {}


def test_folder_then_network(bring, server, folder, remote, collection):
    """After a folder the network is asked without condition, and the same bytes are unchanged."""
    (folder / "jeu.geojson").write_bytes(collection())
    jeu = remote(url=server.url)
    bring(jeu, folder=folder)
    server.plays(server.file(collection()))
    assert bring(jeu) == {"jeu": FetchState.SAME}
    assert server.header(0, "If-None-Match") is None
    assert bring(jeu) == {"jeu": FetchState.SAME}
    assert server.header(1, "If-None-Match") == '"v1"'


@pytest.mark.parametrize("place", ["rien", "fichier"])
def test_no_folder(bring, tmp_path, remote, place):
    """A folder that is not there is reported before anything is done."""
    (tmp_path / "fichier").write_bytes(b"")
    with pytest.raises(DataError, match="vérifiez --from"):
        bring(remote(), folder=tmp_path / place)


def test_full_disk(bring, folder, remote, collection, monkeypatch):
    """A full disk is a failure of the source, with what to look at; the last good copy stays."""
    (folder / "jeu.geojson").write_bytes(collection())
    bring(remote(), folder=folder)
    (folder / "jeu.geojson").write_bytes(collection(word="b"))

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("qpverts.sources.fetching.sync.settle", full)
    assert bring(remote(), folder=folder) == {"jeu": FetchState.FAILED}
    assert "vérifiez la place" in bring.said["jeu"]
    assert bring.held["jeu.geojson"] == collection()


def test_folder_then_no_address(bring, folder, remote, collection):
    """What was brought and has no address is in place, with its day: nothing is asked for again."""
    (folder / "jeu.geojson").write_bytes(collection())
    jeu = remote(access=AddressKind.PAGE)
    bring(jeu, folder=folder)
    assert bring(jeu, only=["jeu"]) == {"jeu": FetchState.SAME}
    assert bring.said["jeu"].startswith("copie déposée le ")
