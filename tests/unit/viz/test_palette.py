"""Colours: told apart by everyone, readable, and the same everywhere."""

import itertools
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

from qpverts import browser
from qpverts.domain.figures.published import Cell
from qpverts.domain.grading.levels import Level
from qpverts.viz import palette
from tests.declared import SPECS

ROOT = Path(__file__).parents[3]
# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
BLINDNESS = {
    "none": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = TO_XYZ.sum(axis=1)


def linear(colour):
    """Give linear RGB of #rrggbb."""
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """Give the WCAG contrast of two colours, from 1 to 21."""
    light, dark = sorted((float(TO_XYZ[1] @ linear(colour)) for colour in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(colour, blindness="none"):
    """Give CIE L*a*b* of a colour as seen with a colour blindness."""
    seen = np.clip(BLINDNESS[blindness] @ linear(colour), 0, 1)
    ratio = TO_XYZ @ seen / WHITE
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_contrast_of_black_and_white_is_21():
    """The measure itself is right on what everyone knows."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21, abs=0.01)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        (palette.TEXT, palette.BACKGROUND),
        (palette.TEXT, palette.SECONDARY_BACKGROUND),
        (palette.PRIMARY, palette.BACKGROUND),
        (palette.PRIMARY, palette.SECONDARY_BACKGROUND),
        (palette.BACKGROUND, palette.PRIMARY),
    ],
)
def test_texts_and_buttons_are_readable(ink, paper):
    """At least 4.5 to 1, as WCAG AA asks."""
    assert contrast(ink, paper) >= 4.5


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_cells_of_the_grid_are_told_apart(blindness):
    """Each class of the vegetation grid is darker than the one before by a step that everyone sees."""
    lightness = [lab(colour, blindness)[0] for colour in palette.GRID_RAMP]
    assert all(light - dark >= 8 for light, dark in itertools.pairwise(lightness))
    assert len(palette.GRID_BREAKS) == len(palette.GRID_RAMP) - 1


@pytest.mark.parametrize(
    ("known_m2", "value_m2", "rank"),
    [
        (9_999, 9_999, palette.MISSING),
        (10_000, 0, 0),
        (10_000, 1_000, 0),
        (10_000, 1_001, 1),
        (40_000, 40_000, 4),
    ],
)
def test_class_of_a_cell(known_m2, value_m2, rank):
    """A cell is classed by the share of its known ground; with less than a quarter known, by nothing."""
    assert palette.grid_class(Cell("", known_m2, 0, value_m2, known_m2)) == rank


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_lines_of_charts_are_told_apart(blindness):
    """Lines stand out on white (3 to 1), and no two are alike in colour, in dash or in mark."""
    lines = (*palette.SERIES, palette.REFERENCE)
    for line in lines:
        assert contrast(line.colour, palette.BACKGROUND) >= 3
    for one, other in itertools.combinations(palette.SERIES, 2):
        assert np.linalg.norm(lab(one.colour, blindness) - lab(other.colour, blindness)) >= 12
    assert len({line.dash for line in palette.SERIES}) == len(palette.SERIES)
    assert len({line.symbol for line in lines}) == len(lines)


def step(score):
    """Make a level of this score."""
    return Level("x", "x", "x", "", score)


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_levels_are_told_apart(blindness):
    """Each level is darker than the one below by a step that everyone sees; what is unknown is palest."""
    papers = [palette.level_paint(step(score))[0] for score in (None, 0, 25, 50, 75, 100)]
    lightness = [lab(paper, blindness)[0] for paper in papers]
    assert all(light - dark >= 5 for light, dark in itertools.pairwise(lightness))
    assert len(set(papers)) == len(palette.LEVEL_RAMP) + 1


@pytest.mark.parametrize("score", [None, *range(0, 101, 5)])
def test_words_on_levels_are_readable(score):
    """At least 4.5 to 1, as WCAG AA asks, whatever the score that a scale declares."""
    paper, ink = palette.level_paint(step(score))
    assert contrast(ink, paper) >= 4.5


@pytest.mark.parametrize("rank", range(len(palette.RAMP)))
def test_numbers_on_dots_are_readable(rank):
    """marks.js writes in white from the fourth class on, in near-black before."""
    script = browser.read("map/marks.js")
    first_dark = int(re.search(r"rank >= (\d) \? \" fonce\"", script)[1])
    assert contrast("#ffffff" if rank >= first_dark else "#111111", palette.RAMP[rank]) >= 4.5


def test_ramp_darkens_step_by_step_for_every_eye():
    """Each class is clearly darker than the one before: readable in grey, on paper and by everyone."""
    for blindness in BLINDNESS:
        lightness = [lab(colour, blindness)[0] for colour in palette.RAMP]
        assert all(before - after >= 8 for before, after in itertools.pairwise(lightness)), blindness


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_themes_are_told_apart_by_every_eye(blindness):
    """Any two theme colours differ by more than an eye mistakes; shapes differ in any case."""
    marks = palette.THEME_MARKS.values()
    for one, other in itertools.combinations(marks, 2):
        assert np.linalg.norm(lab(one.colour, blindness) - lab(other.colour, blindness)) > 10, (
            one.shape,
            other.shape,
        )
    assert len({mark.shape for mark in marks}) == len({mark.path for mark in marks}) == len(marks)


def test_every_theme_has_a_mark(atlas):
    """The seven themes of the approach, no more, no less."""
    assert set(palette.THEME_MARKS) == {theme.id for theme in atlas.vocabulary.themes}


def test_streamlit_theme_is_the_palette():
    """What config.toml says is what the palette says."""
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    assert theme["primaryColor"] == palette.PRIMARY
    assert theme["backgroundColor"] == palette.BACKGROUND
    assert theme["secondaryBackgroundColor"] == palette.SECONDARY_BACKGROUND
    assert theme["textColor"] == palette.TEXT


@pytest.mark.parametrize("spec", SPECS.indicators, ids=lambda spec: spec.id)
def test_classes_follow_the_values(atlas, spec):
    """A larger value is never in a lower class; what is not known is in none; each class has a colour."""
    assert len(spec.breaks) == len(palette.RAMP) - 1
    assert list(spec.breaks) == sorted(set(spec.breaks))
    known = sorted(
        (values[spec.id] for values in atlas.indicators.values() if values[spec.id].value is not None),
        key=lambda indicator: indicator.value,
    )
    ranks = [palette.class_of(indicator) for indicator in known]
    assert ranks == sorted(ranks)
    for values in atlas.indicators.values():
        if values[spec.id].value is None:
            assert palette.class_of(values[spec.id]) == palette.MISSING
