"""What is missing is told apart from what nobody has looked for."""

from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.figures.indicators import State
from qpverts.domain.grading.levels import NONE, UNKNOWN, Evidence, Grade
from qpverts.domain.grading.missing import gaps, not_covered
from tests.builders import SCALE
from tests.declared import SPECS

grades = st.dictionaries(
    st.text("abcd", min_size=1, max_size=3),
    st.builds(Grade, st.sampled_from(SCALE), st.just(Evidence(0, 0, 0, 0, ""))),
)


@given(grades)
def test_each_theme_is_in_one_place_at_most(found):
    """Absent, weak, unknown or none of them, in the order of the themes."""
    sorted_ = gaps(found, SCALE)
    placed = [*sorted_.absent, *sorted_.weak, *sorted_.unknown]
    assert len(placed) == len(set(placed))
    for themes in (sorted_.absent, sorted_.weak, sorted_.unknown):
        assert list(themes) == [theme for theme in found if theme in themes]
    assert {theme for theme, grade in found.items() if grade.level.id == NONE} == set(sorted_.absent)
    assert {theme for theme, grade in found.items() if grade.level.id == "emergent"} == set(sorted_.weak)


@given(grades)
def test_unknown_is_never_missing(found):
    """A theme that nobody surveyed and nobody recorded is neither absent nor weak."""
    sorted_ = gaps(found, SCALE)
    nobody = {theme for theme, grade in found.items() if grade.level.id == UNKNOWN}
    assert nobody == set(sorted_.unknown)
    assert not nobody & {*sorted_.absent, *sorted_.weak}


def test_measures_without_a_value_are_grouped_by_reason(atlas):
    """Salon: its green spaces could not be placed, its streets are not there; its ground is known."""
    found = not_covered(atlas.indicators["QN01327I"][spec.id] for spec in SPECS.nature)
    assert set(found) == {State.NOT_COVERED, State.STREETS_UNKNOWN}
    assert all(one.value is None and one.state is state for state, group in found.items() for one in group)
    assert {one.spec.id for one in found[State.STREETS_UNKNOWN]} == {"marche_05ha", "detour_05ha"}


def test_nothing_is_missing_where_all_is_measured(atlas):
    """Air Bel has every measure of nature."""
    assert not_covered(atlas.indicators["QN01338I"][spec.id] for spec in SPECS.nature) == {}
