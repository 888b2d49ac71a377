"""What is known of a district that bears on whether an action from elsewhere can be done in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qpverts.domain.figures.facts import DistrictFacts, Interval
from qpverts.domain.figures.indicators import Indicator
from qpverts.domain.figures.specs.formulas import LEAST_KNOWN_PCT
from qpverts.domain.grading.levels import Grade
from qpverts.domain.model import Action, Carrier, Qpv, Status
from qpverts.domain.transfer.method import Method

#: The bodies that residents may know and trust.
_RELAYS = frozenset({Carrier.ASSOCIATION, Carrier.RESIDENTS})

Bodies = Mapping[Carrier, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a district.

    ``here`` and ``around`` name the bodies, by kind, that carry or accompany a recorded action of the
    district, and of the rest of its commune; an empty name is that of a body that its source does not name.
    ``relays`` are the associations and residents named here. ``vegetated_m2`` (square metres) is ``None``
    where too little of the ground is known; ``parks_m2`` where no public green space of the commune is known.
    ``budgeted`` is the action of the district with the largest known budget.
    """

    code: str
    name: str
    commune: str
    vegetated_m2: Interval | None
    known_pct: float
    parks_m2: Interval | None
    social_dwellings: int | None
    indicators: Mapping[str, Indicator]
    grades: Mapping[str, Grade]
    here: Bodies
    around: Bodies
    relays: tuple[str, ...]
    budgeted: Action | None


def context(
    qpv: Qpv,
    facts: DistrictFacts,
    *,
    indicators: Mapping[str, Indicator],
    grades: Mapping[str, Grade],
    actions: Iterable[Action],
    method: Method,
) -> Context:
    """Gather what is known of a district, from all actions of the Métropole; their order does not matter."""
    going = [action for action in actions if action.status is not Status.STOPPED]
    here = [action for action in going if qpv.code in action.qpv_codes]
    communes = {commune.code for commune in qpv.communes}
    around = [a for a in going if a.commune_code in communes and qpv.code not in a.qpv_codes]
    bodies = by_kind(here, method)
    ground = facts.vegetation
    known = ground is not None and ground.known_pct >= LEAST_KNOWN_PCT
    return Context(
        code=qpv.code,
        name=qpv.name,
        commune=qpv.commune_names,
        vegetated_m2=ground.inside_m2 if ground and known else None,
        known_pct=ground.known_pct if ground else 0.0,
        parks_m2=facts.green.inside_m2 if facts.green else None,
        social_dwellings=facts.figures.social_dwellings,
        indicators=indicators,
        grades=grades,
        here=bodies,
        around=by_kind(around, method),
        relays=tuple(sorted({name for kind in _RELAYS for name in bodies.get(kind, ()) if name})),
        budgeted=max(
            (a for a in here if a.budget_eur), key=lambda a: (a.budget_eur or 0, a.id), default=None
        ),
    )


def by_kind(actions: Sequence[Action], method: Method) -> Bodies:
    """Name the bodies that carry or accompany some actions, by kind, from A to Z."""
    found: dict[Carrier, set[str]] = {}
    for action in actions:
        for kind, name in bodies_of(action, method):
            found.setdefault(kind, set()).add(name)
    return {kind: tuple(sorted(found[kind])) for kind in Carrier if kind in found}


def bodies_of(action: Action, method: Method) -> Iterator[tuple[Carrier, str]]:
    """Give the bodies of an action with their kind; those whose kind nothing tells are left out.

    The kind written for the carrier comes first; a partner has none, so its name must give it away.
    """
    written = action.carrier_kind if action.carrier_kind is not Carrier.MIXED else None
    if written and not action.carriers:
        yield written, ""
    for name in action.carriers:
        if kind := written or method.kind_of(name):
            yield kind, name
    for name in action.partners:
        if kind := method.kind_of(name):
            yield kind, name
