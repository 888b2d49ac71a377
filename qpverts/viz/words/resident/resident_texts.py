"""What the people of a district are told of it, in sentences: none says more than the figures allow."""

from __future__ import annotations

from collections.abc import Sequence

from qpverts.atlas.atlas import Atlas
from qpverts.domain.figures.indicators import Indicator
from qpverts.domain.model import Action, Status
from qpverts.domain.text import capital
from qpverts.geo.join import Near
from qpverts.viz.words import labels, tangible
from qpverts.viz.words.resident.resident_cards import away

#: The sections of a district's page, in their order.
SECTIONS = {
    "espaces-verts": "Les espaces verts près d'ici",
    "actions": "Ce qui se fait dans le quartier",
    "prevu": "Ce qui est prévu",
    "comparer": "Par rapport aux autres quartiers",
    "inconnu": "Ce que nous ne savons pas",
}
AROUND = "Juste à côté, à moins de 300 m"
NO_ACTION = "Nous ne connaissons aucune action ici à ce jour ; il peut y en avoir."
NO_PLAN = "Nous ne connaissons aucun projet ici à ce jour ; il peut y en avoir."
ONLY_PLANNED = "Ce qui suit est en projet : rien n'est encore fait, et tout peut changer."
COUNTED = (
    "Chaque action est rangée une fois, à sa thématique principale. Le tableau des niveaux, plus bas, la "
    "compte pour toutes ses thématiques, projets compris."
)
#: The least area that "a park" means in the sentences, in hectares: that of the WHO rule.
PARK_HA = 0.5
#: Green spaces listed on a district's page.
SPACES_SHOWN = 12
_PARK = "d'un parc ou jardin public connu"
_WHICH_PARKS = f"Nous comptons ceux d'au moins 5 000 m² ({tangible.pitches(PARK_HA)})."
WHAT_IS_A_DISTRICT = (
    "Un quartier prioritaire est un quartier que l'État, la Métropole et la commune aident en priorité, "
    "parce que beaucoup de ses habitants ont peu de revenus."
)
STRAIGHT = (
    "Les distances de la liste sont en ligne droite, depuis le bord du quartier jusqu'au bord de l'espace "
    "vert."
)
PATHS_UNKNOWN = (
    "Nous ne connaissons ni les sentiers ni les entrées des parcs : le vrai chemin peut être plus court ou "
    "plus long."
)


def brief(known: Atlas, code: str, own: Sequence[Action], near: Sequence[Near]) -> tuple[str, ...]:
    """Sum a district up: who lives there, the nearest green space, the walk to a park, the actions."""
    population = known.facts[code].figures.population
    lines = [
        f"{labels.plural(population, 'habitant', 'habitants')} (recensement de 2020)."
        if population
        else "Le nombre d'habitants n'est pas publié."
    ]
    if near:
        space = known.spaces[near[0].id]
        how = " en ligne droite" if near[0].distance_m else ""
        lines.append(
            f"L'espace vert public le plus proche que nous connaissons : {space.name}, "
            f"{away(near[0].distance_m)}{how}."
        )
    else:
        lines.append(
            "Nous n'avons pu placer aucun espace vert public près d'ici : cela ne veut pas dire qu'il n'y en "
            "a pas."
        )
    if walk := known.facts[code].walk:
        street = walk.street_m.value
        lines.append(
            f"Par les rues, la moitié du quartier est à moins de {labels.distance(street)} {_PARK} : "
            f"{tangible.minutes(street)}. {_WHICH_PARKS}"
        )
    if own:
        total = labels.plural(len(own), "action connue", "actions connues")
        lines.append(f"{total} : {labels.statuses(own)}.")
    else:
        lines.append(NO_ACTION)
    return tuple(lines)


def spaces_note(known: Atlas, code: str, count: int) -> str:
    """Say what the list of green spaces is, and what it may lack; ``count`` are known within 3 km."""
    nearest = known.indicators[code]["distance_05ha"]
    parts = [STRAIGHT] if count else []
    if count > SPACES_SHOWN:
        parts.append(f"Les {SPACES_SHOWN} plus proches, sur {count} à moins de 3 km.")
    if text := labels.coverage_text(nearest):
        parts.append(f"{capital(text)} : un autre espace vert peut être plus proche.")
    elif not count:
        parts.append(labels.WHY_MISSING.get(nearest.state, ""))
    return " ".join(parts)


def on_foot(known: Atlas, code: str) -> tuple[str, ...]:
    """Set the streets beside the straight line: a railway or a motorway makes the gap."""
    walk = known.facts[code].walk
    if walk is None:
        return ()
    straight, street = labels.distance(walk.straight_m.value), labels.distance(walk.street_m.value)
    first = (
        f"À vol d'oiseau, la moitié du quartier est à moins de {straight} {_PARK}. Par les rues, "
        f"jusqu'à un parc connu, c'est {street} : {tangible.minutes(walk.street_m.value)}. {_WHICH_PARKS}"
    )
    lines = [first]
    if way := known.ways.get(code):
        lines.append(
            f"Là où le détour est le plus long : {known.spaces[way.space_id].name} est à "
            f"{labels.distance(way.straight_m)} en ligne droite, mais à {labels.distance(way.street_m)} par "
            f"les rues ({tangible.minutes(way.street_m)})."
        )
    return (*lines, PATHS_UNKNOWN)


#: What is compared, in this order of preference, and its two comparatives.
_WAYS = {
    "marche_05ha": ("Chemin à pied", "Plus court", "Plus long"),
    "distance_05ha": ("Distance en ligne droite", "Plus courte", "Plus longue"),
}


def compared(known: Atlas, code: str) -> str:
    """Compare the way to a park with other districts, in counts that no rounding can turn.

    On foot where the streets are known, else in a straight line. A district is nearer or farther only where
    the bounds of the two figures do not meet.
    """
    for indicator_id, words in _WAYS.items():
        here = known.indicators[code][indicator_id]
        if here.value is not None:
            return _compared(here, [v[indicator_id] for c, v in known.indicators.items() if c != code], words)
    return "Nous ne pouvons pas comparer ce quartier aux autres : la distance jusqu'à un parc est inconnue."


def _compared(here: Indicator, others: Sequence[Indicator], words: tuple[str, str, str]) -> str:
    known = [other for other in others if other.low is not None and other.high is not None]
    nearer = sum(_under(other.high, here.low) for other in known)
    farther = sum(_under(here.high, other.low) for other in known)
    unsure, unknown = len(known) - nearer - farther, len(others) - len(known)
    what, shorter, longer = words
    parts = [
        f"{what} jusqu'à un parc connu.",
        f"{shorter} qu'ici : {_districts(nearer)}.",
        f"{longer} : {_districts(farther)}.",
        f"Écart trop petit pour trancher : {_districts(unsure)}." if unsure else "",
        f"Inconnu : {_districts(unknown)}." if unknown else "",
    ]
    return " ".join(filter(None, parts))


def _under(first: float | None, second: float | None) -> bool:
    return first is not None and second is not None and first < second


def _districts(count: int) -> str:
    return labels.plural(count, "quartier", "quartiers") if count else "aucun quartier"


def unknown(known: Atlas, code: str, own: Sequence[Action]) -> tuple[str, ...]:
    """List what we do not know of a district, so that nobody takes a silence for an absence."""
    lines = []
    silent = [
        known.vocabulary.theme(theme).label
        for theme, grade in known.grades[code].items()
        if grade.level.score is None
    ]
    if silent:
        lines.append(
            f"{labels.listed(silent)} : nous n'avons trouvé aucune action, et personne n'a encore fait de "
            "relevé ici. Cela ne veut pas dire qu'il ne se passe rien."
        )
    unsure = sum(action.status is Status.UNKNOWN for action in own)
    if unsure:
        lines.append(
            f"{labels.plural(unsure, 'action', 'actions')} : nous ne savons pas où "
            f"{'elle en est' if unsure == 1 else 'elles en sont'}, ou si "
            f"{'elle a' if unsure == 1 else 'elles ont'} eu lieu."
        )
    nameless = sum(not action.carrier for action in own)
    if nameless:
        lines.append(f"{labels.plural(nameless, 'action', 'actions')} : nous ne savons pas qui s'en occupe.")
    nearest = known.indicators[code]["distance_05ha"]
    if nearest.value is None:
        lines.append(labels.WHY_MISSING.get(nearest.state, ""))
    elif nearest.coverage_pct is not None and nearest.coverage_pct < 100:  # noqa: PLR2004
        text = labels.coverage_text(nearest)
        lines.append(f"{capital(text)}. Les autres manquent ici.")
    if known.facts[code].walk is None:
        lines.append(labels.WHY_MISSING[known.indicators[code]["marche_05ha"].state])
    else:
        lines.append(PATHS_UNKNOWN)
    return tuple(filter(None, lines))
