"""What a resident is told of a commune, of the Métropole and of a theme, in words ready to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qpverts.atlas.atlas import Atlas
from qpverts.domain.model import ARRONDISSEMENTS, Action, GreenSpace, Status
from qpverts.viz.words import labels
from qpverts.viz.words.action_words import ActionWords
from qpverts.viz.words.resident.resident_cards import SpaceCard, action_card, away, space_card

NOT_PLACED = "lieu exact inconnu"
_MOST_ALIKE = 2


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A district in one row of a table."""

    code: str
    name: str
    communes: str
    population: str
    nearest: str
    actions: str


@dataclass(frozen=True, slots=True)
class DistrictActions:
    """Actions under the place they are for: a district, or a whole commune (``code`` is then empty)."""

    code: str
    name: str
    actions: tuple[ActionWords, ...]


def place_row(known: Atlas, code: str) -> PlaceRow:
    """Put a district in a row; what is not known is said to be."""
    population = known.facts[code].figures.population
    near = known.green_near.get(code, ())
    count = len(known.facts[code].action_ids)
    return PlaceRow(
        code=code,
        name=known.qpvs[code].name,
        communes=known.qpvs[code].commune_names,
        population=labels.number(population) if population else "non publié",
        nearest=f"{known.spaces[near[0].id].name}, {away(near[0].distance_m)}"
        if near
        else "nous ne savons pas",
        actions=labels.number(count) if count else "aucune connue",
    )


def brief(known: Atlas, codes: Sequence[str], actions: Sequence[Action]) -> tuple[str, ...]:
    """Sum up some districts: who lives there, what is recorded, and what is planned."""
    residents = [known.facts[code].figures.population for code in codes]
    districts = labels.plural(len(codes), "quartier prioritaire", "quartiers prioritaires")
    total = sum(filter(None, residents))
    missing = residents.count(None)
    people = f"{districts}, où vivent {labels.plural(total, 'personne', 'personnes')} (recensement de 2020)"
    if missing:
        people += f", sans compter {labels.plural(missing, 'quartier', 'quartiers')} au nombre inconnu"
    if not actions:
        return (f"{people}.", "Nous ne connaissons aucune action à ce jour ; il peut y en avoir.")
    planned = sum(action.status is Status.PLANNED for action in actions)
    known_actions = (
        f"{labels.plural(len(actions), 'action connue', 'actions connues')} : {labels.statuses(actions)}."
    )
    silent = sum(not known.facts[code].action_ids for code in codes)
    lines = [f"{people}.", known_actions]
    if planned and planned == len(actions):
        lines = [f"{people}.", f"{known_actions} Rien n'est encore fait, à notre connaissance."]
    if silent and len(codes) >= _MOST_ALIKE:
        lines.append(
            f"Dans {labels.plural(silent, 'quartier', 'quartiers')}, nous n'en connaissons aucune : cela ne "
            "veut pas dire qu'il ne s'y passe rien."
        )
    return tuple(lines)


def commune_spaces(known: Atlas, commune: str) -> tuple[SpaceCard, ...]:
    """List the public green spaces of a commune, by name; those without a place are listed too."""
    found = [one for one in known.spaces.values() if one.commune_code == commune and one.is_public_green]
    return tuple(space_card(one, where=_placed(one)) for one in sorted(found, key=lambda one: one.name))


def _placed(space: GreenSpace) -> str:
    if not space.is_located:
        return NOT_PLACED
    if space.arrondissement not in ARRONDISSEMENTS:
        return "lieu connu"
    rank = ARRONDISSEMENTS.index(space.arrondissement) + 1
    return f"{rank}{'er' if rank == 1 else 'e'} arrondissement"


def commune_wide(known: Atlas, commune: str) -> tuple[ActionWords, ...]:
    """List the actions of a commune that are for no district in particular."""
    return tuple(
        action_card(action)
        for action in known.actions.values()
        if action.commune_code == commune and not action.qpv_codes
    )


def by_place(known: Atlas, actions: Sequence[Action]) -> tuple[DistrictActions, ...]:
    """Sort actions under the first district that they are for, by commune then name; the others come last."""
    order = sorted(known.qpvs.values(), key=lambda qpv: (qpv.commune_names, qpv.name))
    groups = [
        DistrictActions(
            qpv.code,
            f"{qpv.name} ({qpv.commune_names})",
            tuple(action_card(a) for a in actions if a.qpv_codes and a.qpv_codes[0] == qpv.code),
        )
        for qpv in order
    ]
    elsewhere = tuple(action_card(a) for a in actions if not a.qpv_codes)
    groups.append(DistrictActions("", "Hors d'un quartier précis", elsewhere))
    return tuple(group for group in groups if group.actions)
