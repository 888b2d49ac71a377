"""Comparing territories: on fixed goalposts, an action once, and an unknown theme with nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.compare import TOPS, Measure, compare, profile, reference, value, values
from qpverts.domain.levels import Survey
from qpverts.domain.model import Status
from qpverts.sources import catalogue as catalogues
from qpverts.sources.levels import read_scale

THEMES = ("habiter", "circuler", "proteger")


class Recorded:
    """What a comparison looks at in an action."""

    fields = ()

    def __init__(self, themes=("habiter",), codes=("A",), status=Status.RUNNING, carrier="Ville"):
        self.themes, self.qpv_codes, self.status, self.carrier = themes, codes, status, carrier


@pytest.fixture(scope="module")
def made(data_dir):
    """A function that describes a territory from actions and surveys."""
    scale = read_scale(catalogues.load(data_dir))

    def make(actions, codes=("A",), surveys=(), populations=(2000,), name="Ici"):
        return profile(
            name,
            codes,
            actions=actions,
            surveys=surveys,
            populations=populations,
            themes=THEMES,
            scale=scale,
        )

    return make


def survey(theme, code="A"):
    """Someone looked."""
    return Survey(code, theme, "2026-11-25", "Une personne", "", "")


def test_action_of_two_districts_counts_once(made):
    """Together, two districts have the union of their actions: nothing is counted twice."""
    shared, own, other = Recorded(codes=("A", "B")), Recorded(codes=("A",)), Recorded(codes=("C",))
    both = made([shared, own, other], codes=("A", "B"), populations=(1000, 3000))
    assert both.recorded == 2
    assert both.districts == 2
    assert values(both, Measure.COUNT) == (2, None, None)
    assert values(both, Measure.RATE) == (0.5, None, None)  # 2 for 4,000: not the mean of rates


def test_unknown_is_none_and_surveyed_is_zero(made):
    """A theme that someone looked into and found empty is zero; one that nobody looked into is nothing."""
    one = made([Recorded(status=Status.STOPPED, themes=("proteger",))], surveys=[survey("habiter")])
    for measure in Measure:
        assert values(one, measure) == (0, None, None)
    assert one.known == 1
    assert one.recorded == 0


def test_rate_without_residents_is_not_known(made):
    """A territory of which a district has no population has no rate, but keeps its levels and counts."""
    one = made([Recorded()], codes=("A", "B"), populations=(2000, None))
    assert one.population is None
    assert value(one.grades["habiter"], Measure.RATE, None) is None
    assert values(one, Measure.LEVEL) == (50, None, None)


def test_goalposts_hold_every_district_of_today(atlas):
    """No district of the atlas is beyond an axis: only territories that add several up may be."""
    for measure in Measure:
        found = [
            value(grade, measure, atlas.facts[code].figures.population)
            for code, grades in atlas.grades.items()
            for grade in grades.values()
        ]
        assert max(filter(None, found)) <= TOPS[measure]


def test_reference_is_the_value_of_a_district():
    """The middle is taken where something is known, the lower of two; nowhere known, there is none."""
    found = reference([(25, None, 0), (75, None, None), (100, None, None), (50, None, 25)])
    assert found.values == (50, None, 0)
    assert found.known == (4, 0, 2)
    assert found.total == 4


def test_themes_are_sorted_by_who_is_higher(made):
    """Higher on one side, on the other, equal, known to one only, to none: each theme is in one place."""
    first = made([Recorded(("habiter",)), Recorded(("circuler",), status=Status.PLANNED)])
    second = made([Recorded(("habiter",), status=Status.PLANNED), Recorded(("circuler",))])
    found = compare(first, second)
    assert (found.first, found.second, found.neither) == (("habiter",), ("circuler",), ("proteger",))
    assert found.widest == "habiter"  # as wide as the other: the first of them
    assert found.known_to_both == 2


def test_unknown_side_is_never_behind(made):
    """What is known to one side only is no gap, however high."""
    strong = made([Recorded(carrier=c, status=Status.DONE) for c in "ABCDE"])
    found = compare(strong, made([]))
    assert found.only_first == ("habiter",)
    assert found.widest is None
    assert not found.first
    assert compare(made([]), strong).only_second == ("habiter",)


some = st.lists(
    st.builds(Recorded, st.sampled_from([("habiter",), ("circuler", "proteger")]), st.just(("A",)),
              st.sampled_from(Status), st.sampled_from(["", "Ville", "Bailleur", "Association"])),
    max_size=9,
)  # fmt: skip


@given(some, some)
def test_comparison_is_fair(made, ours, theirs):
    """Every theme is somewhere, once; swapping the sides swaps the answer."""
    one, other = made(ours), made(theirs)
    there, back = compare(one, other), compare(other, one)
    places = (there.first, there.second, there.equal, there.only_first, there.only_second, there.neither)
    assert sorted(theme for place in places for theme in place) == sorted(THEMES)
    assert (there.first, there.second, there.only_first) == (back.second, back.first, back.only_second)
    assert (there.equal, there.neither, there.widest) == (back.equal, back.neither, back.widest)
    assert (there.widest is None) == (not there.first and not there.second)
