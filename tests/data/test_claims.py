"""The embedded test of green edges agrees with the published indicators, and with itself."""

import pytest

from qpverts.domain.claims import Green, Reading, Reference, findings, verdict

INDICATORS = {Green.VEGETATION: "bordure_verte", Green.PARKS: "bordure_parcs"}


def test_every_district_is_there_for_each_comparison(atlas):
    """66 districts, two kinds of green, three comparisons; and a test of each by reading."""
    keys = [(row.code_qp, row.green, row.reference) for row in atlas.edges]
    assert keys == sorted({(code, green, ref) for code in atlas.qpvs for green in Green for ref in Reference})
    tests = [(test.green, test.reference, test.reading) for test in atlas.edge_tests]
    assert tests == sorted(
        {(green, ref, reading) for green in Green for ref in Reference for reading in Reading}
    )


def test_a_district_has_the_figures_of_its_indicator(atlas):
    """Value and bounds are those of *Carte* and *Quartier*, to the tenth that is written."""
    compared = 0
    for row in atlas.edges:
        shown = atlas.indicators[row.code_qp][INDICATORS[row.green]]
        if row.value is None:
            assert shown.value is None, row
            continue
        assert (row.value, row.low, row.high) == pytest.approx((shown.value, shown.low, shown.high), abs=0.06)
        compared += 1
    assert compared > 200


def test_what_has_no_ground_has_no_random_place(atlas):
    """Aix, Vitrolles and Pertuis, whose ground is not known, are compared with nothing."""
    unknown = {
        code
        for code, qpv in atlas.qpvs.items()
        if {c.code for c in qpv.communes} & {"13001", "13117", "84089"}
    }
    assert len(unknown) == 7
    assert all(row.places == 0 and row.rank_pct is None for row in atlas.edges if row.code_qp in unknown)


def test_streets_are_those_of_marseille(atlas):
    """Only districts of Marseille are compared with places as near to streets."""
    tested = {row.code_qp for row in atlas.edges if row.reference is Reference.STREETS and row.places}
    assert tested
    assert all("13055" in {c.code for c in atlas.qpvs[code].communes} for code in tested)


def test_the_mean_of_a_test_is_that_of_its_districts(atlas):
    """The mean over the districts compared, each counted once, is that of the likely reading."""
    for test in atlas.edge_tests:
        values = [
            row.value
            for row in atlas.edges
            if (row.green, row.reference) == (test.green, test.reference) and row.places
        ]
        assert test.districts == len(values)
        if test.reading is Reading.LIKELY and values:
            assert test.mean == pytest.approx(sum(values) / len(values), abs=0.11)


def test_the_verdict_is_that_of_its_findings(atlas):
    """What the page answers follows from the file alone."""
    for green in Green:
        assert verdict(findings(atlas.edge_tests, green)).value
