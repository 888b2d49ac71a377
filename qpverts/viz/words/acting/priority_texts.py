"""What priorities say in words: a place is an interval, and an order that would not hold is not claimed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qpverts.domain.acting.priorities import Priority, PriorityNeed, surely_first
from qpverts.domain.model import Qpv
from qpverts.viz.words import labels

HOW = (
    "La priorité est la moyenne des besoins connus, avec vos poids ; un besoin peut en compenser un autre. "
    "La place dit où le quartier peut se trouver parmi tous ceux de la Métropole si les poids varient un peu "
    "et si ce que nous ignorons est au plus bas ou au plus haut. Les repères sont les nôtres, à discuter."
)
_NAMED = 3
_HOW_SURE = "Dans neuf tirages de poids sur dix au moins"


def value(one: Priority) -> str:
    """Write a need in all, with its bounds where something is not known."""
    if one.value is None:
        return "non renseigné"
    if round(one.low) == round(one.high):
        return labels.number(one.value)
    return f"{labels.number(one.value)} (entre {labels.number(one.low)} et {labels.number(one.high)})"


def rank(one: Priority) -> str:
    """Write where a district may stand."""
    if one.rank.best == one.rank.worst:
        return f"{one.rank.best} sur {one.rank.total}"
    return f"de {one.rank.best} à {one.rank.worst} sur {one.rank.total}"


def place(one: Priority) -> str:
    """Write the need of a district and where it may stand, in one line."""
    return f"priorité {value(one)} ; place {rank(one)}"


def need(one: Priority, criterion: PriorityNeed) -> str:
    """Write a need, 0 to 100."""
    found = one.needs[criterion.id]
    return "non renseigné" if found is None else labels.number(found)


def stability(found: Sequence[Priority], qpvs: Mapping[str, Qpv], count: int) -> str:
    """Say how far the order holds: which districts stay among the first ones, and how many could be."""
    sure = surely_first(found, count)
    maybe = sum(one.rank.best <= count for one in found)
    if len(found) <= count:
        return "Avec si peu de quartiers, regardez-les tous."
    could = f"{labels.plural(maybe, 'quartier peut', 'quartiers peuvent')} être parmi les {count} premiers"
    if not sure:
        return (
            f"L'ordre n'est pas stable : {could}, selon les poids et ce que nous ignorons ; aucun n'y est à "
            "coup sûr. Servez-vous-en pour choisir où regarder, pas pour classer."
        )
    names = [qpvs[code].name for code in sure[:_NAMED]]
    listed = ", ".join(names) + (f" et {len(sure) - _NAMED} de plus" if len(sure) > _NAMED else "")
    if len(sure) == 1:
        return f"{_HOW_SURE}, {listed} reste parmi les {count} premiers ; {could}."
    # The draws that keep one there are not those that keep another: together they may be fewer.
    return f"{_HOW_SURE} pour chacun, {listed} restent parmi les {count} premiers ; {could}."
