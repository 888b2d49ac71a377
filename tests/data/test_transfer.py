"""What the method says of the real districts and inspirations."""

import pytest

from qpverts.atlas.transfer_contexts import context_of
from qpverts.domain.transfer.alike_actions import Index
from qpverts.domain.transfer.answers import assess
from qpverts.domain.transfer.conclusion import Outcome, Verdict
from qpverts.sources import check


@pytest.fixture(scope="module")
def places(atlas):
    """What is known of each district."""
    return {code: context_of(atlas, code) for code in atlas.qpvs}


def test_judgements(data_dir):
    """The tool answers as a person who read the sheets did, as long as the data are those sealed then."""
    found = check.found(data_dir)
    assert found.expected.judgement
    assert found.broken == {}


def test_every_pair_is_told(atlas, places):
    """Each district has eight answers to each inspiration, in whole sentences."""
    for context in places.values():
        for inspiration in atlas.inspirations.values():
            for answer in assess(inspiration, context, atlas.transfer).answers:
                assert answer.sentence[-1] in ".)", answer
                assert ".." not in answer.sentence
                assert "None" not in answer.sentence
                assert (answer.lift == "") is (answer.verdict is Verdict.FAVOURABLE)


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
    bulk = {one.action.title for one in index.like(atlas.inspirations["vrac-lyon"])}
    assert {"Groupement d’achats VRAC de Frais Vallon", "Groupement d'achat VRAC de La Viste"} <= bulk
    forests = index.like(atlas.inspirations["forets-miyawaki-bordeaux"])
    (known, *_) = [one for one in forests if one.action.title.startswith("Micro-forêt urbaine")]
    assert {"micro", "forêts"} <= {*known.words}
