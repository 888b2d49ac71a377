"""What pydantic found wrong, said in French to the person who keeps the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_SENTENCES = {
    "missing": "champ absent ; ajoutez-le",
    "int_parsing": "« {input} » n'est pas un nombre entier",
    "int_from_float": "« {input} » n'est pas un nombre entier",
    "int_type": "« {input} » n'est pas un nombre entier",
    "float_parsing": "« {input} » n'est pas un nombre (le séparateur décimal est le point)",
    "float_type": "« {input} » n'est pas un nombre",
    "finite_number": "« {input} » n'est pas un nombre fini",
    "string_type": "« {input} » n'est pas un texte",
    "enum": "« {input} » n'est pas une valeur admise ({expected})",
    "date_from_datetime_parsing": "« {input} » n'est pas une date AAAA-MM-JJ",
    "date_type": "« {input} » n'est pas une date AAAA-MM-JJ",
    "unexpected_keyword_argument": "champ inconnu ; retirez-le",
}
_LONGEST = 80


def explain(error: ErrorDetails) -> str:
    """Give one French sentence for one pydantic error, the faulty value shortened."""
    sentence = _SENTENCES.get(error["type"], "« {input} » est refusé")
    value = "vide" if error["input"] is None else str(error["input"])[:_LONGEST]
    expected = str(error.get("ctx", {}).get("expected", "")).replace(" or ", ", ").replace("'", "")
    return sentence.format(input=value, expected=expected)
