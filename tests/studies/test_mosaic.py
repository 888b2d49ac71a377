"""A mosaic measures as the union of its shapes would."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from studies.edge_test.mosaic import TILE_M, Mosaic

FRAME = shapely.box(0, 0, 3 * TILE_M, 2 * TILE_M)
PLACE = st.floats(0, 3 * TILE_M)
DISCS = st.lists(st.builds(lambda x, y, r: shapely.Point(x, y).buffer(r), PLACE, PLACE, st.floats(5, 400)))


@given(shapes=DISCS, line=st.tuples(PLACE, PLACE, PLACE, PLACE))
def test_a_mosaic_measures_as_the_whole(shapes, line):
    """The length of a line and the area of a polygon in the tiles are those in the union, tiles or not."""
    zone = shapely.union_all(shapes).intersection(FRAME)
    mosaic = Mosaic.of(np.array(shapes, dtype=object), FRAME)
    across = shapely.LineString([line[:2], line[2:]]).intersection(FRAME)
    square = shapely.box(200, 200, 1_200, 900)
    assert mosaic.length_m(np.array([across]))[0] == pytest.approx(
        across.intersection(zone).length, rel=1e-6, abs=1e-3
    )
    assert mosaic.area_m2(np.array([square]))[0] == pytest.approx(
        square.intersection(zone).area, rel=1e-6, abs=1e-3
    )


def test_overlaps_count_once():
    """Two squares of 100 m that share half their ground cover 15,000 m², and 150 m of a line through them."""
    squares = np.array([shapely.box(0, 0, 100, 100), shapely.box(50, 0, 150, 100)])
    mosaic = Mosaic.of(squares, FRAME)
    assert mosaic.area_m2(np.array([FRAME]))[0] == pytest.approx(15_000)
    assert mosaic.length_m(np.array([shapely.LineString([(0, 50), (900, 50)])]))[0] == pytest.approx(150)


def test_an_empty_mosaic_measures_nothing():
    """Without any shape every measure is zero, one for each shape that was asked."""
    mosaic = Mosaic.of(np.array([], dtype=object), FRAME)
    assert mosaic.area_m2(np.array([FRAME, FRAME])).tolist() == [0.0, 0.0]
