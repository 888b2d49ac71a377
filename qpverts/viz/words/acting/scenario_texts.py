"""What a scenario says in words: what it adds, and what its figures leave out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qpverts.domain.acting.scenario import Scenario
from qpverts.domain.grading.levels import Grade
from qpverts.viz.words import labels, level_texts

LIMITS = (
    "Ce sont des calculs, pas des projets : le terrain n'est ni choisi ni libre. Seul l'accès à vol d'oiseau "
    "aux espaces verts publics est mesuré à nouveau ; la végétation (ce qui pousse là aujourd'hui) et le "
    "chemin par les rues ne le sont pas. Un espace ajouté est un disque, avec les mêmes fourchettes que les "
    "autres. Une action ajoutée compte comme si elle était recensée."
)
NOT_COVERED = (
    "Aucun espace vert public de cette commune n'a pu être placé sur la carte : les chiffres ne tiennent "
    "compte que de ce que vous ajoutez."
)


def name(rank: int) -> str:
    """Name a scenario by its rank, from 0."""
    return f"Scénario {rank + 1}"


def parts(made: Scenario, themes: Mapping[str, str]) -> list[str]:
    """Write each part of a scenario, in its order; ``themes`` are the names by id."""
    spaces = [f"Espace vert public de {labels.area_ha(space.area_ha)}" for space in made.spaces]
    actions = [
        f"Action {labels.STATUS[action.status]} sur {themes[action.theme]}, "
        + ("nouveau porteur" if action.new_carrier else "porteur déjà présent")
        for action in made.actions
    ]
    return spaces + actions


def grade(found: Grade) -> str:
    """Write a level and the number of actions behind it."""
    if not found.evidence.recorded:
        return level_texts.name(found.level)
    count = labels.plural(found.evidence.recorded, "action", "actions")
    return f"{level_texts.name(found.level)}, {count}"


def overlap(names: Sequence[str]) -> str:
    """Say that a space stands on real ones, which its ground would then be counted with twice."""
    return f"Attention, un ajout est posé sur un espace vert qui existe : {', '.join(names)}."
