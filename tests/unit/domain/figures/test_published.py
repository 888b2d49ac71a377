"""The published measures: rows to facts and back, and nothing made of what is not covered."""

import pytest

from qpverts.domain.figures import published
from qpverts.domain.figures.facts import Interval, VegetationFacts, WalkFacts
from qpverts.domain.figures.indicators import State, evaluate
from qpverts.domain.figures.published import Cell, NatureRow
from qpverts.domain.figures.specs.formulas import LEAST_KNOWN_PCT
from tests.declared import SPECS

CODE = "QN01301M"
FIGURES = {
    published.VEGETATION: (Interval(1, 2, 3), 80.0),
    published.VEGETATION_NEAR: (Interval(10, 20, 30), 60.0),
    published.GREEN_EDGE: (Interval(100, 200, 300), 80.0),
    published.STREET: (Interval(400, 500, 600), 95.0),
    published.STRAIGHT: (Interval(300, 350, 390), 95.0),
}
GROUND = [spec for spec in SPECS.indicators if spec.missing is State.VEGETATION_UNKNOWN]


def rows(**figures):
    """The rows of one district by measure id, but for the figures given."""
    found = {}
    for measure, (interval, coverage) in FIGURES.items():
        figure, coverage_pct = figures.get(measure.id, (interval, coverage))
        found[measure.id] = published.measured(
            CODE, measure, figure, coverage_pct, source="jeu", vintage="2023"
        )
    return found


def test_measured_row():
    """A measure is written with its unit, its source, its vintage and its coverage."""
    assert published.measured(
        CODE, published.VEGETATION, Interval(1, 2, 3), 80.0, source="jeu", vintage="2023"
    ) == NatureRow(CODE, "vegetation_m2", 2, 1, 3, "m²", "jeu", "2023", 80.0)


def test_measured_nothing():
    """What was not measured is written without figure, never as zero, and keeps its coverage."""
    row = published.measured(CODE, published.STREET, None, 0.0, source="jeu", vintage="")
    assert (row.value, row.low, row.high, row.coverage_pct) == (None, None, None, 0.0)
    assert published.interval(row) is None


def test_there_and_back():
    """Facts come back from their rows as they were measured."""
    assert published.vegetation_of(rows()) == VegetationFacts(
        80.0, Interval(1, 2, 3), 60.0, Interval(10, 20, 30), Interval(100, 200, 300)
    )
    assert published.walk_of(rows()) == WalkFacts(Interval(400, 500, 600), Interval(300, 350, 390), 95.0)


@pytest.mark.parametrize("measure", [published.VEGETATION, published.VEGETATION_NEAR, published.GREEN_EDGE])
def test_vegetation_is_whole_or_not_there(measure):
    """A district that lacks one of its three measures of vegetation, empty or absent, has none."""
    known = rows()
    del known[measure.id]
    assert published.vegetation_of(known) is None
    assert published.vegetation_of(rows(**{measure.id: (None, 10.0)})) is None
    assert published.walk_of(known) is not None


def test_ground_known_around_and_not_inside():
    """Nothing known inside is no ground without vegetation: the figure is empty, and what is around stays."""
    found = published.vegetation_of(rows(**{published.VEGETATION.id: (None, 0.0)}))
    assert found == VegetationFacts(
        0.0, Interval(0, 0, 0), 60.0, Interval(10, 20, 30), Interval(100, 200, 300)
    )


@pytest.mark.parametrize("measure", [published.STREET, published.STRAIGHT])
def test_walk_is_whole_or_not_there(measure):
    """A district that lacks the street or the straight line has no walk."""
    known = rows()
    del known[measure.id]
    assert published.walk_of(known) is None
    assert published.walk_of(rows(**{measure.id: (None, 0.0)})) is None
    assert published.vegetation_of(known) is not None


def test_no_rows():
    """A district that the table does not have has neither."""
    assert published.vegetation_of({}) is None
    assert published.walk_of({}) is None


@pytest.mark.parametrize(("low", "value", "high"), [(None, 1, 2), (1, None, 2), (1, 2, None)])
def test_half_a_figure_is_none(low, value, high):
    """A figure without one of its bounds is not a figure."""
    assert published.interval(NatureRow(CODE, "x", value, low, high, "m", "", "", None)) is None


def test_zero_is_a_figure():
    """Zero measured is known, which an empty cell is not."""
    assert published.interval(NatureRow(CODE, "x", 0.0, 0.0, 0.0, "m", "", "", None)) == Interval(0, 0, 0)


def test_by_district():
    """Rows are found by district, then by indicator, in whatever order they come."""
    table = [*rows().values(), NatureRow("QN01302M", "vegetation_m2", 5, 5, 5, "m²", "", "", None)]
    found = published.by_district(reversed(table))
    assert set(found) == {CODE, "QN01302M"}
    assert found[CODE] == rows()
    assert found["QN01302M"]["vegetation_m2"].value == 5


def test_published_row(district):
    """An indicator is written with its unit and vintage, and the datasets it rests on."""
    spec = SPECS.by_id["part_vegetalisee"]
    known = VegetationFacts(80.0, Interval(1e5, 2e5, 3e5), 60.0, Interval(0, 0, 0), Interval(0, 0, 0))
    row = published.published(CODE, evaluate(spec, [district(vegetation=known)]), ["qpv_2024", "autre"])
    assert row == NatureRow(
        CODE, "part_vegetalisee", 20, 10, 30, spec.unit, "qpv_2024 ; autre", spec.vintage, 80.0
    )


def test_published_nothing(district):
    """An indicator that is not covered is written without figure."""
    row = published.published(CODE, evaluate(SPECS.by_id["part_vegetalisee"], [district()]), ["x"])
    assert (row.value, row.low, row.high) == (None, None, None)


@pytest.mark.parametrize("spec", GROUND, ids=lambda spec: spec.id)
def test_too_little_known_is_unknown(district, spec):
    """Where less than a quarter of the ground is known, there is no figure: unknown is not small."""

    def state(known_pct):
        some = Interval(1, 2, 3)
        facts = district(vegetation=VegetationFacts(known_pct, some, known_pct, some, some))
        got = evaluate(spec, [facts])
        assert (got.value is None) == (got.state is State.VEGETATION_UNKNOWN)
        return got.state

    assert state(LEAST_KNOWN_PCT) is State.KNOWN
    assert state(LEAST_KNOWN_PCT - 1e-9) is State.VEGETATION_UNKNOWN
    assert state(0.0) is State.VEGETATION_UNKNOWN


def test_each_vegetation_by_its_own_coverage(district):
    """Known inside and unknown around: the district has its share, and no figure for its surroundings."""
    some = Interval(1, 2, 3)
    inside = district(vegetation=VegetationFacts(90.0, some, 10.0, some, some))
    around = district(vegetation=VegetationFacts(10.0, some, 90.0, some, some))
    states = {
        spec.id: tuple(evaluate(spec, [facts]).state is State.KNOWN for facts in (inside, around))
        for spec in GROUND
    }
    assert states.pop("vegetation_hab_300m") == (False, True)
    assert set(states.values()) == {(True, False)}


def test_cell():
    """A cell half known, a quarter of which is green, is known at 50 % and green at 25 % of what is known."""
    cell = Cell("CRS3035RES200mN0E0", 20_000, 1_000, 5_000, 8_000)
    assert (cell.known_pct, cell.vegetated_pct) == (50, 25)
    assert Cell("CRS3035RES200mN0E0", 0, 0, 0, 0).vegetated_pct == 0


def test_measures_have_names_of_their_own():
    """No measure is named as an indicator, nor two alike, since they share a table."""
    names = [measure.id for measure in published.MEASURES] + [spec.id for spec in SPECS.nature]
    assert len(names) == len(set(names))
