"""Sentences made from figures, that never say more than these do."""

from __future__ import annotations

from collections.abc import Sequence

from qpverts.domain.figures.indicators import Indicator
from qpverts.domain.figures.published import Cell, Way
from qpverts.domain.grading.profile import Profile
from qpverts.domain.model import GreenSpace
from qpverts.viz.palette import MISSING, grid_class
from qpverts.viz.words import labels


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
