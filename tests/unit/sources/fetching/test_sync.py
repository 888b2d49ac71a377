"""The official files, brought in from a real server: what is good replaces what was good."""

import json
from dataclasses import replace

import pytest

from qpverts.atlas.datasets import AddressKind, Availability
from qpverts.errors import BusyError, DataError
from qpverts.sources.fetching.sync import FetchState, fingerprint, raw_path
from qpverts.sources.lock import working
from qpverts.sources.reading import catalogue as catalogues

HTML = b"<!DOCTYPE html><html><body>Service indisponible</body></html>"


def test_new_then_unchanged(bring, server, remote, collection):
    """A file is new once, then unchanged without being sent again."""
    jeu, body = remote(url=server.url), collection()
    server.plays(server.file(body))
    assert bring(jeu) == {"jeu": FetchState.NEW}
    assert bring.held == {"jeu.geojson": body}
    assert bring(jeu) == {"jeu": FetchState.SAME}
    assert server.header(1, "If-None-Match") == '"v1"'
    assert bring.held == {"jeu.geojson": body}
    assert bring.outcomes[0].bytes == len(body)


def test_changed(bring, server, placed, collection):
    """A new version replaces the old one, and its fingerprint follows."""
    jeu, good = placed
    new = collection(word="b")
    assert fingerprint(bring.var, jeu) == catalogues.sha256(good)
    server.plays(server.file(new, tag='"v2"'))
    assert bring(jeu) == {"jeu": FetchState.NEW}
    assert bring.held == {"jeu.geojson": new}
    assert fingerprint(bring.var, jeu) == catalogues.sha256(new)


def test_server_without_versions(bring, server, remote, collection):
    """Where the server has no word for versions, the same bytes are unchanged all the same."""
    server.plays(server.file(collection(), tag=""))
    jeu = remote(url=server.url)
    assert bring(jeu) == {"jeu": FetchState.NEW}
    assert bring(jeu) == {"jeu": FetchState.SAME}


def test_moved_address(bring, server, remote, collection):
    """The version of one address is not asked about at another."""
    server.plays(server.file(collection()))
    bring(remote(url=server.url))
    assert bring(remote(url=f"{server.url}/2027")) == {"jeu": FetchState.SAME}
    assert server.header(1, "If-None-Match") is None


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (HTML, "page web"),
        (b"", "pas du GeoJSON"),
        (b'{"type": "FeatureCollection", "features": [', "avant la fin"),
    ],
)
def test_bad_content(bring, server, placed, body, said):
    """A page with code 200, or half a layer, leaves the last good copy, says so, and leaves nothing else."""
    jeu, good = placed
    server.plays(server.file(body, tag='"v2"'))
    assert bring(jeu) == {"jeu": FetchState.FAILED}
    assert said in bring.said["jeu"]
    assert bring.said["jeu"].endswith("(la dernière bonne copie reste en place)")
    assert bring.held == {"jeu.geojson": good}


@pytest.mark.parametrize("lie", [-3_000, 3_000], ids=["shorter", "longer"])
def test_length_that_lies(bring, server, placed, collection, lie):
    """A length that is not that of the file is a failure, whichever way it lies."""
    jeu, good = placed
    new = collection(word="b")
    server.plays(server.file(new, tag='"v2"', length=len(new) + lie))
    assert bring(jeu) == {"jeu": FetchState.FAILED}
    assert bring.held == {"jeu.geojson": good}


def test_first_failure_leaves_nothing(bring, server, remote):
    """What was never fetched is not there, nor said to be."""
    jeu = remote(url=server.url)
    server.plays(server.file(HTML))
    assert bring(jeu) == {"jeu": FetchState.FAILED}
    assert "reste en place" not in bring.said["jeu"]
    assert bring.held == {}
    assert raw_path(bring.var, jeu) is None
    assert fingerprint(bring.var, jeu) is None


def test_others_go_on(bring, server, remote, collection):
    """One source that fails does not stop the others, and all are reported in the order of the catalogue."""
    server.plays(server.status(404), server.file(collection()))
    states = bring(remote("a", server.url), remote("b", server.url))
    assert list(states.items()) == [("a", FetchState.FAILED), ("b", FetchState.NEW)]


def test_declared_fingerprint(bring, server, remote, collection):
    """A fingerprint declared at the catalogue is held to."""
    body = collection()
    server.plays(server.file(body))
    assert bring(remote(url=server.url, sha256="0" * 64)) == {"jeu": FetchState.FAILED}
    assert "l'empreinte n'est pas celle du catalogue" in bring.said["jeu"]
    assert bring.held == {}
    assert bring(remote(url=server.url, sha256=catalogues.sha256(body))) == {"jeu": FetchState.NEW}


def test_fingerprint_declared_later(bring, server, remote, collection):
    """A fingerprint declared after the file came is not satisfied by « nothing changed »."""
    server.plays(server.file(collection()))
    bring(remote(url=server.url))
    assert bring(remote(url=server.url, sha256="0" * 64)) == {"jeu": FetchState.FAILED}


def test_service_by_pages(bring, server, remote):
    """A WFS layer lands like any file, and is unchanged when its objects are."""
    page = {"features": [{"type": "Feature", "id": "a"}], "numberMatched": 1}
    server.plays(server.status(200, json.dumps(page).encode()))
    jeu = remote(url=server.url, access=AddressKind.WFS)
    assert bring(jeu) == {"jeu": FetchState.NEW}
    assert json.loads(bring.held["jeu.geojson"])["features"] == page["features"]
    assert bring(jeu) == {"jeu": FetchState.SAME}


def test_progress(bring, server, remote, collection):
    """The one who waits is told the start, the way and the faults."""
    body = collection()
    jeu = remote(url=server.url)
    server.plays(server.status(503), server.file(body))
    bring(jeu)
    first, second, *_, last = bring.reports
    assert (first.dataset, first.done, first.total, first.note) == (jeu, 0, None, "")
    assert "nouvel essai dans" in second.note
    assert (last.done, last.total, last.note) == (len(body), len(body), "")


def test_unknown_id(bring, remote):
    """An unknown name is reported with the known ones."""
    said = "« c » n'est pas un jeu à télécharger ; ceux qui le sont : a, b$"
    with pytest.raises(DataError, match=said):
        bring(remote("a"), remote("b"), remote("tuiles", file=""), only=["a", "c"])
    with pytest.raises(DataError, match="« tuiles » n'est pas"):
        bring(remote("a"), remote("b"), remote("tuiles", file=""), only=["tuiles"])


def test_busy(bring, remote):
    """While another command works in the folder, nothing is begun."""
    with working(bring.var, "build"), pytest.raises(BusyError, match="« build »"):
        bring(remote())


def test_work_folder_that_cannot_be(bring, remote):
    """A work folder that cannot be written to is reported."""
    bring.var.mkdir()
    (bring.var / "brut").write_bytes(b"")
    with pytest.raises(DataError, match="ne peut pas être créé"):
        bring(remote())


def test_services_are_not_files(bring, remote):
    """Tiles and address search are services: sync has nothing to say of them."""
    assert bring(remote(file=""), remote("b", status=Availability.EMBEDDED)) == {}


def test_address_to_be_found(bring, remote):
    """A file without an address of its own is reported with its page and the way; it is no failure."""
    jeu = remote(access=AddressKind.PAGE)
    assert bring(jeu) == {"jeu": FetchState.MANUAL}
    assert bring.said["jeu"] == (
        "adresse à retrouver (https://exemple.fr/) ; déposez le fichier « jeu.geojson » dans un dossier, "
        "et lancez « sync --from DOSSIER »"
    )
    assert bring(jeu, only=["jeu"]) == {"jeu": FetchState.FAILED}


@pytest.mark.parametrize("from_folder", [False, True], ids=["network", "folder"])
def test_official_files(bring, server, official, data_dir, from_folder):
    """The official files come whole from a folder, and from a network that cuts each of them half-way."""
    named = ["qpv_2024_france", "qpv_2015_officiel", "ocsge_parcelles_13", "rues_marseille_osm"]
    declared = [d for d in catalogues.load(data_dir).syncable if d.id in named]
    assert len(declared) == len(named)
    bodies = [(official / dataset.file).read_bytes() for dataset in declared]
    server.plays(*(server.file(body, stop=stop) for body in bodies for stop in (len(body) // 2, None)))
    served = [replace(dataset, url=server.url, access=AddressKind.FILE) for dataset in declared]
    states = bring(*served, folder=official if from_folder else None)
    assert set(states.values()) == {FetchState.NEW}
    assert len(server.asked) == (0 if from_folder else 2 * len(named))
    sums = dict(line.split()[::-1] for line in (official / "SHA256SUMS").read_text("utf-8").splitlines())
    assert {d.file: fingerprint(bring.var, d) for d in declared} == {d.file: sums[d.file] for d in declared}
