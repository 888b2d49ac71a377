"""What is said of inspirations: in French, and what is not known as not known."""

from dataclasses import replace

import pytest

from qpverts.domain.model import Carrier
from qpverts.domain.transfer.alike_actions import Resemblance
from qpverts.domain.transfer.conclusion import Answer, Outcome, Verdict, conclude
from qpverts.viz.words import labels
from qpverts.viz.words.acting import inspiration_texts as texts

F, O, B, U = Verdict.FAVOURABLE, Verdict.OBSTACLE, Verdict.BLOCKING, Verdict.UNKNOWN  # noqa: E741  # their initials


def judged(atlas, verdicts):
    """What eight verdicts come to."""
    method = atlas.transfer
    answers = [
        Answer(one.id, verdict, "", "") for one, verdict in zip(method.criteria, verdicts, strict=True)
    ]
    return conclude(answers, method.criteria, method.readings, method.rules)


def test_every_word_of_the_data_has_a_label(atlas):
    """Each land, scale, carrier and answer that the file uses is said in French."""
    for one in atlas.inspirations.values():
        assert one.land in texts.LAND
        assert one.scale in texts.SCALE
        assert one.in_working_class_district in texts.POPULAR
        assert one.carrier_kind in labels.CARRIER_TOGETHER
    assert set(texts.VERDICT) == set(texts.SYMBOL) == set(Verdict)
    assert len(set(texts.SYMBOL.values())) == len(Verdict)


@pytest.mark.parametrize(
    ("cost", "level", "said"),
    [
        ("", None, "non renseigné"),
        ("30 € la séance", None, "30 € la séance (niveau non renseigné)"),
        ("", 3, "élevé"),
        ("29 millions", 3, "élevé (29 millions)"),
    ],
)
def test_cost(atlas, cost, level, said):
    """A price without its level is told, and a level without price; nothing is never zero."""
    one = replace(atlas.inspirations["vrac-lyon"], cost=cost, cost_level=level)
    assert texts.cost(one) == said


def test_facts_say_what_is_not_known(atlas):
    """A sheet that tells no delay says so."""
    told = texts.facts(replace(atlas.inspirations["vrac-lyon"], delay_months=None), atlas.vocabulary)
    assert told["Temps qu'il a fallu"] == "non renseigné"
    assert told["En quartier populaire"] == "oui"
    assert texts.facts(replace(atlas.inspirations["vrac-lyon"], delay_months=12), atlas.vocabulary)[
        "Temps qu'il a fallu"
    ] == ("12\u00a0mois")


@pytest.mark.parametrize(
    ("verdicts", "outcome", "said"),
    [
        ([F] * 8, Outcome.YES, "Rien ne bloque"),
        ([B, *[F] * 7], Outcome.NO, "Le plus fragile : Foncier et sol."),
        ([O, O, O, F, F, F, F, F], Outcome.ADAPT, "Le plus fragile : Foncier et sol."),
        (
            [F, F, U, F, U, U, F, F],
            Outcome.CHECK_FIRST,
            "À vérifier : Climat et eau, Coût dans la durée, Acteurs",
        ),
    ],
)
def test_conclusion(atlas, verdicts, outcome, said):
    """The conclusion names what is weakest, or all that is to check."""
    found = judged(atlas, verdicts)
    text = texts.conclusion(found, atlas.transfer)
    assert found.outcome is outcome
    assert said in text
    assert text.endswith(".")


def test_readings(atlas):
    """Several answers are counted by kind, one alone is given."""
    feasible, relevant, sure = judged(atlas, [F, F, F, O, O, U, B, U]).readings
    assert texts.reading(feasible) == "3\u00a0favorables, 2\u00a0à lever, 1\u00a0inconnue"
    assert texts.reading(relevant) == "✕ bloquant"
    assert texts.reading(sure) == "? inconnu"


def test_resemblance(atlas):
    """Themes, carrier and words are told, each only where there is one."""
    action = next(iter(atlas.actions.values()))
    every = Resemblance(action, ("se_nourrir",), Carrier.ASSOCIATION, ("compost", "bailleur"), 6)
    assert texts.resemblance(every, atlas.vocabulary) == (
        "Même thématique (Se nourrir) ; même genre de porteur (association) ; "
        "mots communs : compost, bailleur."
    )
    few = Resemblance(action, (), None, ("compost",), 5)
    assert texts.resemblance(few, atlas.vocabulary) == "Mots communs : compost."


def test_counted(atlas):
    """All or some, with the number of countries."""
    every = list(atlas.inspirations.values())
    count, countries = len(every), len({one.country for one in every})
    assert texts.counted(every, count) == f"{count}\u00a0inspirations, {countries}\u00a0pays"
    assert texts.counted(every[:1], count) == f"1\u00a0inspiration sur {count}, 1\u00a0pays"
    french = sum(one.country == "France" for one in every)
    assert texts.countries(every)["France"] == f"France ({french})"
