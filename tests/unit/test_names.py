"""Names that a reader meets: one class name, one meaning."""

import ast
from collections import Counter
from pathlib import Path

import qpverts


def test_no_class_name_has_two_meanings():
    """Whoever finds a name in a signature knows which class it is, without reading the imports."""
    folder = Path(qpverts.__file__).parent
    names = Counter(
        node.name
        for path in folder.rglob("*.py")
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert len(names) > 100
    assert [name for name, count in names.items() if count > 1] == []
