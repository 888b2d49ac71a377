"""The correspondence of two generations, on squares placed by hand in Lambert-93."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from qpverts.errors import DataError
from qpverts.geo.correspondence import COLUMNS, MIN_SHARE, correspondence
from qpverts.geo.crs import LAMBERT_93, WGS84

X, Y = 890_000, 6_250_000
CODES_2015 = [f"QP013{rank:03d}" for rank in range(1, 10)]
CODES_2024 = [f"QN013{rank:02d}M" for rank in range(1, 10)]


def box(x, y, width, height):
    """A rectangle, in metres from a corner of Marseille."""
    return shapely.box(X + x, Y + y, X + x + width, Y + y + height)


def districts(codes, *shapes, crs=LAMBERT_93):
    """Districts by code, in order."""
    return gpd.GeoSeries(list(shapes), index=list(codes[: len(shapes)]), crs=crs)


def rows(found):
    """The pairs, rounded to what a hand can compute."""
    return [
        (old, new, round(area), round(a, 6), round(b, 6))
        for old, new, area, a, b in found.pairs.itertuples(index=False)
    ]


def test_identical():
    """The same district under both codes covers itself whole, both ways."""
    found = correspondence(
        districts(CODES_2015, box(0, 0, 100, 100)), districts(CODES_2024, box(0, 0, 100, 100))
    )
    assert list(found.pairs.columns) == list(COLUMNS)
    assert rows(found) == [("QP013001", "QN01301M", 10_000, 100, 100)]
    assert (found.slivers, found.slivers_m2) == (0, 0)


def test_grown():
    """A district that doubled is all in the new one, of which it is half."""
    found = correspondence(
        districts(CODES_2015, box(0, 0, 100, 100)), districts(CODES_2024, box(0, 0, 200, 100))
    )
    assert rows(found) == [("QP013001", "QN01301M", 10_000, 100, 50)]


def test_split_and_merged():
    """A district cut in two gives two rows; a quarter and the whole of another make one."""
    old = districts(CODES_2015, box(0, 0, 400, 100), box(400, 0, 100, 100))
    new = districts(CODES_2024, box(0, 0, 300, 100), box(300, 0, 200, 100))
    assert rows(correspondence(old, new)) == [
        ("QP013001", "QN01301M", 30_000, 75, 100),
        ("QP013001", "QN01302M", 10_000, 25, 50),
        ("QP013002", "QN01302M", 10_000, 100, 50),
    ]


def test_apart_and_touching():
    """Districts that are apart, or share an edge only, have no row and are no sliver."""
    old = districts(CODES_2015, box(0, 0, 100, 100))
    new = districts(CODES_2024, box(100, 0, 100, 100), box(500, 0, 100, 100))
    found = correspondence(old, new)
    assert found.pairs.empty
    assert list(found.pairs.columns) == list(COLUMNS)
    assert found.slivers == 0


def test_slivers_are_counted():
    """A strip of 5 cm along a limit of 100 m, 0.05 % of both, is left out and counted with its area."""
    old = districts(CODES_2015, box(0, 0, 100, 100))
    new = districts(CODES_2024, box(0, 0, 100, 100), box(99.95, 0, 100, 100))
    found = correspondence(old, new)
    assert [row[1] for row in rows(found)] == ["QN01301M"]
    assert found.slivers == 1
    assert found.slivers_m2 == pytest.approx(5)
    assert len(correspondence(old, new, min_share=0).pairs) == 2


def test_small_in_large_is_no_sliver():
    """A small district inside a very large one is a pair, though it is a thousandth of it."""
    old = districts(CODES_2015, box(0, 0, 10, 10))
    new = districts(CODES_2024, box(0, 0, 10_000, 1_000))
    assert rows(correspondence(old, new)) == [("QP013001", "QN01301M", 100, 100, 0.001)]


def test_unlike():
    """An identical code is expected to match one district at 95 % both ways: 94 % one way is reported."""
    old = districts(["QP013001", "QP013002"], box(0, 0, 100, 100), box(500, 0, 94, 100))
    new = districts(
        ["QN01301I", "QN01302I", "QN01303I"], box(0, 0, 96, 100), box(500, 0, 100, 100), box(900, 0, 9, 9)
    )
    found = correspondence(old, new)
    assert found.unlike(new.index) == ["QN01302I", "QN01303I"]
    assert found.unlike(["QN01301I"]) == []
    assert found.unlike(new.index, least_pct=90) == ["QN01303I"]


def test_each_in_its_own_system():
    """Overseas districts are measured in their legal system, whatever the systems of the layers given."""
    square = shapely.box(340_000, 7_690_000, 340_100, 7_690_100)
    old = gpd.GeoSeries([square], index=["QP974001"], crs="EPSG:2975").to_crs(LAMBERT_93)
    new = gpd.GeoSeries([square], index=["QN97401I"], crs="EPSG:2975").to_crs(WGS84)
    (row,) = rows(correspondence(old, new))
    assert row[:3] == ("QP974001", "QN97401I", 10_000)
    assert min(row[3:]) > 99.99


def test_far_apart_systems():
    """Districts of two oceans never meet, even where their numbers are the same."""
    square = shapely.box(340_000, 7_690_000, 340_100, 7_690_100)
    old = gpd.GeoSeries([square], index=["QP974001"], crs="EPSG:2975")
    new = gpd.GeoSeries([square], index=["QN97601I"], crs="EPSG:4471")
    assert correspondence(old, new).pairs.empty


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda s: gpd.GeoSeries([*s, *s], index=[*s.index, *s.index], crs=s.crs), "given twice: QP013001"),
        (lambda s: s.set_crs(None, allow_override=True), "no CRS"),
        (
            lambda s: gpd.GeoSeries(
                [shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])], index=s.index, crs=s.crs
            ),
            "invalid polygons, repair them first: QP013001",
        ),
        (lambda s: gpd.GeoSeries([shapely.Point(X, Y)], index=s.index, crs=s.crs), "no area: QP013001"),
        (lambda s: gpd.GeoSeries([None], index=s.index, crs=s.crs), "QP013001"),
    ],
    ids=["twice", "no crs", "invalid", "point", "missing"],
)
def test_what_cannot_be_measured(spoil, said):
    """Layers that cannot be measured are refused with the codes at fault."""
    good = districts(CODES_2015, box(0, 0, 100, 100))
    with pytest.raises(ValueError, match=said):
        correspondence(spoil(good), districts(CODES_2024, box(0, 0, 100, 100)))


def test_codes_that_tell_no_place():
    """A code that tells no département is refused in a sentence."""
    with pytest.raises(DataError, match="département"):
        correspondence(districts(["Air Bel"], box(0, 0, 9, 9)), districts(CODES_2024, box(0, 0, 9, 9)))


@pytest.mark.parametrize("share", [-0.1, 1, 5, float("nan")])
def test_threshold_is_a_part(share):
    """A threshold that is no part of a district is refused."""
    one = districts(CODES_2015, box(0, 0, 9, 9))
    with pytest.raises(ValueError, match="min_share"):
        correspondence(one, one, min_share=share)


cells = st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(1, 9), st.integers(1, 9))


def apart(found):
    """Rectangles cut so that no two overlap, as districts of one generation do not; at most nine."""
    taken = shapely.Polygon()
    kept = []
    for x, y, width, height in found:
        left = shapely.difference(box(50 * x, 50 * y, 50 * width, 50 * height), taken)
        if left.area > 1:
            kept.append(left)
            taken = shapely.union(taken, left)
    return kept[:9]


layers = st.lists(cells, min_size=1, max_size=9).map(apart)


@settings(max_examples=60)
@given(layers, layers)
def test_shares_are_bounded_and_add_up(old, new):
    """Shares are parts, add up to the whole of a district at the most, and never exceed its area."""
    found = correspondence(districts(CODES_2015, *old), districts(CODES_2024, *new)).pairs
    for code, share in (("code_2015", "part_2015_pct"), ("code_2024", "part_2024_pct")):
        assert found[share].between(0, 100).all()
        assert (found.groupby(code)[share].sum() <= 100 + 1e-6).all()
    areas = dict(zip(CODES_2015, [shape.area for shape in old], strict=False))
    assert (found["commun_m2"] <= found["code_2015"].map(areas) + 1e-6).all()


@settings(max_examples=40)
@given(layers, layers)
def test_both_ways(old, new):
    """Crossing the other way round gives the same pairs with the shares exchanged."""
    there = correspondence(districts(CODES_2015, *old), districts(CODES_2024, *new)).pairs
    back = correspondence(districts(CODES_2024, *new), districts(CODES_2015, *old)).pairs
    back = back.sort_values(["code_2024", "code_2015"])
    assert list(there["code_2015"]) == list(back["code_2024"])
    assert np.allclose(there["part_2015_pct"], back["part_2024_pct"])
    assert np.allclose(there["part_2024_pct"], back["part_2015_pct"])


@settings(max_examples=40)
@given(layers, layers, st.randoms(use_true_random=False))
def test_order_changes_nothing(old, new, random):
    """The order of the districts changes nothing, to the last digit."""
    left, right = districts(CODES_2015, *old), districts(CODES_2024, *new)
    mixed = [side.iloc[random.sample(range(len(side)), len(side))] for side in (left, right)]
    assert correspondence(*mixed).pairs.equals(correspondence(left, right).pairs)


@settings(max_examples=40)
@given(layers)
def test_unchanged_generation(shapes):
    """A generation matched with itself is identical throughout: 100 % both ways, one row each."""
    found = correspondence(districts(CODES_2015, *shapes), districts(CODES_2024, *shapes))
    assert len(found.pairs) == len(shapes)
    assert np.allclose(found.pairs[["part_2015_pct", "part_2024_pct"]], 100)
    assert found.unlike(CODES_2024[: len(shapes)]) == []


@settings(max_examples=40)
@given(layers, layers, st.floats(0, 0.5))
def test_nothing_is_lost_to_the_threshold(old, new, share):
    """Whatever the threshold, pairs and slivers add up to the ground in common."""
    left, right = districts(CODES_2015, *old), districts(CODES_2024, *new)
    whole, cut = correspondence(left, right, min_share=0), correspondence(left, right, min_share=share)
    assert len(cut.pairs) + cut.slivers == len(whole.pairs) + whole.slivers
    assert cut.pairs["commun_m2"].sum() + cut.slivers_m2 == pytest.approx(whole.pairs["commun_m2"].sum())


def test_default_threshold():
    """The declared threshold is a thousandth."""
    assert MIN_SHARE == 0.001
