"""What is said of a claim follows its tests, in golden sentences, and says the unknown."""

from dataclasses import replace

import pytest

from qpverts.domain.claims import EdgeRow, EdgeTest, Green, Reading, Reference
from qpverts.viz.words import claim_texts


def made(**at_least):
    """Tests of 199 draws by reference, all readings alike: how many draws reach the real mean."""
    return [
        EdgeTest(Green.VEGETATION, reference, reading, 52, 199, 33.0, 41.0, 34.0, 48.0, reached,
                 199 - reached, 56.0, 65.0)
        for reference, reached in ((Reference[name.upper()], count) for name, count in at_least.items())
        for reading in Reading
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reached", "start"),
    [
        ({"commune": 0, "around": 2, "streets": 4}, "Vrai : les quartiers sont plus souvent"),
        ({"commune": 199, "around": 198, "streets": 195}, "Contredit : les quartiers sont moins souvent"),
        ({"commune": 199, "around": 190, "streets": 20}, "Pas montré : les chiffres ne montrent pas"),
        ({"commune": 0, "around": 2, "streets": 5}, "Pas montré : "),
    ],
)
def test_answers(reached, start):
    """Each verdict has its sentence; one comparison that is not sure is enough for « pas montré »."""
    assert claim_texts.answer(made(**reached), Green.VEGETATION).startswith(start)


def test_nothing_is_said_of_too_few_districts():
    """With 19 districts there is no verdict, nor of a kind of green that was not tested."""
    few = [replace(test, districts=19) for test in made(commune=0)]
    said = "On ne peut pas le dire : trop peu de quartiers sont connus."
    assert claim_texts.answer(few, Green.VEGETATION) == said
    assert claim_texts.answer([], Green.PARKS) == said


def test_the_nuance_names_what_the_verdict_hides():
    """Under « pas montré », a sure difference is told with its comparison; without any, that is told."""
    mixed = made(commune=199, around=190, streets=20)
    assert claim_texts.nuance(mixed, Green.VEGETATION) == (
        "Face à des lieux pris partout dans leurs communes, les quartiers sont moins au bord du vert. "
        "Le reste ne donne pas de différence sûre."
    )
    unsure = made(commune=100, around=100, streets=100)
    assert claim_texts.nuance(unsure, Green.VEGETATION).startswith("Aucune des comparaisons")
    assert claim_texts.nuance(made(commune=0, around=0, streets=0), Green.VEGETATION) == ""


def test_counts_have_their_bounds_and_the_unknown_is_left_out():
    """Of three districts one is unknown: two are counted, with the bounds of the readings."""

    def row(code, low, value, high):
        return EdgeRow(code, Green.VEGETATION, Reference.COMMUNE, value, low, high, *(None,) * 6, 0, 0)

    rows = [row("A", 10.0, 30.0, 60.0), row("B", 0.0, 0.0, 25.0), row("C", None, None, None)]
    said = claim_texts.edge_sentence(rows, Green.VEGETATION, 25.0)
    assert said.startswith("1 quartier sur 2 connus a au moins 25")
    assert "(entre 0 et 2 selon" in said
    assert claim_texts.edge_sentence(rows, Green.PARKS, 25.0) == "Aucun quartier n'est connu."


def test_no_figure_is_given_to_oxfam():
    """The second claim is answered without any number: none is in the material."""
    told = " ".join([claim_texts.CARBON_ANSWER, *claim_texts.CARBON_WHY, *claim_texts.CARBON_NEEDED])
    assert not set("0123456789") & set(told.replace("CO₂", "").replace("EMC²", ""))


def test_what_is_not_covered_is_not_zero():
    """Shares and bounds that are not known are said so."""
    assert claim_texts.share(None) == claim_texts.between(None, None) == "non couvert"
    assert claim_texts.share(0.0) == "0\u00a0%"


def test_a_comparison_that_was_not_made_says_so():
    """Without a test there are no figures, rather than zeros; with one, those of the likely reading."""
    blank = claim_texts.comparison([], Green.PARKS, Reference.STREETS)
    assert blank["Leur moyenne"] == blank["95 tirages sur 100"] == "non couvert"
    assert blank["Ils sont"] == "trop peu de quartiers connus"
    full = claim_texts.comparison(made(around=199), Green.VEGETATION, Reference.AROUND)
    assert (full["Quartiers"], full["Leur moyenne"]) == ("52", "33\u00a0%")
    assert full["Ils sont"] == "moins au bord du vert"
