"""The reading grid: what is unknown is never counted as zero, nor let through a least level."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.grading import reading_grid
from qpverts.domain.grading.levels import Evidence, Grade, Level
from qpverts.domain.grading.reading_grid import Sort
from qpverts.domain.model import Commune, Qpv

UNKNOWN = Level("non_renseigne", "non renseigné", "?", "")
NONE = Level("aucune", "aucune action", "○", "", 0)
SOME = Level("engage", "engagé", "◑", "", 50, 1, 1)
TOP = Level("demonstrateur", "démonstrateur", "●", "", 100, 5, 5, 2, 3)
SCALE = (UNKNOWN, NONE, SOME, TOP)
NOTHING = Evidence(0, 0, 0, 0, "")
ACTIVE = Evidence(1, 1, 0, 1, "")


def districts(*names):
    """Make districts, each in a commune of its own, in the reverse order of names."""
    return [
        Qpv(f"QN{rank}", name, (Commune(str(rank), f"Commune {len(names) - rank}"),))
        for rank, name in enumerate(names)
    ]


def rows(*cells, weights=None, populations=(), actions=()):
    """Make rows from the levels of each district on columns a, b and so on."""
    qpvs = districts(*[f"Quartier {chr(65 + rank)}" for rank in range(len(cells))])
    columns = "abcdefg"[: len(cells[0])]
    grades = {
        qpv.code: {
            column: Grade(level, ACTIVE if level in {SOME, TOP} else NOTHING)
            for column, level in zip(columns, levels, strict=True)
        }
        for qpv, levels in zip(qpvs, cells, strict=True)
    }
    return reading_grid.build(
        qpvs,
        grades,
        weights or dict.fromkeys(columns, 1),
        {qpv.code: value for qpv, value in zip(qpvs, populations, strict=False)},
        {qpv.code: value for qpv, value in zip(qpvs, actions, strict=False)},
    )


def names(found):
    """Give the letters of districts."""
    return "".join(row.qpv.name[-1] for row in found)


def test_a_row_says_what_it_rests_on():
    """The mean is over known columns that weigh; those that do not weigh are not counted."""
    (row,) = rows([SOME, TOP, UNKNOWN, UNKNOWN], weights={"a": 3, "b": 1, "c": 1, "d": 0})
    assert row.overall.value == 62.5
    assert (row.known, row.counted) == (2, 3)
    assert (row.rank.best, row.rank.worst, row.rank.total) == (1, 1, 1)


def test_ranks_are_sure_where_all_is_known():
    """Two districts that differ on every column have their places, one unknown may have any."""
    found = rows([TOP, TOP], [NONE, NONE])
    assert [(r.rank.best, r.rank.worst) for r in found] == [(1, 1), (2, 2)]
    found = rows([TOP, SOME], [SOME, SOME], [UNKNOWN, UNKNOWN])
    assert (found[2].rank.best, found[2].rank.worst) == (1, 3)


@pytest.mark.parametrize(
    ("least", "column", "expected"),
    [
        (None, None, "ABC"),
        (SOME, None, "AB"),
        (SOME, "b", "B"),
        (TOP, "b", ""),
        (NONE, "a", "AC"),  # surveyed and found empty is known, unknown is not
    ],
)
def test_least_level(least, column, expected):
    """A row passes when its column, or any, reaches the level; unknown never does."""
    found = rows([TOP, UNKNOWN], [UNKNOWN, SOME], [NONE, UNKNOWN])
    assert names(reading_grid.reaching(found, least, column)) == expected


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        (Sort.NAME, "ABCD"),
        (Sort.COMMUNE, "DCBA"),
        (Sort.POPULATION, "CABD"),  # B is a true zero, D is not published
        (Sort.LEVEL, "BACD"),  # D, of which nothing is known, last
        (Sort.ACTIONS, "BDAC"),
    ],
)
def test_order(by, expected):
    """Names from A, figures from the highest, unknown last."""
    found = rows(
        [SOME, SOME],
        [TOP, TOP],
        [NONE, NONE],
        [UNKNOWN, UNKNOWN],
        populations=[10, 0, 30, None],
        actions=[1, 5, 0, 2],
    )
    assert names(reading_grid.ordered(found, by)) == expected


def test_one_good_theme_does_not_win_over_seven_known():
    """A mean over a single known column proves little: its places are many, and it stands below."""
    found = rows([SOME] * 7, [TOP, *[UNKNOWN] * 6], *[[NONE] * 7] * 8)
    assert found[1].overall.value > found[0].overall.value
    assert names(reading_grid.ordered(found, Sort.LEVEL))[:2] == "AB"


def test_totals_partition_the_districts():
    """Each district is at one level on each column; active and unknown are counted apart."""
    first, second = reading_grid.totals(rows([TOP, UNKNOWN], [SOME, NONE]), "ab", SCALE)
    assert first.by_level == {"non_renseigne": 0, "aucune": 0, "engage": 1, "demonstrateur": 1}
    assert (first.active, first.unknown) == (2, 0)
    assert (second.active, second.unknown) == (0, 1)
    assert sum(second.by_level.values()) == 2


def test_next_level_is_one_an_action_reaches():
    """After « non renseigné » comes the first that one action reaches, and after the top nothing."""
    assert reading_grid.next_level(UNKNOWN, SCALE) is SOME
    assert reading_grid.next_level(NONE, SCALE) is SOME
    assert reading_grid.next_level(SOME, SCALE) is TOP
    assert reading_grid.next_level(TOP, SCALE) is None


def test_lacking_never_goes_below_zero():
    """What there is too much of is not lacking."""
    assert reading_grid.lacking(Evidence(9, 3, 0, 1, "2026"), TOP) == Evidence(0, 2, 2, 2, "")


@given(st.lists(st.lists(st.sampled_from(SCALE), min_size=3, max_size=3), min_size=1, max_size=6), st.data())
def test_sorting_and_filtering_lose_nothing(cells, data):
    """Any order holds the same rows; ranks lie between 1 and the number of districts."""
    found = rows(*cells)
    by = data.draw(st.sampled_from(Sort))
    assert sorted(names(reading_grid.ordered(found, by))) == sorted(names(found))
    assert all(1 <= row.rank.best <= row.rank.worst <= len(found) for row in found)
    assert all(math.isfinite(row.overall.low) for row in found)


def test_sizes_share_out_the_known_populations():
    """Each known population is of one size, bounds included once; one that is not known is of none."""
    found = rows(*[[SOME]] * 6, populations=[0, 1_999, 2_000, 4_999, 5_000, None])
    assert [names(reading_grid.sized(found, size)) for size in reading_grid.SIZES.values()] == [
        "AB",
        "CD",
        "E",
    ]
    assert reading_grid.sized(found, None) == found
