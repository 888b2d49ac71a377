"""The vegetation of districts and of their surroundings, on squares worked out by hand and overseas."""

import math

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from qpverts.domain.figures.facts import Interval
from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.geo.district_vegetation import NEAR_M, Districts, facts_from, rows_of
from tests.builders import parcel_layer, square

X, Y = 900_000, 6_250_000
SIDE = 100.0
AROUND_M2 = (
    SIDE**2 + 4 * SIDE * NEAR_M + math.pi * NEAR_M**2
)  # a square, four strips, four quarters of a disc


def districts(**shapes):
    """Districts by code."""
    return Districts.of(gpd.GeoSeries(shapes, crs=LAMBERT_93))


def facts(*parcels, **shapes):
    """The facts of districts (one square by default) among parcels."""
    known = districts(**shapes or {"Q": square(0, 0)})
    return facts_from(rows_of(parcel_layer(*parcels), known), known)


def about(value):
    """An amount of ground near a district, whose rounded corners are drawn with straight sides."""
    return pytest.approx(value, rel=2e-3)


def test_inside_near_and_edge():
    """Half of the district is a meadow that runs on as far again: 5,000 m² inside, 10,000 in all."""
    got = facts((square(50, 0), 10_000))["Q"]
    assert got.inside_m2 == Interval(5_000, 5_000, 5_000)
    assert got.near_m2 == Interval(10_000, 10_000, 10_000)
    assert got.known_pct == 50
    assert got.near_known_pct == about(100 * 10_000 / AROUND_M2)
    assert got.edge_m == Interval(400, 400, 400)  # within 50 m of the meadow, all of the boundary


def test_surroundings_hold_the_district():
    """Vegetation within 300 m includes that of the district itself."""
    got = facts((square(0, 0), 4_000), (square(200, 0), 6_000))["Q"]
    assert got.inside_m2.value == 4_000
    assert got.near_m2.value == 10_000


def test_surroundings_stop_at_300_m():
    """A parcel across the limit counts for its part within, one beyond it not at all."""
    got = facts((square(350, 0), 10_000), (square(401, 0), 10_000))["Q"]
    assert got.near_m2.value == pytest.approx(5_000)
    assert got.inside_m2 == Interval(0, 0, 0)
    assert got.known_pct == 0


def test_no_known_ground_no_facts():
    """A district without any known parcel is not there: it is not a district without vegetation."""
    assert facts() == {}
    assert facts((square(900, 0), 10_000)) == {}
    assert facts((square(0, 0), math.nan)) == {}
    assert list(facts((square(0, 0), 0.0))) == ["Q"]


def test_each_district_by_itself():
    """Each district has its own figures, and those without ground are left out."""
    got = facts(
        (square(0, 0), 4_000), (square(5_000, 0), 6_000),
        B=square(5_000, 0), A=square(0, 0), C=square(9_000, 0),
    )  # fmt: skip
    assert list(got) == ["A", "B"]
    assert (got["A"].inside_m2.value, got["B"].inside_m2.value) == (4_000, 6_000)
    assert (got["A"].near_m2.value, got["B"].near_m2.value) == (4_000, 6_000)


def test_overlapping_parcels_are_capped():
    """Ground drawn three times over is no more than the ground there is."""
    got = facts(*[(square(0, 0), 10_000)] * 3, (square(-1_000, -1_000, 2_100, 2_100), math.inf))["Q"]
    assert got.inside_m2 == Interval(10_000, 10_000, 10_000)
    assert got.known_pct == 100
    assert got.near_known_pct == 100
    assert got.near_m2.high == about(AROUND_M2)


def test_the_edge_alone():
    """Green beside the district, of which it shares no ground, is along its edge."""
    got = facts((square(100, 0), 10_000))["Q"]
    assert got.inside_m2 == Interval(0, 0, 0)
    assert got.edge_m == Interval(200, 200, 200)


def test_pieces_in_any_order():
    """The rows of pieces, in any order, sum to the very same facts."""
    parcels = parcel_layer(
        *((square(37 * rank - 300, 11 * rank, 90, 70), 700.3 * rank) for rank in range(12))
    )
    known = districts(Q=square(0, 0), R=square(150, 30))
    whole = facts_from(rows_of(parcels, known), known)
    pieces = [rows_of(parcels.iloc[rank::5], known) for rank in (3, 0, 4, 1, 2)]
    assert facts_from(pd.concat(pieces, ignore_index=True), known) == whole
    assert facts_from(rows_of(parcels.iloc[::-1], known), known) == whole


def test_layers_of_any_crs():
    """A layer in degrees gives the figures of the same layer on the plane, to a rounding."""
    parcels = parcel_layer((square(50, 0), 6_000), (square(150, 20), 10_000))
    known = districts(Q=square(0, 0))
    here, there = (facts_from(rows_of(one, known), known)["Q"] for one in (parcels, parcels.to_crs(WGS84)))
    for part in ("inside_m2", "near_m2", "edge_m"):
        for bound in ("low", "value", "high"):
            assert getattr(getattr(here, part), bound) == pytest.approx(
                getattr(getattr(there, part), bound), abs=1e-3
            )


def test_empty_pieces():
    """A piece without any parcel gives rows of the same columns and types, none of them."""
    known = districts(Q=square(0, 0))
    some, none = rows_of(parcel_layer((square(0, 0), 1.0)), known), rows_of(parcel_layer(), known)
    assert none.empty
    assert list(none.columns) == list(some.columns)
    assert facts_from(none, known) == {}


def test_boxes_hold_the_surroundings():
    """In degrees, the box of a district holds all of its surroundings at 300 m, with little to spare."""
    known = districts(Q=square(0, 0, 3_000, 500), R=square(9_000, 9_000))
    boxes = known.boxes(WGS84)
    around = known.surroundings.to_crs(WGS84).bounds.to_numpy()
    assert (boxes[:, :2] < around[:, :2]).all()
    assert (boxes[:, 2:] > around[:, 2:]).all()
    assert np.abs(boxes - around).max() < 2e-4  # about 20 m


def test_districts_share_no_prepared_outline():
    """Outlines that the caller prepared are copied: two threads may not use one prepared geometry."""
    shape = square(0, 0)
    shapely.prepare(shape)
    known = districts(Q=shape)
    assert not shapely.is_prepared(known.perimeters.to_numpy()).any()
    assert known.perimeters.loc["Q"].equals(shape)


def test_districts_crossed_by_projecting():
    """A district whose outline crosses itself once projected is repaired, and measured."""
    shape = shapely.Polygon([(5, 43.3), (5.4, 43.3), (5.4, 43.4), (5.2, 43.3 + 1e-6), (5, 43.4)])
    projected = gpd.GeoSeries({"Q": shape}, crs=WGS84).to_crs(LAMBERT_93)
    assert not projected.is_valid.all()
    known = Districts.of(projected)
    got = facts_from(rows_of(parcel_layer((shape.buffer(0.1), math.inf), crs=WGS84), known), known)["Q"]
    assert got.known_pct == pytest.approx(100)
    assert got.inside_m2.value == pytest.approx(shapely.area(shapely.make_valid(projected.iloc[0])))


@pytest.mark.parametrize(
    ("department", "legal_crs"), [("974", "EPSG:2975"), ("971", "EPSG:5490"), ("972", "EPSG:5490")]
)
def test_overseas_districts_in_their_legal_crs(official_districts, department, legal_crs):
    """A real district overseas, half of it under a meadow: its areas are those of the globe."""
    france = official_districts
    there = france[france["insee_dep"] == department].set_index("code_qp").geometry.make_valid()
    degrees = there.loc[[there.to_crs(legal_crs).area.idxmax()]]
    (code,) = degrees.index
    west, south, east, north = degrees.total_bounds
    middle, wide = (west + east) / 2, 0.01
    parcels = parcel_layer(
        (shapely.box(west - wide, south - wide, middle, north + wide), math.inf),
        (shapely.box(middle, south - wide, east + wide, north + wide), 0.0),
        crs=WGS84,
    )
    globe = degrees.crs.get_geod()
    true_m2, green_m2 = (
        abs(globe.geometry_area_perimeter(shape)[0])
        for shape in (degrees.iloc[0], shapely.intersection(degrees.iloc[0], parcels.geometry.iloc[0]))
    )
    known = Districts.of(degrees.to_crs(legal_crs))
    got = facts_from(rows_of(parcels, known), known)[code]
    assert known.perimeters.area[code] == pytest.approx(true_m2, rel=1e-3)
    assert got.inside_m2.value == pytest.approx(green_m2, rel=1e-3)
    assert got.known_pct == pytest.approx(100, abs=1e-6)
