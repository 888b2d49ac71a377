"""What the last measured run of the tests reached, and what only tests of its own reach.

``python -m tests.coverage_report`` reads what pytest-cov wrote. A function that nothing runs but the file
of tests that bears its module's name is perhaps kept alive by its tests alone: a person is to read the list.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from coverage import Coverage, CoverageData

ROOT = Path(__file__).parents[1]


def functions(source: str) -> Iterator[tuple[str, set[int]]]:
    """Give each function of a module: its name, and the lines of its body, docstring apart."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            lines = {line for one in body for line in range(one.lineno, (one.end_lineno or one.lineno) + 1)}
            yield node.name, lines


def is_own(context: str, stem: str) -> bool:
    """Tell whether a run, named by the test that it was for, is one of a module's own unit tests.

    What runs in a server or in a command has no name: it is the application itself.
    """
    file = context.split("::", 1)[0]
    return file.startswith("tests/unit/") and Path(file).stem.startswith(f"test_{stem}")


def only_by_own_tests(data: CoverageData, files: Iterable[str]) -> Iterator[str]:
    """Name the functions that are reached, and by tests of their own module alone."""
    for file in sorted(files):
        path = Path(file)
        reached = data.contexts_by_lineno(file)
        for name, lines in functions(path.read_text("utf-8")):
            runs = {context for line in lines for context in reached.get(line, ())}
            if runs and all(is_own(context, path.stem.strip("_")) for context in runs):
                yield f"{path.relative_to(ROOT).as_posix()} : {name}"


def main() -> int:
    """Print both, and succeed: this informs, it does not refuse."""
    measured = Coverage(data_file=str(ROOT / ".coverage"), config_file=str(ROOT / "pyproject.toml"))
    measured.load()
    data = measured.get_data()
    if not data.measured_files():
        print("Aucune mesure : lancez d'abord « python3 dev.py test --all ».")
        return 1
    measured.report(skip_covered=True, show_missing=True, sort="miss")
    found = list(only_by_own_tests(data, data.measured_files()))
    print(f"\nAtteintes par leurs seuls tests : {len(found) or 'aucune'}")
    print("\n".join(f"  {name}" for name in found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
