"""Sizes and distances that anyone pictures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.viz.words.tangible import PITCH_HA, minutes, pitches


@pytest.mark.parametrize(
    ("hectares", "text"),
    [
        (0.0, "moins d'un demi-terrain de foot"),
        (0.34, "moins d'un demi-terrain de foot"),
        (0.35, "environ 1 terrain de foot"),
        (1.04, "environ 1 terrain de foot"),
        (1.06, "environ 2 terrains de foot"),
        (2.8, "environ 4 terrains de foot"),
        (16.8, "environ 20 terrains de foot"),
        (17.0, "environ 20 terrains de foot"),
        (300.0, "environ 400 terrains de foot"),
    ],
)
def test_pitches(hectares, text):
    """One pitch is 0.7 ha; the count is rounded to the unit, the ten, the hundred as it grows."""
    assert pitches(hectares).replace("\u00a0", " ") == text


@given(st.floats(0.35, 5000))
def test_rounding_never_misleads(hectares):
    """What is said is never farther than a third from the true area, from one pitch up."""
    count = int("".join(sign for sign in pitches(hectares) if sign.isdigit()))
    assert abs(count * PITCH_HA - hectares) <= max(PITCH_HA / 2 + 1e-9, hectares / 3)


@pytest.mark.parametrize(
    ("metres", "text"), [(0, "1 minute"), (66, "1 minute"), (67, "2 minutes"), (1000, "15 minutes")]
)
def test_minutes(metres, text):
    """At 4 km/h, rounded to the minute above: nobody is late."""
    assert minutes(metres).replace("\u00a0", " ") == f"{text} de marche"


@given(st.floats(0, 50_000), st.floats(0, 50_000))
def test_a_longer_way_never_takes_less(first, second):
    """Minutes grow with metres."""
    short, long = sorted((first, second))
    assert int(minutes(short).split("\u00a0")[0].replace("\u202f", "")) <= int(
        minutes(long).split("\u00a0")[0].replace("\u202f", "")
    )
