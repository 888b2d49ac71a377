"""What is chosen on *Comparer*, read from its address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qpverts.atlas.atlas import Atlas
from qpverts.domain.figures import specs
from qpverts.domain.grading.profile import Measure
from qpverts.domain.territory import Territory
from qpverts.ui.address.state import INDICATOR, SIDES, THEME, Reader

#: What *Comparer* opens on: the demonstrator district and the resource districts.
DEFAULT_SIDES = ("QN01338I", "13103")


@dataclass(frozen=True, slots=True)
class CompareState:
    """What is chosen on *Comparer*: two to four territories, what colours their maps, what charts measure.

    ``theme`` is that of the actions listed. Only the first two sides may be the same: who asks for it sees a
    territory beside itself.
    """

    sides: tuple[Territory, ...]
    indicator: str
    measure: Measure
    theme: str
    notices: tuple[str, ...]


def compare_state(params: Mapping[str, str], atlas: Atlas) -> CompareState:
    """Read the query string of *Comparer*; a side that is missing takes the usual territory not yet there."""
    read = Reader(params)
    asked = [read.district(param, atlas) for param in SIDES]
    first, added = asked[: len(DEFAULT_SIDES)], asked[len(DEFAULT_SIDES) :]
    sides = [side or _usual(first, rank, atlas) for rank, side in enumerate(first)]
    if sides[0].key == sides[1].key:
        read.notices.append(
            f"Les deux territoires sont le même, {sides[0].name} : choisissez-en un autre pour comparer."
        )
    for side in filter(None, added):
        if side.key in {one.key for one in sides}:
            read.notices.append(f"{side.name} est déjà dans la comparaison : il n'est pas ajouté deux fois.")
        else:
            sides.append(side)
    indicator = read.one_of(INDICATOR, atlas.specs.by_id, "un indicateur")
    measure = read.measure()
    themes = [one.id for one in atlas.vocabulary.themes]
    theme = read.one_of(THEME, themes, "une thématique") or themes[0]
    return CompareState(tuple(sides), indicator or specs.DEFAULT, measure, theme, tuple(read.notices))


def _usual(asked: Sequence[Territory | None], rank: int, atlas: Atlas) -> Territory:
    """Give what stands at a side that is not chosen: its own default, else the other one."""
    there = {side.key for side in asked if side}
    own = DEFAULT_SIDES[rank]
    return atlas.index.resolve(
        own if own not in there else next(key for key in DEFAULT_SIDES if key not in there)
    )


def sides_after(keys: Sequence[str], rank: int, chosen: str | None) -> dict[str, str | None]:
    """Give the parameters once a side is chosen: at its rank, or added; ``None`` removes an added side.

    A territory that stands elsewhere changes places with the one it replaces, so that none is there twice.
    """
    after = list(keys)
    if chosen is None:
        after = [*keys[:rank], *keys[rank + 1 :]]
    elif rank < len(after):
        if chosen in after:
            after[after.index(chosen)] = after[rank]
        after[rank] = chosen
    elif chosen not in after:
        after.append(chosen)
    return dict(zip(SIDES, [*after, *[None] * len(SIDES)], strict=False))
