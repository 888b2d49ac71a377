"""The house as CONTRIBUTING promises it: rooms of a size one can take in, and one meaning a name."""

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "qpverts"
MOST_IN_A_FOLDER = 16
MODULES = [path for path in PACKAGE.rglob("*.py") if not path.name.startswith("__")]


def test_no_folder_is_too_full():
    """Whoever opens a folder of the package sees at most sixteen things."""
    folders = [
        PACKAGE,
        *(path for path in PACKAGE.rglob("*") if path.is_dir() and path.name != "__pycache__"),
    ]
    held = {
        folder.relative_to(ROOT).as_posix(): len(
            [one for one in folder.iterdir() if one.name not in {"__pycache__", "__init__.py"}]
        )
        for folder in folders
    }
    assert len(held) > 20
    assert {name: count for name, count in held.items() if count > MOST_IN_A_FOLDER} == {}


def test_no_module_name_is_borne_by_more_than_two():
    """A name said aloud leads to one module, or to two that say the same of different layers."""
    names = Counter(path.stem for path in MODULES)
    assert len(names) > 100
    assert {name: count for name, count in names.items() if count > 2} == {}


def test_no_class_name_has_two_meanings():
    """The same class name is not defined twice."""
    classes = Counter(
        node.name
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert len(classes) > 100
    assert {name: count for name, count in classes.items() if count > 1} == {}


def drawn_tree():
    """Read the tree of the README: the paths that begin its lines."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    tree = re.search(r"## Where things are\n\n```\n(.*?)```", text, re.DOTALL)[1]
    return [found[1] for line in tree.splitlines() if (found := re.match(r"(\S+/|\S+\.py)\s", line))]


def test_the_tree_of_the_readme_is_the_tree_on_disk():
    """Each place that the README names is there, and each package of ours is named."""
    drawn = drawn_tree()
    assert [name for name in drawn if not (ROOT / name).exists()] == []
    rooms = {
        f"{path.parent.relative_to(ROOT).as_posix()}/"
        for path in PACKAGE.rglob("__init__.py")
        if len(path.relative_to(PACKAGE).parts) == 2
    }
    assert rooms - set(drawn) == set()


def test_pages_are_thin():
    """A page reads its address, then draws: no page is longer than sixty lines."""
    lengths = {
        path.name: len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "pages").glob("*.py")
    }
    assert lengths
    assert {name: length for name, length in lengths.items() if length > 60} == {}
