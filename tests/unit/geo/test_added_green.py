"""Green spaces that do not exist, measured as if they did."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from qpverts.domain.acting.scenario import AddedSpace
from qpverts.domain.figures.facts import DistrictFacts
from qpverts.domain.model import Figures
from qpverts.geo import access, added_green
from qpverts.geo.crs import LAMBERT_93, WGS84

X, Y = 900_000, 6_250_000
SQUARE = shapely.box(X, Y, X + 1000, Y + 1000)


def at(x, y, area_ha=1.0):
    """A space asked for at a point of the plane, metres."""
    point = gpd.GeoSeries([shapely.Point(x, y)], crs=LAMBERT_93).to_crs(WGS84).iloc[0]
    return AddedSpace(point.y, point.x, area_ha)


def facts(located):
    """The facts of the square, with its green spaces; not covered when there is none."""
    green = None if located.empty else access.green_access(SQUARE, access.green_layer(located))
    return DistrictFacts(
        "QN01301M", 1e6, 4000.0, Figures("QN01301M", 1000, 400, 40.0, 50.0, 200), frozenset(), (), green, {}
    )


def test_a_planned_space_is_measured_as_a_real_one(located):
    """The facts with a space added are those that the space would give, were it in the list."""
    far = ("loin", X + 3000, Y + 500, 4)
    added = [at(X + 500, Y + 500)]
    after = added_green.facts_with(facts(located(far)), SQUARE, located(far), added)
    real = located(far, ("ajout-1", X + 500, Y + 500, 1)).set_crs(LAMBERT_93)
    expected = access.green_access(SQUARE, access.green_layer(real))
    for area, served in expected.served_m2.items():
        assert after.green.served_m2[area].value == pytest.approx(served.value, rel=1e-6)
        assert np.allclose(after.green.lattice_m[area].value, expected.lattice_m[area].value, atol=1e-3)
        assert after.green.edge_m[area].value == 0.0
    assert after.green.spaces == expected.spaces
    assert after.space_areas_ha["ajout-1"] == 1.0


def test_nothing_added_changes_nothing(located):
    """A scenario without a space gives back the very same facts."""
    known = facts(located(("loin", X + 3000, Y + 500, 4)))
    assert added_green.facts_with(known, SQUARE, located(), []) is known


def test_a_district_not_covered_is_measured_on_what_is_added(located):
    """Where no space was drawn, the one added is the only one known."""
    after = added_green.facts_with(facts(located()), SQUARE, located(), [at(X + 500, Y + 500)])
    assert after.green.spaces[300].value == {"ajout-1"}


def test_parks_of_elsewhere_do_not_make_a_district_covered(located):
    """What is drawn in other communes says nothing of this one, whose own parks are not drawn."""
    unknown = facts(located())
    far = located(("loin", X + 3000, Y + 500, 4))
    alone, among = (
        added_green.facts_with(unknown, SQUARE, real, [at(X + 500, Y + 500, 0.05)])
        for real in (located(), far)
    )
    assert among.green.spaces == alone.green.spaces
    assert not np.isfinite(among.green.lattice_m[0.5].value).any()


def test_a_small_space_does_not_serve_where_a_larger_one_is_asked_for(located):
    """Under half a hectare a space moves the figures of 1,000 m², not those of 0.5 ha."""
    far = located(("loin", X + 3000, Y + 500, 4))
    known = facts(far)
    after = added_green.facts_with(known, SQUARE, far, [at(X + 500, Y + 500, 0.2)])
    assert after.green.served_m2[0.5] == known.green.served_m2[0.5]
    assert after.green.served_m2[0.1].value > known.green.served_m2[0.1].value


def test_more_green_never_serves_less(located):
    """Whatever is added, no share shrinks and no distance grows."""
    near = located(("la", X + 100, Y + 100, 1), ("loin", X + 3000, Y + 500, 4))
    known = facts(near)
    added = []
    for x, y, area_ha in [(300, 900, 0.1), (1200, 200, 2), (500, 500, 10)]:
        added.append(at(X + x, Y + y, area_ha))
        after = added_green.facts_with(known, SQUARE, near, added)
        for area, before in known.green.served_m2.items():
            assert after.green.served_m2[area].value >= before.value - 1e-6
            assert after.green.edge_m[area].value <= known.green.edge_m[area].value
            assert (after.green.lattice_m[area].value <= known.green.lattice_m[area].value + 1e-9).all()


def test_the_vegetation_and_the_walk_are_left_alone(located):
    """What a scenario cannot measure keeps what is known today."""
    known = facts(located(("loin", X + 3000, Y + 500, 4)))
    after = added_green.facts_with(known, SQUARE, located(), [at(X, Y)])
    assert (after.vegetation, after.walk) == (known.vegetation, known.walk)


def test_a_real_space_under_a_planned_one_is_named(located):
    """One is told when the place is already a park, for it would be counted twice."""
    real = located(("parc", X, Y, 1), ("loin", X + 3000, Y, 4))
    assert added_green.overlapped(real, [at(X + 80, Y)]) == ("parc",)
    assert added_green.overlapped(real, [at(X + 200, Y)]) == ()
    assert added_green.overlapped(real, []) == ()
    assert added_green.overlapped(located(), [at(X, Y)]) == ()
