"""A shortlist: what a person kept, in the order they want, with their notes; small enough for a URL."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

#: What can be kept, and how long a note may be: more would not fit in an address that mail keeps whole.
MOST, LONGEST_NOTE = 12, 160
_SEPARATOR = ","
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Shortlist:
    """Ids in their order, and the note of each that has one."""

    items: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=lambda: _NOTHING)

    @property
    def is_full(self) -> bool:
        """Tell whether nothing more can be kept."""
        return len(self.items) >= MOST

    def adding(self, item: str) -> Shortlist:
        """Keep one more, at the end; what is kept already, or beyond :data:`MOST`, changes nothing."""
        return self if item in self.items or self.is_full else replace(self, items=(*self.items, item))

    def removing(self, item: str) -> Shortlist:
        """Let one go, with its note."""
        notes = {name: note for name, note in self.notes.items() if name != item}
        return Shortlist(tuple(kept for kept in self.items if kept != item), notes)

    def moving(self, item: str, by: int) -> Shortlist:
        """Move one up (negative) or down, as far as the list goes."""
        if item not in self.items:
            return self
        others = [kept for kept in self.items if kept != item]
        place = min(max(self.items.index(item) + by, 0), len(others))
        return replace(self, items=(*others[:place], item, *others[place:]))

    def noting(self, item: str, note: str) -> Shortlist:
        """Write the note of one that is kept; an empty one removes it."""
        if item not in self.items:
            return self
        notes = {name: known for name, known in self.notes.items() if name != item}
        cut = " ".join(note.split())[:LONGEST_NOTE]
        return replace(self, notes=notes | {item: cut} if cut else notes)


def read(items: str, notes: Mapping[str, str], known: Collection[str]) -> tuple[Shortlist, tuple[str, ...]]:
    """Read what a URL carries: ids joined by commas, and notes by id; give back what means nothing.

    >>> read("compost,xyz", {"compost": "voir la régie"}, {"compost"})[1]
    ('xyz',)
    """
    found, refused = Shortlist(), []
    for item in filter(None, (part.strip() for part in items.split(_SEPARATOR))):
        if item in found.items:
            continue
        if item not in known or found.is_full:
            refused.append(item)
        found = found.adding(item) if item in known else found
    for item in found.items:
        found = found.noting(item, notes.get(item, ""))
    return found, tuple(refused)


def written(shortlist: Shortlist) -> str:
    """Write the ids as a URL carries them."""
    return _SEPARATOR.join(shortlist.items)
