"""Choosing actions: by commune, theme, field, status, year and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qpverts.domain.model import Action, Status
from qpverts.domain.text import plain


@dataclass(frozen=True, slots=True)
class ActionFilter:
    """What is asked of an action; ``None`` or empty asks nothing. ``since`` is a year."""

    commune: str | None = None
    theme: str | None = None
    field: str | None = None
    status: Status | None = None
    since: int | None = None
    words: str = ""


def select(actions: Iterable[Action], wanted: ActionFilter) -> tuple[Action, ...]:
    """Keep the actions that answer every demand, in their order.

    A year asks for a known start at or after it: an action of unknown year is left out, since nothing
    says that it is recent. All the words must be somewhere in the texts, whatever accents and case.
    """
    words = plain(wanted.words).split()
    return tuple(action for action in actions if _answers(action, wanted, words))


def _answers(action: Action, wanted: ActionFilter, words: list[str]) -> bool:
    if wanted.commune and action.commune_code != wanted.commune:
        return False
    if wanted.theme and wanted.theme not in action.themes:
        return False
    if wanted.field and wanted.field not in action.fields:
        return False
    if wanted.status and action.status is not wanted.status:
        return False
    if wanted.since and (action.start_year is None or action.start_year < wanted.since):
        return False
    if words:
        texts = plain(" ".join((action.title, action.summary, action.place, action.carrier, *action.partners)))
        return all(word in texts for word in words)
    return True
