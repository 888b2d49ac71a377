"""What eight answers come to: conditions first, then what is unknown, and a person's word beside ours."""

import itertools
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.transfer.conclusion import (
    LONGEST_REASON,
    Answer,
    Outcome,
    Override,
    Verdict,
    conclude,
    overridden,
)
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.transfer import read_transfer

METHOD = read_transfer(catalogues.load(Path(__file__).parents[4] / "data"))
IDS = [criterion.id for criterion in METHOD.criteria]
CONDITIONS = [criterion.id for criterion in METHOD.criteria if criterion.condition]
F, O, B, U = Verdict.FAVOURABLE, Verdict.OBSTACLE, Verdict.BLOCKING, Verdict.UNKNOWN  # noqa: E741  # their initials
BEST = [Outcome.YES, Outcome.ADAPT, Outcome.CHECK_FIRST, Outcome.NO]
EIGHT = st.lists(st.sampled_from(list(Verdict)), min_size=8, max_size=8)
WORSE = {F: (O, B, U), O: (B,)}


def answers(verdicts):
    """The eight answers, in order."""
    return [
        Answer(one, verdict, "Une phrase.", "Une source") for one, verdict in zip(IDS, verdicts, strict=True)
    ]


def assessed(verdicts):
    """What eight verdicts come to."""
    return conclude(answers(verdicts), METHOD.criteria, METHOD.readings, METHOD.rules)


def test_the_declared_method():
    """Eight criteria, three of them conditions, two for people, three readings."""
    assert CONDITIONS == ["foncier", "decision", "climat"]
    assert [one.id for one in METHOD.criteria if one.by_people] == ["climat", "acteurs"]
    shares = [[c.id for c in METHOD.criteria if c.reading == name.id] for name in METHOD.readings]
    assert [name.id for name in METHOD.readings] == ["faisabilite", "pertinence", "confiance"]
    assert shares == [IDS[:6], ["besoin"], ["preuve"]]


@pytest.mark.parametrize(
    ("verdicts", "outcome", "weakest"),
    [
        ([F] * 8, Outcome.YES, None),
        ([B, F, F, F, F, F, F, F], Outcome.NO, "foncier"),
        ([F, F, F, B, F, F, F, F], Outcome.ADAPT, "portage"),
        ([F, F, F, F, F, F, B, F], Outcome.ADAPT, "besoin"),
        ([F, F, F, F, F, F, F, B], Outcome.ADAPT, "preuve"),
        ([U, B, U, U, U, U, U, U], Outcome.NO, "decision"),
        ([F, F, U, F, U, U, F, F], Outcome.CHECK_FIRST, "climat"),
        ([F, F, U, F, F, F, U, U], Outcome.CHECK_FIRST, "climat"),
        ([F, F, U, F, F, U, F, F], Outcome.YES, "climat"),
        ([F, F, U, F, U, O, F, F], Outcome.ADAPT, "acteurs"),
        ([O, O, F, F, F, F, O, O], Outcome.YES, "foncier"),
        ([O, O, O, F, F, F, F, F], Outcome.ADAPT, "foncier"),
        ([F, F, F, F, O, O, F, F], Outcome.YES, "cout"),
    ],
)
def test_conclusion(verdicts, outcome, weakest):
    """The rules in their order: a ⚠ blocks, three unknown, four favourable and none blocking, else adapt."""
    found = assessed(verdicts)
    assert found.outcome is outcome
    assert (found.weakest and found.weakest.id) == weakest


@given(EIGHT)
def test_a_condition_that_blocks_is_made_up_for_by_nothing(verdicts):
    """Whatever the other seven, proof included, one ⚠ that blocks gives "non transposable"."""
    for rank in range(3):
        spoilt = [*verdicts[:rank], B, *verdicts[rank + 1 :]]
        assert assessed(spoilt).outcome is Outcome.NO


@given(EIGHT, st.integers(0, 7), st.data())
def test_a_worse_answer_never_improves(verdicts, rank, data):
    """One more obstacle, or one answer less known, never improves the outcome nor the order."""
    if verdicts[rank] not in WORSE:
        return
    worse = data.draw(st.sampled_from(WORSE[verdicts[rank]]))
    before, after = assessed(verdicts), assessed([*verdicts[:rank], worse, *verdicts[rank + 1 :]])
    assert BEST.index(after.outcome) >= BEST.index(before.outcome)
    assert after.order > before.order


@given(EIGHT)
def test_unknown_is_never_favourable(verdicts):
    """Three unknown or more are never "transposable" nor "à adapter"."""
    if verdicts.count(U) >= 3:
        assert assessed(verdicts).outcome in {Outcome.CHECK_FIRST, Outcome.NO}


@given(EIGHT, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(verdicts, shuffle: random.Random):
    """The same answers in another order say the same, in the order of the method."""
    given_ = answers(verdicts)
    mixed = given_.copy()
    shuffle.shuffle(mixed)
    assert conclude(mixed, METHOD.criteria, METHOD.readings, METHOD.rules) == assessed(verdicts)
    assert [one.criterion for one in assessed(verdicts).answers] == IDS


@given(EIGHT)
def test_readings_share_the_answers(verdicts):
    """Each answer is in one reading; counts over readings are those over the eight."""
    found = assessed(verdicts)
    assert list(itertools.chain(*(reading.answers for reading in found.readings))) == list(found.answers)
    for verdict in Verdict:
        assert sum(reading.count(verdict) for reading in found.readings) == found.count(verdict)


def test_a_missing_answer_is_refused():
    """Seven answers are not a judgement."""
    with pytest.raises(KeyError):
        conclude(answers([F] * 8)[1:], METHOD.criteria, METHOD.readings, METHOD.rules)


@given(EIGHT, st.sampled_from(IDS), st.sampled_from(list(Verdict)), st.text(max_size=400))
def test_a_decision_keeps_what_the_tool_proposed(verdicts, criterion, verdict, reason):
    """The person's verdict counts, their reason is shown, bounded, and the first answer is still there."""
    first = answers(verdicts)
    found = overridden(first, [Override(criterion, verdict, reason)])
    for before, after in zip(first, found, strict=True):
        if before.criterion != criterion:
            assert after == before
            continue
        assert after.verdict is verdict
        assert after.sentence == reason[:LONGEST_REASON]
        assert after.proposed == before


def test_two_decisions_on_one_criterion():
    """The last counts, the tool's proposal is still the tool's; an unknown criterion changes nothing."""
    first = answers([U] * 8)
    once = overridden(
        first, [Override("climat", B, "Rien ne pousse."), Override("climat", F, "Essayé en août.")]
    )
    again = overridden(once, [Override("climat", O, "À revoir."), Override("beauté", F, "Joli.")])
    assert again[2].verdict is O
    assert once[2].sentence == "Essayé en août."
    assert once[2].proposed == again[2].proposed == first[2]
    assert len(again) == 8


def test_a_decision_can_block():
    """A person may say no where the tool saw nothing against."""
    found = overridden(answers([F] * 8), [Override("foncier", B, "Le terrain est vendu.")])
    assert conclude(found, METHOD.criteria, METHOD.readings, METHOD.rules).outcome is Outcome.NO
