"""Weights in the address: one digit per name, equal ones unsaid, nonsense refused in words."""

import pytest

from qpverts.ui.address.state import Reader
from qpverts.ui.parts import weights

NAMES = ("a", "b", "c")


def read(value):
    """Read as a page does: the weights, and what it says."""
    reader = Reader({weights.PARAM: value})
    return weights.read(reader, NAMES), reader.notices


def test_equal_weights_stay_out_of_the_address():
    """A shared address says only what was changed; what would be refused when read is still written."""
    assert weights.written({"a": 1, "b": 1}) is None
    assert weights.written({"a": 2, "b": 2}) is None
    assert weights.written({"a": 0, "b": 0}) == "0,0"
    assert weights.written({"a": 0, "b": 3}) == "0,3"


def test_weights_are_read_in_order():
    """Each name gets its digit, spaces or not."""
    assert read("3, 0,1") == ({"a": 3, "b": 0, "c": 1}, [])
    assert read("") == (dict.fromkeys(NAMES, 1), [])


@pytest.mark.parametrize(
    "value", ["1,2", "1,2,3,1", "0,0,0", "4,1,1", "1,x,1", "-1,1,1", "9" * 5000, "²,1,1"]
)
def test_what_is_no_weight_is_said(value):
    """Equal weights stand in for what cannot be read, and the page says why."""
    found, notices = read(value)
    assert found == dict.fromkeys(NAMES, 1)
    assert "une suite de 3 poids de 0 à 3" in notices[0]
