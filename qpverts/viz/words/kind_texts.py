"""What is said of kinds of action and of actors: counts on record, where no record is not absence."""

from __future__ import annotations

from collections.abc import Mapping

from qpverts.domain.actions.action_kinds import Aspect, Presence
from qpverts.domain.actions.actors import Part
from qpverts.domain.model import Status
from qpverts.domain.themes import Vocabulary
from qpverts.viz.words import labels

HOW_SORTED = (
    "Les sortes sont celles que chaque fiche d'action déclare : thématiques, champs d'intervention, axe, "
    "type de porteur, avancement. Deux noms séparés par un point : une thématique et un champ, dans une même "
    "action. « Non renseigné » : nous n'avons trouvé aucune action de cette sorte à ce jour ; il peut y en "
    "avoir. Les actions arrêtées ne comptent pas."
)
_BOTH = 2
_CARRIED = ("action portée", "actions portées")


def names(vocabulary: Vocabulary) -> Mapping[Aspect, Mapping[str, str]]:
    """Give the French name of every kind, by aspect."""
    themes = vocabulary.theme_labels
    fields = vocabulary.field_labels
    return {
        Aspect.THEME: themes,
        Aspect.FIELD: fields,
        Aspect.AXIS: {axis.id: axis.label for axis in vocabulary.axes},
        Aspect.CARRIER: {carrier.value: label for carrier, label in labels.CARRIER.items()},
        Aspect.STATUS: {status.value: labels.STATUS[status] for status in Status},
        Aspect.CROSSING: themes | fields,
    }


def kind_text(one: Presence, words: Mapping[Aspect, Mapping[str, str]]) -> str:
    """Name a kind: "Type de porteur : bailleur", or a theme and a field that cross."""
    said = " · ".join(words[one.aspect][part] for part in one.parts)
    return said if one.aspect is Aspect.CROSSING else f"{one.aspect.value.capitalize()} : {said}"


def _on_some(sides: int) -> str:
    return "d'un seul côté" if sides == _BOTH else "de certains côtés seulement"


def _on_several(sides: int) -> str:
    return "des deux côtés" if sides == _BOTH else "dans plusieurs de ces territoires"


def nothing_lacking(sides: int) -> str:
    """Say that no kind is on record on some sides only."""
    return (
        f"Aucune thématique, aucun champ, aucun axe, aucun type de porteur ne manque {_on_some(sides)} parmi "
        "les actions recensées."
    )


def lacking_text(count: int, shown: int, sides: int) -> str:
    """Say how many kinds are on record on some sides only, and how many are shown."""
    agreed = ("sorte d'action est recensée", "sortes d'action sont recensées")
    text = f"{labels.plural(count, *agreed)} {_on_some(sides)}"
    return f"{text} ; voici les {shown} premières." if count > shown else f"{text}."


def no_actor(sides: int) -> str:
    """Say that no actor is met on several sides."""
    return (
        f"Aucun porteur d'action n'est nommé {_on_several(sides)}. Tous ne sont pas connus, et un même "
        "acteur peut être écrit de deux façons."
    )


def actors_text(count: int, shown: int, sides: int) -> str:
    """Say how many actors are met on several sides, and how many are shown."""
    one, other = ("d'un côté", "de l'autre") if sides == _BOTH else ("dans un territoire", "dans un autre")
    agreed = (f"acteur porte une action {one} et agit", f"acteurs portent une action {one} et agissent")
    text = f"{labels.plural(count, *agreed)} aussi {other}"
    return f"{text} ; voici les {shown} plus actifs." if count > shown else f"{text}."


def count_text(one: Presence, rank: int) -> str:
    """Write how many actions of this kind a side has on record."""
    count = len(one.found[rank])
    return labels.plural(count, "action", "actions") if count else "non renseigné"


def part_text(part: Part) -> str:
    """Write what an actor does in a territory."""
    told = []
    if part.carried:
        told.append(labels.plural(len(part.carried), *_CARRIED))
    if part.joined:
        told.append(f"partenaire de {labels.plural(len(part.joined), 'action', 'actions')}")
    return ", ".join(told) or "rien de recensé"


def actors_note(sides: int, *, overlapping: bool) -> str:
    """Say how actors were met."""
    how = (
        "Sont comptés les porteurs et les partenaires que nomment les fiches. Deux noms ne font un acteur "
        "que s'ils s'écrivent pareil, aux accents et à la ponctuation près."
    )
    if not overlapping:
        return how
    return f"{how} Qui n'agit que dans les quartiers comptés {_on_several(sides)} n'est pas dans cette liste."
