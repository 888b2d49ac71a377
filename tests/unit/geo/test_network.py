"""The streets as a graph, on streets drawn by hand."""

import heapq
import math

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import dijkstra

from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.geo.network import LONGEST_EDGE_M, SNAP_WITHIN_M, network, snap

X, Y = 890_000, 6_245_000


def streets(*lines, classes="minor", names=""):
    """Streets by their vertices, in metres from a place in Marseille."""
    shapes = [
        line if isinstance(line, shapely.Geometry | None) else shapely.LineString(np.add(line, (X, Y)))
        for line in lines
    ]
    return gpd.GeoDataFrame(
        {"road_class": np.broadcast_to(classes, len(shapes)), "name": np.broadcast_to(names, len(shapes))},
        geometry=np.array(shapes, dtype=object),
        crs=LAMBERT_93,
    )


def node(net, x, y):
    """The rank of the node at a place, in metres from the same place."""
    (rank,) = np.flatnonzero(np.hypot(*(net.xy - (X + x, Y + y)).T) < 0.01)
    return rank


def between(net, start, end):
    """The shortest way between two nodes."""
    return dijkstra(net.graph, indices=node(net, *start))[node(net, *end)]


def points(*places):
    """Points in metres from the same place."""
    return shapely.points(np.add(places, (X, Y)))


def test_streets_meet_at_a_shared_vertex():
    """Two streets that share a vertex, be it inside both, are one way: round the corner, 30 m + 40 m."""
    net = network(streets([(-50, 0), (0, 0), (30, 0)], [(0, -40), (0, 0), (0, 40)]))
    assert between(net, (30, 0), (0, 40)) == pytest.approx(70)


def test_a_bridge_joins_nothing_that_it_crosses():
    """Two streets that cross without a shared vertex are not connected: one passes over the other."""
    net = network(streets([(-50, 0), (50, 0)], [(0, -40), (0, 40)]))
    assert between(net, (-50, 0), (50, 0)) == pytest.approx(100)
    assert between(net, (-50, 0), (0, 40)) == math.inf


def test_streets_that_nearly_touch_do_not_meet():
    """An end 5 cm from a street is a dead end: nothing is snapped."""
    net = network(streets([(-50, 0), (0, 0), (50, 0)], [(0, 0.05), (0, 40)]))
    assert between(net, (0, 0.05), (50, 0)) == math.inf


def test_long_edges_are_cut():
    """A street of 110 m is cut in five pieces of 22 m; its length and its ends stay."""
    net = network(streets([(0, 0), (110, 0)]))
    assert net.edge_m == pytest.approx([22] * 5)
    assert net.length_m == pytest.approx(110)
    assert sorted(net.xy[:, 0] - X) == pytest.approx([0, 22, 44, 66, 88, 110])
    assert between(net, (0, 0), (110, 0)) == pytest.approx(110)


def test_an_island_is_left_out():
    """A piece of 4 m beside a street of 100 m is no part of the network, and nobody steps onto it."""
    net = network(streets([(0, 0), (100, 0)], [(0, 20), (4, 20)]))
    assert net.length_m == pytest.approx(100)
    assert net.islands_m == pytest.approx(4)
    assert snap(net, points((2, 19))).away_m == pytest.approx([19])


def test_two_large_parts_are_both_kept():
    """Two towns that no street joins are no islands of each other."""
    net = network(streets([(0, 0), (100, 0)], [(0, 5000), (60, 5000)]))
    assert (net.length_m, net.islands_m) == (pytest.approx(160), 0)


@pytest.mark.parametrize("closed", ["highway", "motorway", "motorway_link", "trunk"])
def test_motorways_are_closed(closed):
    """A motorway is no way, and its length is reported."""
    net = network(streets([(0, 0), (100, 0)], [(0, 0), (0, 70)], classes=["minor", closed]))
    assert (net.length_m, net.closed_m) == (pytest.approx(100), pytest.approx(70))


@pytest.mark.parametrize(
    ("name", "closed"),
    [
        ("Tunnel du Vieux-Port", True),
        ("Autoroute du Littoral", True),
        ("Impasse de l'Autoroute", False),
        ("Tunnelle", False),
        ("", False),
        (None, False),
    ],
)
def test_road_tunnels_are_closed_by_their_names(name, closed):
    """A street called tunnel or motorway is closed whatever its class; one named after it is not."""
    net = network(streets([(0, 0), (100, 0)], [(0, 0), (0, 70)], names=np.array(["", name], dtype=object)))
    assert net.closed_m == pytest.approx(70 if closed else 0)


def test_what_carries_nobody():
    """Duplicates, either way round, and lines empty, missing, without length, or not lines add nothing."""
    plain = network(streets([(0, 0), (30, 0), (60, 0)]))
    noisy = network(
        streets(
            [(0, 0), (30, 0), (60, 0)],
            [(60, 0), (30, 0), (0, 0)],
            [(30, 0), (30, 0), (60, 0)],
            [(10, 10), (10, 10)],
            None,
            shapely.LineString(),
            shapely.Point(X, Y),
            shapely.box(X, Y, X + 10, Y + 10),
        )
    )
    assert np.array_equal(plain.xy, noisy.xy)
    assert np.array_equal(plain.edges, noisy.edges)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, 1e300])
def test_a_coordinate_that_is_no_place(bad):
    """A vertex that is nowhere breaks its line in two; the rest is kept."""
    with np.errstate(invalid="ignore"):  # shapely looks at the coordinate too
        line = shapely.linestrings([[X, Y], [X + 20, Y], [bad, Y], [X + 40, Y], [X + 60, Y]])
    net = network(streets(line))
    assert net.edge_m == pytest.approx([20, 20])


def test_parts_of_a_line_are_not_joined():
    """The parts of a multiple line stay apart: nobody jumps from one to the next."""
    parts = shapely.MultiLineString([[(X, Y), (X + 20, Y)], [(X + 60, Y), (X + 80, Y)]])
    assert network(streets(parts)).length_m == pytest.approx(40)


@pytest.mark.parametrize("lines", [[], [shapely.LineString()]])
def test_no_street(lines):
    """Without any street there is a network, and it serves nobody."""
    net = network(streets(*lines))
    assert (len(net.xy), len(net.edges), net.length_m) == (0, 0, 0)
    assert not len(snap(net, points((0, 0))).origin)


def test_only_the_legal_projection():
    """Degrees are refused: a distance in degrees would be a lie."""
    with pytest.raises(ValueError, match="EPSG:2154"):
        network(streets([(0, 0), (1, 1)]).set_crs(WGS84, allow_override=True))


def test_stepping_onto_the_street():
    """A point steps straight onto the nearest street, between its vertices if need be."""
    net = network(streets([(0, 0), (20, 0)]))
    snaps = snap(net, points((5, 40), (-30, 40), (0, SNAP_WITHIN_M + 0.1)))
    assert snaps.origin.tolist() == [0, 1]
    assert snaps.along_m == pytest.approx([5, 0])
    assert snaps.away_m == pytest.approx([40, 50])


def test_equally_near_streets():
    """A point as near to two streets takes the one that leads sooner."""
    net = network(streets([(0, 20), (0, 0), (100, 0)], [(0, 20), (100, 20)]))
    for goal in (node(net, 100, 0), node(net, 100, 20)):
        node_m = dijkstra(net.graph, indices=goal)
        assert snap(net, points((50, 10))).nearest_m(net, node_m) == pytest.approx([10 + 50])


# Uneven, so that no cut of a street between two of these places falls on a third.
places = st.tuples(st.sampled_from([0, 41, 83, 127, 173, 229]), st.sampled_from([0, 37, 79, 131, 167, 223]))
segments = st.lists(st.tuples(places, places), min_size=1, max_size=15)


def table(net, lines):
    """Every distance between two vertices of some lines that are in a network, by pair of places."""
    found = dijkstra(net.graph)
    ranks = {tuple(place): rank for rank, place in enumerate(np.round(net.xy - (X, Y), 2).tolist())}
    kept = {place: ranks[place] for line in lines for place in line if place in ranks}
    return {(a, b): found[i, j] for a, i in kept.items() for b, j in kept.items()}


@settings(max_examples=60)
@given(segments)
def test_ways_are_symmetric_and_no_shorter_than_the_line(lines):
    """It is as far there as back, and never nearer than in a straight line."""
    assume(any(a != b for a, b in lines))
    for (a, b), metres in table(network(streets(*lines)), lines).items():
        assert metres >= math.dist(a, b) - 1e-6
    found = dijkstra(network(streets(*lines)).graph)
    assert np.allclose(found, found.T, rtol=0, atol=1e-9)


@settings(max_examples=60)
@given(segments, st.tuples(places, places))
def test_one_more_street_never_lengthens_a_way(lines, more):
    """Between two places that stay, a new street shortens the way or leaves it."""
    assume(any(a != b for a, b in lines))
    before, after = (table(network(streets(*kept)), lines) for kept in (lines, [*lines, more]))
    for pair in before.keys() & after.keys():
        assert after[pair] <= before[pair] + 1e-9


@settings(max_examples=60)
@given(segments, st.randoms())
def test_order_and_direction_change_nothing(lines, random):
    """The same streets in another order, drawn the other way, give the very same network."""
    turned = [line[::-1] if random.random() < 0.5 else line for line in lines]
    random.shuffle(turned)
    one, other = network(streets(*lines)), network(streets(*turned))
    assert np.array_equal(one.xy, other.xy)
    assert np.array_equal(one.edges, other.edges)
    assert one.edge_m.max(initial=0) <= LONGEST_EDGE_M + 1e-9


def plain_dijkstra(neighbours, start):
    """The textbook's search, for comparison."""
    best, heap = {start: 0.0}, [(0.0, start)]
    while heap:
        metres, place = heapq.heappop(heap)
        if metres > best[place]:
            continue
        for other, length in neighbours[place].items():
            if metres + length < best.get(other, math.inf):
                best[other] = metres + length
                heapq.heappush(heap, (best[other], other))
    return best


@pytest.mark.thorough
def test_real_streets_against_a_plain_search(official):
    """On the streets of Marseille, 200 ways are those of another program that reads the lines by itself."""
    layer = gpd.read_file(f"/vsigzip/{official / 'marseille_rues.geojson.gz'}")
    layer = layer.rename(columns={"roadClass": "road_class"}).to_crs(LAMBERT_93)
    net = network(layer)
    walked = layer[
        (layer["road_class"] != "highway") & ~layer["name"].str.startswith(("Tunnel ", "Autoroute "))
    ]
    neighbours = {}
    for line in walked.geometry:
        for a, b in zip(line.coords[:-1], line.coords[1:], strict=True):
            one, other = ((round(x, 3), round(y, 3)) for x, y in (a, b))
            neighbours.setdefault(one, {})[other] = neighbours.setdefault(other, {})[one] = math.dist(a, b)
    drawn = np.random.default_rng(2026)
    ranks = {}
    for rank, (x, y) in enumerate(net.xy.tolist()):
        ranks.setdefault((round(x, 3), round(y, 3)), rank)
    vertices = sorted(ranks.keys() & neighbours.keys())
    assert len(vertices) > 100_000
    for start in drawn.choice(len(vertices), 4, replace=False):
        plain = plain_dijkstra(neighbours, vertices[start])
        ours = dijkstra(net.graph, indices=ranks[vertices[start]])
        ends = [vertices[end] for end in drawn.choice(len(vertices), 50, replace=False)]
        assert [ours[ranks[end]] for end in ends] == pytest.approx([plain[end] for end in ends], abs=1.0)
    assert 2_900_000 < net.length_m < 3_000_000
    assert net.islands_m < 0.03 * net.length_m
