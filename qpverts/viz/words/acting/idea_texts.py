"""What gaps, ideas and examples say in words."""

from __future__ import annotations

from qpverts.domain.acting.nearby_examples import Example
from qpverts.domain.grading.missing import Gaps
from qpverts.domain.model import Inspiration
from qpverts.domain.transfer.best_fit import Idea
from qpverts.domain.transfer.conclusion import Answer, Assessment, Outcome, TransferReading, Verdict
from qpverts.domain.transfer.method import Method
from qpverts.viz.words import labels

OUTCOME = {
    Outcome.YES: "Transposable",
    Outcome.ADAPT: "À adapter",
    Outcome.CHECK_FIRST: "À vérifier d'abord",
    Outcome.NO: "Non transposable en l'état",
}
_COUNTED = {
    Verdict.FAVOURABLE: ("favorable", "favorables"),
    Verdict.OBSTACLE: ("à lever", "à lever"),
    Verdict.BLOCKING: ("bloquante", "bloquantes"),
    Verdict.UNKNOWN: ("inconnue", "inconnues"),
}
HOW_FITTED = (
    "Huit critères, chacun avec sa phrase et sa source ; jamais une note. L'outil propose, une personne "
    "décide : sur la fiche, chaque réponse peut être changée en disant pourquoi."
)
SURVEY_FIRST = (
    "Rien n'est recensé ici sur cette thématique, et personne n'a fait de relevé : demandez d'abord sur "
    "place. Les idées qui suivent valent si le manque est confirmé."
)


def needs(found: Gaps) -> dict[str, str]:
    """Say what each gap is, in the order one would act: what lacks, what is weak, what to survey first."""
    return (
        dict.fromkeys(found.absent, "aucune action")
        | dict.fromkeys(found.weak, "à renforcer")
        | dict.fromkeys(found.unknown, "relevé à faire d'abord")
    )


def gaps_text(found: Gaps, total: int) -> str:
    """Say how many themes lack something, and on how many nothing is known."""
    parts = [
        f"{len(found.absent)} sans action d'après un relevé" if found.absent else "",
        f"{len(found.weak)} à renforcer" if found.weak else "",
        f"{len(found.unknown)} où il faut d'abord faire un relevé, car nous n'en savons rien"
        if found.unknown
        else "",
    ]
    said = " ; ".join(filter(None, parts))
    if not said:
        return f"Des actions sont en cours ou réalisées sur les {total} thématiques."
    return f"Sur {total} thématiques : {said}."


def where(one: Inspiration) -> str:
    """Say where an inspiration is, since when, and who it is for."""
    since = f"depuis {one.start_year}" if one.start_year else "date inconnue"
    place = ", ".join(filter(None, [one.city, one.country]))
    popular = ", en quartier populaire" if one.in_working_class_district == "oui" else ""
    return f"{place}, {since}{popular}"


def counted(answers: Assessment | TransferReading) -> str:
    """Count answers by kind, those that there are."""
    found = ((answers.count(verdict), words) for verdict, words in _COUNTED.items())
    return ", ".join(labels.plural(count, *words) for count, words in found if count)


def outcome(idea: Idea, method: Method) -> str:
    """Say what the eight answers come to, counted by kind, and the criterion to look at first."""
    assessment = idea.assessment
    said = counted(assessment)
    first = f" À regarder d'abord : {assessment.weakest.label}." if assessment.weakest else ""
    return f"{OUTCOME[assessment.outcome]}. {len(method.criteria)} réponses : {said}.{first}"


def for_and_against(idea: Idea, method: Method, most: int | None = None) -> list[str]:
    """Give the sentences in favour, then those against or unknown, at most so many of each."""
    against = sorted(
        idea.answers(Verdict.BLOCKING, Verdict.OBSTACLE, Verdict.UNKNOWN),
        key=lambda answer: (Verdict.BLOCKING, Verdict.OBSTACLE, Verdict.UNKNOWN).index(answer.verdict),
    )
    return [
        *(f"Pour : {_said(answer, method)}" for answer in idea.answers(Verdict.FAVOURABLE)[:most]),
        *(f"{_AGAINST[answer.verdict]} : {_said(answer, method)}" for answer in against[:most]),
    ]


_AGAINST = {
    Verdict.BLOCKING: "Bloquant",
    Verdict.OBSTACLE: "À lever",
    Verdict.UNKNOWN: "On ne sait pas",
}


def _said(answer: Answer, method: Method) -> str:
    return f"{method.criterion(answer.criterion).label}. {answer.sentence}"


def example(name: str, one: Example) -> str:
    """Say who acts on the theme, and how far: « À 1,2 km : La Valbarelle, qui a une action… »."""
    where = f"À {labels.distance(one.distance_m)}" if one.distance_m else "Juste à côté"
    count = len(one.actions)
    actions = labels.plural(count, "action", "actions") if count > 1 else "une action"
    return f"{where} : {name}, qui a {actions} sur cette thématique"
