"""The maps of inspirations: every one on one map, none over another, nothing fetched, text as text."""

import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qpverts.viz.maps.inspiration_map import (
    EUROPE,
    FRANCE,
    WINDOWS,
    WORLD,
    chart,
    mark_size,
    sorted_by_window,
    spread,
)
from qpverts.viz.palette import OTHER_MARK

LAND = [((0.0, 45.0), (2.0, 45.0), (2.0, 47.0), (0.0, 45.0))]


@pytest.fixture(scope="module")
def names(atlas):
    """The themes by id."""
    return {theme.id: theme.label for theme in atlas.vocabulary.themes}


def test_every_inspiration_is_on_one_map(atlas):
    """The three maps hold all of them, once each, inside their window."""
    found = sorted_by_window(atlas.inspirations.values())
    assert list(found) == ["france", "europe", "monde"]
    held = sorted(one.id for those in found.values() for one in those)
    assert held == sorted(atlas.inspirations)
    assert {one.id for one in found["france"]} == {
        one.id for one in atlas.inspirations.values() if one.country == "France"
    }
    for window in WINDOWS:
        assert all(window.holds(one) for one in found[window.id])


@pytest.mark.parametrize("window", WINDOWS, ids=lambda window: window.id)
def test_marks_do_not_cover_each_other(atlas, window):
    """Two marks of one place stand apart, and each stays near its own place."""
    shown = sorted_by_window(atlas.inspirations.values())[window.id]
    places = spread(shown, window)
    assert set(places) == {one.id for one in shown}
    for one, other in itertools.combinations(shown, 2):
        (x, y), (u, v) = places[one.id], places[other.id]
        assert math.hypot((x - u) / window.stretch, y - v) > mark_size(window)
    reach = (window.north - window.south) / 6
    for one in shown:
        x, y = places[one.id]
        assert math.hypot((x - one.lon) / window.stretch, y - one.lat) < reach


def test_places_do_not_depend_on_the_order(atlas):
    """The same inspirations in another order stand at the same places."""
    shown = sorted_by_window(atlas.inspirations.values())["france"][:12]

    @settings(deadline=None)
    @given(st.permutations(range(len(shown))))
    def same(order):
        assert spread([shown[rank] for rank in order], FRANCE) == spread(shown, FRANCE)

    same()


def test_one_alone_stands_at_its_place(atlas):
    """Nothing moves what is alone."""
    one = atlas.inspirations["compost-dole"]
    assert spread([one], FRANCE)[one.id] == pytest.approx((one.lon, one.lat))


def test_nothing_is_fetched(atlas, names):
    """The chart has no geographic layer, whose outlines Plotly would ask of a server."""
    figure = chart(WORLD, list(atlas.inspirations.values()), (LAND,), names)
    assert {trace.type for trace in figure.data} == {"scatter"}
    assert "geo" not in figure.layout.to_plotly_json()


def test_names_are_text(atlas, names):
    """A title that looks like markup is drawn as it is written."""
    one = replace(atlas.inspirations["compost-dole"], title="<img src=x onerror=alert(1)>")
    (text,) = chart(FRANCE, [one], (LAND,), names).data[-1].hovertext
    assert "<" not in text
    assert "&lt;img" in text


def test_a_theme_without_a_mark_of_its_own(atlas):
    """A theme that was renamed is drawn with the mark of all others, as on the map of actions."""
    one = replace(atlas.inspirations["compost-dole"], themes=("jardiner",))
    marker = chart(FRANCE, [one], (LAND,), {"jardiner": "Jardiner"}).data[-1].marker
    assert marker.color == (OTHER_MARK.colour,)


def test_an_empty_map_is_still_a_map(names):
    """Without any inspiration, the outlines stay."""
    figure = chart(EUROPE, [], (LAND, LAND), names)
    assert len(figure.data) == 3


def test_outlines(atlas):
    """The embedded outlines close, and no line of the world crosses the whole map."""
    outlines = atlas.backgrounds.world
    assert len(outlines.world) > 50
    assert outlines.france
    assert outlines.neighbours
    for ring in (*outlines.world, *outlines.france, *outlines.neighbours):
        assert ring[0] == ring[-1]
    for ring in outlines.world:
        assert all(abs(a[0] - b[0]) < 40 or abs(a[1]) > 60 for a, b in itertools.pairwise(ring))
