"""From what a resident typed to a page, or to a few to choose from."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from qpverts.atlas.atlas import Atlas
from qpverts.domain.model import ARRONDISSEMENTS, MARSEILLE
from qpverts.domain.territory import Kind, Territory, arrondissement
from qpverts.domain.text import plain
from qpverts.viz.words import labels
from qpverts.web.public import paths
from qpverts.web.public.contents import Contents

LONGEST = 100
_SHOWN = 40
_SHORTEST, _SUGGESTED = 4, 8


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """One page to go to, or pages to choose from (address and text), and what to say above them.

    ``is_guess``: no page has the name that was typed, these only look like it.
    """

    go: str = ""
    found: tuple[tuple[str, str], ...] = ()
    why: str = ""
    is_guess: bool = False


class Finder:
    """Finds pages of one atlas."""

    def __init__(self, atlas: Atlas, contents: Contents) -> None:
        self.atlas = atlas
        self.contents = contents

    def answer(self, typed: str) -> SearchAnswer:
        """Answer what was typed: a name, a code, an arrondissement of Marseille, or its postcode."""
        query = typed[:LONGEST].strip()
        if not plain(query):
            return SearchAnswer()
        if rank := arrondissement(query):
            return self._in_arrondissement(rank)
        found = self.atlas.index.find(query)
        if len(found) == 1:
            return SearchAnswer(go=self._href(found[0]))
        if found:
            return SearchAnswer(found=self._links(found), why=f"Plusieurs réponses pour « {query} » :")
        near = self._near(query)
        return SearchAnswer(
            found=self._links(near),
            why=f"Nous n'avons pas trouvé « {query} ». Essayez le nom de la commune, ou choisissez dans les "
            "listes plus bas. Votre adresse n'est peut-être pas dans un quartier prioritaire.",
            is_guess=True,
        )

    def _near(self, query: str) -> tuple[Territory, ...]:
        """List the territories whose name, or a word of it, looks like what was typed."""
        whole = self.atlas.index.suggest(query)
        wanted = [word for word in plain(query).split() if len(word) >= _SHORTEST]
        named = [one for one in self.atlas.index.all_territories if one.kind is not Kind.METROPOLE]
        alike = [
            one
            for one in named
            for word in wanted
            if difflib.get_close_matches(word, plain(one.name).split())
        ]
        return tuple(dict.fromkeys([*whole, *alike]))[:_SUGGESTED]

    def _in_arrondissement(self, rank: int) -> SearchAnswer:
        ordinal = f"{rank}{'er' if rank == 1 else 'e'}"
        codes = self.atlas.by_arrondissement.get(ARRONDISSEMENTS[rank - 1], ())
        if not codes:
            commune = (
                self.atlas.index.of_commune(MARSEILLE) if MARSEILLE in self.atlas.index.communes else None
            )
            none = (
                f"Nous ne connaissons pas de quartier prioritaire dans le {ordinal} arrondissement de "
                "Marseille."
            )
            if commune is None:
                return SearchAnswer(why=none)
            return SearchAnswer(
                found=self._links([commune]), why=f"{none} La page de la commune donne ceux des autres :"
            )
        here = [self.atlas.index.of_qpv(code) for code in codes]
        count = labels.plural(len(here), "quartier", "quartiers")
        return SearchAnswer(found=self._links(here), why=f"Marseille {ordinal} : {count}.")

    def _links(self, territories: Sequence[Territory]) -> tuple[tuple[str, str], ...]:
        return tuple((self._href(one), self._text(one)) for one in territories[:_SHOWN])

    def _href(self, one: Territory) -> str:
        match one.kind:
            case Kind.QPV:
                return self.contents.hrefs[one.key]
            case Kind.COMMUNE:
                return self.contents.communes[one.key]
            case _:
                return paths.HOME

    def _text(self, one: Territory) -> str:
        where = self.atlas.qpvs[one.key].commune_names if one.kind is Kind.QPV else "commune"
        return f"{one.name} ({where})"
