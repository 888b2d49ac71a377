"""Content to spoil, and a catalogue of one file."""

import pytest

from qpverts.sources import catalogue as catalogues
from qpverts.sources.atlas import read_content
from qpverts.sources.catalogue import Availability, Catalogue, Dataset


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
