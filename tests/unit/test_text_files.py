"""Values as text: the same bytes each time, and nothing that a reader could not take."""

import math

import pytest

from qpverts.text_files import csv_text, json_bytes


def test_csv():
    """Cells that hold a separator, a quote or a line end are quoted; what is not known stays empty."""
    rows = [("a,b", None), ('dit "non"', 1.5), ("deux\nlignes", 0)]
    assert csv_text(["nom", "x"], rows) == 'nom,x\n"a,b",\n"dit ""non""",1.5\n"deux\nlignes",0\n'


def test_csv_for_spreadsheets():
    """The separator and the end of lines are those asked for."""
    assert csv_text(["a", "b"], [("x;y", 2)], delimiter=";", line_end="\r\n") == 'a;b\r\n"x;y";2\r\n'


def test_json():
    """JSON is compact and keeps its accents, in the order given."""
    assert json_bytes({"é": [1, None], "a": "«"}) == '{"é":[1,null],"a":"«"}'.encode()


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_no_word_for_it(number):
    """A number that JSON has no word for is refused, since browsers would refuse the file."""
    with pytest.raises(ValueError, match="JSON compliant"):
        json_bytes({"a": number})
