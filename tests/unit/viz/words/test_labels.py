"""French on screen: numbers, units, classes, years."""

import dataclasses
import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.model import Access, GreenKind, Status
from qpverts.ui.parts import components
from qpverts.viz.words import labels
from tests.declared import SPECS

NBSP, THIN = "\u00a0", "\u202f"


def test_examples_of_the_docstrings_are_true():
    """What documentation shows is what happens."""
    for module in (labels, components):
        assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("text", "set_text"),
    [
        ("1 300 m²", f"1{NBSP}300{NBSP}m²"),
        ("1 234 567 habitants", f"1{NBSP}234{NBSP}567 habitants"),
        ("160 M€ et 35 k€ pour 12 MW", f"160{NBSP}M€ et 35{NBSP}k€ pour 12{NBSP}MW"),
        ("loi n° 2005-102, Le Mag N° 51", f"loi n°{NBSP}2005-102, Le Mag N°{NBSP}51"),
        ("3,5 ha, 60 %, 2 km", f"3,5{NBSP}ha, 60{NBSP}%, 2{NBSP}km"),
        ("en 2021 150 arbres, 13055 200", "en 2021 150 arbres, 13055 200"),
        ("5 mois, 3 habitants, 12 mars 2024", "5 mois, 3 habitants, 12 mars 2024"),
        ("0,5 300", "0,5 300"),
        ("l'été d'Istres, aujourd'hui", "l’été d’Istres, aujourd’hui"),
        ("déjà l’été, 'entre guillemets', 5'", "déjà l’été, 'entre guillemets', 5'"),
    ],
)
def test_typesetting_keeps_together_what_belongs_together(text, set_text):
    """A number and its unit, its groups of thousands, a numero sign; apostrophes are curved; no more."""
    assert labels.typeset(text) == set_text
    assert labels.typeset(set_text) == set_text


@pytest.mark.parametrize(
    ("kind", "access", "said"),
    [
        (GreenKind.BEACH, Access.PUBLIC, "ouverte à tous"),
        (GreenKind.BEACH, Access.RESTRICTED, "accès restreint"),
        (GreenKind.BEACH, None, "accès inconnu"),
        (GreenKind.PARK, Access.PUBLIC, "ouvert à tous"),
    ],
)
def test_access_agrees_with_what_it_is_of(atlas, kind, access, said):
    """A beach is open in the feminine."""
    space = dataclasses.replace(next(iter(atlas.spaces.values())), kind=kind, access=access)
    assert labels.access_text(space) == said
    assert labels.space_line(space).endswith(f", {said}")


@pytest.mark.parametrize(
    ("metres", "text"),
    [
        (0, "0 m"),
        (4, "0 m"),
        (6, "10 m"),
        (123.4, "120 m"),
        (994, "990 m"),
        (996, "1,0 km"),
        (1000, "1,0 km"),
        (1049, "1,0 km"),
        (2951, "3,0 km"),
        (12_345, "12,3 km"),
    ],
)
def test_distance_is_no_finer_than_the_data(metres, text):
    """To 10 m, then to 100 m."""
    assert labels.distance(metres) == text.replace(" ", NBSP)


@given(st.floats(0, 50_000), st.floats(0, 50_000))
def test_distances_are_written_in_their_order(one, other):
    """A longer distance is never written as a shorter one."""

    def metres(text):
        number, unit = text.split(NBSP)
        return float(number.replace(",", ".").replace(THIN, "")) * (1000 if unit == "km" else 1)

    if one <= other:
        assert metres(labels.distance(one)) <= metres(labels.distance(other))


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.56, 1, f"1{THIN}234,6"),
        (0, 0, "0"),
        (-0.2, 0, "0"),
        (1e6, 0, f"1{THIN}000{THIN}000"),
        (0.04, 1, "0,0"),
    ],
)
def test_number_is_french(value, decimals, text):
    """A comma, a narrow space, and no minus before nothing."""
    assert labels.number(value, decimals) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, f"0{NBSP}action"),
        (1, f"1{NBSP}action"),
        (2, f"2{NBSP}actions"),
        (1200, f"1{THIN}200{NBSP}actions"),
    ],
)
def test_plural_is_french(count, text):
    """Plural from two."""
    assert labels.plural(count, "action", "actions") == text


@pytest.mark.parametrize(
    ("indicator_id", "value", "text"),
    [
        ("population", 5508, f"5{THIN}508{NBSP}habitants"),
        ("population", 1, f"1{NBSP}habitant"),
        ("actions", 0, f"0{NBSP}action"),
        ("actions", 2, f"2{NBSP}actions"),
        ("emploi", 38.25, f"38,2{NBSP}%"),
        ("part_300m_05ha", 33.4, f"33{NBSP}%"),
        ("distance_05ha", 250, f"250{NBSP}m"),
        ("surface", 34.02, f"34,0{NBSP}ha"),
    ],
)
def test_quantity_has_its_unit(indicator_id, value, text):
    """A value is never written without its unit, in the singular below two."""
    assert labels.quantity(SPECS.by_id[indicator_id], value) == text


@pytest.mark.parametrize(
    ("indicator_id", "rows"),
    [
        ("actions", ["0", "1 à 2", "3 à 5", "6 à 10", "plus de 10"]),
        ("espaces_300m", ["aucun connu", "1", "2", "3", "plus de 3"]),
        (
            "distance_05ha",
            ["jusqu'à 100", "100 à 300", "300 à 600", f"600 à 1{THIN}000", f"plus de 1{THIN}000"],
        ),
        (
            "pauvrete",
            [
                f"jusqu'à 40{NBSP}%",
                f"40 à 45{NBSP}%",
                f"45 à 50{NBSP}%",
                f"50 à 55{NBSP}%",
                f"plus de 55{NBSP}%",
            ],
        ),
        ("actions_1000", ["0", "jusqu'à 0,5", "0,5 à 1,0", "1,0 à 2,0", "plus de 2,0"]),
    ],
)
def test_legend_names_each_class(indicator_id, rows):
    """Counts in whole numbers without overlap, measures by their bounds."""
    assert labels.legend_labels(SPECS.by_id[indicator_id]) == rows


@pytest.mark.parametrize("spec", SPECS.indicators, ids=lambda spec: spec.id)
def test_every_legend_has_a_different_name_for_each_class(spec):
    """Two colours never have the same name."""
    rows = labels.legend_labels(spec)
    assert len(rows) == len(set(rows)) == len(spec.breaks) + 1
    assert labels.missing_label(spec)


def test_unknown_value_is_said_and_never_zero(atlas):
    """Each absent value says why; no text of an absent value holds a digit."""
    absent = [i for by_id in atlas.indicators.values() for i in by_id.values() if i.value is None]
    assert absent
    for indicator in absent:
        assert not any(character.isdigit() for character in labels.value_text(indicator))
        assert labels.range_text(indicator) == ""
        assert labels.WHY_MISSING[indicator.state]


@pytest.mark.parametrize(
    ("start", "end", "status", "text"),
    [
        (2021, 2023, Status.DONE, "2021 – 2023"),
        (2021, 2021, Status.DONE, "2021"),
        (2021, None, Status.RUNNING, "depuis 2021"),
        (2021, None, Status.DONE, "2021"),
        (None, 2023, Status.DONE, "achevée en 2023"),
        (None, 2030, Status.PLANNED, "annoncée pour 2030"),
        (None, 2023, Status.UNKNOWN, "jusqu'en 2023"),
        (2016, None, Status.STOPPED, "2016"),
        (None, None, Status.UNKNOWN, "année inconnue"),
    ],
)
def test_years_as_far_as_they_are_known(atlas, start, end, status, text):
    """What is not known is not made up."""
    action = dataclasses.replace(
        next(iter(atlas.actions.values())), start_year=start, end_year=end, status=status
    )
    assert labels.years(action) == text


@pytest.mark.parametrize(
    ("hectares", "text"),
    [(None, "surface inconnue"), (0.5, f"5{THIN}000{NBSP}m²"), (1, f"1{NBSP}ha"), (2.26, f"2,3{NBSP}ha")],
)
def test_area_in_the_unit_one_pictures(hectares, text):
    """Square metres below a hectare."""
    assert labels.area_ha(hectares) == text


def test_zero_of_a_list_is_not_a_plain_zero(atlas):
    """No known park within 300 m is not 0 %: the list of parks is incomplete."""
    zeros = [i["part_300m_05ha"] for i in atlas.indicators.values() if i["part_300m_05ha"].value == 0]
    assert zeros
    assert {labels.value_text(indicator) for indicator in zeros} == {"aucun connu"}
    nobody = next(i["actions"] for i in atlas.indicators.values() if i["actions"].value == 0)
    assert labels.value_text(nobody) == f"0{NBSP}action"


@pytest.mark.parametrize(
    ("indicator_id", "bounds", "text"),
    [
        ("distance_05ha", (80, 160, 200), f"entre 80 et 200{NBSP}m, ou moins"),
        ("distance_05ha", (900, 950, 1200), f"entre 900{NBSP}m et 1,2{NBSP}km, ou moins"),
        ("distance_05ha", (160, 160, 160), "ou moins"),
        ("part_300m_05ha", (12.0, 14.0, 42.0), f"entre 12 et 42{NBSP}%, ou plus"),
        ("part_300m_05ha", (14.0, 14.0, 14.0), "ou plus"),
        ("part_300m_05ha", (0.0, 0.0, 0.0), ""),
        ("part_300m_05ha", (0.0, 0.0, 12.0), f"jusqu'à 12{NBSP}%, ou plus"),
        ("population", (5508, 5508, 5508), ""),
    ],
)
def test_range_says_which_way_the_unknown_pushes(atlas, indicator_id, bounds, text):
    """An unlisted park can only bring the nearest one closer, and the share higher."""
    low, value, high = bounds
    known = next(i[indicator_id] for i in atlas.indicators.values() if i[indicator_id].value is not None)
    assert labels.range_text(dataclasses.replace(known, low=low, value=value, high=high)) == text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-07", "juillet 2024"),
        ("2025-12-08", "8 décembre 2025"),
        ("2021", "2021"),
        ("", "sans date"),
        ("2024-99", "2024-99"),
    ],
)
def test_source_date_is_as_precise_as_the_source(written, read):
    """A month is a month, and what is no date is left as it is written."""
    assert labels.source_date(written) == read


def test_statuses_add_up(atlas):
    """How far the actions are is told for all of them, the unknown ones included."""
    actions = list(atlas.actions.values())
    counts = [int(part.split(NBSP)[0]) for part in labels.statuses(actions).split(", ")]
    assert sum(counts) == len(actions)
    assert "d'état inconnu" in labels.statuses(actions)


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("à moins de 300 m d'un parc", f"à moins de 300{NBSP}m d’un parc"),
        ("1 000 m² et plus", f"1{NBSP}000{NBSP}m² et plus"),
        ("pourquoi ? « oui » : 5 %", f"pourquoi{NBSP}? «{NBSP}oui{NBSP}»{NBSP}: 5{NBSP}%"),
        ("les 3 maisons de 2 hameaux", "les 3 maisons de 2 hameaux"),
    ],
)
def test_what_belongs_together_stays_together(typed, set_):
    """A line never ends between a number and its unit, nor before a French sign."""
    assert labels.typeset(typed) == set_
