"""Where the arrows of projection lead, page by page."""

import pytest

from qpverts.ui.address.pages import PAGES
from qpverts.ui.pages.grille import grid_parts, grid_state
from qpverts.ui.pages.habitants import neighbourhood
from qpverts.ui.pages.quartier import district_state, sheet
from qpverts.ui.shell import arrow_steps
from tests.builders import AIR_BEL


def walked(page, params, atlas, count, by=1):
    """Take steps, each from the address that the one before left."""
    seen = []
    for _ in range(count):
        changed = arrow_steps.step(page, params, atlas, by)
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
    order = arrow_steps.districts(atlas, None)
    (there,) = walked("quartier", {"q": AIR_BEL}, atlas, 1)
    assert arrow_steps.step("quartier", there, atlas, -1)["q"] == AIR_BEL
    assert arrow_steps.step("quartier", {}, atlas, 1)["q"] == order[0]
    assert arrow_steps.step("quartier", {}, atlas, -1)["q"] == order[-1]


def test_order_is_that_of_the_list_on_screen(atlas, monkeypatch):
    """The next district is the next one of the list of *Quartier*."""
    listed = []
    monkeypatch.setattr(sheet.query, "select", lambda *args, **_: listed.extend(args[2]))
    sheet.chooser(atlas, district_state.district_state({}, atlas))
    assert listed == arrow_steps.districts(atlas, None)


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


def cells(params, atlas):
    """List the cells as they stand on screen, row by row."""
    current = grid_state.grid_state(params, atlas)
    rows = grid_parts.shown(atlas, current, grid_parts.rows_of(atlas, current))
    return [(row.qpv.code, column) for row in rows for column in current.columns]


@pytest.mark.parametrize(
    "listed",
    [
        {},
        {"tri": "population"},
        {"commune": "13103", "tri": "niveau"},
        {"par": "champs", "population": "grande"},
        {"theme": "habiter", "niveau": "demonstrateur"},
    ],
)
def test_grid_is_read_cell_by_cell_in_the_order_on_screen(atlas, listed):
    """From nothing open: the first cell of the first row, along it, then the next row; and backwards."""
    current = grid_state.grid_state(listed, atlas)
    order = cells(listed, atlas)
    count = len(current.columns) + 2
    for by, wanted in ((1, order), (-1, order[::-1])):
        seen = walked("grille", listed, atlas, count, by)
        assert [(one["q"], one[current.cell_param]) for one in seen] == wanted[:count]
        assert all(one[name] == value for one in seen for name, value in listed.items())


def test_grid_begins_again_after_its_last_cell(atlas):
    """The end leads to the beginning, and a cell that the filters hide leads to the first one shown."""
    salon = {"commune": "13103"}
    first, *_, last = cells(salon, atlas)
    for q, theme in (last, (AIR_BEL, "habiter")):
        assert arrow_steps.step("grille", salon | {"q": q, "theme": theme}, atlas, 1) == dict(
            zip(("q", "theme"), first, strict=True)
        )


def test_empty_grid_has_no_step(atlas):
    """Where no row is shown, an arrow opens nothing."""
    nowhere = {"commune": "13103", "population": "grande"}
    assert cells(nowhere, atlas) == []
    assert arrow_steps.step("grille", nowhere, atlas, 1) == {}


@pytest.mark.parametrize(
    ("page", "kept", "left"),
    [
        ("agir", {"liste": "vrac-lyon", "poids": "1,2,1,1,1"}, {"theme": "habiter"}),
        ("scenario", {"s1": "ev@43.2861,5.4397,1", "s": "s2"}, {}),
        ("habitants", {}, {"point": "43.29068,5.43168", "espace": "parc"}),
        ("inspirations", {"id": "vrac-lyon"}, {"avis": "portage:favorable:oui"}),
    ],
)
def test_arrows_step_wherever_a_district_is_told(atlas, page, kept, left):
    """Each district is seen once; what was said of the one before goes, the rest of the address stays."""
    seen = walked(page, {"q": AIR_BEL} | kept | left, atlas, len(atlas.qpvs))
    assert {one["q"] for one in seen} == set(atlas.qpvs)
    assert seen[-1]["q"] == AIR_BEL
    assert all({name: value for name, value in one.items() if name != "q"} == kept for one in seen)


@pytest.mark.parametrize("page", ["agir", "carte"])
def test_commune_keeps_its_hold_however_it_was_named(atlas, page):
    """« Salon » in place of a district bounds the steps as the filter does."""
    seen = walked(page, {"q": "salon"}, atlas, 5)
    assert {one["q"] for one in seen} == set(atlas.index.codes_in("13103"))
    assert {one["commune"] for one in seen} == {"13103"}


def test_order_of_mon_quartier_is_that_of_its_list(atlas, monkeypatch):
    """There districts are listed by name alone, and the arrows follow."""
    listed = []
    monkeypatch.setattr(neighbourhood.query, "select", lambda *args, **_: listed.extend(args[2]))
    neighbourhood.chooser(atlas, neighbourhood.ResidentState(None, (), "", None, None, None, ()))
    assert [one["q"] for one in walked("habitants", {}, atlas, len(listed))] == listed


def test_inspirations_step_only_for_a_district(atlas):
    """Until a district is chosen, ideas are nobody's: no button, and no step."""
    assert arrow_steps.names("inspirations", {}) == ()
    assert arrow_steps.step("inspirations", {}, atlas, 1) == {}
    assert len(arrow_steps.names("inspirations", {"q": AIR_BEL})) == 2


@pytest.mark.parametrize("page", [page.name for page in PAGES.values() if page.arrows is None])
def test_other_pages_have_no_steps(atlas, page):
    """Where there is nothing to go through, an arrow changes nothing."""
    assert arrow_steps.step(page, {"q": AIR_BEL}, atlas, 1) == {}
