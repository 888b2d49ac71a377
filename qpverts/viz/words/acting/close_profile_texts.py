"""Why some districts are close to another, and what theirs have recorded: never that they are better."""

from __future__ import annotations

from qpverts.domain.acting.close_profiles import CRITERIA, LEAST_SHARED, NEAREST, Close
from qpverts.domain.grading.levels import Grade
from qpverts.viz.words import labels, level_texts

_LISTED = labels.listed([one.label for one in CRITERIA])
RULE = (
    f"Proches par {_LISTED}, autant que nous les connaissons des deux côtés. Viennent d'abord ceux qui se "
    "comparent sur le plus de critères, puis les plus ressemblants."
)
HOW = (
    f"Deux quartiers se ressemblent par {_LISTED}. Sur chaque critère connu des deux côtés, leur écart est "
    "divisé par la largeur de la moitié centrale des quartiers ; on fait la moyenne de ces parts. La taille "
    "compte par son rapport : de 1\u202f500 à 3\u202f000 habitants, l'écart est le même que de 3\u202f000 à "
    f"6\u202f000. Il faut au moins {LEAST_SHARED} critères connus des deux côtés ; ceux qui en partagent le "
    "plus viennent d'abord, car sur moins de critères on se ressemble plus facilement. On garde les "
    f"{NEAREST} premiers."
)
NOBODY = (
    f"Trop peu de chiffres sont connus ici : il en faut au moins {LEAST_SHARED} sur {len(CRITERIA)} pour "
    "trouver des quartiers au profil proche."
)
NOTHING_FURTHER = (
    "Sur aucune thématique, ce qui est recensé dans ces quartiers ne va plus loin qu'ici. Cela peut changer "
    "avec les relevés."
)
MORE_RECORDED = (
    "Chez eux, ce qui est recensé va plus loin qu'ici sur ces thématiques ; cela ne veut pas dire que tout y "
    f"va mieux. {level_texts.WARNING}"
)


def shared_text(close: Close) -> str:
    """Say on how many criteria two districts are compared, and which are not known to both."""
    missing = [one.label for one in CRITERIA if one.indicator not in close.shared]
    text = f"{len(close.shared)} critères sur {len(CRITERIA)}"
    return f"{text} (sans {' ni '.join(missing)})" if missing else text


def theme_text(theme: str, here: Grade, count: int) -> str:
    """Name a theme with its level here, and how many close districts go further."""
    level = level_texts.name(here.level)
    where = labels.plural(count, "quartier proche", "quartiers proches")
    if here.level.score is None:
        return f"{theme} · ici : {level}, relevé à faire d'abord · des actions dans {where}"
    return f"{theme} · ici : {level} · plus recensé dans {where}"


def there_text(name: str, grade: Grade) -> str:
    """Name a district with its level on a theme, and the actions that make it."""
    count = labels.plural(grade.evidence.recorded, "action recensée", "actions recensées")
    return f"{name} : {level_texts.name(grade.level)}, {count}"
