"""Text: what people type, made comparable."""

import pytest

from qpverts.domain.text import plain, squeezed


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
