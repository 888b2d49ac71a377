"""How a territory is called, as the head of a column or inside a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from qpverts.domain.territory import Kind, Territory
from qpverts.viz.words import labels

#: A group of more districts than this is called by their number.
_MOST_NAMED = 3


def heading(territory: Territory) -> str:
    """Name a territory as the head of its column, with what it adds up."""
    if territory.kind is Kind.COMMUNE:
        return f"{territory.name}, {labels.plural(len(territory.codes), 'quartier', 'quartiers')}"
    if territory.kind is Kind.GROUP and len(territory.codes) > _MOST_NAMED:
        return f"Groupe de {len(territory.codes)} quartiers"
    return territory.name


def headings(sides: Sequence[Territory]) -> list[str]:
    """Head one column per side: two groups that would be called the same are told apart by their rank."""
    found = [heading(side) for side in sides]
    return [
        f"{name} ({rank})" if _is_ambiguous(name, side, sides) else name
        for rank, (name, side) in enumerate(zip(found, sides, strict=True), start=1)
    ]


def _is_ambiguous(name: str, side: Territory, sides: Sequence[Territory]) -> bool:
    return any(heading(other) == name and other.key != side.key for other in sides)


def said_name(territory: Territory) -> str:
    """Name a territory inside a sentence; a long list of districts is counted."""
    if territory.kind is Kind.METROPOLE:
        return "l'ensemble de la Métropole"
    if territory.kind is Kind.GROUP and len(territory.codes) > _MOST_NAMED:
        return f"le groupe de {len(territory.codes)} quartiers"
    return territory.name
