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
    return (
        (not wanted.commune or action.commune_code == wanted.commune)
        and (not wanted.theme or wanted.theme in action.themes)
        and (not wanted.field or wanted.field in action.fields)
        and (not wanted.status or action.status is wanted.status)
        and (not wanted.since or (action.start_year is not None and action.start_year >= wanted.since))
        and (not words or _mentions(action, words))
    )


def _mentions(action: Action, words: list[str]) -> bool:
    texts = plain(" ".join((action.title, action.summary, action.place, action.carrier, *action.partners)))
    return all(word in texts for word in words)
