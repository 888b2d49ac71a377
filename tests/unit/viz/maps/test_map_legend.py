"""The legend that several maps share: it says every colour and mark, as text."""

import dataclasses
import re

import pytest

from qpverts.domain.figures import specs
from qpverts.viz.maps.map_legend import html
from qpverts.viz.palette import MISSING, RAMP, class_of
from qpverts.viz.words import labels
from tests.declared import SPECS


def values(atlas, indicator_id):
    """Give one indicator of every district."""
    return [by_id[indicator_id] for by_id in atlas.indicators.values()]


@pytest.mark.parametrize("indicator_id", list(SPECS.by_id))
def test_every_class_has_its_colour_and_words(atlas, indicator_id):
    """Each class of the indicator is told, in the colours of the map, and what is missing only when it is."""
    found = values(atlas, indicator_id)
    made = html(found, atlas.vocabulary, has_ring=False)
    assert re.findall(r"background:(#\w+)", made) == list(RAMP)
    assert ('<i class="carre hachures">' in made) == any(class_of(value) == MISSING for value in found)
    assert made.count("<li>") == len(RAMP) + len(atlas.vocabulary.themes) + 5 + (
        '<i class="carre hachures">' in made
    )


def test_every_theme_is_named(atlas):
    """The mark of each theme stands beside its name."""
    made = html(values(atlas, specs.DEFAULT), atlas.vocabulary, has_ring=False)
    for theme in atlas.vocabulary.themes:
        assert labels.typeset(theme.label) in made


def test_ring_is_told_when_there_is_one(atlas):
    """The dashed line is in the legend of the maps that draw it."""
    told = [html(values(atlas, specs.DEFAULT), atlas.vocabulary, has_ring=ring) for ring in (True, False)]
    assert ["tirets" in made for made in told] == [True, False]


def test_names_are_text_never_markup(atlas):
    """A theme whose name looks like markup stays inert."""
    first, *others = atlas.vocabulary.themes
    hostile = dataclasses.replace(first, label="<img src=x onerror=alert(1)>")
    vocabulary = dataclasses.replace(atlas.vocabulary, themes=(hostile, *others))
    made = html(values(atlas, specs.DEFAULT), vocabulary, has_ring=True)
    assert "<img src=x" not in made
    assert "&lt;img src=x" in made
