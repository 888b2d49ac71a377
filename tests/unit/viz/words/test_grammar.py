"""Names inside sentences: every name of the data files, as one would say it."""

import json

import pytest

from qpverts.viz.words.grammar import of


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Marseille", "de Marseille"),
        ("Aix-en-Provence", "d'Aix-en-Provence"),
        ("Istres", "d'Istres"),
        ("Éguilles", "d'Éguilles"),
        ("La Ciotat", "de La Ciotat"),
        ("Le Puy-Sainte-Réparade", "du Puy-Sainte-Réparade"),
        ("Les Pennes-Mirabeau", "des Pennes-Mirabeau"),
        ("Plan-de-Cuques", "de Plan-de-Cuques"),
        ("Air Bel", "d'Air Bel"),
        ("Encagnane", "d'Encagnane"),
        ("Le Prépaou", "du Prépaou"),
        ("Les Canourgues", "des Canourgues"),
        ("La Savine Bosphore", "de La Savine Bosphore"),
        ("Centre ville", "du Centre ville"),
        ("Quartier prioritaire de Port-Saint-Louis", "du Quartier prioritaire de Port-Saint-Louis"),
        ("Jas-De-Bouffan", "du Jas-De-Bouffan"),
        ("Plan d'Aou Saint Antoine", "du Plan d'Aou Saint Antoine"),
        ("Archipel du Frioul", "de l'Archipel du Frioul"),
        ("Parc des berges de l'Huveaune (La Pomme)", "du Parc des berges de l'Huveaune (La Pomme)"),
        ("Parc'en ciel", "de Parc'en ciel"),
        ("Carrières de Bibémus", "des Carrières de Bibémus"),
        ("Plage Napoléon", "de la Plage Napoléon"),
        ("Œuvre", "d'Œuvre"),
        ("Hauts de Mazargues", "de Hauts de Mazargues"),
        ("Les", "de Les"),
        ("", "de "),
    ],
)
def test_a_name_after_de(name, said):
    """Elided before a vowel, contracted with its article, given the article of the place that it is."""
    assert of(name) == said


def test_no_name_of_the_data_is_ill_said(atlas, data_dir):
    """Each commune, district and green space: no hiatus, no article left uncontracted, nothing lost."""
    outlines = json.loads((data_dir / "geo" / "communes.geojson").read_text(encoding="utf-8"))
    names = [
        *(one["properties"]["lib_com"] for one in outlines["features"]),
        *(one.name for one in atlas.qpvs.values()),
        *(one.name for one in atlas.spaces.values()),
    ]
    for name in names:
        said = of(name)
        assert not said.startswith(("de Le ", "de Les ", "d'Le", "de le ", "de les ")), said
        assert not (said.startswith("de ") and said[3].lower() in "aeiouyéèêàâîôûh"), said
        assert said.endswith(name.removeprefix("Le ").removeprefix("Les "))


def test_every_green_space_has_the_article_of_what_it_is(atlas):
    """A park, a square or a hill is said with its article, whatever its name; so that a new kind is seen."""
    for space in atlas.spaces.values():
        said = of(space.name)
        is_named_alone = space.name.split()[0] in {"Parc'en", "La"}
        assert is_named_alone or said.startswith(("du ", "de la ", "de l'", "des ")), said
