"""Sentences made from figures: true to them, and silent where nothing is known."""

import dataclasses

import pytest

from qpverts.domain.figures.published import Cell, Way
from qpverts.viz.words import sentences

NBSP = "\u00a0"
FOUR = ("parcs_hab", "parcs_hab_300m", "vegetation_hab", "vegetation_hab_300m")


@pytest.fixture
def four(atlas):
    """A function that gives the four ways of counting of one district, with these values."""

    def make(*values):
        known = atlas.indicators["QN01338I"]
        return [dataclasses.replace(known[one], value=value) for one, value in zip(FOUR, values, strict=True)]

    return make


def test_definitions_run_from_the_least_to_the_most(four):
    """The two ends are named, whatever their order, before the reasons."""
    text = sentences.definitions_text(four(3.1, 60.0, 0.0, 21.0))
    assert text.startswith("Selon la définition, le chiffre va de « aucun connu » à « 60,0")
    assert "on n'y entre pas toujours" in text


@pytest.mark.parametrize("values", [(None, None, None, None), (None, None, 21.0, None)])
def test_definitions_without_two_figures_only_say_why(four, values):
    """Nothing is compared with nothing."""
    assert "Selon la définition" not in sentences.definitions_text(four(*values))


def test_spread_names_least_middle_and_most(atlas):
    """Unknown districts are counted out, and said to be."""
    base = atlas.indicators["QN01338I"]["part_vegetalisee"]
    values = [dataclasses.replace(base, value=value) for value in (40.0, None, 10.0, 20.0)]
    assert sentences.spread_text(values).replace(NBSP, " ") == (
        "au plus bas, 10 % ; pour le quartier du milieu, 20 % ; au plus haut, 40 % (3 quartiers sur 4)"
    )
    assert sentences.spread_text([dataclasses.replace(base, value=None)]) == ""


def test_cell_is_told_with_what_is_known_of_it():
    """A share is never told without the part of the cell that it rests on."""
    told = sentences.cell_text(Cell("", known_m2=20_000, low_m2=0, value_m2=5_000, high_m2=9_000))
    assert told.replace(NBSP, " ") == (
        "Dans ce carreau de 200 m, 25 % du sol connu est végétalisé (50 % du carreau est connu)."
    )


def test_cell_too_little_known_has_no_share():
    """What the map leaves grey is not told as a figure either."""
    told = sentences.cell_text(Cell("", known_m2=4_000, low_m2=4_000, value_m2=4_000, high_m2=4_000))
    assert told.replace(NBSP, " ") == (
        "Ce carreau de 200 m est trop peu connu (10 %) pour parler de sa végétation."
    )


def test_way_is_told_by_its_two_distances(atlas):
    """The straight line comes first, then the streets, to the ten metres."""
    space = next(iter(atlas.spaces.values()))
    way = Way("QN01338I", space.id, 248, 904, (43.3, 5.4), ((43.3, 5.4), (43.31, 5.41)))
    title, straight, street = sentences.way_lines(way, space)
    assert title.endswith(space.name)
    assert straight.replace(NBSP, " ") == "à vol d'oiseau : 250 m"
    assert street.replace(NBSP, " ") == "par les rues : 900 m"
    assert space.name in sentences.way_text(way, space)
