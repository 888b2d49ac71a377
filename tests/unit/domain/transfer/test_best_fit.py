"""Ideas for a district: those of the theme, the best fit first, whatever the order of the file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qpverts.atlas.transfer_contexts import context_of
from qpverts.domain.transfer.best_fit import ideas
from qpverts.domain.transfer.conclusion import Verdict
from tests.builders import AIR_BEL


@pytest.fixture(scope="module")
def found(atlas):
    """A function that gives the ideas of a theme for Air Bel, from some inspirations."""
    here = context_of(atlas, AIR_BEL)
    return lambda theme, rows: ideas(theme, rows, here, atlas.transfer)


def test_only_ideas_of_the_theme_and_the_best_fit_first(found, atlas):
    """Every idea is of the theme, none is lost, and no later one fits better."""
    for theme in atlas.vocabulary.themes:
        listed = found(theme.id, atlas.inspirations.values())
        assert {one.inspiration.id for one in listed} == {
            one.id for one in atlas.inspirations.values() if theme.id in one.themes
        }
        orders = [one.assessment.order for one in listed]
        assert orders == sorted(orders)


def test_the_order_of_the_file_is_nothing(found, atlas):
    """The same inspirations in any order are the same ideas, in the same order."""
    rows = list(atlas.inspirations.values())
    expected = found("se_nourrir", rows)

    @settings(max_examples=20)
    @given(st.permutations(rows))
    def same(shuffled):
        assert found("se_nourrir", shuffled) == expected

    same()


def test_answers_are_sorted_by_what_they_say(found, atlas):
    """What is for and what is against are apart, and together they are all eight answers."""
    one = found("circuler", atlas.inspirations.values())[0]
    good = one.answers(Verdict.FAVOURABLE)
    rest = one.answers(Verdict.OBSTACLE, Verdict.BLOCKING, Verdict.UNKNOWN)
    assert len(good) + len(rest) == len(atlas.transfer.criteria) == 8
    assert all(answer.verdict is Verdict.FAVOURABLE for answer in good)
    assert not {answer.criterion for answer in good} & {answer.criterion for answer in rest}
