"""The scenes of *Comparer*'s maps: each its own place, all the same scale."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qpverts.domain.figures import specs
from qpverts.ui.pages.comparer.compare_maps import MOST_OUTLINED, scenes
from qpverts.viz.maps.paint import bounds_of

DEFAULT = ("QN01338I", "13103")


def made(atlas, keys, indicator=specs.DEFAULT, channel="canal"):
    """Give the scenes of some territories."""
    return scenes(atlas, [atlas.index.resolve(key) for key in keys], indicator, channel)


def test_each_map_looks_at_its_own_place(atlas):
    """Air Bel is outlined with its ring, Salon's two districts without; nothing else is shown in full."""
    air_bel, salon = made(atlas, DEFAULT)
    assert (air_bel.selected, air_bel.ring, tuple(air_bel.shown)) == ("QN01338I", "QN01338I", ("QN01338I",))
    assert (salon.selected, salon.ring) == (None, None)
    assert set(salon.shown) == set(salon.outlined) == {"QN01327I", "QN01328I"}
    assert (air_bel.link.side, salon.link.side) == (0, 1)


def test_all_maps_know_what_the_common_zoom_must_fit(atlas):
    """The fits are those of every side, the same and in the same order on each map, its own among them."""

    @given(st.lists(st.sampled_from([*atlas.qpvs, "13055", "13103", "metropole"]), min_size=2, max_size=4))
    @settings(max_examples=40)
    def holds(keys):
        found = made(atlas, keys)
        first = found[0]
        for rank, scene in enumerate(found):
            assert scene.link.side == rank
            assert scene.link.fits == first.link.fits
            assert scene.link.channel == "canal"
            assert scene.view.token == first.view.token
            assert scene.view.bounds == scene.link.fits[rank]
            tight = bounds_of(atlas.boxes, scene.shown)
            wide = scene.view.bounds
            assert wide.south < tight.south
            assert wide.north > tight.north
            assert wide.west < tight.west
            assert wide.east > tight.east
        assert made(atlas, keys) == found

    holds()


@pytest.mark.parametrize(
    "other", [("13103", "QN01338I"), ("QN01338I", "13055"), ("QN01338I", "13103", "13055")]
)
def test_token_changes_with_any_side_and_with_nothing_else(atlas, other):
    """A map moves when a territory changes, not when the colours do."""
    token = made(atlas, DEFAULT)[0].view.token
    assert made(atlas, other)[0].view.token != token
    assert made(atlas, DEFAULT, "population", "autre canal")[0].view.token == token


def test_a_territory_beside_itself_has_two_maps(atlas):
    """The same place twice is two maps alike but for their rank."""
    first, second = made(atlas, ("QN01338I", "QN01338I"))
    assert first.view == second.view
    assert (first.link.side, second.link.side) == (0, 1)


def test_many_districts_are_not_outlined_one_by_one(atlas):
    """Names and thick lines are for a few; Marseille's and the Métropole's keep their colours only."""
    for scene in made(atlas, ("13055", "metropole")):
        assert len(scene.shown) > MOST_OUTLINED
        assert scene.outlined == ()


def test_actions_are_those_of_the_territory_once_each(atlas):
    """An action of several districts of a territory is one action, and none is left out."""
    for key in ("QN01338I", "13103", "13055", "metropole"):
        territory = atlas.index.resolve(key)
        found = [action.id for action in atlas.actions_in(territory)]
        assert len(found) == len(set(found))
        assert set(found) == {one.id for code in territory.codes for one in atlas.actions_of(code)}
