"""What is said of inspirations and of whether they can be done here; what is not known is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qpverts.domain.actions.inspiration_filter import NOT_TOLD
from qpverts.domain.model import Inspiration
from qpverts.domain.text import capital
from qpverts.domain.themes import Vocabulary
from qpverts.domain.transfer.alike_actions import Resemblance
from qpverts.domain.transfer.conclusion import Assessment, Outcome, TransferReading, Verdict
from qpverts.domain.transfer.method import Method
from qpverts.viz.words import labels
from qpverts.viz.words.acting.idea_texts import OUTCOME
from qpverts.viz.words.acting.idea_texts import counted as answers_counted

LAND = {"aucun": "Aucun terrain", "petit": "Petit terrain", "grand": "Grand terrain"}
COST = {"1": "Faible", "2": "Moyen", "3": "Élevé", NOT_TOLD: "Non renseigné"}
SCALE = {"immeuble": "Immeuble", "ilot": "Îlot", "quartier": "Quartier", "ville": "Ville"}
POPULAR = {"oui": "Oui", "non": "Non", NOT_TOLD: "On ne sait pas"}
VERDICT = {
    Verdict.FAVOURABLE: "favorable",
    Verdict.OBSTACLE: "à lever",
    Verdict.BLOCKING: "bloquant",
    Verdict.UNKNOWN: "inconnu",
}
SYMBOL = {
    Verdict.FAVOURABLE: "✓",
    Verdict.OBSTACLE: "▲",
    Verdict.BLOCKING: "✕",
    Verdict.UNKNOWN: "?",
}
#: What comes before what would lift an obstacle, or tell what is not known.
LIFT = "Ce qui lèverait l'obstacle"
TO_KNOW = "Pour le savoir"
NOT_SAID = "non renseigné"
_MEANING = {
    Outcome.YES: "Rien ne bloque, et assez de conditions sont là. Reste à en parler sur place.",
    Outcome.ADAPT: "Rien d'essentiel ne bloque, mais tout n'est pas prêt.",
    Outcome.CHECK_FIRST: "Trop de choses restent inconnues pour conclure.",
    Outcome.NO: "Une condition que rien ne compense (⚠) bloque, quoi que disent les autres réponses.",
}


def facts(one: Inspiration, vocabulary: Vocabulary) -> dict[str, str]:
    """Give what the sheet tells in a line each; what it does not tell is said so."""
    fields = vocabulary.field_labels
    return {
        "Champs": " ; ".join(fields[field] for field in one.fields) or NOT_SAID,
        "En quartier populaire": POPULAR.get(one.in_working_class_district, NOT_SAID).lower(),
        "Échelle": SCALE.get(one.scale, one.scale).lower(),
        "Terrain": LAND.get(one.land, one.land).lower(),
        "Porté par": labels.CARRIER_TOGETHER[one.carrier_kind],
        "Coût": cost(one),
        "Temps qu'il a fallu": labels.plural(one.delay_months, "mois", "mois")
        if one.delay_months
        else NOT_SAID,
    }


def cost(one: Inspiration) -> str:
    """Say what it cost, and on which step of cost, as far as it is told."""
    if one.cost_level is None:
        return f"{one.cost} (niveau {NOT_SAID})" if one.cost else NOT_SAID
    level = COST[str(one.cost_level)].lower()
    return f"{level} ({one.cost})" if one.cost else level


def short(one: Inspiration) -> str:
    """Sum up in a line what it takes."""
    level = COST[str(one.cost_level) if one.cost_level else NOT_TOLD].lower()
    land, carrier = LAND.get(one.land, one.land).lower(), labels.CARRIER_TOGETHER[one.carrier_kind]
    return f"Coût {level} · {land} · {carrier} · {SCALE.get(one.scale, '').lower()}"


def conclusion(found: Assessment, method: Method) -> str:
    """Say what the answers come to, why, and what to look at first."""
    said = f"{OUTCOME[found.outcome]}. {_MEANING[found.outcome]}"
    unknown = [method.criterion(a.criterion).label for a in found.answers if a.verdict is Verdict.UNKNOWN]
    if found.outcome is Outcome.CHECK_FIRST:
        return f"{said} À vérifier : {', '.join(unknown)}."
    if found.weakest:
        return f"{said} Le plus fragile : {found.weakest.label}."
    return said


def reading(one: TransferReading) -> str:
    """Sum up one reading: its word when it has one answer, else how many of each kind."""
    if len(one.answers) == 1:
        verdict = one.answers[0].verdict
        return f"{SYMBOL[verdict]} {VERDICT[verdict]}"
    return answers_counted(one)


def resemblance(one: Resemblance, vocabulary: Vocabulary) -> str:
    """Say why a local action resembles an inspiration."""
    themes = [vocabulary.theme(theme).label for theme in one.themes]
    parts = [
        f"même thématique ({', '.join(themes)})" if themes else "",
        f"même genre de porteur ({labels.CARRIER_TOGETHER[one.carrier]})" if one.carrier else "",
        f"mots communs : {', '.join(one.words)}" if one.words else "",
    ]
    return _sentence(" ; ".join(filter(None, parts)))


def _sentence(text: str) -> str:
    return f"{capital(text)}." if text else ""


def counted(shown: Sequence[Inspiration], total: int) -> str:
    """Say how many are shown, of how many, and from how many countries."""
    countries = len({one.country for one in shown})
    of_all = "" if len(shown) == total else f" sur {total}"
    many = labels.plural(len(shown), "inspiration", "inspirations")
    return f"{many}{of_all}, {labels.plural(countries, 'pays', 'pays')}"


def countries(inspirations: Iterable[Inspiration]) -> dict[str, str]:
    """Give the countries from A to Z, with how many inspirations each has."""
    names = [one.country for one in inspirations]
    return {name: f"{name} ({names.count(name)})" for name in sorted(set(names))}
