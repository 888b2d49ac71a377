"""Sizes and distances in words that anyone pictures; each rule is said where it is used (:data:`RULES`)."""

from __future__ import annotations

import math

from qpverts.viz.words import labels

#: A football pitch, in hectares: 105 m by 68 m make 0.714 ha (Laws of the Game, law 1: international).
PITCH_HA = 0.7
#: A quiet walk, in metres an hour: slower than the 5 km/h of an adult alone, for a child or an elder.
WALK_M_PER_HOUR = 4000.0

RULES = (
    "Un terrain de foot compte pour 0,7 hectare : 105 m sur 68 m.",
    "Leur nombre est arrondi à l'unité, à la dizaine à partir de 20, à la centaine à partir de 200.",
    "Les minutes de marche sont comptées à 4 km à l'heure, l'allure d'une promenade avec un enfant.",
    "Elles sont arrondies à la minute au-dessus.",
    "Les distances sont arrondies à 10 m, et à 100 m au-delà d'un kilomètre.",
)
_TENS, _HUNDREDS = 20, 200


def pitches(hectares: float) -> str:
    r"""Write an area in football pitches, rounded as :data:`RULES` says.

    >>> pitches(2.8)
    'environ 4\xa0terrains de foot'
    >>> pitches(0.2)
    "moins d'un demi-terrain de foot"
    """
    count = hectares / PITCH_HA
    if count < 0.5:  # noqa: PLR2004
        return "moins d'un demi-terrain de foot"
    return f"environ {labels.plural(_rounded(count), 'terrain de foot', 'terrains de foot')}"


def _rounded(count: float) -> int:
    step = 100 if count >= _HUNDREDS else 10 if count >= _TENS else 1
    return max(1, math.floor(count / step + 0.5) * step)


def minutes(metres: float) -> str:
    r"""Write how long a walk takes, to the minute above.

    >>> minutes(450)
    '7\xa0minutes de marche'
    """
    count = max(1, math.ceil(60 * metres / WALK_M_PER_HOUR))
    return f"{labels.plural(count, 'minute', 'minutes')} de marche"
