"""Text as such: compared as people type it, safe from spreadsheets, and the French plural."""

from __future__ import annotations

import re
import unicodedata

_NOT_ALNUM = re.compile(r"[^a-z0-9]+")
#: What a spreadsheet takes for a formula, and what was already kept from it.
_FORMULA = re.compile(r"'* *[=+\-@\t\r]")


def plain(text: str) -> str:
    """Lower case, without accents, with single spaces in place of anything else.

    >>> plain("Berre-l'Étang")
    'berre l etang'
    """
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return _NOT_ALNUM.sub(" ", bare.lower()).strip()


def is_plural(count: float) -> bool:
    """Tell whether a noun agrees in number with a count: in French, from two on.

    >>> [is_plural(count) for count in (0, 1, 1.9, 2)]
    [False, False, False, True]
    """
    return count >= 2  # noqa: PLR2004  # the rule itself


def squeezed(text: str) -> str:
    """Give the same without spaces, so that "Airbel" meets "Air Bel".

    >>> squeezed("Air Bel")
    'airbel'
    """
    return plain(text).replace(" ", "")


def capital(text: str) -> str:
    """Begin with a capital, and leave the rest as it is.

    >>> capital("le plus proche est au Prépaou")
    'Le plus proche est au Prépaou'
    """
    return text[:1].upper() + text[1:]


def inert(cell: str) -> str:
    """Keep a spreadsheet from running a cell as a formula; :func:`live` gives back the very same text.

    >>> inert("=1+1")
    "'=1+1"
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def live(cell: str) -> str:
    """Give the text of a cell before it was made :func:`inert`; any other text as it is.

    >>> live("'=1+1"), live("'68, au bord de l'eau")
    ('=1+1', "'68, au bord de l'eau")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell
