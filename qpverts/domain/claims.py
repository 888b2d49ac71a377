"""Claims put to the test: where districts stand against random places, and what may be said of it.

Each district's figure stands beside those of its own shape put at random places (a Monte Carlo test: Barnard,
1963; Besag and Diggle, 1977). With ``M`` places of which ``r`` reach at least the real figure, the pseudo
p-value is ``(r + 1) / (M + 1)``. The rule that turns the tests into words never says more than they do.
The computing itself is a study, run by hand: ``studies/edge_test``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

#: A difference is sure when chance alone would give one as large in fewer draws than this, on each side.
SURE_P = 0.025
#: Below this many districts nothing is said of them all.
LEAST_DISTRICTS = 20
#: Shares of the boundary from which a district is said to stand at the edge of green ground, in %.
EDGE_SHARES_PCT = (10.0, 25.0, 50.0)


class Green(StrEnum):
    """What counts as green ground at the edge of a district."""

    VEGETATION = "vegetation"
    PARKS = "parcs"


class Reference(StrEnum):
    """Where the random places are drawn."""

    COMMUNE = "commune"
    AROUND = "voisinage"
    STREETS = "rues"


class Reading(StrEnum):
    """How the unknown place of the green inside its parcel or park is read."""

    LOW = "bas"
    LIKELY = "valeur"
    HIGH = "haut"


class Finding(StrEnum):
    """What one test, or all readings of it together, says of districts against random places."""

    MORE = "plus"
    LESS = "moins"
    NO_DIFFERENCE = "pas de différence sûre"
    UNKNOWN = "inconnu"


class ClaimVerdict(StrEnum):
    """What may be said of a claim."""

    SUPPORTED = "vrai"
    NOT_SHOWN = "pas montré"
    CONTRADICTED = "contredit"
    UNDECIDED = "on ne peut pas le dire"


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """One district's share of boundary at the edge of green ground, beside that of random places, in %.

    ``rank_pct`` is the share of the places that the district passes, ties counted by half. What is not known
    is ``None``: ``value``, ``low`` and ``high`` where no green ground is; the rest where too few places are
    known. ``places`` counts those that the quantiles (of the likely reading) rest on, ``tries`` the draws.
    """

    code_qp: str
    green: Green
    reference: Reference
    value: float | None
    low: float | None
    high: float | None
    p05: float | None
    p25: float | None
    p50: float | None
    p75: float | None
    p95: float | None
    rank_pct: float | None
    places: int
    tries: int


@dataclass(frozen=True, slots=True)
class EdgeTest:
    """The mean of all known districts against the means of as many random places, in %.

    ``at_least`` of the ``draws`` random means reach the real one, ``at_most`` do not pass it. ``real_25_pct``
    and ``random_25_pct`` are the shares of districts, and of random places, with at least a quarter of their
    boundary at the edge. Figures are ``None`` where no district is known.
    """

    green: Green
    reference: Reference
    reading: Reading
    districts: int
    draws: int
    mean: float | None
    random_mean: float | None
    random_low: float | None
    random_high: float | None
    at_least: int
    at_most: int
    real_25_pct: float | None
    random_25_pct: float | None

    @property
    def p_more(self) -> float:
        """Pseudo p-value of "more than at random"."""
        return pseudo_p(self.at_least, self.draws)

    @property
    def p_less(self) -> float:
        """Pseudo p-value of "less than at random"."""
        return pseudo_p(self.at_most, self.draws)

    @property
    def finding(self) -> Finding:
        """Say what this test alone tells."""
        if self.districts < LEAST_DISTRICTS or not self.draws:
            return Finding.UNKNOWN
        if self.p_more <= SURE_P:
            return Finding.MORE
        return Finding.LESS if self.p_less <= SURE_P else Finding.NO_DIFFERENCE


def pseudo_p(reached: int, draws: int) -> float:
    """Give ``(r + 1) / (M + 1)``: never zero, since the real case is one of the possible ones.

    >>> pseudo_p(0, 199)
    0.005
    """
    return (reached + 1) / (draws + 1)


def together(tests: Iterable[EdgeTest]) -> Finding:
    """Say what the readings of one reference tell: what all of them say, or that nothing is sure."""
    found = {test.finding for test in tests}
    if not found or Finding.UNKNOWN in found:
        return Finding.UNKNOWN
    return found.pop() if len(found) == 1 else Finding.NO_DIFFERENCE


def verdict(findings: Mapping[Reference, Finding]) -> ClaimVerdict:
    """Judge "more than elsewhere": true, or contradicted, only when every known reference says so.

    A reference that cannot be tested does not count; where none can, nothing can be said.
    """
    known = {finding for finding in findings.values() if finding is not Finding.UNKNOWN}
    if not known:
        return ClaimVerdict.UNDECIDED
    if known == {Finding.MORE}:
        return ClaimVerdict.SUPPORTED
    return ClaimVerdict.CONTRADICTED if known == {Finding.LESS} else ClaimVerdict.NOT_SHOWN


def findings(tests: Sequence[EdgeTest], green: Green) -> dict[Reference, Finding]:
    """Give what each reference tells of one kind of green, all readings together."""
    return {
        reference: together(t for t in tests if t.green is green and t.reference is reference)
        for reference in Reference
    }


def at_the_edge(rows: Iterable[EdgeRow], green: Green, least_pct: float) -> tuple[int, int, int, int]:
    """Count the districts with at least this share of their boundary at the edge: low, likely, high, known.

    A district is counted once, whatever the references.
    """
    known = {
        row.code_qp: (row.low, row.value, row.high)
        for row in rows
        if row.green is green and row.value is not None
    }
    low, likely, high = (
        sum((reading[at] or 0.0) >= least_pct for reading in known.values()) for at in range(3)
    )
    return low, likely, high, len(known)
