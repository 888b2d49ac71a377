"""Territories made by hand, for what is said of them."""

import pytest

from qpverts.domain.grading.levels import Evidence, Grade
from qpverts.domain.grading.profile import Profile

THEMES = ("habiter", "circuler", "proteger")


@pytest.fixture
def made(atlas):
    """A function that makes a territory from a level and a count by theme."""
    steps = {level.id: level for level in atlas.scale}

    def make(name, recorded, *levels, population=2000):
        grades = {
            theme: Grade(steps[level], Evidence(count, 0, 0, 0, "2026-11-25" if level == "aucune" else ""))
            for theme, (level, count) in zip(THEMES, levels, strict=True)
        }
        return Profile(name, grades, recorded, 1, population)

    return make
