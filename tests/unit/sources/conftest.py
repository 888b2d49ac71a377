"""Content to spoil, a catalogue of one file, and datasets to fetch."""

from dataclasses import replace

import pytest

from qpverts.atlas.datasets import AddressKind, Availability, Catalogue, Dataset
from qpverts.sources.fetching.download import fetch
from qpverts.sources.fetching.sync import sync
from qpverts.sources.fetching.transport import Listener, Patience
from qpverts.sources.load import read_content
from qpverts.sources.reading import catalogue as catalogues


@pytest.fixture(scope="session")
def content(data_dir):
    """The real content, read and not yet ruled on: not to be changed in place."""
    return read_content(catalogues.load(data_dir))


@pytest.fixture
def one_file(tmp_path):
    """A function that writes bytes in a file and gives the catalogue that declares it as « jeu »."""

    def make(content):
        (tmp_path / "jeu.csv").write_bytes(content)
        nothing = dict.fromkeys(("url", "crs", "geometry", "sha256"), "")
        words = dict.fromkeys(("title", "provider", "licence", "attribution", "vintage"), "Jeu")
        place = {"id": "jeu", "key": "id", "path": "jeu.csv", "count": 1, "status": Availability.EMBEDDED}
        jeu = Dataset(**nothing, **words, **place)
        return Catalogue(tmp_path, (jeu,))

    return make


@pytest.fixture
def waits():
    """The waits that ``patience`` was asked for, in seconds: none of them took place."""
    return []


@pytest.fixture
def patience(waits):
    """Little patience, and waits that only write themselves down."""
    return Patience(connect_s=5, read_s=5, attempts=3, sleep=waits.append)


@pytest.fixture
def told():
    """The sentences told on the way."""
    return []


@pytest.fixture
def get(server, tmp_path, patience, told):
    """A function that fetches the file of the server into ``get.file``, and gives the version."""

    def run(known=None, limit=20_000_000, url=None, **changes):
        listener = Listener(lambda done, total: None, told.append)
        return fetch(
            url or server.url,
            run.file,
            limit=limit,
            known=known,
            patience=replace(patience, **changes),
            listener=listener,
        )

    run.file = tmp_path / "fichier"
    return run


@pytest.fixture
def remote():
    """A function that declares a remote dataset: a GeoJSON file at an address, unless told otherwise."""

    def make(name="jeu", url="https://exemple.fr/", **fields):
        words = dict.fromkeys(("title", "provider", "licence", "attribution", "vintage"), f"Le {name}")
        nothing = dict.fromkeys(("path", "crs", "key", "geometry", "sha256"), "")
        base = {"file": f"{name}.geojson", "max_mb": 20, "access": AddressKind.FILE, "count": 0}
        fixed = {"id": name, "url": url, "status": Availability.REMOTE}
        return Dataset(**(nothing | words | base | fixed | fields))

    return make


@pytest.fixture
def var(tmp_path):
    """The work folder."""
    return tmp_path / "var"


@pytest.fixture
def folder(tmp_path):
    """A folder of files."""
    path = tmp_path / "fichiers"
    path.mkdir()
    return path


@pytest.fixture
def bring(var, tmp_path, patience):
    """A function that syncs datasets, and gives states by id; it keeps what was ``said`` and is ``held``."""

    def run(*datasets, folder=None, only=()):
        catalogue = Catalogue(tmp_path, datasets)
        run.outcomes = sync(
            catalogue, var, folder=folder, only=only, report=run.reports.append, patience=patience
        )
        run.said = {outcome.dataset.id: outcome.message for outcome in run.outcomes}
        own = {"etat.json"}
        run.held = {path.name: path.read_bytes() for path in (var / "brut").iterdir() if path.name not in own}
        return {outcome.dataset.id: outcome.state for outcome in run.outcomes}

    run.reports = []
    run.var = var
    return run


@pytest.fixture
def placed(bring, server, remote, collection):
    """A dataset that the server gives and that is already in place, and its bytes."""
    jeu, body = remote(url=server.url), collection()
    server.plays(server.file(body))
    bring(jeu)
    return jeu, body
