"""The two generations of districts: what a code says, and what is said of comparing their figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.vintage import (
    Change,
    Generation,
    Overlap,
    change,
    departement,
    followers,
    generation,
    overlap_pct,
    trend_note,
)

CODES = {
    "QP013038": (Generation.Y2015, "13", None),
    "QP001007": (Generation.Y2015, "01", None),
    "QP02A001": (Generation.Y2015, "2A", None),
    "QP974012": (Generation.Y2015, "974", None),
    "QN01338I": (Generation.Y2024, "13", Change.IDENTICAL),
    "QN00101M": (Generation.Y2024, "01", Change.MODIFIED),
    "QN02B01N": (Generation.Y2024, "2B", Change.NEW),
    "QN97122N": (Generation.Y2024, "971", Change.NEW),
    "QN98701M": (Generation.Y2024, "987", Change.MODIFIED),
}

NOT_CODES = [
    "", "QN", "QN01338", "QN01338X", "qn01338i", " QN01338I", "QN01338I\n", "QN01338II", "QP01338I",
    "QN013038", "QN02C01I", "QN99901I", "QN0\u0661338I", "13055", "Air Bel", "QN13338I",
]  # fmt: skip


@pytest.mark.parametrize(("code", "told"), CODES.items(), ids=CODES)
def test_what_a_code_says(code, told):
    """A code tells its generation, its département as INSEE writes it, and what became of the perimeter."""
    assert (generation(code), departement(code), change(code)) == told


@pytest.mark.parametrize("text", NOT_CODES, ids=repr)
def test_what_is_no_code(text):
    """What is nearly a code is not one: nothing is read in it, and the sentence says so."""
    assert (generation(text), departement(text), change(text)) == (None, None, None)
    assert "Ce n'est pas le code" in trend_note(text)


def test_identical_may_be_compared():
    """On an identical perimeter figures may be compared, with the reason."""
    assert "même en 2015 et en 2024 : les chiffres se comparent" in trend_note("QN01338I")


@pytest.mark.parametrize(
    ("code", "said"), [("QN01302M", "a changé"), ("QN01370N", "n'était pas prioritaire")]
)
def test_modified_and_new_are_refused(code, said):
    """On a perimeter that changed or is new nothing may be compared, and the reason says which."""
    assert said in trend_note(code)


def test_old_code_is_sent_to_the_new_one():
    """A person who gives a code of 2015 is asked for that of 2024."""
    assert "code de 2024" in trend_note("QP013038")


def test_identical_by_name_only():
    """Where the published drawings differ, the code still decides, and the reason warns with the figure."""
    assert "84 % : comparez avec prudence" in trend_note("QN01304I", overlap_pct=84.13)
    assert trend_note("QN01304I", overlap_pct=95.0) == trend_note("QN01304I")


@given(st.sampled_from("MN"), st.integers(1, 95), st.integers(0, 99), st.floats(0, 100))
def test_no_overlap_excuses_a_change(letter, dep, rank, overlap_pct):
    """However alike the drawings, a modified or new district is never said to be comparable."""
    code = f"QN0{dep:02d}{rank:02d}{letter}"
    assert trend_note(code, overlap_pct) == trend_note(code)
    assert "se comparent" not in trend_note(code)


@given(st.text(max_size=12))
def test_any_text_has_an_answer(text):
    """Any text gets a sentence; only an identical district is said to be comparable."""
    found = trend_note(text)
    assert found.endswith(".")
    assert ("se comparent" in found) == (change(text) is Change.IDENTICAL)


def test_overlap_is_that_of_the_likest_district():
    """Of several districts of 2015 the most similar counts, by the smaller of the two shares."""
    found = overlap_pct(
        [
            Overlap("QP013001", "Un", "QN01301M", 10.0, 90.0, 20.0),
            Overlap("QP013002", "Deux", "QN01301M", 10.0, 70.0, 80.0),
            Overlap("QP013003", "Trois", "QN01302I", 10.0, 99.0, 84.1),
        ]
    )
    assert found == {"QN01301M": 70.0, "QN01302I": 84.1}


def test_district_of_2015_is_followed_by_the_largest_part_first():
    """Each 2015 code leads to every 2024 district on its ground, the one with most of it first."""
    rows = [
        Overlap("QP013044", "Frais Vallon", "QN01344M", 100.0, 35.0, 99.0),
        Overlap("QP013044", "Frais Vallon", "QN01345M", 300.0, 64.0, 99.0),
        Overlap("QP013038", "Air Bel", "QN01338I", 50.0, 99.0, 99.0),
    ]
    found = followers(rows)
    assert [row.code_2024 for row in found["QP013044"]] == ["QN01345M", "QN01344M"]
    assert [row.code_2024 for row in found["QP013038"]] == ["QN01338I"]
    assert set(found) == {"QP013044", "QP013038"}
