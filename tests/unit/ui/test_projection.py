"""Projection: where the arrows lead, and what goes along from page to page."""

import pytest

from qpverts.ui import projection, sheet, state
from qpverts.ui.navigation import PAGES

AIR_BEL = "QN01338I"


def walked(page, params, atlas, steps, by=1):
    """Take steps, each from the address that the one before left."""
    seen = []
    for _ in range(steps):
        changed = projection.step(page, params, atlas, by)
        params = {name: value for name, value in (params | changed).items() if value}
        seen.append(params)
    return seen


@pytest.mark.parametrize("page", ["carte", "quartier"])
def test_arrows_go_through_all_districts_and_come_back(atlas, page):
    """Each district is seen once, and after the last comes the first; nothing chosen before stays chosen."""
    start = {"q": AIR_BEL, "action": next(iter(atlas.actions)), "projection": "1"}
    seen = walked(page, start, atlas, len(atlas.qpvs))
    assert {one["q"] for one in seen} == set(atlas.qpvs)
    assert seen[-1]["q"] == AIR_BEL
    assert all(set(one) == {"q", "projection"} for one in seen)


def test_back_undoes_on(atlas):
    """One step on and one back is no step; from nothing, the arrows begin at either end."""
    order = projection.districts(atlas, None)
    (there,) = walked("quartier", {"q": AIR_BEL}, atlas, 1)
    assert projection.step("quartier", there, atlas, -1)["q"] == AIR_BEL
    assert projection.step("quartier", {}, atlas, 1)["q"] == order[0]
    assert projection.step("quartier", {}, atlas, -1)["q"] == order[-1]


def test_order_is_that_of_the_list_on_screen(atlas, monkeypatch):
    """The next district is the next one of the list of *Quartier*."""
    listed = []
    monkeypatch.setattr(sheet.query, "select", lambda *args, **_: listed.extend(args[2]))
    sheet.chooser(atlas, state.district_state({}, atlas))
    assert listed == projection.districts(atlas, None)


def test_map_of_one_commune_stays_in_it(atlas):
    """With a commune chosen on the map, no step leaves it nor drops it."""
    codes = set(atlas.index.codes_in("13103"))
    seen = walked("carte", {"commune": "13103"}, atlas, 5)
    assert {one["q"] for one in seen} == codes
    assert {one["commune"] for one in seen} == {"13103"}


def test_comparer_keeps_its_first_side(atlas):
    """The arrows change the second territory, which is never the first one."""
    seen = walked("comparer", {"a": AIR_BEL}, atlas, 90)
    assert {one["a"] for one in seen} == {AIR_BEL}
    assert AIR_BEL not in {one["b"] for one in seen}
    assert len({one["b"] for one in seen}) == len(atlas.index.all_territories) - 1


@pytest.mark.parametrize("param", ["theme", "case"])
def test_grid_goes_along_the_cells_of_the_open_district(atlas, param):
    """The cell moves along its row; what is listed under a least level does not change."""
    listed = {"theme": "habiter", "niveau": "emergent"} if param == "case" else {}
    seen = walked("grille", {"q": AIR_BEL, param: "habiter"} | listed, atlas, 7)
    assert [one[param] for one in seen][-1] == "habiter"
    assert {one[param] for one in seen} == {theme.id for theme in atlas.vocabulary.themes}
    assert {one["q"] for one in seen} == {AIR_BEL}
    assert all(one[name] == value for one in seen for name, value in listed.items())


@pytest.mark.parametrize("page", sorted(set(PAGES) - set(projection.STEPS)))
def test_other_pages_have_no_steps(atlas, page):
    """Where there is nothing to go through, an arrow changes nothing."""
    assert projection.step(page, {"q": AIR_BEL}, atlas, 1) == {}


def test_district_goes_along_and_so_does_the_other_side():
    """From *Quartier* to *Comparer* the district is the first side, the second is kept; and back again."""
    shown = {"q": AIR_BEL, "b": "13103", "mesure": "actions", "projection": "1"}
    compared = projection.onward("comparer", shown)
    assert compared == {"projection": "1", "a": AIR_BEL, "b": "13103"}
    assert projection.onward("quartier", compared) == {"projection": "1", "q": AIR_BEL, "b": "13103"}
    # On the grid, a district alone would be half of a cell.
    assert "q" not in projection.onward("grille", shown)
