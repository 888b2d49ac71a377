"""Vegetation weighed by area, against figures worked out by hand on squares of 100 m."""

import math
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from qpverts.geo import vegetation
from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.geo.vegetation import AREAS, GreenEdge
from tests.builders import parcel_layer, square

X, Y = 900_000, 6_250_000  # near Marseille
UNKNOWN = math.nan


ZONE = square(0, 0)


def zones(**shapes):
    """Zones by key."""
    return gpd.GeoSeries(list(shapes.values()), index=pd.Index(list(shapes), dtype="str"), crs=LAMBERT_93)


def weigh(parcels, zone=ZONE):
    """The figures of one zone: (known, low, value, high), in m²; none when nothing is shared."""
    totals = vegetation.total(vegetation.weigh(parcels, zones(Q=zone)))
    return tuple(totals.loc["Q"]) if "Q" in totals.index else None


def test_half_inside_and_all_vegetated():
    """A parcel half inside and all vegetated leaves no doubt: 5,000 m² of its 10,000 are here."""
    assert weigh(parcel_layer((square(50, 0), 10_000))) == (5_000, 5_000, 5_000, 5_000)


def test_half_inside_and_half_vegetated():
    """Half inside with half of it vegetated: a quarter is likely, none and all are possible."""
    assert weigh(parcel_layer((square(50, 0), 5_000))) == (5_000, 0, 2_500, 5_000)


def test_room_outside_is_not_endless():
    """With 8,000 m² vegetated and room for 5,000 outside, 3,000 must be inside."""
    assert weigh(parcel_layer((square(50, 0), 8_000))) == (5_000, 3_000, 4_000, 5_000)


def test_little_vegetation_may_be_all_inside():
    """With 1,000 m² vegetated, all of it may be inside: high is what there is, not the room there is."""
    assert weigh(parcel_layer((square(50, 0), 1_000))) == (5_000, 0, 500, 1_000)


@pytest.mark.parametrize("parcel", [square(10, 10, 50, 40), ZONE], ids=["inside", "the zone itself"])
def test_wholly_inside(parcel):
    """A parcel inside, or that is the zone, gives all its vegetation whatever its place in it."""
    assert weigh(parcel_layer((parcel, 700))) == (parcel.area, 700, 700, 700)


def test_zone_inside_a_parcel():
    """A zone that is a hundredth of a parcel takes a hundredth of its vegetation, and high is its area."""
    assert weigh(parcel_layer((square(-450, -450, 1000, 1000), 500_000))) == (10_000, 0, 5_000, 10_000)


def test_unknown_is_not_zero():
    """A parcel that nobody looked at adds no known ground, where one without vegetation adds its own."""
    assert weigh(parcel_layer((square(0, 0), UNKNOWN))) == (0, 0, 0, 0)
    assert weigh(parcel_layer((square(0, 0), 0))) == (10_000, 0, 0, 0)
    assert weigh(parcel_layer((square(0, 0, 50), UNKNOWN), (square(50, 0, 50), 5_000))) == (5_000,) * 4


@pytest.mark.parametrize("parcel", [square(100, 0), square(100, 100)], ids=["a side", "a corner"])
def test_touching_only(parcel):
    """A parcel that shares a side or a corner with the zone shares no ground: it is not in the table."""
    pairs = vegetation.weigh(parcel_layer((parcel, 10_000)), zones(Q=ZONE))
    assert pairs.empty
    assert list(pairs.columns) == ["zone", "id", *AREAS]


def test_no_parcel():
    """A zone without any parcel has no row, rather than a row of zeros; so has an empty layer."""
    got = vegetation.weigh(parcel_layer((square(0, 0), 1_000)), zones(Q=ZONE, R=square(1000, 0)))
    assert list(got["zone"]) == ["Q"]
    assert vegetation.weigh(parcel_layer(), zones(Q=ZONE)).empty
    assert vegetation.total(vegetation.weigh(parcel_layer(), zones(Q=ZONE))).empty


@pytest.mark.parametrize("vegetated", [10_001, 1e12, math.inf])
def test_more_vegetation_than_ground(vegetated):
    """A parcel cannot hold more vegetation than it has ground: the surplus is cut."""
    assert weigh(parcel_layer((square(50, 0), vegetated))) == (5_000, 5_000, 5_000, 5_000)


def test_holes():
    """The hole of a parcel is no ground of it, nor is the hole of a zone."""
    ring = shapely.difference(square(0, 0), square(25, 25, 50, 50))  # 7,500 m²
    assert weigh(parcel_layer((ring, 3_000)), square(0, 0, 50)) == (3_750, 0, 1_500, 3_000)
    assert weigh(parcel_layer((square(0, 0), 4_000)), ring) == (7_500, 1_500, 3_000, 4_000)
    assert weigh(parcel_layer((square(30, 30, 40, 40), 1_000)), ring) is None


def test_parts():
    """A parcel in two parts, one inside, one outside, is one parcel: half of its vegetation is here."""
    parts = shapely.MultiPolygon([square(10, 10, 20, 20), square(500, 0, 20, 20)])
    assert weigh(parcel_layer((parts, 400))) == (400, 0, 200, 400)


def test_only_ground_counts():
    """Lines, points, flat and empty polygons, and missing outlines hold no ground."""
    flat = shapely.Polygon([(X, Y), (X + 50, Y), (X, Y)])
    line, point = shapely.LineString([(X, Y), (X + 50, Y + 50)]), shapely.Point(X + 50, Y + 50)
    nothing = parcel_layer(*((shape, 100) for shape in (flat, line, point, shapely.Polygon(), None)))
    assert weigh(nothing) is None


def test_each_zone_and_parcel_once():
    """Each pair has one row, which names its zone and parcel."""
    got = vegetation.weigh(
        parcel_layer((square(50, 0), 100), (square(0, 0, 10, 10), 50)), zones(Q=ZONE, R=square(100, 0))
    )
    assert sorted(zip(got["zone"], got["id"], got["value_m2"], strict=True)) == [
        ("Q", "p0", 50),
        ("Q", "p1", 50),
        ("R", "p0", 50),
    ]


def test_same_crs_only():
    """Layers in two CRS are refused: degrees are not metres."""
    with pytest.raises(ValueError, match="use to_crs first"):
        vegetation.weigh(parcel_layer(crs=WGS84), zones(Q=ZONE))


def test_valid_in_degrees_crossed_on_the_plane():
    """A side that projecting leaves straight, while the vertex beside it moves, is repaired."""
    degrees = shapely.Polygon([(5, 43.3), (5.4, 43.3), (5.4, 43.4), (5.2, 43.3 + 1e-6), (5, 43.4)])
    assert degrees.is_valid
    parcel = parcel_layer((degrees, 0), crs=WGS84).to_crs(LAMBERT_93)
    assert not parcel.is_valid.all()
    outline = shapely.make_valid(parcel.geometry.iloc[0])
    zone = outline.centroid.buffer(5_000)
    known, *_ = weigh(parcel, zone)
    assert known == pytest.approx(shapely.intersection(outline, zone).area)


def test_prepared_zones_are_left_as_they_are():
    """Weighing prepares nothing that threads would share."""
    zone, parcel = square(0, 0), square(50, 0)
    weigh(parcel_layer((parcel, 100)), zone)
    assert not shapely.is_prepared(zone)
    assert not shapely.is_prepared(parcel)


sides = st.integers(1, 300)
rectangles = st.builds(square, st.integers(-200, 200), st.integers(-200, 200), sides, sides)
amounts = st.one_of(st.just(UNKNOWN), st.just(math.inf), st.floats(0, 1e5))
some_parcels = st.lists(st.tuples(rectangles, amounts), min_size=1, max_size=6)
turned = st.builds(
    lambda shape, angle: shapely.affinity.rotate(shape, angle, origin=(X, Y)), rectangles, st.floats(0, 90)
)


@given(parcels=some_parcels, zone=turned)
@settings(max_examples=150)
def test_ordered(parcels, zone):
    """Whatever the parcels, low ≤ value ≤ high ≤ known ≤ what zone and parcel can share, in every row."""
    pairs = vegetation.weigh(parcel_layer(*parcels), zones(Q=zone))
    for frame in (pairs, vegetation.total(pairs)):
        for less, more in (("low_m2", "value_m2"), ("value_m2", "high_m2"), ("high_m2", "known_m2")):
            assert (frame[less] <= frame[more]).all()
        assert (frame["low_m2"] >= 0).all()
        assert np.isfinite(frame[list(AREAS)]).all(axis=None)
    most = pd.Series({f"p{rank}": shape.area for rank, (shape, _) in enumerate(parcels)})
    assert (pairs["known_m2"].to_numpy() <= most.loc[pairs["id"]].to_numpy()).all()
    assert (pairs["known_m2"] <= zone.area * (1 + 1e-12)).all()


@given(parcels=some_parcels, zone=rectangles, share=st.floats(0.05, 0.95))
@settings(max_examples=100)
def test_the_parts_of_a_zone_add_up(parcels, zone, share):
    """Cut in two, a zone has the known and likely ground of its parts; its bounds are at least as narrow."""
    west, south, east, north = zone.bounds
    cut = west + share * (east - west)
    left, right = shapely.box(west, south, cut, north), shapely.box(cut, south, east, north)
    nothing = (0.0,) * 4
    whole = weigh(parcel_layer(*parcels), zone) or nothing
    parts = np.add(
        weigh(parcel_layer(*parcels), left) or nothing, weigh(parcel_layer(*parcels), right) or nothing
    )
    assert parts[0] == pytest.approx(whole[0], rel=1e-9, abs=1e-4)
    assert parts[2] == pytest.approx(whole[2], rel=1e-9, abs=1e-4)
    assert parts[1] <= whole[1] + 1e-4
    assert parts[3] >= whole[3] - 1e-4


@given(parcels=some_parcels, zone=rectangles, data=st.data())
@settings(max_examples=80)
def test_neither_order_nor_pieces_change_a_bit(parcels, zone, data):
    """Parcels in another order, weighed in pieces put together in any order, give the same figures."""
    whole = parcel_layer(*parcels)
    expected = vegetation.total(vegetation.weigh(whole, zones(Q=zone)))
    order = data.draw(st.permutations(range(len(parcels))))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(parcels)), max_size=3)) | {0, len(parcels)})
    pieces = [vegetation.weigh(whole.iloc[order[a:b]], zones(Q=zone)) for a, b in pairwise(cuts)]
    rows = pd.concat(data.draw(st.permutations(pieces)), ignore_index=True)
    pd.testing.assert_frame_equal(vegetation.total(rows), expected, check_exact=True)


@given(parcels=some_parcels, zone=rectangles, added=st.tuples(rectangles, st.floats(0, 1e5)))
@settings(max_examples=60)
def test_a_parcel_more_takes_nothing_away(parcels, zone, added):
    """One more parcel lowers no figure."""
    before = weigh(parcel_layer(*parcels), zone) or (0.0,) * 4
    after = weigh(parcel_layer(*parcels, added), zone) or (0.0,) * 4
    assert all(now >= was - 1e-6 for was, now in zip(before, after, strict=True))


def edge(*parcels, district=ZONE):
    """The green edge of one district, in metres: (low, value, high)."""
    near = vegetation.beside(parcel_layer(*parcels), zones(Q=district))
    got = vegetation.edge_length(district, near)
    return tuple(round(metres, 6) for metres in (got.low_m, got.value_m, got.high_m))


def test_edge_along_one_side():
    """All green along the east side: that side, 100 m, and the last 50 m of the two sides that meet it."""
    assert edge((square(100, 0), 10_000)) == (200, 200, 200)


def test_edge_at_a_distance():
    """30 m away: the east side and 20 m of the two others; 50 m away: the east side; then nothing."""
    assert edge((square(130, 0), 10_000)) == (140, 140, 140)
    assert edge((square(150, 0), 10_000)) == (100, 100, 100)
    assert edge((square(150.01, 0), 10_000)) == (0, 0, 0)


def test_edge_all_around():
    """A green parcel around the district, or under it, is along all of its boundary and no more."""
    assert edge((square(-100, -100, 300, 300), 90_000)) == (400, 400, 400)
    assert edge((square(0, 0), 10_000)) == (400, 400, 400)


def test_edge_inside_counts():
    """Green inside the district counts too: a strip of 20 m leaves out the far 30 m of two sides and one."""
    assert edge((square(0, 0, 100, 20), 2_000)) == (0, 0, 0)  # under 0.5 ha
    assert edge((shapely.union_all([square(0, 0, 100, 20), square(5_000, 0)]), 12_000)) == (240, 240, 240)


@pytest.mark.parametrize(
    ("vegetated", "expected"),
    [
        (18_000, (200, 200, 200)),  # 90 % of 2 ha: surely green to its edge
        (17_999, (0, 200, 200)),
        (10_000, (0, 200, 200)),  # half: likely
        (9_999, (0, 0, 200)),
        (5_000, (0, 0, 200)),  # 0.5 ha somewhere: possibly
        (4_999, (0, 0, 0)),
        (0, (0, 0, 0)),
        (UNKNOWN, (0, 0, 0)),
        (math.inf, (200, 200, 200)),
    ],
)
def test_edge_by_share(vegetated, expected):
    """How much of a parcel is green tells whether its edge is: surely, likely, possibly or not."""
    assert edge((square(100, 0, 200, 100), vegetated)) == expected


def test_edge_once():
    """Two green parcels along the same side count it once."""
    assert edge((square(100, 0), 10_000), (square(100, 0, 90, 100), 9_000)) == (200, 200, 200)


def test_edge_of_a_hole():
    """The boundary of a hole is boundary: green that fills it is along all of it."""
    district = shapely.difference(square(0, 0, 1000, 1000), square(400, 400, 100, 100))
    assert edge((square(400, 400), 10_000), district=district) == (400, 400, 400)


def test_no_green_near():
    """Without green ground near, no length is within reach, and no pair is given."""
    far = parcel_layer((square(1000, 0), 10_000))
    assert vegetation.beside(far, zones(Q=ZONE)).empty
    assert vegetation.edge_length(ZONE, vegetation.beside(far, zones(Q=ZONE))) == GreenEdge(0, 0, 0)
    assert vegetation.beside(parcel_layer(), zones(Q=ZONE)).empty


def test_beside_names_pairs():
    """Each district is paired with the green parcels within 50 m, with the share of them that is green."""
    near = vegetation.beside(
        parcel_layer((square(120, 0), 7_500), (square(0, 900), 10_000), (square(-50, 0, 40), 1_000)),
        zones(Q=ZONE, R=square(0, 800)),
    )
    assert sorted(zip(near["zone"], near["id"], near["share"], strict=True)) == [
        ("Q", "p0", 0.75),
        ("R", "p1", 1.0),
    ]
    assert near.crs == LAMBERT_93


def test_green_parcels():
    """The share is NaN under 0.5 ha of vegetation or where it is unknown, and never above one."""
    parcels = parcel_layer(
        (square(0, 0), 5_000),
        (square(0, 0), 4_999),
        (square(0, 0), UNKNOWN),
        (square(0, 0), 1e9),
        (None, 1e9),
    )
    assert vegetation.green_parcels(parcels).tolist() == pytest.approx(
        [0.5, UNKNOWN, UNKNOWN, 1, UNKNOWN], nan_ok=True
    )


@given(parcels=some_parcels, added=st.tuples(rectangles, amounts), district=rectangles)
@settings(max_examples=60)
def test_edge_bounded_and_growing(parcels, added, district):
    """Low ≤ value ≤ high ≤ the whole boundary, and one more parcel shortens none of them."""
    before, after = edge(*parcels, district=district), edge(*parcels, added, district=district)
    assert 0 <= before[0] <= before[1] <= before[2] <= district.length + 1e-6
    assert all(now >= was - 1e-6 for was, now in zip(before, after, strict=True))


@given(parcels=some_parcels, district=rectangles, data=st.data())
@settings(max_examples=40)
def test_edge_whatever_the_order(parcels, district, data):
    """The same parcels in another order give the same lengths."""
    assert edge(*parcels, district=district) == pytest.approx(
        edge(*data.draw(st.permutations(parcels)), district=district), abs=1e-6
    )
