"""The spatial join: who is in a district, near it, or neither."""

import geopandas as gpd
import pytest
import shapely

from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.geo.join import Near, by_area, by_district, distances_m, nearby

COLUMNS = ["code_qp", "id", "distance_m", "inside"]
X, Y = 900_000, 6_250_000
LEFT = shapely.box(X, Y, X + 100, Y + 100)
RIGHT = shapely.box(X + 500, Y, X + 600, Y + 100)


def series(crs=LAMBERT_93, **shapes):
    """Shapes by name."""
    return gpd.GeoSeries(list(shapes.values()), index=list(shapes), crs=crs)


def point(dx, dy=50):
    """A point at so many metres from the corner of the first district."""
    return shapely.Point(X + dx, Y + dy)


def rows(table):
    """The table as plain tuples."""
    return [tuple(row) for row in table.itertuples(index=False)]


def test_inside_near_and_beyond():
    """A thing is in, within 300 m with its distance, or absent; the limit itself is within."""
    things = series(dedans=point(50), pres=point(-120), limite=point(-300), dehors=point(-300.5))
    assert rows(nearby(series(Q=LEFT), things)) == [
        ("Q", "dedans", 0.0, True),
        ("Q", "pres", 120.0, False),
        ("Q", "limite", 300.0, False),
    ]


def test_columns():
    """The table has the announced columns and a plain index."""
    table = nearby(series(Q=LEFT), series(a=point(50)))
    assert list(table.columns) == COLUMNS
    assert list(table.index) == [0]


def test_many_to_many():
    """A thing between two districts is paired with both, each at its own distance, ordered by district."""
    things = series(milieu=point(200), gauche=point(90))
    assert rows(nearby(series(Z=LEFT, A=RIGHT), things)) == [
        ("A", "milieu", 300.0, False),
        ("Z", "gauche", 0.0, True),
        ("Z", "milieu", 100.0, False),
    ]


def test_ties_by_id():
    """At the same distance things come in the order of their ids, whatever the order of the file."""
    things = series(c=point(-10), a=point(-10), b=point(-10))
    assert list(nearby(series(Q=LEFT), things)["id"]) == ["a", "b", "c"]


def test_polygons_by_their_edges():
    """Between polygons the distance is from edge to edge, and 0 as soon as they meet."""
    things = series(
        voisin=shapely.box(X + 130, Y, X + 900, Y + 900),
        chevauche=shapely.box(X + 50, Y, X + 900, Y + 900),
        touche=shapely.box(X + 100, Y, X + 900, Y + 900),
    )
    assert rows(nearby(series(Q=LEFT), things)) == [
        ("Q", "chevauche", 0.0, True),
        ("Q", "touche", 0.0, True),
        ("Q", "voisin", 30.0, False),
    ]


def test_distance_asked():
    """The distance asked for is the one used."""
    things = series(a=point(-40), b=point(-60))
    assert list(nearby(series(Q=LEFT), things, within_m=50)["id"]) == ["a"]


@pytest.mark.parametrize("crs", [WGS84, "EPSG:3857", None])
def test_refuses_other_projections(crs):
    """Degrees, Mercator metres and no projection at all are refused on either side, with the remedy."""
    good, bad = series(Q=LEFT), series(crs=crs, Q=LEFT)
    with pytest.raises(ValueError, match=r"perimeters must be in EPSG:2154, .*to_crs"):
        nearby(bad, good)
    with pytest.raises(ValueError, match=r"things must be in EPSG:2154, .*to_crs"):
        nearby(good, bad)


@pytest.mark.parametrize(
    ("perimeters", "things"),
    [
        (series(), series(a=point(50))),
        (series(Q=LEFT), series()),
        (series(), series()),
        (series(Q=LEFT), series(a=point(9000))),
    ],
    ids=["no district", "no thing", "nothing", "none near"],
)
def test_empty(perimeters, things):
    """Where there is nothing to pair the table is empty, with its columns."""
    table = nearby(perimeters, things)
    assert table.empty
    assert list(table.columns) == COLUMNS


def test_by_district():
    """Pairs are listed by district, the nearest first, and a district with nothing near has no list."""
    things = series(loin=point(-200), dedans=point(50), pres=point(-10))
    assert by_district(nearby(series(Z=LEFT, A=RIGHT), things)) == {
        "Z": (
            Near("dedans", 0.0, inside=True),
            Near("pres", 10.0, inside=False),
            Near("loin", 200.0, inside=False),
        )
    }
    assert by_district(nearby(series(Q=LEFT), series())) == {}


def test_real_tables_agree_with_brute_force(atlas):
    """In the real data the pairs are those found by measuring every distance, one by one."""
    exact = {action.id for action in atlas.actions.values() if action.is_exact}
    points = gpd.GeoSeries(
        gpd.points_from_xy(
            [atlas.actions[i].lon for i in sorted(exact)], [atlas.actions[i].lat for i in sorted(exact)]
        ),
        index=sorted(exact),
        crs=WGS84,
    ).to_crs(LAMBERT_93)
    expected = {
        (code, name): shape.distance(place)
        for code, shape in atlas.perimeters.items()
        for name, place in points.items()
        if shape.distance(place) <= 300
    }
    got = {(code, near.id): near.distance_m for code, rows in atlas.actions_near.items() for near in rows}
    assert got == pytest.approx(expected)


def test_from_a_district_to_all_of_them():
    """From edge to edge: nothing to itself or to one that it touches, metres to the others."""
    touching = shapely.box(X + 100, Y, X + 200, Y + 100)
    found = distances_m(series(A=LEFT, B=RIGHT, C=touching), "A")
    assert found == {"A": 0.0, "B": 400.0, "C": 0.0}
    with pytest.raises(KeyError):
        distances_m(series(A=LEFT), "Z")


def test_a_district_is_in_each_area_that_holds_a_part_of_it():
    """A tenth of its ground is enough, a hundredth is a generalised outline, and an edge is nothing."""
    areas = series(
        tout=shapely.box(X - 10, Y - 10, X + 110, Y + 110),
        dixieme=shapely.box(X + 90, Y, X + 500, Y + 100),
        centieme=shapely.box(X - 50, Y, X + 1, Y + 100),
    )
    found = by_area(series(gauche=LEFT, droite=RIGHT), areas)
    assert found == {"tout": ("gauche",), "dixieme": ("gauche",), "centieme": ()}
