"""What the catalogue must say of a file for sync to bring it."""

import json

import pytest

from qpverts.errors import DataError
from qpverts.sources.fetching import verification
from qpverts.sources.reading import catalogue as catalogues


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"file": "../x.zip"}, "« file » n'est pas un simple nom de fichier"),
        ({"file": "a/x.zip"}, "« file » n'est pas un simple nom de fichier"),
        ({"file": ".etat"}, "« file » n'est pas un simple nom de fichier"),
        ({"max_mb": 0}, "« max_mb » manque"),
        ({"url": "ftp://exemple.fr/x.zip"}, "« url » n'est pas une adresse http(s)"),
        ({"url": "file:///etc/passwd"}, "« url » n'est pas une adresse http(s)"),
        ({"file": "pop_QPV24.csv"}, "fichier « pop_QPV24.csv » déclaré deux fois"),
    ],
)
def test_catalogue_of_files(data_copy, fields, said):
    """A declaration that would land elsewhere, be endless or ask elsewhere is refused with the catalogue."""
    path = data_copy / catalogues.PATH
    text = path.read_text("utf-8")
    block = text[text.index('id = "osm_paca"') :].split("\n\n")[0]
    changed = block
    for name, value in fields.items():
        line = next(line for line in block.splitlines() if line.startswith(f"{name} = "))
        changed = changed.replace(line, f"{name} = {json.dumps(value)}")
    path.write_text(text.replace(block, changed), "utf-8")
    with pytest.raises(DataError) as caught:
        catalogues.load(data_copy)
    assert any(said in fault.message for fault in caught.value.faults)


def test_every_declared_kind_is_known(data_dir):
    """Every file of the real catalogue is of a kind that can be checked."""
    for dataset in catalogues.load(data_dir).syncable:
        assert any(dataset.file.endswith(suffix) for suffix in verification._KINDS), dataset.file
