"""The catalogue: nothing is read that it does not declare, and it is refused whole when it is not whole."""

import tomllib

import pytest
import tomlkit

from qpverts.atlas.datasets import Availability
from qpverts.errors import DataError
from qpverts.sources.reading import catalogue as catalogues

SHOWN = "geo/catalogue.toml"


@pytest.fixture
def edit(data_copy):
    """A function that changes the declarations of a copy of the data with a function, and gives the copy."""

    def run(change):
        path = data_copy / catalogues.PATH
        document = tomlkit.parse(path.read_text("utf-8"))
        change(document["dataset"])
        path.write_text(tomlkit.dumps(document), "utf-8")
        return data_copy

    return run


@pytest.fixture
def faults():
    """A function that gives what loading a folder says, all of it about the catalogue."""

    def run(folder):
        with pytest.raises(DataError) as caught:
            catalogues.load(folder)
        assert {fault.file for fault in caught.value.faults} == {SHOWN}
        return [fault.message for fault in caught.value.faults]

    return run


def test_real_catalogue(data_dir):
    """Every embedded dataset of the real catalogue is read from its declared path, licence and all."""
    catalogue = catalogues.load(data_dir)
    assert catalogue.embedded
    for dataset in catalogue.embedded:
        assert catalogue.path(dataset.id).is_file()
        assert catalogue.read(dataset.id)
        assert dataset.retrieved is not None
    assert {dataset.status for dataset in catalogue.datasets} > {Availability.EMBEDDED}


def test_nothing_undeclared(data_dir):
    """Every file of the data folder is declared, but for the catalogue itself."""
    declared = {dataset.path for dataset in catalogues.load(data_dir).embedded}
    found = {path.relative_to(data_dir).as_posix() for path in data_dir.rglob("*") if path.is_file()}
    assert found == declared | {SHOWN}


def test_unknown_id(data_dir):
    """A dataset that is not declared is not read, and its name is reported."""
    catalogue = catalogues.load(data_dir)
    for ask in (catalogue.get, catalogue.path, catalogue.read):
        with pytest.raises(DataError, match="« inconnu » n'est pas déclaré"):
            ask("inconnu")


def test_no_catalogue(tmp_path, faults):
    """A folder without catalogue is reported, with the remedy."""
    (message,) = faults(tmp_path)
    assert message.startswith("le fichier manque")
    assert "python -m qpverts check" in message


def test_no_folder(tmp_path, faults):
    """A folder that does not exist is reported as a missing catalogue."""
    assert faults(tmp_path / "nulle-part")[0].startswith("le fichier manque")


@pytest.mark.parametrize("content", [b'[[dataset]\nid = "x"', b'id = "\xff"', b"\xef\xbb\xbf[[dataset]]"])
def test_bad_toml(data_copy, faults, content):
    """A malformed TOML file is refused with what stops it."""
    (data_copy / catalogues.PATH).write_bytes(content)
    (message,) = faults(data_copy)
    assert message.startswith("le fichier TOML est mal formé (")


def test_bad_toml_names_the_line(data_copy, faults):
    """The line that stops a TOML file is named."""
    (data_copy / catalogues.PATH).write_text('# un\n# deux\n[[dataset]]\nid = "x\n', "utf-8")
    assert "line 4" in faults(data_copy)[0]


@pytest.mark.parametrize(
    "content", ["", "dataset = []", "dataset = 3", 'dataset = "x"', "[dataset]\nid = 'x'"]
)
def test_nothing_declared(data_copy, faults, content):
    """A catalogue that lists nothing, or no list, is refused."""
    (data_copy / catalogues.PATH).write_text(content, "utf-8")
    assert faults(data_copy) == ["aucun jeu de données n'est déclaré"]


@pytest.mark.parametrize("field", ["title", "licence", "attribution", "status", "count", "sha256", "path"])
def test_missing_field(edit, faults, field):
    """A field left out is named, with the dataset that lacks it."""
    folder = edit(lambda entries: entries[1].remove(field))
    assert faults(folder) == [f"jeu « insee_qpv », {field} : champ absent ; ajoutez-le"]


@pytest.mark.parametrize("field", ["title", "provider", "licence", "attribution"])
def test_empty_field(edit, faults, field):
    """A dataset without provider, licence or attribution is refused, even where the field is there."""
    folder = edit(lambda entries: entries[1].update({field: ""}))
    assert faults(folder) == [f"jeu « insee_qpv » : « {field} » est vide ; renseignez-le"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("status", "perdu", "« perdu » n'est pas une valeur admise (embedded, remote, broken)"),
        ("count", "beaucoup", "« beaucoup » n'est pas un nombre entier"),
        ("retrieved", "hier", "n'est pas une date AAAA-MM-JJ"),
        ("title", 3, "« 3 » n'est pas un texte"),
    ],
)
def test_wrong_value(edit, faults, field, value, said):
    """A value of the wrong kind is named with its dataset and field."""
    (message,) = faults(edit(lambda entries: entries[1].update({field: value})))
    assert message.startswith(f"jeu « insee_qpv », {field} : ")
    assert said in message


def test_duplicate_id(edit, faults):
    """An identifier declared twice is refused."""
    folder = edit(lambda entries: entries[1].update({"id": "qpv_2024"}))
    assert faults(folder) == ["jeu « qpv_2024 » déclaré deux fois"]


@pytest.mark.parametrize("path", ["../secret.csv", "geo/../../secret.csv", "/etc/passwd"])
def test_path_out_of_the_folder(edit, faults, path):
    """A path that leaves the data folder is refused before anything is read."""
    folder = edit(lambda entries: entries[1].update({"path": path}))
    assert faults(folder) == ["jeu « insee_qpv » : le chemin sort du dossier des données"]


def test_link_out_of_the_folder(data_copy, tmp_path, faults):
    """A symbolic link that leaves the data folder is refused as well."""
    secret = tmp_path / "secret.csv"
    secret.write_text("secret", "utf-8")
    inside = data_copy / "geo" / "insee_qpv.csv"
    inside.unlink()
    inside.symlink_to(secret)
    assert faults(data_copy) == ["jeu « insee_qpv » : le chemin sort du dossier des données"]


def test_gathers_faults(edit, faults):
    """The faults of several datasets are reported together."""

    def spoil(entries):
        entries[0].remove("licence")
        entries[1]["attribution"] = ""
        entries[2]["id"] = "insee_qpv"

    assert len(faults(edit(spoil))) == 3


def test_missing_file(data_copy):
    """A declared file that is not there is reported by its path, with the remedy."""
    (data_copy / "geo" / "insee_qpv.csv").unlink()
    catalogue = catalogues.load(data_copy)
    with pytest.raises(DataError, match=r"geo/insee_qpv\.csv : le fichier manque ; rétablissez-le"):
        catalogue.read("insee_qpv")


def test_unreadable_file(data_copy):
    """A file that the system refuses to read is reported by its path, not by a Python error."""
    path = data_copy / "geo" / "insee_qpv.csv"
    path.unlink()
    path.mkdir()  # permissions would not stop root
    catalogue = catalogues.load(data_copy)
    with pytest.raises(DataError, match=r"geo/insee_qpv\.csv : le fichier ne peut pas être lu"):
        catalogue.read("insee_qpv")


def test_fingerprint():
    """The fingerprint is SHA-256, in hexadecimal."""
    assert catalogues.sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_catalogue_is_readable_by_others(data_dir):
    """Any TOML reader finds the same identifiers in the same order."""
    raw = tomllib.loads((data_dir / catalogues.PATH).read_text("utf-8"))
    assert [entry["id"] for entry in raw["dataset"]] == [d.id for d in catalogues.load(data_dir).datasets]
