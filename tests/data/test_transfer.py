"""What the method says of the real districts and inspirations: cases worked out by hand from their sheets."""

import pytest

from qpverts.atlas.transfer_contexts import context_of
from qpverts.domain.transfer.alike_actions import Index
from qpverts.domain.transfer.answers import assess
from qpverts.domain.transfer.conclusion import Outcome, Verdict

AIR_BEL, CANOURGUES, FRAIS_VALLON = "QN01338I", "QN01327I", "QN01344M"
F, O, B, U = Verdict.FAVOURABLE, Verdict.OBSTACLE, Verdict.BLOCKING, Verdict.UNKNOWN  # noqa: E741  # their initials
#: District, inspiration, outcome, weakest criterion, and the eight answers in the order of the method.
GOLDEN = [
    (AIR_BEL, "vrac-lyon", Outcome.ADAPT, "cout", [F, F, U, F, O, U, F, O]),
    (AIR_BEL, "geothermie-grigny", Outcome.NO, "foncier", [B, O, U, F, O, O, F, O]),
    (AIR_BEL, "bus-gratuit-dunkerque", Outcome.NO, "decision", [F, B, U, F, U, O, O, F]),
    (AIR_BEL, "huitieme-cedre-lyon", Outcome.ADAPT, "foncier", [O, F, U, F, U, F, F, O]),
    (AIR_BEL, "refuges-climatiques-barcelone", Outcome.ADAPT, "foncier", [O, F, F, F, O, O, O, O]),
    (CANOURGUES, "autoconsommation-ales", Outcome.YES, "besoin", [F, F, F, F, U, U, O, O]),
    (CANOURGUES, "augustenborg-malmo", Outcome.ADAPT, "foncier", [O, F, O, F, U, O, F, O]),
    (CANOURGUES, "compost-dole", Outcome.CHECK_FIRST, "foncier", [O, F, U, F, U, U, F, O]),
    (FRAIS_VALLON, "recyclobus-frais-vallon", Outcome.ADAPT, "foncier", [O, F, F, F, U, O, F, O]),
    (FRAIS_VALLON, "bikes-for-all-glasgow", Outcome.CHECK_FIRST, "decision", [F, O, U, F, U, U, F, F]),
    (FRAIS_VALLON, "vrac-lyon", Outcome.ADAPT, "cout", [F, F, U, F, O, U, F, O]),
]


@pytest.fixture(scope="module")
def places(atlas):
    """What is known of each district."""
    return {code: context_of(atlas, code) for code in atlas.qpvs}


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: f"{case[0]}-{case[1]}")
def test_golden(atlas, places, case):
    """The eight answers and the conclusion are those of a person who reads the sheets."""
    code, inspiration, outcome, weakest, verdicts = case
    found = assess(atlas.inspirations[inspiration], places[code], atlas.transfer)
    assert [answer.verdict for answer in found.answers] == verdicts
    assert (found.outcome, found.weakest.id) == (outcome, weakest)


def test_every_pair_is_told(atlas, places):
    """Each of the 66 districts has eight answers to each of the 66 inspirations, in whole sentences."""
    for context in places.values():
        for inspiration in atlas.inspirations.values():
            for answer in assess(inspiration, context, atlas.transfer).answers:
                assert answer.sentence[-1] in ".)", answer
                assert ".." not in answer.sentence
                assert "None" not in answer.sentence
                assert (answer.lift == "") is (answer.verdict is F)


def test_a_district_without_record_is_never_ready(atlas, places):
    """Where nothing is recorded in a district, nothing is said to be ready for it."""
    empty = [code for code, facts in atlas.facts.items() if not facts.action_ids]
    assert empty
    for code in empty:
        for inspiration in atlas.inspirations.values():
            assert assess(inspiration, places[code], atlas.transfer).outcome is not Outcome.YES


def test_local_actions_that_resemble(atlas):
    """The bulk buyers of Lyon meet those of Frais Vallon and La Viste, the micro-forests a micro-forest."""
    index = Index(atlas.actions.values(), atlas.transfer.likeness)
    bulk = {one.action.title for one in index.like(atlas.inspirations["vrac-lyon"])[:2]}
    assert bulk == {"Groupement d’achats VRAC de Frais Vallon", "Groupement d'achat VRAC de La Viste"}
    (first, *_) = index.like(atlas.inspirations["forets-miyawaki-bordeaux"])
    assert first.action.title.startswith("Micro-forêt urbaine")
    assert {"micro", "forêts"} <= {*first.words}
