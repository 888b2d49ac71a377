"""Paint orders: small, plain, and true to what was chosen."""

import json

import pytest

from qpverts.domain.actions.action_filter import ActionFilter, select
from qpverts.domain.figures import specs
from qpverts.domain.model import Precision
from qpverts.viz.maps.base_map import LAYERS, base_map, paint_group, to_script
from qpverts.viz.maps.geojson_layers import action_features
from qpverts.viz.maps.paint import Scene, View, bounds_of, paint_order
from qpverts.viz.palette import class_of
from qpverts.viz.words import labels
from tests.declared import SPECS

BUDGET = 6 * 1024  # bytes


@pytest.fixture
def order(atlas):
    """A function that makes the order of an indicator, some actions and some districts."""

    def make(indicator_id=specs.DEFAULT, actions=None, shown=None, **scene):
        chosen = list(atlas.actions.values()) if actions is None else actions
        view = View("t", bounds_of(atlas.boxes, list(atlas.qpvs)))
        values = {code: by_id[indicator_id] for code, by_id in atlas.indicators.items()}
        wanted = Scene(indicator_id, shown or list(atlas.qpvs), view, **scene)
        return paint_order(values, chosen, wanted)

    return make


@pytest.mark.parametrize("indicator_id", list(SPECS.by_id))
def test_order_is_a_few_kilobytes(order, atlas, indicator_id):
    """The largest order, everything shown and something selected, is at most 6 kB."""
    largest = order(
        indicator_id, selected="QN01338I", ring="QN01338I", tiles="plan", here=(43.29068, 5.43168)
    )
    assert len(to_script(largest).encode()) <= BUDGET


def test_order_says_what_was_chosen(order, atlas):
    """Classes, values and counts of a filtered map are those of the domain."""
    chosen = select(atlas.actions.values(), ActionFilter(theme="circuler"))
    made = order("population", chosen, selected="QN01338I")
    assert made["indicator"] == "population"
    assert made["selected"] == "QN01338I"
    assert made["shown"] is None
    assert made["actions"] == [action.id for action in chosen if action.is_exact]
    for code, qpv in atlas.qpvs.items():
        mine = [action for action in chosen if code in action.qpv_codes]
        loose = sum(action.precision is Precision.DISTRICT for action in mine)
        population = atlas.indicators[code]["population"]
        told = [class_of(population), labels.plainly_spaced(labels.value_text(population)), len(mine), loose]
        assert made["districts"][code] == told, qpv.name


def test_actions_of_hidden_districts_are_not_counted(order, atlas):
    """Counts are those of the districts shown; the others fade."""
    made = order(shown=["QN01327I", "QN01328I"])
    assert made["shown"] == ["QN01327I", "QN01328I"]
    assert {code for code, told in made["districts"].items() if told[2]} == {"QN01327I", "QN01328I"}
    assert set(made["districts"]) == set(atlas.qpvs)


def test_loose_actions_never_have_a_place(order, atlas):
    """An action known only to its district or commune is in no list of places."""
    loose = [action for action in atlas.actions.values() if not action.is_exact]
    assert loose
    assert order(actions=loose)["actions"] == []


def test_actions_are_named_as_in_the_layer(order, atlas):
    """What the order names is in the layer that the browser has, whatever its order."""
    drawn = {feature["properties"]["id"] for feature in action_features(reversed(atlas.actions.values()))}
    assert set(order()["actions"]) == drawn
    assert order(action="foresta-yes-we-camp")["action"] in drawn


def test_bounds_hold_the_districts_and_their_margin(atlas):
    """A margin of 500 m is about 0.0045 degree of latitude on each side."""
    south, west, north, east = bounds_of(atlas.boxes, ["QN01338I"])
    wider = bounds_of(atlas.boxes, ["QN01338I"], margin_m=500)
    assert 43.28 < south < north < 43.30
    assert 5.42 < west < east < 5.44
    assert south - wider[0] == pytest.approx(500 / 111_100, rel=0.05)
    assert wider[3] - east == pytest.approx(500 / 81_000, rel=0.05)


def test_base_map_gives_the_same_script_twice(atlas):
    """The iframe lives on as long as the script is the same: it must not hold any random name."""
    one, other = (render(base_map(atlas.version, atlas.vocabulary)) for _ in range(2))
    assert one == other
    assert all(f"/{atlas.version}/{layer}.geojson" in one for layer in LAYERS)
    assert render(base_map("another", atlas.vocabulary)) != one


def render(built):
    """Give the script of a map, as streamlit-folium takes it: generated names replaced in order."""
    import streamlit_folium  # noqa: PLC0415  # only here

    built.render()
    return streamlit_folium.generate_leaflet_string(built, base_id="div")


def test_base_map_loads_nothing_from_elsewhere(atlas):
    """Every script and style is an address of this machine."""
    built = base_map(atlas.version, atlas.vocabulary)
    for name, address in [*built.default_js, *built.default_css]:
        assert address.startswith("/vendor/"), name


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]>",
        "a\u2028b\u2029c",
        "\"'`\\",
        "${alert(1)} {{ 7*7 }} {% raw %}",
        "&amp;&lt;",
        "\0\x1f\x7f",
        "é🌳",
    ],
)
def test_text_in_a_script_cannot_leave_it(text):
    """No tag, no line end, no template: and the browser reads back what was written."""
    written = to_script({"t": text})
    assert not set("<>&\u2028\u2029") & set(written)
    assert written.isascii()
    assert "{{" not in written
    read = json.loads(written)["t"]
    assert read == text or "{{" in text


def test_order_goes_through_folium_unchanged(order):
    """What the browser evaluates is the order itself, even with the worst title."""
    made = order() | {"title": "</script>{{ 7*7 }}\u2028"}
    group = paint_group(made)
    script = next(iter(group._children.values()))
    text = script._template.module.script(script, {})
    body = text.split("qpverts.paint(", 1)[1].rsplit(");", 1)[0]
    assert json.loads(body)["districts"] == made["districts"]
    assert "</script>" not in text
