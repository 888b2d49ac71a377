"""Gaps: what was looked for and not found comes first, what nobody looked for is never called a lack."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.gaps import Need, gaps
from qpverts.domain.levels import Evidence, grade
from qpverts.sources import catalogue as catalogues
from qpverts.sources.levels import read_scale

SCALE = read_scale(catalogues.load(Path(__file__).parents[3] / "data"))
UNKNOWN, ABSENT, WEAK, RUNNING = (
    grade(Evidence(*counts), SCALE)
    for counts in [(0, 0, 0, 0, ""), (0, 0, 0, 0, "2026-11"), (2, 0, 0, 0, ""), (1, 1, 0, 1, "")]
)


def test_absent_then_weak_then_unknown():
    """One acts on what is known to lack; what is not known is surveyed first, and told apart."""
    found = gaps({"a": UNKNOWN, "b": WEAK, "c": ABSENT, "d": RUNNING, "e": UNKNOWN, "f": ABSENT}, SCALE)
    assert [(gap.theme, gap.need) for gap in found] == [
        ("c", Need.ABSENT),
        ("f", Need.ABSENT),
        ("b", Need.WEAK),
        ("a", Need.UNKNOWN),
        ("e", Need.UNKNOWN),
    ]


def test_a_running_action_is_no_gap():
    """From one running action on, a theme lacks nothing that this page would name."""
    assert gaps({"a": RUNNING}, SCALE) == ()


@given(st.dictionaries(st.text(max_size=3), st.sampled_from([UNKNOWN, ABSENT, WEAK, RUNNING])))
def test_every_theme_is_a_gap_once_or_is_above_weak(grades):
    """No theme is lost or told twice, and an unknown one is never called absent."""
    found = gaps(grades, SCALE)
    assert sorted(gap.theme for gap in found) == sorted(t for t, g in grades.items() if g is not RUNNING)
    assert all((gap.need is Need.UNKNOWN) == (gap.grade is UNKNOWN) for gap in found)
