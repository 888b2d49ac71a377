"""Rules on the rows of the tables: keys, words, values and sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from qpverts.domain.model import Action, Inspiration
from qpverts.errors import Fault
from qpverts.sources.reading.tables import Table
from qpverts.sources.rules.content import CODE, Content, rule

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
URL = re.compile(r"https?://[^\s<>\"']+")
YEARS = range(1800, 2101)


@rule("Clés : identifiants uniques et bien formés dans chaque table")
def keys_are_unique(content: Content) -> Iterator[Fault]:
    """Refuse an id that is badly formed, or there twice in its table."""
    for table in (content.spaces, content.actions, content.inspirations):
        yield from _unique(table, "id", [row.id for row in table.rows], SLUG)
    yield from _unique(content.figures, "code_qp", [row.code_qp for row in content.figures.rows], CODE)


@rule("Vocabulaire : thématiques, champs et axes déclarés dans themes.toml")
def words_belong_to_the_vocabulary(content: Content) -> Iterator[Fault]:
    """Refuse a theme, field or axis that the vocabulary does not declare."""
    words = content.vocabulary
    themes, fields = {t.id for t in words.themes}, {f.id for f in words.fields}
    axes = {a.id for a in words.axes}
    for table in (content.actions, content.inspirations):
        for line, row in table.numbered():
            if not row.themes:
                yield Fault(table.file, "vocabulaire", "aucune thématique", line, "themes")
            for unknown in [theme for theme in row.themes if theme not in themes]:
                yield Fault(table.file, "vocabulaire", f"thématique inconnue « {unknown} »", line, "themes")
            for unknown in [field for field in row.fields if field not in fields]:
                yield Fault(table.file, "vocabulaire", f"champ inconnu « {unknown} »", line, "champs")
            if isinstance(row, Action) and row.axis not in axes:
                yield Fault(table.file, "vocabulaire", f"axe inconnu « {row.axis} »", line, "axe")


@rule("Vocabulaire : 7 thématiques, 5 champs, 2 axes, cinq « pourquoi »")
def the_vocabulary_is_whole(content: Content) -> Iterator[Fault]:
    """Refuse a vocabulary that has not the number of words of the approach."""
    words = content.vocabulary
    parts = (
        ("thématiques", 7, words.themes),
        ("champs", 5, words.fields),
        ("axes", 2, words.axes),
        ("pourquoi", 5, content.approach.whys),
    )
    for name, expected, found in parts:
        if len(found) != expected:
            yield Fault(
                content.themes_file, "vocabulaire entier", f"{len(found)} {name} au lieu de {expected}"
            )


@rule("Valeurs : années plausibles et ordonnées, surfaces et budgets positifs, textes non vides")
def values_are_possible(content: Content) -> Iterator[Fault]:
    """Refuse impossible years, amounts that are not positive, and empty texts."""
    for line, action in content.actions.numbered():
        yield from _texts_and_years(content.actions.file, line, action, action.end_year)
        yield from _positive(content.actions.file, line, "surface_m2", action.area_m2)
        yield from _positive(content.actions.file, line, "budget_eur", action.budget_eur)
    for line, inspiration in content.inspirations.numbered():
        yield from _texts_and_years(content.inspirations.file, line, inspiration, None)
    for line, space in content.spaces.numbered():
        yield from _positive(content.spaces.file, line, "surface_ha", space.area_ha)


@rule("Source : un titre et une adresse http(s) à chaque ligne")
def sources_are_given(content: Content) -> Iterator[Fault]:
    """Refuse a row whose source has no title or no web address."""
    for table in (content.spaces, content.actions, content.inspirations):
        for line, row in table.numbered():
            if not row.source.title:
                yield Fault(table.file, "sources", "source sans titre", line, "source_titre")
            if not URL.fullmatch(row.source.url):
                yield Fault(
                    table.file, "sources", f"adresse refusée « {row.source.url[:80]} »", line, "source_url"
                )


def _unique(table: Table[Any], column: str, keys: list[str], pattern: re.Pattern[str]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for line, key in zip(table.lines, keys, strict=True):
        if not pattern.fullmatch(key):
            yield Fault(table.file, "clés", f"identifiant mal formé « {key[:80]} »", line, column)
        if key in first:
            yield Fault(table.file, "clés", f"« {key} » figure déjà ligne {first[key]}", line, column)
        first.setdefault(key, line)


def _texts_and_years(file: str, line: int, row: Action | Inspiration, end: int | None) -> Iterator[Fault]:
    if not row.title or not row.summary:
        yield Fault(file, "valeurs", "titre ou résumé vide", line, "titre")
    start = row.start_year
    for column, year in (("annee_debut", start), ("annee_fin", end)):
        if year is not None and year not in YEARS:
            yield Fault(file, "valeurs", f"année impossible : {year}", line, column)
    if start is not None and end is not None and end < start:
        yield Fault(file, "valeurs", f"fin {end} avant le début {start}", line, "annee_fin")


def _positive(file: str, line: int, column: str, amount: float | None) -> Iterator[Fault]:
    if amount is not None and amount <= 0:
        yield Fault(file, "valeurs", f"{amount} devrait être positif", line, column)
