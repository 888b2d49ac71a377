"""What is said of the two claims of the approach: answers by rule, limits, and what would be needed.

No sentence says more than the tests of :mod:`qpverts.domain.claims`; each finding has its words here.
"""

from __future__ import annotations

from collections.abc import Sequence

from qpverts.domain import claims
from qpverts.domain.claims import ClaimVerdict, EdgeRow, EdgeTest, Finding, Green, Reading, Reference
from qpverts.domain.text import capital
from qpverts.viz.words.labels import NBSP, number

EDGE_CLAIM = "« Les quartiers prioritaires sont en bordure et en périphérie des espaces verts »"
CARBON_CLAIM = "« Les quartiers prioritaires émettent peu de CO₂ (Oxfam) »"
GREENS = {
    Green.VEGETATION: "Sol végétalisé, public ou privé",
    Green.PARKS: "Espaces verts publics placés sur la carte",
}
REFERENCES = {
    Reference.COMMUNE: "partout dans leurs communes",
    Reference.AROUND: "à moins de 1 km d'un quartier",
    Reference.STREETS: "à Marseille, aussi près des rues",
}
VERDICTS = {
    ClaimVerdict.SUPPORTED: "Vrai",
    ClaimVerdict.NOT_SHOWN: "Pas montré",
    ClaimVerdict.CONTRADICTED: "Contredit",
    ClaimVerdict.UNDECIDED: "On ne peut pas le dire",
}
_LIKELY = Reading.LIKELY
_SAID = {
    ClaimVerdict.SUPPORTED: (
        "les quartiers sont plus souvent au bord du vert que des lieux pris au hasard, quelle que soit "
        "la comparaison."
    ),
    ClaimVerdict.NOT_SHOWN: (
        "les chiffres ne montrent pas que les quartiers soient plus au bord du vert que des lieux pris "
        "au hasard."
    ),
    ClaimVerdict.CONTRADICTED: (
        "les quartiers sont moins souvent au bord du vert que des lieux pris au hasard, quelle que soit "
        "la comparaison."
    ),
    ClaimVerdict.UNDECIDED: "trop peu de quartiers sont connus.",
}
FINDINGS = {
    Finding.MORE: "plus au bord du vert",
    Finding.LESS: "moins au bord du vert",
    Finding.NO_DIFFERENCE: "pas de différence sûre",
    Finding.UNKNOWN: "trop peu de quartiers connus",
}
RULE = (
    "La règle : « vrai » si, pour chaque comparaison possible et pour chacune des trois "
    "lectures de la végétation (au moins, probable, au plus), la moyenne des quartiers dépasse celle de "
    "97,5 % des tirages ; « contredit » si elle est chaque fois en dessous ; « pas montré » dans tous "
    f"les autres cas ; « on ne peut pas le dire » à moins de {claims.LEAST_DISTRICTS} quartiers connus."
)
LIMITS = (
    (
        "**De la végétation n'est pas un parc.** Elle peut être privée, fermée, en pente. Les bois de "
        "conifères, les vignes et les vergers ne comptent pas : les pinèdes des massifs manquent."
    ),
    (
        "**Le sol n'est connu qu'en partie** : parcelles d'au moins 0,5 ha, et rien à Aix-en-Provence, "
        "Vitrolles et Pertuis. Un quartier, ou un lieu au hasard, dont moins d'un quart du sol est "
        "connu est laissé de côté : inconnu n'est pas zéro."
    ),
    (
        "**Un lieu au hasard peut tomber là où personne n'habite** : massif, pente, bord de mer, zone "
        "d'usines. C'est pourquoi il y a trois comparaisons ; les deux dernières s'approchent des "
        "lieux habités sans y arriver. La plus juste tirerait au sort parmi des immeubles habités : "
        "cette donnée n'est pas ici."
    ),
    (
        "**La liste des espaces verts publics est incomplète**, et a pu être cherchée d'abord près des "
        "quartiers : un « plus » dans le second tableau pourrait venir de là."
    ),
    (
        "**Les contours sont simplifiés**, ceux des quartiers et ceux des communes : le chiffre d'un "
        "seul quartier peut bouger de quelques points."
    ),
    (
        "**Les quartiers se touchent souvent**, les lieux au hasard sont indépendants : la part du "
        "hasard est sans doute plus grande que ne le disent les tirages."
    ),
    "**« En périphérie » n'a pas de définition** : seul « en bordure » est mesuré, à 50 m.",
)
METHOD = (
    "La forme de chaque quartier est tournée et déplacée au hasard {places} fois par comparaison ; le "
    "même calcul est fait à chaque endroit. Le rang d'un quartier est la part de ses lieux au hasard "
    "qu'il dépasse (50 % : comme au hasard). Les tirages sont toujours les mêmes. Calcul : `python -m "
    "qpverts claims`. Résultats : `data/geo/bordure.csv` et `data/geo/bordure_ensemble.csv`."
)
CARBON_ANSWER = "on ne peut pas le dire avec ces données."
CARBON_WHY = (
    (
        "**Ce que dit la démarche** : que les habitants de ces quartiers émettent peu de CO₂, en citant "
        "Oxfam. Ni le titre, ni l'année, ni les chiffres de cette source ne sont dans nos données : "
        "nous n'en donnons donc aucun."
    ),
    (
        "**Pourquoi nous ne pouvons pas vérifier** : aucun de nos fichiers ne mesure, par quartier, des "
        "émissions, une consommation d'énergie, des déplacements ou des achats."
    ),
    (
        "**Ce qui existe et ne prouve rien** : {poverty}. Un revenu bas laisse attendre peu "
        "d'émissions, mais un logement mal isolé ou un trajet long en ajoutent : ce n'est pas une "
        "mesure."
    ),
)
CARBON_NEEDED = (
    "consommations d'électricité, de gaz et de chaleur par IRIS (SDES)",
    "part des ménages sans voiture et trajets domicile-travail (INSEE, recensement)",
    "enquête mobilité de la Métropole (EMC²), au quartier ou à défaut par secteur",
    "étiquettes énergie des logements (diagnostics de performance énergétique)",
    "l'étude d'Oxfam elle-même : ce qu'elle mesure, où et quand",
)


def verdict_of(tests: Sequence[EdgeTest], green: Green) -> ClaimVerdict:
    """Judge the claim for one kind of green."""
    return claims.verdict(claims.findings(tests, green))


def answer(tests: Sequence[EdgeTest], green: Green) -> str:
    """Answer in one sentence, by the declared rule."""
    found = verdict_of(tests, green)
    return f"{VERDICTS[found]} : {_SAID[found]}"


def nuance(tests: Sequence[EdgeTest], green: Green) -> str:
    """Say each comparison where a sure difference shows, which the verdict alone may hide; else nothing."""
    if verdict_of(tests, green) is not ClaimVerdict.NOT_SHOWN:
        return ""
    word = {Finding.MORE: "plus", Finding.LESS: "moins"}
    told = [
        f"face à des lieux pris {REFERENCES[reference]}, les quartiers sont {word[found]} au bord du vert"
        for reference, found in claims.findings(tests, green).items()
        if found in word
    ]
    if not told:
        return "Aucune des comparaisons ne donne de différence sûre."
    sentence = " ; ".join(told)
    others = "" if len(told) == len(Reference) else " Le reste ne donne pas de différence sûre."
    return f"{capital(sentence)}.{others}"


def edge_sentence(rows: Sequence[EdgeRow], green: Green, least_pct: float) -> str:
    """Count the districts with at least this share of their boundary at the edge of green."""
    low, likely, high, known = claims.at_the_edge(rows, green, least_pct)
    if not known:
        return "Aucun quartier n'est connu."
    bounds = "" if low == high else f" (entre {low} et {high} selon la place du vert, que nous ne voyons pas)"
    who = (
        f"{likely} quartiers sur {known} connus ont"
        if likely > 1
        else f"{likely} quartier sur {known} connus a"
    )
    return f"{who} au moins {number(least_pct)}{NBSP}% du contour à moins de 50 m du vert{bounds}."


def share(figure: float | None) -> str:
    """Write a share, or that nothing is known."""
    return "non couvert" if figure is None else f"{number(figure)}{NBSP}%"


def between(low: float | None, high: float | None) -> str:
    """Write the bounds of a share."""
    if low is None or high is None:
        return "non couvert"
    return f"{number(low)} à {number(high)}{NBSP}%"


def comparison(tests: Sequence[EdgeTest], green: Green, reference: Reference) -> dict[str, str]:
    """Give the row of a comparison in the table: the likely reading, and what all readings say."""
    test = next((t for t in tests if (t.green, t.reference, t.reading) == (green, reference, _LIKELY)), None)
    return {
        "Comparés à des lieux pris": REFERENCES[reference],
        "Quartiers": str(test.districts if test else 0),
        "Leur moyenne": share(test.mean if test else None),
        "Au hasard": share(test.random_mean if test else None),
        "95 tirages sur 100": between(test.random_low, test.random_high) if test else between(None, None),
        "Ils sont": FINDINGS[claims.findings(tests, green)[reference]],
    }
