"""Charts by theme: gaps stay gaps, the order and the goalposts never move, and names are only text."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qpverts.viz.charts import theme_charts
from qpverts.viz.charts.theme_charts import ChartAxis, Series
from qpverts.viz.palette import REFERENCE, SERIES

THEMES = ("Habiter", "Circuler", "Se nourrir", "Protéger", "(Se) cultiver", "Travailler", "Consommer")
AXIS = ChartAxis(100, (0, 50, 100), ("", "◑", "●"), ("aucune action", "engagé", "démonstrateur"))
VALUES = (100, 50, None, None, 25, None, 0)
HOSTILE = '<img src=x onerror=alert(1)> %{r} <a href="javascript:x">'


def series(values=VALUES, name="Air Bel", hover="Un texte"):
    """A line."""
    return Series(name, tuple(values), (hover,) * len(values))


def plain(figure):
    """Give a figure as what the browser gets."""
    return json.loads(figure.to_json())


def test_gap_of_the_radar_is_a_gap():
    """What is not known has no value, the line does not jump over it, and zero is zero."""
    (line,) = plain(theme_charts.radar([series()], THEMES, AXIS, None))["data"]
    assert line["r"] == [100, 50, None, None, 25, None, 0, 100]  # and back to the first
    assert line["connectgaps"] is False
    assert line["cliponaxis"] is True
    assert "fill" not in line
    assert line["theta"] == [*THEMES, THEMES[0]]


def test_unknown_first_theme_leaves_the_line_open():
    """The line that closes the radar is not drawn from or to what is not known."""
    (line,) = plain(theme_charts.radar([series((None, *VALUES[1:]))], THEMES, AXIS, None))["data"]
    assert line["r"][0] is None
    assert line["r"][-1] is None


def test_order_of_themes_is_that_of_the_approach():
    """Both charts have all the themes in their order, even when nothing is known."""
    nothing = series([None] * 7)
    polar = plain(theme_charts.radar([nothing], THEMES, AXIS, None))["layout"]["polar"]["angularaxis"]
    assert (polar["categoryorder"], polar["categoryarray"]) == ("array", list(THEMES))
    assert (polar["direction"], polar["rotation"]) == ("clockwise", 90)
    rows = plain(theme_charts.dot_plot([nothing], THEMES, AXIS, None))["layout"]["yaxis"]
    assert rows["ticktext"] == list(THEMES)
    assert rows["range"][0] > rows["range"][1]  # from top to bottom


def test_unknown_is_a_hollow_mark_apart():
    """In the dot plot, what is not known is left of zero, hollow, under its name; zero is on zero, full."""
    figure = plain(theme_charts.dot_plot([series()], THEMES, AXIS, None))
    (dots,) = figure["data"]
    ticks = dict(
        zip(figure["layout"]["xaxis"]["tickvals"], figure["layout"]["xaxis"]["ticktext"], strict=True)
    )
    for value, x, symbol in zip(VALUES, dots["x"], dots["marker"]["symbol"], strict=True):
        assert symbol == ("circle-open" if value is None else "circle")
        assert ticks[x] == "non renseigné" if value is None else x == value
    assert min(dots["x"]) < 0


@settings(deadline=None)  # Plotly's first figure loads its traces
@given(st.lists(st.none() | st.floats(-1e9, 1e9), min_size=7, max_size=7))
def test_axes_never_move(values):
    """Whatever the values, the goalposts are the same and nothing is drawn beyond them."""
    still = plain(theme_charts.radar([series()], THEMES, AXIS, None))["layout"]["polar"]["radialaxis"][
        "range"
    ]
    radar = plain(theme_charts.radar([series(values)], THEMES, AXIS, None))
    assert radar["layout"]["polar"]["radialaxis"]["range"] == still
    drawn = radar["data"][0]["r"][:-1]
    assert [one is None for one in drawn] == [one is None for one in values]
    assert all(0 <= one <= 100 for one in drawn if one is not None)
    assert theme_charts.beyond(series(values), AXIS) == tuple(
        rank for rank, one in enumerate(values) if one is not None and one > 100
    )


def test_series_are_told_apart_without_colours():
    """Four territories have four colours, four dashes and four marks; the reference is under them all."""
    figure = plain(
        theme_charts.radar([series(name=name) for name in "ABCD"], THEMES, AXIS, series(name="Milieu"))
    )
    assert [line["name"] for line in figure["data"]] == ["Milieu", "A", "B", "C", "D"]
    lines = figure["data"][1:]
    for look in (
        [line["line"]["color"] for line in lines],
        [line["line"]["dash"] for line in lines],
        [line["marker"]["symbol"] for line in lines],
    ):
        assert len(set(look)) == 4
    assert figure["data"][0]["line"]["width"] < min(line["line"]["width"] for line in lines)
    dots = plain(theme_charts.dot_plot([series(name="A"), series(name="B")], THEMES, AXIS, None))["data"]
    assert set(dots[0]["y"]).isdisjoint(dots[1]["y"])  # equal values do not hide each other


def test_a_fifth_territory_is_refused():
    """No line is left out in silence."""
    with pytest.raises(ValueError, match="au plus 4"):
        theme_charts.radar([series()] * (len(SERIES) + 1), THEMES, AXIS, None)


@pytest.mark.parametrize("draw", [theme_charts.radar, theme_charts.dot_plot])
def test_names_are_text(draw):
    """Nothing typed by anyone reaches Plotly as markup or as a template."""
    figure = plain(
        draw([series(name=HOSTILE, hover=HOSTILE)], (HOSTILE, *THEMES[1:]), AXIS, series(name=HOSTILE))
    )
    written = json.dumps(figure, ensure_ascii=False)
    assert "<img" not in written
    assert "<a " not in written
    assert "&lt;img" in written
    for trace in figure["data"]:
        assert trace["hoverinfo"] == "text"
        assert "hovertemplate" not in trace


@pytest.mark.parametrize("draw", [theme_charts.radar, theme_charts.dot_plot])
def test_texts_are_large_enough(draw):
    """No text is under 14 pixels."""

    def sizes(node):
        if isinstance(node, dict):
            for key, inner in node.items():
                if key in {"font", "tickfont"} and "size" in inner:
                    yield inner["size"]
                yield from sizes(inner)

    found = list(sizes(plain(draw([series()], THEMES, AXIS, series()))["layout"]))
    assert len(found) >= 4
    assert min(found) >= 14


def test_reference_of_the_dot_plot_has_no_mark_where_nothing_is_known():
    """The middle of no district is nowhere, not apart with those that are unknown."""
    middle, _ = plain(theme_charts.dot_plot([series()], THEMES, AXIS, series((None, *VALUES[1:]))))["data"]
    assert middle["x"][0] is None
    assert middle["marker"]["line"]["color"] == REFERENCE.colour


@pytest.mark.parametrize("draw", [theme_charts.radar, theme_charts.dot_plot])
def test_room_gets_larger_text_and_the_same_values(draw):
    """Before a room nothing is written under 24 px, and no value moves."""
    desk = plain(draw([series()], THEMES, AXIS, series(name="Milieu")))
    room = plain(draw([series()], THEMES, AXIS, series(name="Milieu"), theme_charts.ROOM))
    sizes = [int(size) for size in re.findall(r'font": \{[^}]*?"size": (\d+)', json.dumps(room["layout"]))]
    assert len(sizes) > 3
    assert min(sizes) >= 24
    values = ("r", "theta") if draw is theme_charts.radar else ("x", "y")
    for small, large in zip(desk["data"], room["data"], strict=True):
        assert [small[name] for name in values] == [large[name] for name in values]
