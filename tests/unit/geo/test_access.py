"""Access to green spaces, against figures worked out by hand on a square of one kilometre."""

import math

import geopandas as gpd
import numpy as np
import pytest
import shapely

from qpverts.domain.figures.facts import MIN_AREAS_HA, RADII_M
from qpverts.domain.model import Access, Citation, GreenKind, GreenSpace, PlaceSource, Reliability
from qpverts.geo import access
from qpverts.geo.crs import LAMBERT_93

X, Y = 900_000, 6_250_000  # near Marseille; multiples of the lattice step
SQUARE = shapely.box(X, Y, X + 1000, Y + 1000)
R = math.sqrt(10_000 / math.pi)  # radius of one hectare: 56.42 m
SOURCE = Citation("Ville", "https://exemple.fr", "2021", Reliability.OFFICIAL)


def space(space_id, **changes):
    """A public park of one hectare at the origin of Lambert-93, but for the changes."""
    facts = {
        "name": "Parc",
        "kind": GreenKind.PARK,
        "commune_code": "13055",
        "arrondissement": "",
        "lon": 3.0,
        "lat": 46.5,
        "place_source": PlaceSource.OWN_SOURCE,
        "area_ha": 1.0,
        "access": Access.PUBLIC,
        "opening_year": None,
        "source": SOURCE,
        "note": "",
    }
    return GreenSpace(space_id, **facts | changes)


def segment_m2(radius_m, distance_m):
    """Area of the part of a disc beyond a line, by the school formula."""
    half_chord = math.sqrt(radius_m**2 - distance_m**2)
    return radius_m**2 * math.acos(distance_m / radius_m) - distance_m * half_chord


@pytest.fixture
def east(located):
    """One hectare whose disc has its edge 200 m east of the square, at mid-height."""
    return located(("est", X + 1200 + R, Y + 500, 1))


def test_locate_projects():
    """3° E 46.5° N is the origin of Lambert-93, 700,000 m east and 6,600,000 m north."""
    got = access.locate([space("a", area_ha=2.5), space("b", area_ha=None)])
    assert got.crs == LAMBERT_93
    assert list(got.index) == ["a", "b"]
    assert (got.geometry.x["a"], got.geometry.y["a"]) == (pytest.approx(700_000), pytest.approx(6_600_000))
    assert got["area_ha"]["a"] == 2.5
    assert math.isnan(got["area_ha"]["b"])


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": GreenKind.BEACH},
        {"access": Access.RESTRICTED},
        {"access": Access.PLANNED},
        {"access": None},
        {"lon": None, "lat": None},
    ],
    ids=str,
)
def test_locate_keeps_public_green_places(changes):
    """A beach, a closed or planned space, and a space without point are not on the plane."""
    assert list(access.locate([space("a", **changes), space("b")]).index) == ["b"]


def test_locate_nothing():
    """No space at all is an empty layer in the right projection, not an error."""
    got = access.locate([])
    assert got.empty
    assert got.crs == LAMBERT_93


@pytest.mark.parametrize(("reach", "factor"), [(access.WORST, 0.25), (access.LIKELY, 1), (access.BEST, 4)])
def test_discs_have_the_area(located, reach, factor):
    """The likely disc has the area of the park within 0.05 %, the others a quarter and four times as much."""
    disc = access.discs(located(("a", X, Y, 3)), reach).loc["a"]
    assert disc.area == pytest.approx(30_000 * factor, rel=5e-4)
    assert disc.area < 30_000 * factor
    assert disc.centroid.distance(shapely.Point(X, Y)) == pytest.approx(0, abs=1e-6)


def test_bounds_hold_any_shape_up_to_four_times_as_long_as_wide(located):
    """An ellipse of the same area, four times as long as wide and at any angle, is between the bounds."""
    spaces = located(("a", 0, 0, 1))
    worst, best = (access.discs(spaces, reach).loc["a"] for reach in (access.WORST, access.BEST))
    ellipse = shapely.affinity.scale(shapely.Point(0, 0).buffer(R, quad_segs=64), 2, 0.5)
    for angle in range(0, 180, 15):
        turned = shapely.affinity.rotate(ellipse, angle)
        assert turned.buffer(0.01).covers(worst)
        assert best.buffer(0.1).covers(turned)


def test_unknown_area_stays_a_point(located):
    """A park of unknown area is drawn as a point, at its place in the list."""
    drawn = access.discs(located(("a", X, Y, 1), ("b", X + 5, Y, None), ("c", X, Y, 2)))
    assert list(drawn.geom_type) == ["Polygon", "Point", "Polygon"]
    assert drawn.loc["b"].equals(shapely.Point(X + 5, Y))


def test_lattice_on_the_grid():
    """A kilometre square laid on the grid has 21 × 21 nodes, its edges included."""
    nodes = access.lattice(SQUARE)
    assert len(nodes) == 21 * 21
    assert len({(node.x, node.y) for node in nodes}) == 441


def test_lattice_off_the_grid():
    """The same square moved by 25 m has 20 × 20 nodes, all multiples of 50 m."""
    nodes = shapely.get_coordinates(access.lattice(shapely.box(X + 25, Y + 25, X + 1025, Y + 1025)))
    assert len(nodes) == 20 * 20
    assert np.all(nodes % 50 == 0)


def test_lattice_keeps_to_the_shape():
    """A hole and a bay hold no node: an L of 3 × 100 m squares has 9 less 1 nodes, its corner left out."""
    shape = shapely.union_all([shapely.box(0, 0, 200, 100), shapely.box(0, 0, 100, 200)])
    assert len(access.lattice(shape, 100)) == 8
    hole = shapely.difference(shapely.box(0, 0, 200, 200), shapely.Point(100, 100).buffer(10))
    assert len(access.lattice(hole, 100)) == 8


def test_lattice_leaves_the_shape_as_it_was():
    """The perimeter, which other threads may be reading, is not prepared behind their back."""
    shape = shapely.box(X, Y, X + 500, Y + 500)
    assert len(access.lattice(shape)) == 121
    assert not shapely.is_prepared(shape)


def test_lattice_of_a_crumb():
    """A perimeter that no node falls in still has one point, inside it."""
    crumb = shapely.box(X + 10, Y + 10, X + 20, Y + 20)
    (node,) = access.lattice(crumb)
    assert crumb.contains(node)


def test_edge_distance(east):
    """The disc is 200 m away; half its radius moves its edge away by r/2, twice its radius nearer by r."""
    edge = access.green_access(SQUARE, access.green_layer(east)).edge_m[0.5]
    assert edge.value == pytest.approx(200)
    assert edge.high == pytest.approx(200 + R / 2)
    assert edge.low == pytest.approx(200 - R)


def test_lattice_distances(east):
    """From the nearest node, at mid-height of the east side, 200 m; from the far corners, by Pythagoras."""
    distances = access.green_access(SQUARE, access.green_layer(east)).lattice_m[1.0]
    assert len(distances.value) == 441
    assert distances.value.min() == pytest.approx(200)
    assert distances.value.max() == pytest.approx(math.hypot(1200 + R, 500) - R, abs=0.05)
    assert distances.high.min() == pytest.approx(200 + R / 2)
    assert distances.low.min() == pytest.approx(200 - R)


def test_served_area(east):
    """The part of the square within 300 m of the disc is a segment of the disc of radius 300 m + r."""
    served = access.green_access(SQUARE, access.green_layer(east)).served_m2[0.5]
    centre = 200 + R  # from the east side
    assert served.value == pytest.approx(segment_m2(300 + R, centre), rel=2e-3)
    assert served.low == pytest.approx(segment_m2(300 + R / 2, centre), rel=2e-3)
    assert served.high == pytest.approx(segment_m2(300 + 2 * R, centre), rel=2e-3)


def test_served_half(located):
    """A park drawn as a strip 100 m from the west side serves the first 200 m of the square: 20 ha."""
    strip = gpd.GeoSeries([shapely.box(X - 150, Y - 500, X - 100, Y + 1500)], crs=LAMBERT_93)
    assert access.served_m2(SQUARE, strip) == pytest.approx(200 * 1000)
    assert access.served_m2(SQUARE, strip, within_m=150) == pytest.approx(50 * 1000)


def test_served_once(located):
    """Ground within reach of two parks counts once."""
    one = located(("a", X + 500, Y + 500, 1))
    two = located(("a", X + 500, Y + 500, 1), ("b", X + 500, Y + 500, 1))
    first, second = (access.served_m2(SQUARE, access.discs(layer)) for layer in (one, two))
    assert first == pytest.approx(math.pi * (300 + R) ** 2, rel=2e-3)
    assert second == pytest.approx(first)


def test_served_entirely(located):
    """A park that reaches every corner serves the whole square, exactly."""
    served = access.green_access(SQUARE, access.green_layer(located(("a", X + 500, Y + 500, 200)))).served_m2[
        0.5
    ]
    assert served.value == served.high == SQUARE.area


@pytest.mark.parametrize(
    ("area_ha", "counted"),
    [(0.09, set()), (0.1, {0.1}), (0.49, {0.1}), (0.5, {0.1, 0.5}), (0.99, {0.1, 0.5}), (1, {0.1, 0.5, 1.0})],
)
def test_least_areas(located, area_ha, counted):
    """A park counts from each least area on, that area included."""
    got = access.green_access(SQUARE, access.green_layer(located(("a", X + 500, Y + 500, area_ha))))
    assert {area for area in MIN_AREAS_HA if got.served_m2[area].value > 0} == counted
    assert {area for area in MIN_AREAS_HA if got.edge_m[area].value == 0} == counted
    assert {area for area in MIN_AREAS_HA if np.isfinite(got.lattice_m[area].value).all()} == counted


def test_unknown_area_only_at_best(located):
    """A park of unknown area counts for no value and no worst case; at best, as a park of one hectare."""
    got = access.green_access(SQUARE, access.green_layer(located(("a", X + 1200 + R, Y + 500, None))))
    for area in MIN_AREAS_HA:
        assert (got.served_m2[area].low, got.served_m2[area].value) == (0, 0)
        assert got.served_m2[area].high == pytest.approx(segment_m2(300 + 2 * R, 200 + R), rel=2e-3)
        assert (got.edge_m[area].value, got.edge_m[area].high) == (math.inf, math.inf)
        assert got.edge_m[area].low == pytest.approx(200 - R)
        assert np.isinf(got.lattice_m[area].value).all()
        assert np.isfinite(got.lattice_m[area].low).all()


def test_far_parks(located):
    """A park 5 km away serves nothing and is near nothing, but its distance is known."""
    got = access.green_access(SQUARE, access.green_layer(located(("a", X + 6000 + R, Y + 500, 1))))
    assert got.served_m2[0.5].high == 0
    assert got.edge_m[0.5].value == pytest.approx(5000)
    assert all(not got.spaces[radius].high for radius in RADII_M)


def test_no_park_at_all(located):
    """Without any park distances are infinite, and served areas and lists empty."""
    got = access.green_access(SQUARE, access.green_layer(located()))
    for area in MIN_AREAS_HA:
        assert (got.served_m2[area].low, got.served_m2[area].high) == (0, 0)
        assert got.edge_m[area].low == math.inf
        assert np.isinf(got.lattice_m[area].low).all()
        assert len(got.lattice_m[area].low) == 441
    assert all(got.spaces[radius].high == frozenset() for radius in RADII_M)


def test_spaces_near(located):
    """A space is near for sure, likely or possibly, as its disc of each hypothesis is within the radius."""
    layer = access.green_layer(
        located(
            ("dedans", X + 500, Y + 500, 0.01),
            ("sur", X - 250 - R, Y + 500, 1),  # 250 m away, 278 m at worst
            ("probable", X - 290 - R, Y + 500, 1),  # 290 m away, 318 m at worst
            ("possible", X - 310 - R, Y + 500, 1),  # 310 m away, 254 m at best
            ("loin", X - 400 - R, Y + 500, 1),  # 344 m at best
            ("point", X - 299, Y + 500, None),
        )
    )
    near = access.green_access(SQUARE, layer).spaces[300]
    assert near.low == {"dedans", "sur", "point"}
    assert near.value == near.low | {"probable"}
    assert near.high == near.value | {"possible"}
    assert access.green_access(SQUARE, layer).spaces[1000].low == near.high | {"loin"}


def test_multipolygon(located):
    """A district in two parts is measured from its nearest part, and served in both."""
    parts = [shapely.box(X, Y, X + 100, Y + 100), shapely.box(X + 5000, Y, X + 5100, Y + 100)]
    layer = access.green_layer(located(("a", X + 5000 - R, Y + 50, 1), ("b", X + 50, Y + 50, 1)))
    got = access.green_access(shapely.MultiPolygon(parts), layer)
    assert got.served_m2[0.5].value == 20_000
    assert got.edge_m[0.5].value == 0
    assert len(got.lattice_m[0.5].value) == 2 * 9
    alone = access.green_access(
        shapely.MultiPolygon(parts), access.green_layer(located(("b", X + 50, Y + 50, 1)))
    )
    assert alone.served_m2[0.5].value == 10_000


def test_nearest_is_aligned_with_its_origins(located):
    """Distances come in the order of the points asked, each to its own nearest park."""
    greens = gpd.GeoSeries([shapely.Point(0, 0), shapely.Point(100, 0)], crs=LAMBERT_93)
    origins = np.array(
        [shapely.Point(90, 0), shapely.Point(0, 5), shapely.Point(50, 0), shapely.Point(100, 0)]
    )
    assert access.nearest_m(origins, greens).tolist() == [10, 5, 50, 0]


@pytest.mark.parametrize("size_m", [10, 1000, 100_000])
@pytest.mark.parametrize("spread", [0, 0.2], ids=["points", "discs"])
def test_nearest_is_that_of_measuring_them_all(size_m, spread):
    """Leaving out spaces that are surely too far changes no digit, nor does a space without outline."""
    rng = np.random.default_rng(size_m)

    def drawn(count, reach):
        centres = shapely.points(rng.uniform(0, size_m, (count, 2)))
        return shapely.buffer(centres, rng.uniform(0, reach * size_m, count)) if reach else centres

    origins, shapes = drawn(40, spread), drawn(60, 0.3)
    every = shapely.distance(origins[:, np.newaxis], shapes[np.newaxis]).min(axis=1)
    greens = gpd.GeoSeries([shapely.Polygon(), *shapes], crs=LAMBERT_93)
    assert access.nearest_m(origins, greens).tolist() == every.tolist()
    assert access.nearest_m(origins, greens.iloc[:1]).tolist() == [np.inf] * 40


def strip(x, y, width, height):
    """A park drawn as a rectangle, given in metres from the corner of the square."""
    return gpd.GeoSeries([shapely.box(X + x, Y + y, X + x + width, Y + y + height)], crs=LAMBERT_93)


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        (1000, 1000 + 2 * 50),  # along the east side: that side, and 50 m of the two that meet it
        (1030, 1000 + 2 * 20),
        (1050, 1000),  # 50 m away is within 50 m
        (1050.01, 0),
    ],
)
def test_bordered_length(x, expected):
    """A park along one side borders it, and the ends of its neighbours within 50 m."""
    assert access.bordered_m(SQUARE, strip(x, 0, 100, 1000)) == pytest.approx(expected, abs=1e-6)


def test_bordered_all_around():
    """A park over all the square but its last 20 m is within 50 m of the whole boundary."""
    assert access.bordered_m(SQUARE, strip(0, 0, 980, 1000)) == pytest.approx(4000)


def test_bordered_once_and_never():
    """Two parks along one side border it once; none borders nothing; one in the middle is too far inside."""
    twice = gpd.GeoSeries([*strip(1000, 0, 100, 1000), *strip(1020, 0, 50, 1000)], crs=LAMBERT_93)
    assert access.bordered_m(SQUARE, twice) == pytest.approx(1100)
    assert access.bordered_m(SQUARE, twice.iloc[:0]) == 0
    assert access.bordered_m(SQUARE, strip(400, 400, 200, 200)) == 0


def test_bordered_from_afar(east):
    """A disc 200 m away borders nothing, even at best."""
    assert access.green_access(SQUARE, access.green_layer(east)).bordered_m[0.5].high == 0


def chord(radius_m, distance_m):
    """Length of a line within a disc whose centre is that far from it."""
    return 2 * math.sqrt(radius_m**2 - distance_m**2)


def test_bordered_by_a_disc(located):
    """One hectare 20 m east of the square: the chord of its disc widened by 50 m, under each hypothesis."""
    centre = 20 + R
    got = access.green_access(SQUARE, access.green_layer(located(("a", X + 1000 + centre, Y + 500, 1))))
    bordered = got.bordered_m[0.5]
    assert bordered.low == pytest.approx(chord(50 + R / 2, centre), rel=2e-3)
    assert bordered.value == pytest.approx(chord(50 + R, centre), rel=2e-3)
    assert bordered.high == pytest.approx(chord(50 + 2 * R, centre), rel=2e-3)


def reaches(likely, worst=None, best=None):
    """Spaces drawn by hand under three hypotheses, the same by default."""
    return access.Reaches(likely if worst is None else worst, likely, likely if best is None else best)


def test_ground_inside_and_across():
    """A park counts for its part in the zone, all of it when it is inside."""
    assert access.ground_m2(SQUARE, reaches(strip(100, 100, 50, 40))).value == 2_000
    assert access.ground_m2(SQUARE, reaches(strip(-100, 0, 150, 40))).value == 2_000
    assert access.ground_m2(SQUARE, reaches(strip(-100, 0, 100, 40))).value == 0  # it touches


def test_ground_once():
    """Ground in two parks that overlap counts once, and a park of unknown area, a point, adds nothing."""
    parks = gpd.GeoSeries([*strip(0, 0, 100, 100), *strip(50, 0, 100, 100)], crs=LAMBERT_93)
    assert access.ground_m2(SQUARE, reaches(parks)).value == 15_000
    point = gpd.GeoSeries([*parks, shapely.Point(X + 500, Y + 500)], crs=LAMBERT_93)
    assert access.ground_m2(SQUARE, reaches(point)).value == 15_000
    assert access.ground_m2(SQUARE, reaches(point.iloc[2:])).high == 0
    assert access.ground_m2(SQUARE, reaches(parks.iloc[:0])).high == 0


def test_ground_bounds_inside(located):
    """One hectare well inside: at worst its inner disc, a quarter; at best no more than its hectare."""
    got = access.green_access(SQUARE, access.green_layer(located(("a", X + 500, Y + 500, 1))))
    for ground in (got.inside_m2, got.near_m2):
        assert ground.low == pytest.approx(2_500, rel=1e-3)
        assert ground.value == pytest.approx(10_000, rel=1e-3)
        assert ground.high == pytest.approx(ground.value)


def test_ground_bounds_across(located):
    """Half a hectare on either side of the boundary: from an eighth to the whole."""
    got = access.green_access(SQUARE, access.green_layer(located(("a", X, Y + 500, 1))))
    assert got.inside_m2.low == pytest.approx(1_250, rel=1e-3)
    assert got.inside_m2.value == pytest.approx(5_000, rel=1e-3)
    assert got.inside_m2.high == pytest.approx(10_000, rel=1e-3)
    assert got.near_m2.value == pytest.approx(10_000, rel=1e-3)


def test_ground_within_reach_at_best_only(located):
    """A disc just outside holds no ground of the square, but its park may: the segment of its outer disc."""
    centre = 20 + R
    got = access.green_access(SQUARE, access.green_layer(located(("a", X + 1000 + centre, Y + 500, 1))))
    assert (got.inside_m2.low, got.inside_m2.value) == (0, 0)
    assert got.inside_m2.high == pytest.approx(segment_m2(2 * R, centre), rel=5e-3)


def test_ground_near_stops_at_300_m(located):
    """A disc whose middle is 300 m from the square has half of it near, none inside."""
    got = access.green_access(SQUARE, access.green_layer(located(("a", X + 1300, Y + 500, 1))))
    assert got.near_m2.value == pytest.approx(5_000, rel=1e-2)
    assert got.inside_m2.value == 0


def test_ground_is_no_more_than_the_zone(located):
    """A park over the whole district gives its whole area, not a hair more, and all of its boundary."""
    district = shapely.affinity.rotate(shapely.box(X, Y, X + 777.7, Y + 333.3), 33.3)
    for hectares in range(200, 260):
        layer = access.green_layer(located(("a", X + 300, Y + 150, hectares)))
        got = access.green_access(district, layer)
        assert got.inside_m2.value == pytest.approx(district.area, rel=1e-9)
        assert max(got.inside_m2.value, got.inside_m2.high) <= district.area
        assert got.bordered_m[0.5].high <= district.length
