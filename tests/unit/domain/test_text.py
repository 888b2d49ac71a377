"""Text: what people type, made comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.text import inert, live, plain, squeezed


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Air Bel", "air bel"),
        ("Berre-l'Étang", "berre l etang"),
        ("Berre-l\u2019Étang", "berre l etang"),
        ("Saint\u2013Antoine", "saint antoine"),
        ("  La\u00a0Monaque\t ", "la monaque"),
        ("SEPTÈMES-les-Vallons", "septemes les vallons"),
        ("Cœur", "coeur"),
        ("CŒUR", "coeur"),
        ("e\u0301te\u0301", "ete"),
        ("QN01338I", "qn01338i"),
        ("", ""),
        ("<>&'\"", ""),
        ("\U0001f333", ""),
    ],
)
def test_plain(typed, expected):
    """Case, accents and any punctuation, typographic or not, make no difference; words stay apart."""
    assert plain(typed) == expected


def test_squeezed_joins_words():
    """A name typed in one word meets the same name typed in two."""
    assert squeezed("Air-Bel") == squeezed("AIRBEL") == squeezed("air bél") == "airbel"


def test_plain_settles():
    """A text made plain stays as it is when made plain again."""
    for text in ("Berre-l\u2019Étang", "Cœur – ville", "İstres", "½ forêt"):
        assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize("cell", ["=A1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "'=1", "''  -1"])
def test_formula_is_neutralised(cell):
    """Every beginning that a spreadsheet runs is quoted, and what looks as if it had been."""
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("text", ["Air Bel - La Pomme", "", "'68", "l'eau", " '=1"])
def test_other_texts_are_left_as_they_are(text):
    """A dash or a quote that no spreadsheet runs is not touched, neither way."""
    assert inert(text) == live(text) == text


@given(st.text(alphabet="'=+-@\t\r a", max_size=6) | st.text())
def test_what_was_made_inert_comes_back(cell):
    """No text is lost by the quote put before a formula, not even one that already had a quote."""
    assert live(inert(cell)) == cell
