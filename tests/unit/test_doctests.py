"""The examples in the docstrings are true."""

import doctest

import pytest

from qpverts.domain import claims, text, vintage
from qpverts.ui.parts import components
from qpverts.viz.words import labels


@pytest.mark.parametrize(
    "module", [claims, text, vintage, components, labels], ids=lambda module: module.__name__
)
def test_examples(module):
    """Each example gives what it shows, and each of these modules has some."""
    found = doctest.testmod(module)
    assert found.attempted > 0
    assert found.failed == 0
