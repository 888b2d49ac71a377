"""Comparing territories: on fixed goalposts, an action once, and an unknown theme with nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.grading.levels import Survey
from qpverts.domain.grading.profile import TOPS, Measure, profile, reference, standings, value, values
from qpverts.domain.model import Action, Status
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.scale import read_scale

THEMES = ("habiter", "circuler", "proteger")


class Recorded:
    """What a comparison looks at in an action."""

    fields = ()
    carriers = Action.carriers

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


def test_standing_names_the_highest_the_lowest_and_the_gap(made):
    """Higher on one side, on the other, known to nobody: each theme says who is where, and how far apart."""
    first = made([Recorded(("habiter",)), Recorded(("circuler",), status=Status.PLANNED)])
    second = made([Recorded(("habiter",), status=Status.PLANNED), Recorded(("circuler",))])
    habiter, circuler, proteger = standings([first, second])
    assert (habiter.top, habiter.bottom, habiter.gap) == ((0,), (1,), 25)
    assert (circuler.top, circuler.bottom, circuler.gap) == ((1,), (0,), 25)
    assert (proteger.known, proteger.top, proteger.gap) == ((), (), 0)


def test_unknown_side_is_never_behind(made):
    """What is known to one side only is no gap, however high."""
    strong = made([Recorded(carrier=c, status=Status.DONE) for c in "ABCDE"])
    habiter = standings([strong, made([])])[0]
    assert (habiter.known, habiter.top, habiter.bottom, habiter.gap) == ((0,), (0,), (0,), 0)


def test_tie_at_the_top_names_everybody(made):
    """Of three, two at the same height are both first."""
    engaged, planned = made([Recorded()]), made([Recorded(status=Status.PLANNED)])
    habiter = standings([engaged, planned, engaged])[0]
    assert (habiter.top, habiter.bottom) == ((0, 2), (1,))


some = st.lists(
    st.builds(Recorded, st.sampled_from([("habiter",), ("circuler", "proteger")]), st.just(("A",)),
              st.sampled_from(Status), st.sampled_from(["", "Ville", "Bailleur", "Association"])),
    max_size=9,
)  # fmt: skip


@given(st.lists(some, min_size=2, max_size=4))
def test_standings_are_fair(made, sides):
    """Every theme once; turning the order of the sides round turns the answer and changes nothing else."""
    profiles = [made(side) for side in sides]
    last = len(sides) - 1
    for there, back in zip(standings(profiles), standings(profiles[::-1]), strict=True):
        assert there.gap == back.gap
        for name in ("known", "top", "bottom"):
            assert sorted(last - rank for rank in getattr(there, name)) == list(getattr(back, name))
        assert set(there.top) | set(there.bottom) <= set(there.known)
        assert (there.gap == 0) == (there.top == there.bottom)
