"""Claims against chance: pseudo p-values, findings, and words that never say more than the tests."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.claims import (
    LEAST_DISTRICTS,
    ClaimVerdict,
    EdgeRow,
    EdgeTest,
    Finding,
    Green,
    Reading,
    Reference,
    at_the_edge,
    findings,
    pseudo_p,
    together,
    verdict,
)


def made(at_least, at_most, districts=52):
    """A test of 199 draws."""
    figures = (30.0, 30.0, 20.0, 40.0)
    return EdgeTest(
        Green.VEGETATION,
        Reference.COMMUNE,
        Reading.LIKELY,
        districts,
        199,
        *figures,
        at_least,
        at_most,
        50.0,
        50.0,
    )


@given(reached=st.integers(0, 499))
def test_a_pseudo_p_value_is_a_probability_and_never_zero(reached):
    """From 1/(M+1) to 1, growing with the draws that reach the real figure."""
    assert 1 / 500 <= pseudo_p(reached, 499) <= 1
    assert pseudo_p(reached + 1, 499) > pseudo_p(reached, 499)


def test_findings_by_their_draws():
    """5 draws of 200 and one more make the border of what is sure, on both sides."""
    assert made(4, 195).finding is Finding.MORE
    assert made(5, 194).finding is Finding.NO_DIFFERENCE
    assert made(195, 4).finding is Finding.LESS
    assert made(4, 195, districts=LEAST_DISTRICTS - 1).finding is Finding.UNKNOWN


def test_readings_must_agree():
    """A finding stands when all readings give it; else there is no sure difference."""
    more, less, none = made(0, 199), made(199, 0), made(100, 100)
    assert together([more, more, more]) is Finding.MORE
    assert together([more, more, none]) is Finding.NO_DIFFERENCE
    assert together([more, less, none]) is Finding.NO_DIFFERENCE
    assert together([made(0, 199, districts=3), more]) is Finding.UNKNOWN
    assert together([]) is Finding.UNKNOWN
    assert findings([more], Green.VEGETATION)[Reference.COMMUNE] is Finding.MORE
    assert findings([more], Green.PARKS)[Reference.COMMUNE] is Finding.UNKNOWN


@pytest.mark.parametrize("found", list(product(Finding, repeat=3)))
def test_a_verdict_never_says_more_than_the_findings(found):
    """True only if all that is known says more; contradicted only if all says less; else not shown."""
    given_verdict = verdict(dict(zip(Reference, found, strict=True)))
    known = [finding for finding in found if finding is not Finding.UNKNOWN]
    assert (given_verdict is ClaimVerdict.UNDECIDED) == (not known)
    if given_verdict is ClaimVerdict.SUPPORTED:
        assert all(finding is Finding.MORE for finding in known)
    if given_verdict is ClaimVerdict.CONTRADICTED:
        assert all(finding is Finding.LESS for finding in known)
    if Finding.NO_DIFFERENCE in known:
        assert given_verdict is ClaimVerdict.NOT_SHOWN


def test_a_district_counts_once_and_the_unknown_is_left_out():
    """Two of three are known, one at 30 % (10 to 60): at a quarter none surely, one likely, two maybe."""

    def row(code, reference, low, value, high):
        return EdgeRow(code, Green.VEGETATION, reference, value, low, high, *(None,) * 6, places=0, tries=0)

    rows = [
        *(row("A", reference, 10.0, 30.0, 60.0) for reference in Reference),
        row("B", Reference.COMMUNE, 0.0, 0.0, 25.0),
        row("C", Reference.COMMUNE, None, None, None),
    ]
    assert at_the_edge(rows, Green.VEGETATION, 25.0) == (0, 1, 2, 2)
    assert at_the_edge(rows, Green.PARKS, 25.0) == (0, 0, 0, 0)
