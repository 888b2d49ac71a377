"""The one reader of TOML: the types of the code, or every fault with its place."""

from dataclasses import dataclass

import pytest

from qpverts.errors import DataError
from qpverts.sources.reading.toml import read_toml, renamed


@dataclass(frozen=True)
class Tree:
    """What a test reads."""

    name: str
    height_m: float = 0.0


@dataclass(frozen=True)
class Wood:
    """And what holds it."""

    trees: tuple[Tree, ...]


def read(content, **options):
    """Read a wood, whose file says « tree »."""
    return read_toml(
        content,
        Wood,
        "bois.toml",
        "bois",
        arrange=lambda tables: renamed(tables, {"tree": "trees"}),
        **options,
    )


def told(content, **options):
    """Give what is said of a wood that is refused."""
    with pytest.raises(DataError) as caught:
        read(content, **options)
    assert {fault.file for fault in caught.value.faults} == {"bois.toml"}
    return [fault.message for fault in caught.value.faults]


def test_read():
    """Tables become the dataclasses they are read as, whole numbers the decimals that are asked for."""
    found = read('[[tree]]\nname = "chêne"\nheight_m = 12\n'.encode())
    assert found == Wood((Tree("chêne", 12.0),))


def test_every_fault_is_told():
    """All the faults of a file are reported at once, each with its place."""
    content = b'[[tree]]\nheight_m = "haut"\n[[tree]]\nname = 3\n'
    assert told(content) == [
        "trees.0.name : champ absent ; ajoutez-le",
        "trees.0.height_m : « haut » n'est pas un nombre (le séparateur décimal est le point)",
        "trees.1.name : « 3 » n'est pas un texte",
    ]


def test_unknown_key():
    """A misspelt key is passed over, unless the file is read strictly: at any depth it is a fault then."""
    content = b'[[tree]]\nname = "if"\nheigth_m = 3\n'
    assert read(content).trees[0].height_m == 0
    assert told(content, strict=True) == ["trees.0.heigth_m : champ inconnu ; retirez-le"]


def test_places_are_named_as_the_file_does():
    """Who reads the file decides how its places are named."""
    assert told(b"[[tree]]\n", place=lambda place: f"arbre nº {place[1] + 1}") == [
        "arbre nº 1 : champ absent ; ajoutez-le"
    ]


@pytest.mark.parametrize("content", [b"[[tree", b'name = "\xe9"', b"\xff\xfe\x00"])
def test_not_toml(content):
    """What is not TOML, or not UTF-8, is one fault."""
    (message,) = told(content)
    assert message.startswith("le fichier TOML est mal formé (")
    assert message.endswith("lancez « python -m qpverts check » pour la liste complète")
