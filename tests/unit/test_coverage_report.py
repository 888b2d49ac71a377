"""The report of what only its own tests reach: other tests, pages and servers are somebody else."""

import pytest

from tests.coverage_report import functions, is_own


def test_a_function_is_its_body_without_its_docstring():
    """A line that only says what a function does is run when the module is read, and proves nothing."""
    source = 'def walk(a,\n         b):\n    """Walk."""\n    c = (\n        a\n    )\n    return c\n'
    assert dict(functions(source)) == {"walk": {4, 5, 6, 7}}


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ("tests/unit/geo/test_walk.py::test_far@unit/geo/test_walk.py|run", True),
        ("tests/unit/geo/test_walk_overseas.py::test_far|setup", True),
        ("tests/unit/geo/test_network.py::test_far|run", False),
        ("tests/pages/test_walk.py::test_far|run", False),
        ("", False),  # a server, a command, or what is run when a module is read
    ],
)
def test_whose_run_it_is(context, expected):
    """Only the unit tests that bear the name of a module are its own."""
    assert is_own(context, "walk") is expected
