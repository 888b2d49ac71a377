"""Districts beside random places: what is measured, on ground made by hand in two real communes."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from qpverts.domain.claims import Green, Reading, Reference
from qpverts.errors import QpvertsError
from qpverts.sources.load import read_content
from qpverts.sources.reading import catalogue as catalogues
from studies.edge_test.edges import Grounds
from studies.edge_test.measure import measure, rooms_of
from studies.edge_test.mosaic import Mosaic
from studies.edge_test.run import verify
from studies.edge_test.tables import edge_tests_bytes, edges_bytes

SALON = ("QN01327I", "QN01328I")
PLACES = 6


@pytest.fixture(scope="module")
def content(data_dir):
    """The real content, read and not yet ruled on: not to be changed in place."""
    return read_content(catalogues.load(data_dir))


@pytest.fixture(scope="module")
def small(content):
    """The content with the two districts of Salon only."""
    return replace(
        content,
        qpvs=tuple(qpv for qpv in content.qpvs if qpv.code in SALON),
        perimeters=content.perimeters.loc[list(SALON)],
    )


@pytest.fixture(scope="module")
def commune(content):
    """The outline of Salon, EPSG:2154."""
    return content.outlines.geometry.loc["13103"]


def grounds(frame, rim, known=None):
    """Grounds whose green rim is ``rim`` under all readings; known everywhere unless told otherwise."""
    zone = Mosaic.of(np.array([rim], dtype=object), frame)
    rims = {(green, reading): zone for green in Green for reading in Reading}
    return Grounds(rims, Mosaic.of(np.array([frame if known is None else known]), frame), None)


def measured(content, ground):
    """The rows that have random places, and the tests."""
    rows, tests = measure(content, ground, lambda _: None, PLACES)
    return rows, tests


def test_where_all_is_green_no_place_differs(small, commune):
    """With green everywhere, districts and places are at 100 %, in the middle of their ranks."""
    rows, tests = measured(small, grounds(commune, commune.buffer(9_000)))
    tested = [row for row in rows if row.places]
    assert {(row.code_qp, row.reference) for row in tested} == {
        (code, reference) for code in SALON for reference in (Reference.COMMUNE, Reference.AROUND)
    }
    for row in tested:
        assert (row.places, row.rank_pct) == (PLACES, 50)
        assert (row.low, row.value, row.high, row.p05, row.p95) == pytest.approx((100,) * 5)
    for test in tests:
        if test.districts:
            assert (test.at_least, test.at_most) == (PLACES, PLACES)


def test_green_only_in_the_districts_is_found(small, commune):
    """With green on the districts alone, each is at 100 % and passes nearly all its places in the commune."""
    own = shapely.union_all(small.perimeters.geometry.to_numpy()).buffer(60)
    rows, tests = measured(small, grounds(commune, own))
    for row in rows:
        if row.reference is Reference.COMMUNE and row.green is Green.VEGETATION:
            assert row.value == pytest.approx(100)
            assert row.rank_pct > 90
    test = next(t for t in tests if t.reference is Reference.COMMUNE and t.reading is Reading.LIKELY)
    assert test.at_least == 0


def test_unknown_ground_gives_nothing_rather_than_zero(small, commune):
    """A district on unknown ground has neither figure nor place; its parks are still told."""
    rows, tests = measured(small, grounds(commune, commune, known=commune.centroid.buffer(1).buffer(1)))
    vegetation = [row for row in rows if row.green is Green.VEGETATION]
    assert [(row.value, row.rank_pct, row.places) for row in vegetation] == [(None, None, 0)] * 6
    assert {test.districts for test in tests} == {0}
    assert {test.mean for test in tests} == {None}


def test_the_same_ground_gives_the_same_bytes(small, commune):
    """Draws are seeded by district: once more, or without the other district, they are the same."""
    ground = grounds(commune, commune.centroid.buffer(2_000))
    (rows, tests), (again, tests_again) = (measured(small, ground) for _ in range(2))
    assert edges_bytes(rows) == edges_bytes(again)
    assert edge_tests_bytes(tests) == edge_tests_bytes(tests_again)
    alone = replace(small, qpvs=small.qpvs[:1], perimeters=small.perimeters.iloc[:1])
    own = [row for row in rows if row.code_qp == small.qpvs[0].code and row.reference is Reference.COMMUNE]
    assert [row for row in measured(alone, ground)[0] if row.reference is Reference.COMMUNE] == own


def test_rooms_are_communes_and_streets_those_of_marseille(content):
    """A district may go anywhere in its communes, if their outline is known; streets in Marseille only."""
    rooms = rooms_of(content, Reference.COMMUNE)
    assert "QN08406M" not in rooms  # Pertuis, whose outline is not embedded
    assert rooms["QN01341I"].inside.area > content.outlines.geometry.loc["13055"].area  # two communes
    near = rooms_of(content, Reference.AROUND)["QN01338I"]
    assert near.centre.area < near.inside.area
    assert content.perimeters.geometry.loc["QN01338I"].buffer(990).within(near.centre)
    streets = rooms_of(content, Reference.STREETS)
    assert "QN01338I" in streets
    assert not set(SALON) & set(streets)


def test_without_layers_the_command_says_what_to_do(data_dir, tmp_path):
    """Nothing is written when the ground or the streets were not fetched."""
    before = (data_dir / "geo" / "bordure.csv").read_bytes()
    with pytest.raises(QpvertsError, match="sync"):
        verify(data_dir, tmp_path / "var", lambda _: None)
    assert (data_dir / "geo" / "bordure.csv").read_bytes() == before
