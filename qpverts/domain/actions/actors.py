"""Who carries actions in several territories: names compared without guessing.

Two names are one actor only when they differ by case, accents, punctuation or spaces. "Heko Farm" and "Heko
Farm (Le Talus)" stay two: a wrong match would be stated as a fact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from qpverts.domain.model import Action
from qpverts.domain.text import plain


@dataclass(frozen=True, slots=True)
class Part:
    """What an actor does in one territory: actions that it carries, and others in which it is a partner."""

    carried: tuple[Action, ...]
    joined: tuple[Action, ...]

    def __bool__(self) -> bool:
        """Tell whether it does anything there."""
        return bool(self.carried or self.joined)


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor by its most frequent spelling, and its part on each side, in their order."""

    name: str
    parts: tuple[Part, ...]

    @property
    def total(self) -> int:
        """Count its different actions on all sides."""
        return len({action.id for part in self.parts for action in (*part.carried, *part.joined)})


def shared(sides: Sequence[Sequence[Action]], *, overlapping: bool = False) -> tuple[Actor, ...]:
    """List the actors that carry an action on one side and carry one, or are partners, on another.

    An actor that is only ever a partner ("habitants", "État") is left out: it is no match. The busiest first.

    Parameters
    ----------
    overlapping
        Whether sides have districts in common: then an actor in these only is on both sides by construction,
        and is left out.
    """
    spellings: dict[str, Counter[str]] = {}
    parts: dict[str, list[dict[str, tuple[Action, bool]]]] = {}
    for rank, side in enumerate(sides):
        for action in side:
            carrying = action.carriers
            for name in (*carrying, *action.partners):
                key = plain(name)
                spellings.setdefault(key, Counter())[name] += 1
                own = parts.setdefault(key, [{} for _ in sides])[rank]
                own.setdefault(action.id, (action, name in carrying))  # a carrier comes before the partners
    found = [
        Actor(_spelling(spellings[key]), tuple(map(_part, by_side)))
        for key, by_side in parts.items()
        if key and _meets(by_side, overlapping=overlapping)
    ]
    return tuple(sorted(found, key=lambda actor: (-actor.total, plain(actor.name))))


def _meets(by_side: Sequence[Mapping[str, tuple[Action, bool]]], *, overlapping: bool) -> bool:
    """Tell whether an actor links two sides, and carries something."""
    there = [set(side) for side in by_side if side]
    links = any(not overlapping or (one - other and other) for one, other in permutations(there, 2))
    return links and any(carries for side in by_side for _, carries in side.values())


def _spelling(counts: Counter[str]) -> str:
    """Choose the most frequent spelling; of two as frequent, always the same."""
    return max(counts, key=lambda name: (counts[name], name))


def _part(side: Mapping[str, tuple[Action, bool]]) -> Part:
    return Part(
        carried=tuple(action for action, carries in side.values() if carries),
        joined=tuple(action for action, carries in side.values() if not carries),
    )
