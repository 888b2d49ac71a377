"""Sentences made from figures, that never say more than these do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qpverts.domain.compare import Comparison, Profile, compare
from qpverts.domain.indicators import Indicator
from qpverts.domain.model import GreenSpace
from qpverts.domain.nature import Cell, Way
from qpverts.viz import labels
from qpverts.viz.palette import MISSING, grid_class

#: A gap of levels that rests on so few actions is said to.
FEW = 2


def definitions_text(values: Sequence[Indicator]) -> str:
    """Say why four ways of counting green ground per resident differ, with the least and the most of them."""
    why = (
        "Les espaces verts publics sont ouverts à tous ; seuls comptent ceux que nous avons pu placer sur la "
        "carte. Le sol végétalisé, public ou privé, compte aussi les pelouses des résidences, les talus, "
        "les friches : on le voit, on n'y entre pas toujours. Il n'est connu que sur les parcelles d'au "
        "moins 0,5 ha : c'est un minimum. Le pourtour à 300 m sert aussi aux voisins, que ce calcul ne "
        "compte pas."
    )
    known = sorted((v for v in values if v.value is not None), key=lambda v: v.value or 0)
    if len(known) < 2:  # noqa: PLR2004
        return why
    least, most = labels.value_text(known[0]), labels.value_text(known[-1])
    return f"Selon la définition, le chiffre va de « {least} » à « {most} ». {why}"


def spread_text(values: Sequence[Indicator]) -> str:
    """Write how an indicator varies between districts: least, median and most of those that have a value."""
    known = sorted((v for v in values if v.value is not None), key=lambda v: v.value or 0)
    if not known:
        return ""
    middle = known[len(known) // 2]
    least, half, most = map(labels.value_text, (known[0], middle, known[-1]))
    return (
        f"au plus bas, {least} ; pour le quartier du milieu, {half} ; au plus haut, {most} "
        f"({labels.plural(len(known), 'quartier', 'quartiers')} sur {len(values)})"
    )


def cell_text(cell: Cell) -> str:
    """Write what is known of the vegetation of a cell."""
    known = f"{labels.number(cell.known_pct)}{labels.NBSP}%"
    if grid_class(cell) == MISSING:
        return f"Ce carreau de 200 m est trop peu connu ({known}) pour parler de sa végétation."
    vegetated = f"{labels.number(cell.vegetated_pct)}{labels.NBSP}%"
    return (
        f"Dans ce carreau de 200 m, {vegetated} du sol connu est végétalisé ({known} du carreau est connu)."
    )


def way_lines(way: Way, space: GreenSpace) -> tuple[str, str, str]:
    """Name a way drawn on the map, then what the straight line and the streets measure."""
    return (
        f"Vers {space.name}",
        f"à vol d'oiseau : {labels.distance(way.straight_m)}",
        f"par les rues : {labels.distance(way.street_m)}",
    )


def way_text(way: Way, space: GreenSpace) -> str:
    """Tell the way drawn on the map."""
    return (
        f"Sur la carte, depuis le rond blanc : {space.name} est à {labels.distance(way.straight_m)} "
        f"à vol d'oiseau, mais à {labels.distance(way.street_m)} par les rues."
    )


def themes_known_text(profile: Profile) -> str:
    """Say on how many themes something is known."""
    total = len(profile.grades)
    if not profile.known:
        return (
            f"Aucune des {total} thématiques n'est connue : nous ne savons pas, ce qui ne veut pas dire zéro."
        )
    return f"{labels.plural(profile.known, 'thématique connue', 'thématiques connues')} sur {total}."


def comparison_texts(first: Profile, second: Profile, themes: Mapping[str, str]) -> tuple[str, str, str]:
    """Compare two territories in three sentences that can be said aloud.

    Who has the higher level, where both are known; the widest gap, with its counts; what is not known.
    ``themes`` are the names by id.
    """
    found = compare(first, second)
    return (
        _higher_text(found, first, second, themes),
        _widest_text(found, first, second, themes),
        _unknown_text(found, first, second, themes),
    )


def _higher_text(found: Comparison, first: Profile, second: Profile, themes: Mapping[str, str]) -> str:
    if not found.known_to_both:
        return (
            "Aucune thématique n'est connue des deux côtés : nous ne pouvons pas comparer "
            f"{first.name} et {second.name}."
        )
    count = found.known_to_both
    where = "Sur la seule thématique connue" if count == 1 else f"Sur les {count} thématiques connues"
    if not found.first and not found.second:
        return f"{where} des deux côtés, le niveau est le même : {_listed(found.equal, themes)}."
    parts = [
        f"le niveau est plus élevé pour {side.name} sur {_listed(ahead, themes)}"
        for side, ahead in ((first, found.first), (second, found.second))
        if ahead
    ]
    if found.equal:
        parts.append(f"le niveau est le même sur {_listed(found.equal, themes)}")
    return f"{where} des deux côtés, {' ; '.join(parts)}."


def _widest_text(found: Comparison, first: Profile, second: Profile, themes: Mapping[str, str]) -> str:
    if found.widest is None:
        if not first.recorded and not second.recorded:
            return f"Aucune action n'est recensée, ni pour {first.name} ni pour {second.name}."
        counts = ", ".join(f"{_recorded(side.recorded)} pour {side.name}" for side in (first, second))
        if found.known_to_both:
            return f"Aucun écart de niveau n'apparaît : {counts}."
        return f"Ce que nous avons trouvé, {counts}, dit d'abord ce que nous savons de chacun."
    high, low = (first, second) if found.widest in found.first else (second, first)
    top, bottom = high.grades[found.widest], low.grades[found.widest]
    more = top.evidence.recorded - bottom.evidence.recorded
    text = (
        f"L'écart le plus grand est sur {themes[found.widest]} : « {top.level.label} » pour {high.name} "
        f"({_recorded(top.evidence.recorded)}), « {bottom.level.label} » pour {low.name} "
        f"({_recorded(bottom.evidence.recorded)})"
    )
    if more <= 0:
        return f"{text} ; il vient de l'avancement des actions ou de leurs porteurs, pas de leur nombre."
    if more <= FEW:
        return f"{text} ; la différence n'est que de {_recorded(more)}."
    return f"{text}."


def _unknown_text(found: Comparison, first: Profile, second: Profile, themes: Mapping[str, str]) -> str:
    parts = [
        f"sur {_listed(missing, themes)} pour {whom}"
        for missing, whom in (
            (found.only_second, first.name),
            (found.only_first, second.name),
            (found.neither, "les deux"),
        )
        if missing
    ]
    if not parts:
        return (
            f"Les {len(first.grades)} thématiques sont renseignées des deux côtés, mais il peut y avoir "
            "d'autres actions que celles que nous connaissons."
        )
    return f"Nous ne savons rien {', ni '.join(parts)} : cela ne veut pas dire qu'il ne s'y passe rien."


def _recorded(count: int) -> str:
    return labels.plural(count, "action recensée", "actions recensées") if count else "aucune action recensée"


def _listed(ids: Sequence[str], themes: Mapping[str, str]) -> str:
    names = [themes[theme] for theme in ids]
    return " et ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
