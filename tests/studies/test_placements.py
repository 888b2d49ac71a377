"""Random places: the same shape, inside the room, the same for the same seed."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from studies.edge_test.placements import Room, moved, placements

L_SHAPE = shapely.Polygon([(0, 0), (60, 0), (60, 20), (20, 20), (20, 50), (0, 50)])
TWO_PARTS = shapely.MultiPolygon([shapely.box(0, 0, 10, 10), shapely.box(20, 0, 40, 10)])
FIELD = shapely.box(0, 0, 1_000, 600).difference(shapely.box(400, 200, 700, 400))


def everywhere(shapes):
    """Accept every place."""
    return np.ones(len(shapes), dtype=bool)


@given(
    angle=st.floats(0, 2 * np.pi),
    x=st.floats(-1e6, 1e6),
    y=st.floats(-1e6, 1e6),
    shape=st.sampled_from([L_SHAPE, TWO_PARTS, FIELD]),
)
def test_a_move_keeps_areas_lengths_and_holes(angle, x, y, shape):
    """A turned and moved shape has the area, the boundary, the rings of the first one, and its new centre."""
    (copy,) = moved(shape, np.array([angle]), np.array([[x, y]]))
    assert copy.area == pytest.approx(shape.area, rel=1e-6)
    assert copy.length == pytest.approx(shape.length, rel=1e-6)
    assert shapely.get_num_interior_rings(copy) == shapely.get_num_interior_rings(shape)
    assert copy.centroid.distance(shapely.Point(x, y)) < 0.01


@given(seed=st.integers(0, 2**32 - 1), shape=st.sampled_from([L_SHAPE, TWO_PARTS]))
def test_places_are_inside_and_the_same_for_a_seed(seed, shape):
    """Each place lies wholly in the room, hole and all, and a seed gives the same ones again."""
    first, second = (
        placements(shape, Room(FIELD, FIELD), 8, np.random.default_rng(seed), everywhere) for _ in range(2)
    )
    assert len(first.shapes) == 8
    assert first.tries >= 8
    assert FIELD.buffer(1e-6).covers(shapely.union_all(first.shapes))
    assert shapely.equals_exact(first.shapes, second.shapes).all()
    assert first.tries == second.tries


def test_the_centre_may_be_held_to_a_smaller_zone():
    """With a zone for centroids, they keep to it while the shape may reach out of it."""
    near = shapely.box(0, 0, 100, 100)
    found = placements(L_SHAPE, Room(FIELD, near), 40, np.random.default_rng(1), everywhere)
    assert shapely.covers(near.buffer(1e-6), shapely.centroid(found.shapes)).all()
    assert not shapely.covers(near, found.shapes).all()


def test_what_is_not_accepted_is_not_given():
    """The caller's condition holds for every place, and refused draws are counted."""

    def west(shapes):
        return shapely.get_x(shapely.centroid(shapes)) < 200

    found = placements(L_SHAPE, Room(FIELD, FIELD), 30, np.random.default_rng(1), west)
    assert (shapely.get_x(shapely.centroid(found.shapes)) < 200).all()
    assert found.tries > 60


def test_places_are_spread_evenly():
    """Half of the places of a small square are in each half of a field, as many as chance lets differ."""
    square, field = shapely.box(0, 0, 1, 1), shapely.box(0, 0, 1_000, 1_000)
    found = placements(square, Room(field, field), 1_000, np.random.default_rng(7), everywhere)
    west = int((shapely.get_x(shapely.centroid(found.shapes)) < 500).sum())
    assert 450 < west < 550  # three standard deviations


@pytest.mark.parametrize("room", [shapely.box(0, 0, 30, 30), shapely.Polygon()], ids=["too small", "empty"])
def test_a_shape_without_room_has_no_place(room):
    """Where the shape does not fit, the search ends and gives nothing."""
    found = placements(L_SHAPE, Room(room, room), 2, np.random.default_rng(1), everywhere)
    assert len(found.shapes) == 0
