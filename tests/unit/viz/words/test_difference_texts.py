"""What is said of a difference: how much, how surely, or why not; golden on cases made by hand."""

import dataclasses

import pytest

from qpverts.domain.figures.difference import spread
from qpverts.domain.figures.indicators import Indicator, State
from qpverts.viz.words import difference_texts
from tests.declared import SPECS

NAMES = ("Air Bel", "Salon", "Frais Vallon")


def made(spec_id, low, value, high, **changes):
    """Give an indicator of one district, wholly known."""
    spec = SPECS.by_id[spec_id]
    one = Indicator(spec, State.KNOWN, value, low, high, known=1, total=1, coverage_pct=None)
    return dataclasses.replace(one, **changes)


def unknown(spec_id, state=None):
    """Give an indicator without a value."""
    spec = SPECS.by_id[spec_id]
    return made(spec_id, None, None, None, state=state or spec.missing, known=0)


def said(*sides, same_vintage=True):
    """Give what is said, with ordinary spaces."""
    found = spread(sides, same_vintage=same_vintage)
    told = difference_texts.text(found, sides, NAMES[: len(sides)], same_vintage=same_vintage)
    return told.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (("pauvrete", 47, 47, 47), ("pauvrete", 57, 57, 57), "Salon : 10 points de plus"),
        (("emploi", 41.7, 41.7, 41.7), ("emploi", 40.2, 40.2, 40.2), "Air Bel : 1,5 point de plus"),
        (
            ("part_vegetalisee", 30, 34, 40),
            ("part_vegetalisee", 10, 12, 15),
            "Air Bel : 22 points de plus (entre 15 et 30 points)",
        ),
        (
            ("part_vegetalisee", 10, 34, 40),
            ("part_vegetalisee", 12, 30, 50),
            "pas d'écart certain : Air Bel entre 40 points de moins et 28 points de plus",
        ),
        (
            ("distance_05ha", 1200, 1330, 1400),
            ("distance_05ha", 100, 150, 900),
            "Air Bel : 1,2 km de plus (entre 300 m et 1,3 km)",
        ),
        (("population", 5508, 5508, 5508), ("population", 4857, 4857, 4857),
         "Air Bel : 651 habitants de plus"),
        (("population", 5508, 5508, 5508), ("population", 5508, 5508, 5508), "aucun écart"),
        (("espaces_300m", 0, 0, 0), ("espaces_300m", 0, 0, 0), "aucun écart connu"),
        (
            ("actions_1000", 4.90, 4.90, 4.90),
            ("actions_1000", 4.94, 4.94, 4.94),
            "presque aucun écart (moins de 0,1 pour 1 000 hab.)",
        ),
    ],
)  # fmt: skip
def test_difference_is_told_with_who_has_more_and_its_bounds(one, other, told):
    """Points between percentages, units elsewhere, bounds where there are some, and no false zero."""
    assert said(made(*one), made(*other)) == told


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        # 34,2 ha and 26,3 ha, 7,97 ha apart.
        (("surface", 34.24, 34.24, 34.24), ("surface", 26.27, 26.27, 26.27), "Air Bel : 7,9 ha de plus"),
        # 26,3 ha both, 0,08 ha apart.
        (("surface", 26.34, 26.34, 26.34), ("surface", 26.26, 26.26, 26.26),
         "presque aucun écart (moins de 0,1 ha)"),
        # 250 m and 120 m, 138 m apart; bounds of 200 to 300 m and of 100 to 140 m.
        (("distance_05ha", 204, 254, 304), ("distance_05ha", 96, 116, 136),
         "Air Bel : 130 m de plus (entre 60 et 200 m)"),
        # 1,2 km and 1,1 km, 36 m apart.
        (("distance_05ha", 1171, 1171, 1171), ("distance_05ha", 1135, 1135, 1135), "Air Bel : 100 m de plus"),
    ],
)  # fmt: skip
def test_gap_is_that_of_the_figures_that_are_read(one, other, told):
    """A reader who subtracts the two figures beside it finds the gap that is written, bounds included."""
    assert said(made(*one), made(*other)) == told


@pytest.mark.parametrize(
    ("sides", "told"),
    [
        (
            [made("pauvrete", 47, 47, 47), unknown("pauvrete")],
            "non comparable : non publié (Salon)",
        ),
        (
            [unknown("espaces_300m"), unknown("espaces_300m")],
            "non comparable : non couvert des deux côtés",
        ),
        (
            [made("pauvrete", 47, 47, 47), unknown("pauvrete", State.NOT_ADDITIVE)],
            "non comparable : non calculable pour un groupe (Salon)",
        ),
        (
            [
                made("part_vegetalisee", 1, 2, 3),
                made("part_vegetalisee", 7, 8, 9, known=52, total=66, state=State.PARTIAL),
            ],
            "non comparable : ne porte que sur 52 quartiers sur 66 (Salon)",
        ),
        (
            [
                made("part_vegetalisee", 1, 2, 3, coverage_pct=87.0),
                made("part_vegetalisee", 7, 8, 9, coverage_pct=54.0),
            ],
            "non comparable : connu à 87 % pour Air Bel, à 54 % pour Salon",
        ),
    ],
)  # fmt: skip
def test_what_does_not_compare_says_why(sides, told):
    """A reason, with the side that it comes from; never a figure."""
    assert said(*sides) == told


def test_other_date_is_told():
    """Two dates are no two places."""
    told = said(made("surface", 1, 1, 1), made("surface", 9, 9, 9), same_vintage=False)
    assert told == "non comparable : les chiffres n'ont pas la même date"


def test_widest_of_three_names_both_ends_and_who_is_out():
    """With three sides, the widest gap says between whom, and who could not be compared."""
    one, two, three = (made("population", v, v, v) for v in (100, 300, 900))
    assert said(one, two, three) == "Frais Vallon : 800 habitants de plus que pour Air Bel"
    assert said(one, unknown("population"), three) == (
        "Frais Vallon : 800 habitants de plus que pour Air Bel ; hors Salon"
    )
    nobody = [unknown("population")] * 3
    assert said(*nobody) == "non comparable : non publié partout"


def test_caveat_only_where_the_unlisted_could_change_a_difference():
    """A count of parks may grow; a census does not; where nothing was subtracted nothing is warned of."""
    parks = [made("espaces_300m", 1, 1, 1), made("espaces_300m", 0, 0, 0)]
    assert "pas recensé" in difference_texts.caveat(parks[0].spec, spread(parks))
    assert difference_texts.caveat(parks[0].spec, spread([parks[0], unknown("espaces_300m")])) == ""
    people = [made("population", 1, 1, 1), made("population", 2, 2, 2)]
    assert difference_texts.caveat(people[0].spec, spread(people)) == ""
