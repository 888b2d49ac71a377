"""What is missing, or was never looked for, in words: the second is never told as the first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qpverts.domain.figures.indicators import Indicator, State
from qpverts.domain.grading.levels import NONE, Grade, Level
from qpverts.domain.model import Action, Status
from qpverts.viz.words import labels, level_texts

NOTHING_WEAK = (
    "D'après ce qui est recensé, aucune thématique connue n'est absente ni seulement émergente. Un "
    "recensement n'est jamais complet."
)
#: What would make each unknown measure known.
_HOW_TO_KNOW = {
    State.NOT_COVERED: "Pour le savoir : placer les espaces verts de la commune, avec leur surface.",
    State.VEGETATION_UNKNOWN: "Pour le savoir : une carte de la végétation qui couvre ce quartier.",
    State.STREETS_UNKNOWN: "Pour le savoir : les rues et les espaces verts autour de ce quartier.",
}


def absent_text(grade: Grade, scale: Sequence[Level]) -> str:
    """Say that someone looked and found nothing, and what the first level takes."""
    return (
        f"aucune action trouvée ({level_texts.survey_text(grade.evidence.surveyed)}). "
        f"{level_texts.next_text(grade, scale)}"
    )


def weak_text(grade: Grade, actions: Iterable[Action], scale: Sequence[Level]) -> str:
    """Say what a weak level rests on, what the next takes, and whether knowing more could be enough.

    ``actions`` are those of the district on the theme.
    """
    loose = sum(action.status is Status.UNKNOWN for action in actions)
    count = labels.plural(grade.evidence.recorded, "action recensée", "actions recensées")
    text = f"{level_texts.name(grade.level)}, {count}. {level_texts.next_text(grade, scale)}"
    if not loose:
        return text
    which = labels.plural(loose, "action est d'état inconnu", "actions sont d'état inconnu")
    where = "où elle en est" if loose == 1 else "où elles en sont"
    return f"{text} {which} : savoir {where} suffirait peut-être."


def unknown_text(themes: Sequence[str], scale: Sequence[Level]) -> str:
    """Say what nobody has looked for, and what one look would tell; ``themes`` are names."""
    found = next(level for level in scale if level.recorded > 0)
    nothing = next(level for level in scale if level.id == NONE)
    return (
        f"{', '.join(themes)}. Personne n'a encore fait de relevé, et nous n'avons trouvé aucune action : "
        "nous ne pouvons pas dire que cela manque. Une seule action trouvée donnerait le niveau "
        f"« {found.label} » ; un relevé qui n'en trouve pas, « {nothing.label} »."
    )


def nature_text(state: State, indicators: Sequence[Indicator], total: int) -> str:
    """Say how many measures of nature are not known for one reason, and what would make them known."""
    count = labels.plural(len(indicators), "mesure non couverte", "mesures non couvertes")
    return f"{count} sur {total}. {labels.WHY_MISSING[state]} {_HOW_TO_KNOW.get(state, '')}".rstrip()
