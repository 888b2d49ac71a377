"""The address of the grid: every choice is read, what means nothing is named, the default stays out."""

import dataclasses
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qpverts.domain.grading.reading_grid import Sort
from qpverts.ui.address import state
from qpverts.ui.pages.grille import grid_state
from qpverts.ui.pages.grille.grid_state import cell_link
from qpverts.ui.parts import weights

THEMES = ("habiter", "circuler", "se_nourrir", "proteger", "se_cultiver", "travailler", "consommer")
PARAMS = (
    grid_state.BY, state.COMMUNE, state.THEME, state.FIELD, grid_state.LEVEL, grid_state.SORT, state.DISTRICT,
    grid_state.CELL, weights.PARAM, grid_state.SIZE,
)  # fmt: skip


def test_nothing_asked_is_everything(atlas):
    """Themes, all districts by name, equal weights, nothing to say."""
    found = grid_state.grid_state({}, atlas)
    assert tuple(found.columns) == THEMES
    assert (found.commune, found.column, found.least, found.cell, found.sort) == (
        None,
        None,
        None,
        None,
        Sort.NAME,
    )
    assert set(found.weights.values()) == {1}
    assert found.notices == ()


def test_every_choice_is_read(atlas):
    """Each parameter lands in its place."""
    found = grid_state.grid_state(
        {"commune": "13103", "theme": "proteger", "niveau": "engage", "tri": "population", "q": "air bel",
         "case": "habiter", "poids": "0,1,2,3,1,1,1", "population": "grande"},
        atlas,
    )  # fmt: skip
    assert found.notices == ()
    assert (found.commune, found.column, found.least.id, found.sort, found.size) == (
        "13103",
        "proteger",
        "engage",
        "population",
        "grande",
    )
    assert found.cell == ("QN01338I", "habiter")
    assert tuple(found.weights.values()) == (0, 1, 2, 3, 1, 1, 1)


def test_fields_have_their_own_columns(atlas):
    """By field there are five columns, opened by ``champ``."""
    found = grid_state.grid_state({"par": "champs", "champ": "vivre_sainement", "q": "QN01338I"}, atlas)
    assert len(found.columns) == len(found.weights) == 5
    assert found.cell == ("QN01338I", "vivre_sainement")
    assert grid_state.grid_state({"par": "champs", "poids": "1,1,1,1,1,1,2"}, atlas).notices


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("par", "couleurs"),
        ("commune", "99999"),
        ("theme", "rêver"),
        ("niveau", "non_renseigne"),  # nothing known is not a level to reach
        ("tri", "hasard"),
        ("case", "<b>"),
        ("q", "13103"),
        ("q", "QN01338I"),  # a cell takes a theme too
        ("poids", "1,1,1"),
        ("poids", "0,0,0,0,0,0,0"),
        ("poids", "4,1,1,1,1,1,1"),
        ("poids", "-1,1,1,1,1,1,1"),
        ("poids", "nan,1,1,1,1,1,1"),
        ("poids", "1" * 10_000),
    ],
)
def test_wrong_value_is_named_and_ignored(atlas, name, value):
    """The rest is as if it had not been there."""
    found = grid_state.grid_state({name: value}, atlas)
    assert dataclasses.replace(found, notices=()) == grid_state.grid_state({}, atlas)
    (notice,) = found.notices
    assert len(notice) < 300


@pytest.mark.parametrize(
    "params", [{}, {"theme": "proteger", "niveau": "engage"}, {"par": "champs", "tri": "nom"}]
)
def test_link_of_a_cell_opens_it_and_keeps_the_rest(atlas, params):
    """Opening a cell changes nothing of what is listed."""
    before = grid_state.grid_state(params, atlas)
    column = list(before.columns)[2]
    after = grid_state.grid_state(cell_link(params, before, "QN01338I", column), atlas)
    assert after.cell == ("QN01338I", column)
    assert after.notices == ()
    if before.least:
        assert after.column == before.column
    assert dataclasses.replace(after, cell=None, column=None) == dataclasses.replace(before, column=None)


@pytest.mark.parametrize("params", [{}, {"niveau": "engage", "theme": "habiter"}, {"par": "champs"}])
def test_links_do_not_depend_on_what_is_open(atlas, params):
    """Every link is written the same, so that the table is not drawn anew, which would scroll it back."""
    before = grid_state.grid_state(params, atlas)
    first, *_, last = before.columns
    opened = cell_link(params, before, "QN01338I", first)
    after = grid_state.grid_state(opened, atlas)
    written = [
        urlencode(cell_link(now, one, "QN01301M", last)) for now, one in ((params, before), (opened, after))
    ]
    assert written[0] == written[1]


def test_any_text_is_read_without_error(atlas):
    """Whatever the address holds, there is a grid to show."""

    @settings(max_examples=200)
    @given(params=st.dictionaries(st.sampled_from(PARAMS), st.text(max_size=300), max_size=len(PARAMS)))
    def check(params):
        found = grid_state.grid_state(params, atlas)
        assert set(found.weights) == set(found.columns)
        assert any(found.weights.values())
        assert all(len(notice) < 600 for notice in found.notices)

    check()
