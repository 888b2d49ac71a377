"""What is said in French of levels, weights and ranks; never more than what was recorded allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qpverts.domain.grading.levels import Evidence, Grade, Level, Survey
from qpverts.domain.grading.ranks import DRAWS, Rank
from qpverts.domain.grading.reading_grid import Row, Size, Sort, Total, lacking, next_level
from qpverts.domain.text import is_plural
from qpverts.viz.words import labels

SORT = {
    Sort.NAME: "nom du quartier",
    Sort.COMMUNE: "commune",
    Sort.POPULATION: "population",
    Sort.LEVEL: "niveau global (milieu des places)",
    Sort.ACTIONS: "nombre d'actions",
}
WARNING = "Un nombre d'actions recensées mesure l'effort de recensement autant que l'engagement."
_ACTIONS = ("action recensée", "actions recensées")
_MONTH = 7


def how_ranked(*, by_field: bool) -> str:
    """Say how the places of a district are drawn."""
    unknown = "les champs inconnus comptés" if by_field else "les thématiques inconnues comptées"
    return (
        f"Places possibles : {DRAWS} tirages de poids autour de ceux choisis, {unknown} "
        "au plus bas, puis au plus haut ; elles tiennent dans neuf tirages sur dix."
    )


HOW_RANKED = how_ranked(by_field=False)


def survey_text(date: str) -> str:
    """Write when a survey was made, as precisely as known.

    >>> survey_text("2026-11")
    'relevé de novembre 2026'
    """
    return f"relevé {'du' if len(date) > _MONTH else 'de'} {labels.source_date(date)}"


def size_text(size: Size) -> str:
    r"""Write a class of districts by their residents.

    >>> size_text(Size(0, 2000))
    'moins de 2\u202f000'
    """
    if size.below is None:
        return f"{labels.number(size.least)} et plus"
    if not size.least:
        return f"moins de {labels.number(size.below)}"
    return f"{labels.number(size.least)} à {labels.number(size.below - 1)}"


def name(level: Level) -> str:
    """Write a level as symbol and word."""
    return f"{level.symbol} {level.label}"


def note(grade: Grade) -> str:
    """Write what a cell rests on: a count of actions, or a survey; nothing where nothing is known."""
    if grade.evidence.recorded:
        return labels.plural(grade.evidence.recorded, "action", "actions")
    return f"({survey_text(grade.evidence.surveyed)})" if grade.evidence.surveyed else ""


def counts_text(found: Evidence, stopped: int = 0) -> str:
    """Write the counts that a level rests on, and those of stopped actions, that do not count."""
    parts = []
    if found.active:
        carriers = labels.plural(found.carriers, "porteur connu", "porteurs différents connus")
        by = f"par {carriers}" if found.carriers else "sans porteur connu"
        parts.append(f"{labels.plural(found.recorded, *_ACTIONS)}, {_progress(found)}, {by}.")
    elif found.recorded:
        parts.append(f"{labels.plural(found.recorded, *_ACTIONS)}, aucune connue comme en cours ou réalisée.")
    if stopped:
        parts.append(
            f"{labels.plural(stopped, 'action arrêtée ne compte', 'actions arrêtées ne comptent')} pas."
        )
    return " ".join(parts)


def _progress(found: Evidence) -> str:
    """Write how far the active actions are, without the counts that say nothing more."""
    done = labels.plural(found.done, "réalisée", "réalisées")
    if found.recorded == 1:
        return "réalisée" if found.done else "en cours"
    if not found.done:
        return f"dont {labels.number(found.active)}{labels.NBSP}en cours"
    if found.done == found.active:
        return f"dont {done}"
    return f"dont {labels.number(found.active)}{labels.NBSP}en cours ou réalisées ({done})"


def thresholds_text(level: Level) -> str:
    """Write the least counts of a level; empty for those that no action reaches."""
    return _needs(Evidence(level.recorded, level.active, level.done, level.carriers, ""))


def _needs(counts: Evidence) -> str:
    parts = [
        labels.plural(counts.recorded, *_ACTIONS) if counts.recorded > counts.active else "",
        labels.plural(counts.active, "action en cours ou réalisée", "actions en cours ou réalisées")
        if counts.active
        else "",
        labels.plural(counts.done, "action réalisée", "actions réalisées") if counts.done else "",
        labels.plural(counts.carriers, "porteur différent", "porteurs différents") if counts.carriers else "",
    ]
    return ", ".join(filter(None, parts))


def next_text(grade: Grade, scale: Sequence[Level]) -> str:
    """Say what the next level would take."""
    step = next_level(grade.level, scale)
    if step is None:
        return "C'est le plus haut niveau."
    return f"Pour « {step.label} », il faudrait encore : {_needs(lacking(grade.evidence, step))}."


def survey_line(surveys: Sequence[Survey], *, by_field: bool) -> str:
    """Say who last looked, or that nobody has."""
    if by_field:
        return "Les relevés se font par thématique : aucun ne porte sur un champ d'intervention."
    if not surveys:
        return "Personne n'a encore fait de relevé sur cette thématique ici : des actions peuvent manquer."
    last = max(surveys, key=lambda survey: survey.date)
    text = survey_text(last.date)
    return f"Dernier {text}, par {last.who}." + (f" {last.note}" if last.note else "")


def overall_text(row: Row) -> str:
    """Write the overall level, out of 100."""
    if row.overall.value is None:
        return "non renseigné"
    return f"{labels.number(row.overall.value)} sur 100"


def known_text(row: Row, *, by_field: bool) -> str:
    """Write how many columns the overall level rests on."""
    one, many = ("champ", "champs") if by_field else ("thématique", "thématiques")
    known = "connu" if by_field else "connue"
    agreed = f"{known}s" if is_plural(row.known) else known
    return f"{row.known} {many if is_plural(row.known) else one} sur {row.counted} {agreed}"


def rank_text(rank: Rank) -> str:
    """Write where a district may stand.

    >>> rank_text(Rank(1, 61, 66))
    'entre 1er et 61e sur 66'
    """
    if rank.best == rank.worst:
        return f"{_ordinal(rank.best)} sur {rank.total}"
    return f"entre {_ordinal(rank.best)} et {_ordinal(rank.worst)} sur {rank.total}"


def _ordinal(place: int) -> str:
    return "1er" if place == 1 else f"{place}e"


def order_text(ranks: Sequence[Rank], *, by_field: bool) -> str:
    """Say whether the order of the districts would change."""
    unknown = "les champs inconnus" if by_field else "les thématiques inconnues"
    moved = f"avec d'autres poids, ou selon ce que cachent {unknown}"
    moving = sum(rank.best != rank.worst for rank in ranks)
    if not ranks or not moving:
        return f"L'ordre changerait-il ? Non : {moved}, chaque quartier garde sa place."
    first = sum(rank.best == 1 for rank in ranks)
    leaders = (
        "un seul pourrait être premier" if first == 1 else f"{labels.number(first)} pourraient être premiers"
    )
    return (
        f"L'ordre changerait-il ? Oui : {moved}, "
        f"{labels.plural(moving, 'quartier', 'quartiers')} sur {len(ranks)} "
        f"{'pourrait' if moving == 1 else 'pourraient'} changer de place ; {leaders}."
    )


def totals_text(totals: Sequence[Total], names: Mapping[str, str], districts: int) -> str:
    """Say where most and fewest districts have an active recorded action, ties and unknowns included."""
    if not totals or not districts:
        return "Aucun quartier ne répond à ces choix."
    if districts == 1:
        return _alone(totals, names)
    most, least = max(t.active for t in totals), min(t.active for t in totals)
    where = f"Sur {labels.plural(districts, 'quartier', 'quartiers')}"
    if not most:
        return f"{where}, aucune action recensée n'est connue comme en cours ou réalisée."
    if most == least:
        return f"{where}, chaque colonne en compte autant avec une action recensée en cours ou réalisée."
    weak = [total for total in totals if total.active == least]
    strong = _listed([names[total.column] for total in totals if total.active == most])
    text = (
        f"{where}, ceux dont une action recensée est en cours ou réalisée sont les plus nombreux sur "
        f"{strong} ({_share(most, districts)}) et les moins nombreux sur "
        f"{_listed([names[total.column] for total in weak])} ({_share(least, districts)})."
    )
    blind = [total for total in weak if total.unknown]
    if not blind:
        return text
    parts = [
        f"{labels.plural(total.unknown, 'quartier non renseigné', 'quartiers non renseignés')} sur "
        f"« {names[total.column]} »"
        for total in blind
    ]
    told = labels.listed(parts)
    turns = " : de quoi changer cet ordre" if any(t.active + t.unknown >= most for t in blind) else ""
    return f"{text} Mais il y a {told}{turns}."


def _alone(totals: Sequence[Total], names: Mapping[str, str]) -> str:
    """Say of one district where it acts and what is not known: nothing is many or few of one."""
    acting = [names[total.column] for total in totals if total.active]
    blind = [names[total.column] for total in totals if total.unknown]
    text = (
        f"Dans ce quartier, une action recensée au moins est en cours ou réalisée sur {_listed(acting)}"
        if acting
        else "Dans ce quartier, aucune action recensée n'est connue comme en cours ou réalisée"
    )
    return f"{text} ; rien n'est renseigné sur {_listed(blind)}." if blind else f"{text}."


def _share(count: int, districts: int) -> str:
    return f"{labels.number(count)}, soit {labels.number(100 * count / districts)}{labels.NBSP}%"


def _listed(names: Sequence[str]) -> str:
    return labels.listed([f"« {one} »" for one in names])
