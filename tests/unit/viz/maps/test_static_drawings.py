"""Maps and radars as SVG: what is drawn is where it is, and a gap stays a gap."""

import math

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from qpverts.geo.crs import LAMBERT_93
from qpverts.viz.charts.static_radar import RADIUS, SIZE, radar
from qpverts.viz.maps.static_map import WIDTH, frame_around, outlines, project, spots

HERE = (895_000.0, 6_248_000.0)  # in Marseille


def square(side, at=HERE):
    """A square of that side in metres."""
    return gpd.GeoSeries({"a": shapely.box(at[0], at[1], at[0] + side, at[1] + side)}, crs=LAMBERT_93)


def test_frame_holds_what_it_frames_with_its_margin():
    """Every corner of the shape is inside, and the box is neither too tall nor too flat."""
    frame = frame_around(square(1000), 200)
    assert 0.6 * WIDTH < frame.height < 1.2 * WIDTH
    for point in spots(
        {"sw": shapely.Point(*HERE), "ne": shapely.Point(HERE[0] + 1000, HERE[1] + 1000)}, frame
    ):
        assert 40 < point.x < WIDTH - 40
        assert 40 < point.y < frame.height - 40


@pytest.mark.parametrize(("width", "height"), [(20_000, 100), (100, 20_000)])
def test_frame_of_a_ribbon_is_still_a_page(width, height):
    """A long district is framed in a box that fits a telephone."""
    shape = gpd.GeoSeries([shapely.box(*HERE, HERE[0] + width, HERE[1] + height)], crs=LAMBERT_93)
    frame = frame_around(shape, 50)
    assert 0.6 * WIDTH < frame.height < 1.2 * WIDTH


def test_north_is_up_and_east_is_right():
    """A point to the north-east is drawn above and to the right."""
    frame = frame_around(square(1000), 100)
    first, second = spots(
        {"a": shapely.Point(*HERE), "b": shapely.Point(HERE[0] + 500, HERE[1] + 500)}, frame
    )
    assert second.x > first.x
    assert second.y < first.y


def test_radius_is_true_on_the_ground():
    """A disc of 250 m is as wide on the drawing as a square of 500 m, to a unit."""
    frame = frame_around(square(1000), 100)
    centre, right = spots(
        {"c": shapely.Point(*HERE), "r": shapely.Point(HERE[0] + 250, HERE[1])}, frame, {"c": 250.0}
    )
    assert centre.radius == pytest.approx(math.hypot(right.x - centre.x, right.y - centre.y), abs=1)


def test_outside_is_left_out():
    """What is beyond the frame is neither a shape nor a point."""
    frame = frame_around(square(1000), 100)
    far = (HERE[0] + 50_000, HERE[1])
    assert outlines(project(square(100, far)), frame) == ()
    assert spots({"far": shapely.Point(*far)}, frame) == ()


def test_path_is_read_back_as_it_was():
    """A path of relative moves closes on the four corners of its square."""
    frame = frame_around(square(1000), 100)
    (one,) = outlines(project(square(1000)), frame)
    assert one.path.startswith("M")
    assert one.path.endswith("z")
    assert one.path.count("M") == 1
    assert len(one.path) < 60


@given(
    st.lists(st.one_of(st.none(), st.sampled_from([0.0, 25.0, 50.0, 75.0, 100.0])), min_size=3, max_size=9)
)
def test_radar_has_a_point_where_something_is_known_and_only_there(scores):
    """A theme that is not known has no point; a line joins only neighbours that are both known."""
    drawn = radar([str(rank) for rank in range(len(scores))], scores, [25.0, 100.0])
    assert [spoke.point is None for spoke in drawn.spokes] == [score is None for score in scores]
    pairs = sum(
        scores[rank] is not None and scores[(rank + 1) % len(scores)] is not None
        for rank in range(len(scores))
    )
    assert len(drawn.lines) == pairs
    for spoke, score in zip(drawn.spokes, scores, strict=True):
        if score is not None:
            away = math.hypot(spoke.point[0] - SIZE / 2, spoke.point[1] - SIZE / 2)
            assert away == pytest.approx(RADIUS * score / 100, abs=0.2)
