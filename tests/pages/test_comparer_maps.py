"""The maps of *Comparer*, as sent to the browser: what stays, and what each change sends."""

import json

SIDES = {"a": "QN01338I", "b": "13103"}


def scripts(screen):
    """Give the script of the base map of each map: a frame is loaded anew when its own changes."""
    return [json.loads(one.proto.json_args)["script"] for one in screen.app.get("component_instance")]


def test_two_maps_share_a_channel_and_what_they_must_fit(screen):
    """Both orders name the same channel, token and bounds; each is told its own rank and place."""
    screen.open("comparer")
    assert screen.is_sound()
    first, second = screen.maps
    assert first["link"]["channel"] == second["link"]["channel"]
    assert first["link"]["fits"] == second["link"]["fits"]
    assert [one["link"]["side"] for one in (first, second)] == [0, 1]
    assert first["view"]["token"] == second["view"]["token"]
    assert [one["view"]["bounds"] for one in (first, second)] == first["link"]["fits"]
    assert first["selected"] == "QN01338I"
    assert second["outlined"] == ["QN01327I", "QN01328I"]


def test_change_of_a_side_changes_orders_and_no_map(screen):
    """The base maps stay what they are; the orders carry the change, on the same channel."""
    screen.open("comparer", **SIDES)
    base, before = scripts(screen), screen.maps
    screen.open("comparer", **SIDES | {"b": "QN01332M"})
    assert scripts(screen) == base
    after = screen.maps
    assert after[1]["selected"] == "QN01332M"
    assert after[0]["districts"] == before[0]["districts"]
    assert after[0]["view"]["token"] != before[0]["view"]["token"]
    assert after[0]["view"]["bounds"] == before[0]["view"]["bounds"]
    assert after[0]["link"]["channel"] == before[0]["link"]["channel"]


def test_maps_are_coloured_by_the_indicator_of_the_address(screen, atlas):
    """The indicator colours every map, and the legend under them says which."""
    screen.open("comparer", **SIDES, indicateur="population")
    assert [one["indicator"] for one in screen.maps] == ["population", "population"]
    legend = next(one for one in screen.app.get("html") if "legende-cartes" in one.proto.body)
    assert "Habitants" in legend.proto.body


def test_sides_are_drawn_up_to_four_and_twice_the_same(screen):
    """Four territories are four maps; the same one twice is two."""
    screen.open("comparer", a="QN01338I", b="13103", c="QN01332M", d="metropole")
    assert [one["link"]["side"] for one in screen.maps] == [0, 1, 2, 3]
    assert screen.maps[3]["shown"] is None
    screen.open("comparer", a="QN01338I", b="QN01338I")
    assert [one["selected"] for one in screen.maps] == ["QN01338I", "QN01338I"]
    assert screen.is_sound()
