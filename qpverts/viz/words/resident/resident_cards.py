"""Actions and green spaces in the words of residents, ready to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qpverts.atlas.atlas import Atlas
from qpverts.domain.model import Action, GreenSpace, Status
from qpverts.viz.words import labels
from qpverts.viz.words.action_words import (
    ActionWords,
    Register,
    SourceWords,
    action_words,
    size_words,
    source_words,
)

_ORDER = (Status.RUNNING, Status.DONE, Status.UNKNOWN, Status.STOPPED, Status.PLANNED)


@dataclass(frozen=True, slots=True)
class SpaceCard:
    """A green space in words; ``where`` is its distance, ``size`` its area and what that looks like."""

    id: str
    name: str
    what: str
    size: str
    where: str
    note: str
    source: SourceWords
    is_placed: bool


@dataclass(frozen=True, slots=True)
class ThemeActions:
    """Actions under their main theme."""

    theme: str
    label: str
    actions: tuple[ActionWords, ...]


def by_theme(known: Atlas, actions: Sequence[Action]) -> tuple[ThemeActions, ...]:
    """Sort actions under their main theme, in the order of the approach, those under way first."""
    ordered = sorted(actions, key=lambda action: _ORDER.index(action.status))
    found = (
        ThemeActions(
            theme.id,
            theme.label,
            tuple(action_card(action) for action in ordered if action.themes[0] == theme.id),
        )
        for theme in known.vocabulary.themes
    )
    return tuple(group for group in found if group.actions)


def action_card(action: Action, where: str = "") -> ActionWords:
    """Put an action in words for residents."""
    return action_words(action, Register.RESIDENT, where)


def space_card(space: GreenSpace, where: str) -> SpaceCard:
    """Put a green space in words."""
    return SpaceCard(
        id=space.id,
        name=space.name,
        what=f"{labels.GREEN_KIND[space.kind]}, {labels.access_text(space)}",
        size=size_words(space.area_ha, Register.RESIDENT),
        where=where,
        note=space.note,
        source=source_words(space.source),
        is_placed=space.is_located,
    )


def away(metres: float) -> str:
    """Write a distance from the edge of a district; what rounds to nothing is at its edge."""
    text = labels.distance(metres)
    return "dans le quartier ou à son bord" if text == labels.distance(0) else f"à {text}"
