"""The way on foot to a park, where every distance can be worked out by hand; then on the real streets."""

import math

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from qpverts.geo import access
from qpverts.geo.access import GreenLayer, Reaches
from qpverts.geo.crs import LAMBERT_93
from qpverts.geo.entries import ENTRY_WITHIN_M, entries
from qpverts.geo.network import network
from qpverts.geo.walk import walk_accesses
from qpverts.sources.building.streets import read_network
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.green_spaces import read_green_spaces
from qpverts.sources.reading.perimeters import read_perimeters

X, Y = 890_000, 6_245_000  # multiples of the lattice step
R = math.sqrt(10_000 / math.pi)  # radius of one hectare


def streets(*lines):
    """The network of streets given by their vertices, in metres from a place in Marseille."""
    shapes = [shapely.LineString(np.add(line, (X, Y))) for line in lines]
    rows = {"road_class": ["minor"] * len(shapes)}
    return network(gpd.GeoDataFrame(rows, geometry=np.array(shapes, dtype=object), crs=LAMBERT_93))


def at(west, south, east, north):
    """A rectangle in metres from the same place."""
    return shapely.box(X + west, Y + south, X + east, Y + north)


def parks(**shapes):
    """Parks whose outlines are known: worst, likely and best are one."""
    drawn = gpd.GeoSeries(list(shapes.values()), index=list(shapes), crs=LAMBERT_93)
    return GreenLayer(Reaches(drawn, drawn, drawn), {0.5: Reaches(drawn, drawn, drawn)})


def walk_access(perimeter, streets, layer):
    """The way on foot from one district."""
    return walk_accesses(gpd.GeoSeries({"": perimeter}), streets, layer)[""]


HERE = at(-10, -10, 10, 10)  # holds one point of the lattice, the place itself
PARK = at(250, -50, 350, 50)  # 250 m east of it
# A railway runs from north to south at x = 125; one bridge, 350 m to the north.
RAILWAY = ([(0, 0), (0, 350)], [(0, 350), (250, 350)], [(250, 350), (250, 50)])


def test_the_straight_line_says_250_and_the_street_900():
    """A park beyond a railway: 250 m in a straight line, 350 + 250 + 300 m by the only bridge."""
    got = walk_access(HERE, streets(*RAILWAY), parks(jardin=PARK))
    assert got.reached_pct == 100
    assert (got.walk_m.low, got.walk_m.value, got.walk_m.high) == (pytest.approx(900),) * 3
    assert got.straight_m.value == pytest.approx(250)


def test_the_gap_shows_the_way():
    """The way goes from the point over the bridge to the park, corner by corner, as long as it says."""
    gap = walk_access(HERE, streets(*RAILWAY), parks(jardin=PARK)).gap
    assert (gap.space_id, gap.straight_m, gap.walk_m) == ("jardin", pytest.approx(250), pytest.approx(900))
    assert gap.origin == shapely.Point(X, Y)
    assert gap.route.length == pytest.approx(900)
    way = shapely.simplify(shapely.remove_repeated_points(gap.route), 0.01)
    corners = np.subtract(shapely.get_coordinates(way), (X, Y))
    assert corners.tolist() == [[0, 0], [0, 350], [250, 350], [250, 50]]
    assert np.subtract(gap.straight.coords, (X, Y)).tolist() == [[0, 0], [250, 0]]


@pytest.mark.parametrize("side", [1, -1])
def test_the_widest_gap_is_shown(side):
    """Of three points, the one that is farthest from the bridge, whatever its place in the lattice."""
    turned = [[(x, side * y) for x, y in line] for line in RAILWAY]
    row = at(-10, -10, 10, 110) if side > 0 else at(-10, -110, 10, 10)
    got = walk_access(row, streets(*turned), parks(jardin=PARK))
    assert got.walk_m.value == pytest.approx(850)
    assert got.gap.origin == shapely.Point(X, Y)


def test_a_bridge_over_the_street_is_no_way():
    """A direct street that passes over ours without a junction changes nothing."""
    over = [(-40, 100), (40, 100), (240, 0)]
    got = walk_access(HERE, streets(*RAILWAY, over), parks(jardin=PARK))
    assert got.walk_m.value == pytest.approx(900)
    joined = [(0, 100), (240, 0)]
    net = streets([(0, 0), (0, 100), (0, 350)], *RAILWAY[1:], joined)
    assert walk_access(HERE, net, parks(jardin=PARK)).walk_m.value == pytest.approx(100 + 260 + 10)


def test_the_nearest_on_foot_may_be_another_park():
    """The figure is the way to the park reached first, the gap the way to the one that looks near."""
    net = streets([(0, 0), (0, 350)], [(0, 0), (0, -400)], *RAILWAY[1:])
    got = walk_access(HERE, net, parks(jardin=PARK, square=at(-50, -500, 50, -400)))
    assert (got.walk_m.value, got.straight_m.value) == (pytest.approx(400), pytest.approx(250))
    assert (got.gap.space_id, got.gap.walk_m) == ("jardin", pytest.approx(900))


def test_equally_near_parks():
    """Of two parks as near in a straight line, the gap shows the first by id, in whatever order they come."""
    net = streets([(0, 0), (0, 350)], [(0, 350), (250, 350), (250, 0)], [(0, 350), (-250, 350), (-250, 0)])
    east, west = at(250, -50, 350, 50), at(-350, -50, -250, 50)
    for layer in (parks(b=east, a=west), parks(a=west, b=east)):
        assert walk_access(HERE, net, layer).gap.space_id == "a"


def test_no_barrier_no_gap():
    """Along a street that leads straight to the park there is no gap."""
    got = walk_access(HERE, streets([(0, 0), (250, 0)]), parks(jardin=PARK))
    assert (got.walk_m.value, got.straight_m.value, got.gap) == (pytest.approx(250), pytest.approx(250), None)


def test_stepping_aside_is_no_barrier():
    """A point 30 m beside a straight street walks these 30 m, but that is no gap to show."""
    got = walk_access(HERE, streets([(0, 30), (400, 30)]), parks(jardin=PARK))
    assert got.walk_m.value == pytest.approx(30 + 250)
    assert got.gap is None


def test_a_point_far_from_any_street_shows_no_gap():
    """The first steps of a point 60 m from its street are a guess: its way counts, and is not shown."""
    net = streets([(-60, 0), (-60, 350)], [(-60, 350), (250, 350)], [(250, 350), (250, 50)])
    got = walk_access(HERE, net, parks(jardin=PARK))
    assert (got.walk_m.value, got.gap) == (pytest.approx(60 + 350 + 310 + 300), None)


def test_inside_a_park():
    """A person in a park has arrived: zero both ways, and no gap."""
    got = walk_access(HERE, streets(*RAILWAY), parks(jardin=at(-100, -100, 100, 100)))
    assert (got.walk_m.value, got.straight_m.value, got.gap) == (0, 0, None)


def test_beside_a_park():
    """A point at 20 m from a park needs no street, though its own makes a long way round: that is no gap."""
    net = streets([(-20, 0), (-20, 350)], [(-20, 350), (250, 350)], [(250, 350), (250, 50)])
    got = walk_access(HERE, net, parks(jardin=at(20, -50, 350, 50)))
    assert (got.walk_m.value, got.straight_m.value) == (pytest.approx(20), pytest.approx(20))
    assert got.gap is None


def test_a_street_that_passes_by_a_park():
    """One leaves a street without junction where it passes at most 10 + 25 m from the park: after 450 m."""
    got = walk_access(HERE, streets([(0, 0), (1000, 0)]), parks(jardin=at(480, 10, 520, 50)))
    assert got.walk_m.value == pytest.approx(450 + math.hypot(30, 10))
    assert got.straight_m.value == pytest.approx(math.hypot(480, 10))


def test_a_park_behind_the_last_street():
    """A park 100 m from any street is entered from its nearest street, the 100 m walked too."""
    got = walk_access(HERE, streets([(0, 0), (150, 0)]), parks(jardin=PARK))
    assert got.walk_m.value == pytest.approx(150 + 100)


def test_a_park_off_the_network():
    """A park farther than 250 m from any street, and nearer than others on foot: the nearest is unknown."""
    net = streets([(0, 0), (0, 350)], [(0, 0), (0, -900)])
    far = at(ENTRY_WITHIN_M + 1, 0, 400, 50)
    other = at(-50, -1000, 50, -900)
    assert entries(parks(ile=far, square=other).every.likely, net).joined.tolist() == [1]
    got = walk_access(HERE, net, parks(ile=far, square=other))
    assert (got.reached_pct, got.walk_m, got.straight_m, got.gap) == (0, None, None, None)
    near = walk_access(HERE, net, parks(ile=far, square=at(-50, -300, 50, -200)))
    assert near.walk_m.value == pytest.approx(200)


@pytest.mark.parametrize(("last", "reached_pct"), [(599, 85), (600, 90), (650, 95), (1000, 100)])
def test_covered_from_nine_points_in_ten(last, reached_pct):
    """Of 20 points in a line, those within 250 m of the street are reached; below 90 % there is no figure."""
    row = at(0, -1, 950, 1)
    got = walk_access(row, streets([(0, 0), (last, 0)]), parks(jardin=at(-100, -50, 0, 50)))
    assert got.reached_pct == pytest.approx(reached_pct)
    assert (got.walk_m is None) == (got.straight_m is None) == (reached_pct < 90)
    if reached_pct == 90:  # the median of 0, 50, … 850: the last two are not among the points
        assert got.walk_m.value == got.straight_m.value == pytest.approx(425)


def test_no_network_and_no_park():
    """Without streets or without parks nothing is covered, and that is no zero."""
    nothing = walk_access(HERE, streets(), parks(jardin=PARK))
    assert (nothing.reached_pct, nothing.walk_m, nothing.gap) == (0, None, None)
    assert walk_access(HERE, streets(*RAILWAY), parks()).walk_m is None
    assert walk_accesses(gpd.GeoSeries([], crs=LAMBERT_93), streets(), parks()) == {}


def test_bounds_of_a_disc(located):
    """Along a street to its centre, a disc is nearer by its radius, half of it at worst, twice at best."""
    layer = access.green_layer(located(("a", X + 500, Y, 1)))
    got = walk_access(HERE, streets([(0, 0), (1000, 0)]), layer)
    expected = [500 - 2 * R, 500 - R, 500 - R / 2]
    for figure in (got.walk_m, got.straight_m):
        assert [figure.low, figure.value, figure.high] == pytest.approx(expected)


def test_an_unknown_area_only_at_best(located):
    """A park of unknown area shortens the way in the favourable bound alone."""
    layer = access.green_layer(located(("a", X + 900, Y, 1), ("b", X + 300, Y, None)))
    got = walk_access(HERE, streets([(0, 0), (1000, 0)]), layer)
    assert (got.walk_m.low, got.walk_m.value) == (pytest.approx(300 - 2 * R), pytest.approx(900 - R))


def test_many_districts_as_one_by_one():
    """Districts measured together have the figures that they have alone."""
    net, layer = streets(*RAILWAY), parks(jardin=PARK)
    perimeters = gpd.GeoSeries({"A": HERE, "B": at(-60, 90, 60, 260), "C": at(9000, 0, 9100, 100)})
    together = walk_accesses(perimeters, net, layer)
    assert together == {code: walk_access(shape, net, layer) for code, shape in perimeters.items()}
    assert together["C"].reached_pct == 0


places = st.tuples(st.integers(0, 8), st.integers(0, 8)).map(lambda cell: (cell[0] * 70, cell[1] * 70))
segments = st.lists(st.tuples(places, places), min_size=1, max_size=12)
drawn_parks = st.dictionaries(
    st.text("abc", min_size=1, max_size=3), st.tuples(places, st.floats(0.5, 4)), min_size=1, max_size=4
)


@settings(max_examples=80)
@given(segments, drawn_parks, st.randoms())
def test_a_walk_is_never_shorter_than_the_line(located, lines, spaces, random):
    """Whatever the streets: walk ≥ line, bounds in order, a true route; order changes nothing."""
    rows = [(name, X + x, Y + y, area) for name, ((x, y), area) in spaces.items()]
    layer = access.green_layer(located(*rows))
    got = walk_access(at(0, 0, 400, 400), streets(*lines), layer)
    if got.walk_m is not None:
        for walk, straight in ((got.walk_m, got.straight_m),):
            assert walk.low <= walk.value <= walk.high
            assert straight.low <= straight.value <= straight.high
            assert walk.value >= straight.value - 1e-6
            assert walk.low >= straight.low - 1e-6
            assert walk.high >= straight.high - 1e-6
    if got.gap is not None:
        space = layer.of_at_least[0.5].likely[got.gap.space_id]
        assert got.gap.walk_m > got.gap.straight_m
        assert got.gap.straight_m == pytest.approx(got.gap.origin.distance(space))
        assert got.gap.straight.length == pytest.approx(got.gap.straight_m)
        assert got.gap.route.length == pytest.approx(got.gap.walk_m)
        ends = shapely.get_point(got.gap.route, [0, -1])
        assert ends[0].distance(got.gap.origin) == pytest.approx(0, abs=1e-6)
        assert ends[1].distance(space) == pytest.approx(0, abs=1e-6)
    random.shuffle(lines)
    random.shuffle(rows)
    assert walk_access(at(0, 0, 400, 400), streets(*lines), access.green_layer(located(*rows))) == got


@pytest.fixture(scope="module")
def real(official, data_dir):
    """The districts and parks of the project on the streets of Marseille."""
    catalogue = catalogues.load(data_dir)
    perimeters = read_perimeters(catalogue).to_crs(LAMBERT_93)
    layer = access.green_layer(access.locate(read_green_spaces(catalogue).rows))
    net = read_network(official / "marseille_rues.geojson.gz")
    return perimeters, layer, walk_accesses(perimeters.geometry, net, layer)


@pytest.mark.thorough
def test_real_coverage(real):
    """Every district of Marseille is covered to the last point; Salon, Aix, Martigues or Istres are not."""
    perimeters, _, found = real
    for code, communes in perimeters["lib_com"].items():
        if "Marseille" in communes:
            assert found[code].reached_pct == 100
    for code in ("QN01327I", "QN01328I", "QN01313M", "QN01320I", "QN01365M", "QN01319I"):
        assert (found[code].reached_pct, found[code].walk_m) == (0, None)


@pytest.mark.parametrize(
    ("code", "walk_m", "straight_m"),
    [
        ("QN01338I", 1501, 1090),  # Air Bel: down to the Huveaune, past the motorway
        ("QN01344M", 2282, 861),  # Frais Vallon: closed in by two fast roads
        ("QN01354M", 1500, 1102),  # La Castellane: down the boulevard Henri-Barnier
    ],
)
def test_real_districts(real, code, walk_m, straight_m):
    """Three districts whose ways were followed on the map."""
    _, _, found = real
    assert found[code].walk_m.value == pytest.approx(walk_m, abs=2)
    assert found[code].straight_m.value == pytest.approx(straight_m, abs=2)


def test_real_figures_hold_together(real):
    """The straight line is that of indicator 4, the street is never shorter, the gap is a way to draw."""
    perimeters, layer, found = real
    covered = [code for code, walk in found.items() if walk.walk_m]
    assert len(covered) == 46
    for code in covered:
        walk = found[code]
        nodes = access.lattice(perimeters.geometry[code])
        greens = layer.of_at_least[0.5].likely
        assert walk.straight_m.value == pytest.approx(float(np.median(access.nearest_m(nodes, greens))))
        assert walk.straight_m.value <= walk.walk_m.value
        assert walk.walk_m.low <= walk.walk_m.value <= walk.walk_m.high
        assert walk.gap.route.length == pytest.approx(walk.gap.walk_m)
        assert walk.gap.straight_m < walk.gap.walk_m
