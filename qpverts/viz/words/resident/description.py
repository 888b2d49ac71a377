"""What a resident is told of a district, in words ready to be drawn: the same on every page that tells it.

The public pages and *Mon quartier* both draw :func:`describe`; none of them writes a sentence of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from qpverts.atlas.atlas import Atlas
from qpverts.domain.model import Status
from qpverts.viz.charts import engagement
from qpverts.viz.words import labels
from qpverts.viz.words import level_texts as levels
from qpverts.viz.words.action_words import ActionWords
from qpverts.viz.words.resident import resident_texts
from qpverts.viz.words.resident.resident_cards import (
    SpaceCard,
    ThemeActions,
    action_card,
    away,
    by_theme,
    space_card,
)


@dataclass(frozen=True, slots=True)
class LevelRow:
    """What is known of a district on a theme; ``score`` is ``None`` when nothing is."""

    theme: str
    label: str
    level: str
    symbol: str
    score: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Resident:
    """A district as told to the people who live there; every field is ready to be read."""

    code: str
    name: str
    communes: str
    brief: tuple[str, ...]
    spaces: tuple[SpaceCard, ...]
    spaces_note: str
    on_foot: tuple[str, ...]
    happening: tuple[ThemeActions, ...]
    planned: tuple[ActionWords, ...]
    around: tuple[ActionWords, ...]
    compared: str
    levels: tuple[LevelRow, ...]
    unknown: tuple[str, ...]

    @property
    def known_themes(self) -> int:
        """Count the themes on which something is known."""
        return sum(row.score is not None for row in self.levels)


def describe(known: Atlas, code: str) -> Resident:
    """Describe a district to the people who live there; KeyError when the code does not exist."""
    own = [a for a in known.actions.values() if a.id in known.facts[code].action_ids]
    near = known.green_near.get(code, ())
    shown = near[: resident_texts.SPACES_SHOWN]
    return Resident(
        code=code,
        name=known.qpvs[code].name,
        communes=known.qpvs[code].commune_names,
        brief=resident_texts.brief(known, code, own, near),
        spaces=tuple(space_card(known.spaces[row.id], where=away(row.distance_m)) for row in shown),
        spaces_note=resident_texts.spaces_note(known, code, len(near)),
        on_foot=resident_texts.on_foot(known, code),
        happening=by_theme(known, [a for a in own if a.status is not Status.PLANNED]),
        planned=tuple(action_card(a) for a in own if a.status is Status.PLANNED),
        around=_around(known, code),
        compared=resident_texts.compared(known, code),
        levels=_levels(known, code),
        unknown=resident_texts.unknown(known, code, own),
    )


def _around(known: Atlas, code: str) -> tuple[ActionWords, ...]:
    """Give the actions of others at a known place in the district or within 300 m of it."""
    found = []
    for row in known.actions_near.get(code, ()):
        action = known.actions[row.id]
        if code not in action.qpv_codes:
            where = "dans le quartier" if row.inside else f"à {labels.distance(row.distance_m)} du quartier"
            found.append(action_card(action, f"{action.place} ({where})"))
    return tuple(found)


def _levels(known: Atlas, code: str) -> tuple[LevelRow, ...]:
    return tuple(
        LevelRow(
            theme=theme,
            label=known.vocabulary.theme(theme).label,
            level=levels.name(grade.level),
            symbol=grade.level.symbol,
            score=grade.level.score,
            why=engagement.why_text(grade),
        )
        for theme, grade in known.grades[code].items()
    )
