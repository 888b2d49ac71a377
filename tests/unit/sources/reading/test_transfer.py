"""The method of transferability at the door: what is wrong is refused in one sentence, with its place."""

import pytest

from qpverts.atlas.transfer_contexts import context_of
from qpverts.errors import DataError
from qpverts.sources.load import load


@pytest.fixture
def refused(small_copy):
    """A function that edits the method of a copy of the data, and gives what is said of it."""

    def run(old, new):
        path = small_copy / "actions" / "transfert.toml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        with pytest.raises(DataError) as caught:
            load(small_copy)
        assert {fault.file for fault in caught.value.faults} == {"actions/transfert.toml"}
        return [fault.message for fault in caught.value.faults]

    return run


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "unknown_first = 3",
            'unknown_first = "trois"',
            "rules, unknown_first : « trois » n'est pas un nombre",
        ),
        ("unknown_first = 3", "", "rules, unknown_first : champ absent"),
        ("relays = 2", "relays = 2\nbonus = 1", "thresholds, bonus : champ inconnu"),
        (
            'answer = "a_lever"',
            'answer = "peut-être"',
            "climate, nº 1, answer : « peut-être » n'est pas une valeur",
        ),
        ('deciders = ["bailleur"]', 'deciders = ["maire"]', "scale, nº 1, deciders, nº 1 : « maire »"),
        ('id = "association"', 'id = "club"', "kind, nº 1, id : « club »"),
        ("by_people = false\n", "", "criterion, nº 1, by_people : champ absent"),
        ("[sensitive]", "[sensible]", "sensitive.themes : champ absent"),
        ("[[block]]", "[block", "mal formé"),
        ('id = "climat"', 'id = "foncier"', "les critères doivent être foncier, decision"),
        ('reading = "confiance"', 'reading = "beauté"', "la lecture « beauté » n'est pas déclarée"),
        ('criterion = "foncier"', 'criterion = "beauté"', "le critère « beauté » n'existe pas"),
        ('theme = "travailler"', 'theme = "rêver"', "la thématique « rêver » n'existe pas"),
        ('themes = ["habiter"', 'themes = ["rêver"', "la thématique « rêver » n'existe pas"),
        ('indicator = "emploi"', 'indicator = "bonheur"', "l'indicateur « bonheur » n'existe pas"),
        ("at_most = 40.0", "", "donnez at_least ou at_most"),
        ("at_most = 40.0", "at_most = 40.0\nat_least = 3.0", "donnez at_least ou at_most"),
        ('id = "ville"', 'id = "planète"', "l'échelle « ville » des inspirations n'est pas déclarée"),
    ],
)
@pytest.mark.sampled(6)
def test_wrong_method_is_refused(refused, old, new, said):
    """Wrong types, unknown or missing keys, a criterion twice, words that mean nothing in the project."""
    told = refused(old, new)
    assert any(said in one for one in told), told


def test_contexts(atlas):
    """The context of a district holds what its actions and figures say."""
    assert "Centre social Air Bel" in context_of(atlas, "QN01338I").relays
    aix = context_of(atlas, "QN01313M")
    assert (aix.vegetated_m2, aix.known_pct) == (None, 0.0)
