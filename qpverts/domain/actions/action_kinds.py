"""Kinds of action, as the files declare them, and what one territory has recorded that another has not.

No classification is made up: an action is of the themes, fields, axis, kind of carrier and status that its
row says. What has no record on a side is *not recorded* there, which is not absence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from qpverts.domain.model import Action, Carrier, Status
from qpverts.domain.themes import Vocabulary


class Aspect(StrEnum):
    """One way in which a row of actions says what kind of action it is."""

    THEME = "thématique"
    FIELD = "champ d'intervention"
    AXIS = "axe"
    CARRIER = "type de porteur"
    STATUS = "avancement"
    CROSSING = "thématique et champ"


#: How far along an action is, where that is known and it was not stopped; other states make no kind.
_STATUSES = (Status.DONE, Status.RUNNING, Status.PLANNED)


@dataclass(frozen=True, slots=True)
class Presence:
    """One kind, and the actions of each side that are of it, in the order of the sides.

    ``parts`` are values of the data files: one, or a theme and a field where they cross.
    """

    aspect: Aspect
    parts: tuple[str, ...]
    found: tuple[tuple[Action, ...], ...]

    @property
    def is_lacking(self) -> bool:
        """Tell whether some side has such an action on record and another none."""
        return any(self.found) and not all(self.found)


def kinds(action: Action, aspect: Aspect) -> Collection[tuple[str, ...]]:
    """Give the kinds of an action, as values of the data files."""
    match aspect:
        case Aspect.THEME:
            return [(theme,) for theme in action.themes]
        case Aspect.FIELD:
            return [(field,) for field in action.fields]
        case Aspect.AXIS:
            return [(action.axis,)]
        case Aspect.CARRIER:
            return [(action.carrier_kind,)] if action.carrier_kind else []
        case Aspect.STATUS:
            return [(action.status,)]
        case Aspect.CROSSING:
            return list(product(action.themes, action.fields))


def declared(vocabulary: Vocabulary) -> Mapping[Aspect, Sequence[tuple[str, ...]]]:
    """List every kind that a file may name, in the order of the approach."""
    themes = [theme.id for theme in vocabulary.themes]
    fields = [field.id for field in vocabulary.fields]
    return {
        Aspect.THEME: list(product(themes)),
        Aspect.FIELD: list(product(fields)),
        Aspect.AXIS: [(axis.id,) for axis in vocabulary.axes],
        Aspect.CARRIER: list(product(Carrier)),
        Aspect.STATUS: list(product(_STATUSES)),
        Aspect.CROSSING: list(product(themes, fields)),
    }


def presences(
    sides: Sequence[Iterable[Action]], order: Mapping[Aspect, Sequence[tuple[str, ...]]]
) -> tuple[Presence, ...]:
    """Sort the actions of each side by kind; stopped ones are left out, as everywhere they are counted."""
    by_kind: dict[tuple[Aspect, tuple[str, ...]], list[list[Action]]] = {}
    for rank, side in enumerate(sides):
        for action in side:
            if action.status is Status.STOPPED:
                continue
            for aspect in order:
                for parts in kinds(action, aspect):
                    by_kind.setdefault((aspect, parts), [[] for _ in sides])[rank].append(action)
    nothing: list[list[Action]] = [[] for _ in sides]
    return tuple(
        Presence(aspect, parts, tuple(map(tuple, by_kind.get((aspect, parts), nothing))))
        for aspect, every in order.items()
        for parts in every
    )


def lacking(
    sides: Sequence[Iterable[Action]], order: Mapping[Aspect, Sequence[tuple[str, ...]]]
) -> tuple[Presence, ...]:
    """Keep the kinds that one side has on record and another has not.

    A crossing is left out where its theme or its field is lacking by itself: that says it already. Crossings
    come last, those with most actions first.
    """
    found = [one for one in presences(sides, order) if one.is_lacking]
    alone = {one.parts[0] for one in found if one.aspect in {Aspect.THEME, Aspect.FIELD}}
    simple = [one for one in found if one.aspect is not Aspect.CROSSING]
    crossed = [one for one in found if one.aspect is Aspect.CROSSING and not alone.intersection(one.parts)]
    return (*simple, *sorted(crossed, key=lambda one: -max(map(len, one.found))))
