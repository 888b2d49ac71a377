"""What French does to a name inside a sentence."""

from __future__ import annotations

import unicodedata

#: The article that a name is written with, and what "de" makes of the two. Others keep theirs: "de La Viste".
_CONTRACTED = {"Le": "du ", "Les": "des "}
#: The article of what a place is called by: a name that begins with one of these words is said with it.
_NOUNS = {
    "du ": "Cap Centre Conservatoire Domaine Futur Grand Jardin Jas-De-Bouffan Lac Mas Massif Parc Plan "
    "Plateau Quartier Secteur Square",
    "de la ": "Base Colline Coulée Micro-forêt Plage Plaine Promenade",
    "de l'": "Archipel",
    "des ": "Carrières Jardins",
}
_BEFORE = {noun: before for before, nouns in _NOUNS.items() for noun in nouns.split()}
_VOWELS = "aeiou"


def of(name: str) -> str:
    """Write "de" and a name; a name in H keeps its "de", for nothing tells whether the H is mute.

    >>> [of(name) for name in ("Marseille", "Istres", "Le Prépaou", "La Viste", "Parc Jourdan", "L'Estaque")]
    ['de Marseille', "d'Istres", 'du Prépaou', 'de La Viste', 'du Parc Jourdan', "de L'Estaque"]
    """
    first, _, rest = name.partition(" ")
    if rest and first in _CONTRACTED:
        return f"{_CONTRACTED[first]}{rest}"
    if before := _BEFORE.get(first):
        return f"{before}{name}"
    letter = unicodedata.normalize("NFD", name.replace("Œ", "O").replace("œ", "o"))[:1].lower()
    return f"d'{name}" if letter and letter in _VOWELS else f"de {name}"
