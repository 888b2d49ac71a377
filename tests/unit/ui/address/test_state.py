"""The address as state: anything may be typed in it, nothing breaks, and nothing is dropped in silence."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qpverts.domain.actions.action_filter import ActionFilter
from qpverts.domain.figures import specs
from qpverts.domain.model import Status
from qpverts.ui.address import state
from qpverts.ui.pages.carte import map_state
from qpverts.ui.pages.comparer import compare_state
from qpverts.ui.pages.quartier import district_state
from tests.declared import SPECS

PARAMS = (
    state.INDICATOR, state.COMMUNE, state.THEME, state.FIELD, state.STATUS, state.SINCE, state.WORDS,
    state.DISTRICT, state.ACTION, state.POINT, state.TILE, state.GRID, state.MEASURE, *state.SIDES,
)  # fmt: skip
CHECKED = (
    state.INDICATOR, state.COMMUNE, state.THEME, state.FIELD, state.STATUS, state.SINCE, state.ACTION,
    state.POINT, state.TILE, state.GRID,
)  # fmt: skip


def test_nothing_asked_is_everything_shown(atlas):
    """An empty address is the default indicator, no filter, nothing chosen, nothing to say."""
    assert map_state.map_state({}, atlas) == map_state.MapState(
        indicator=specs.DEFAULT, filter=ActionFilter(), district=None, action=None, space=None, point=None,
        tiles=None, grid=False, notices=(),
    )  # fmt: skip


def test_every_choice_is_read(atlas):
    """Each parameter lands in its place."""
    action = next(iter(atlas.actions))
    read = map_state.map_state(
        {
            "indicateur": "population", "commune": "13103", "theme": "habiter", "champ": "vivre_ensemble",
            "statut": "realisee" if "realisee" in {s.value for s in Status} else next(iter(Status)).value,
            "annee": "2021", "texte": "  jardin  ", "q": "air bel", "action": action, "point": "43.3,5.4",
            "fond": "plan", "maille": "1",
        },
        atlas,
    )  # fmt: skip
    assert read.notices == ()
    assert read.grid
    assert read.indicator == "population"
    assert read.filter.commune == "13103"
    assert read.filter.theme == "habiter"
    assert read.filter.field == "vivre_ensemble"
    assert isinstance(read.filter.status, Status)
    assert read.filter.since == 2021
    assert read.filter.words == "jardin"
    assert read.district == "QN01338I"
    assert read.action == action
    assert read.point == (43.3, 5.4)
    assert read.tiles == "plan"


@pytest.mark.parametrize("name", CHECKED)
def test_value_that_means_nothing_is_left_out_and_named(atlas, name):
    """What was typed is quoted, shortened, and the rest is as if it had not been there."""
    read = map_state.map_state({name: "xyzzy" * 2_000}, atlas)
    assert dataclasses.replace(read, notices=()) == map_state.map_state({}, atlas)
    (notice,) = read.notices
    assert "xyzzy" in notice
    assert len(notice) < 200


def test_commune_named_as_a_district_filters(atlas):
    """« salon » is a commune; a commune already chosen wins over it."""
    assert map_state.map_state({"q": "salon"}, atlas).filter.commune == "13103"
    assert map_state.map_state({"q": "salon", "commune": "13055"}, atlas).filter.commune == "13055"


def test_group_on_the_map_is_honoured_or_named(atlas):
    """Two districts in one parameter are not dropped in silence."""
    read = map_state.map_state({"q": "QN01338I,QN01327I"}, atlas)
    assert read.notices or dataclasses.replace(read, notices=()) != map_state.map_state({}, atlas)


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("43.29,5.43", (43.29, 5.43)),
        (" 43.29 , 5.43 ", (43.29, 5.43)),
        ("42.9,4.0", (42.9, 4.0)),  # the very corner of the window
        ("42.89,4.0", None),
        ("43.29;5.43", None),
        ("43,29,5,43", None),
        ("nan,nan", None),
        ("inf,5", None),
        ("1e999,5", None),
        ("5.43,43.29", None),  # the other way round is in another sea
        (",", None),
    ],
)
def test_point_is_a_latitude_and_a_longitude_of_the_region(atlas, text, point):
    """A point is read when it is one, inside the region; else it is named."""
    read = map_state.map_state({"point": text}, atlas)
    assert read.point == point
    assert bool(read.notices) == (point is None)


@pytest.mark.parametrize(
    ("text", "year"), [("2021", 2021), ("21", None), ("02021", None), ("²²²²", None), ("٢٠٢١", None)]
)
def test_year_has_four_plain_digits(atlas, text, year):
    """Only a plain year is a year."""
    read = map_state.map_state({"annee": text}, atlas)
    assert read.filter.since == year
    assert bool(read.notices) == (year is None)


def test_compare_replaces_an_unknown_side(atlas):
    """There are always two territories; the one replaced is named."""
    read = compare_state.compare_state({"a": "xyzzyqq", "b": "frais vallon"}, atlas)
    assert [side.key for side in read.sides] == ["QN01338I", "QN01344M"]
    assert len(read.notices) == 1
    assert compare_state.compare_state({}, atlas).notices == ()


def test_compare_adds_a_third_and_a_fourth(atlas):
    """Two more sides may be asked for, whichever of the two places they are asked in."""
    read = compare_state.compare_state({"c": "frais vallon", "d": "QN01302M"}, atlas)
    assert [side.key for side in read.sides] == ["QN01338I", "13103", "QN01344M", "QN01302M"]
    read = compare_state.compare_state({"d": "frais vallon", "indicateur": "population"}, atlas)
    assert [side.key for side in read.sides] == ["QN01338I", "13103", "QN01344M"]
    assert (read.indicator, read.notices) == ("population", ())


def test_compare_leaves_out_what_is_there_already(atlas):
    """A territory asked for twice is added once, and that is said; an unknown one is named."""
    read = compare_state.compare_state({"c": "air bel", "d": "xyzzyqq"}, atlas)
    assert [side.key for side in read.sides] == ["QN01338I", "13103"]
    assert len(read.notices) == 2
    assert any("Air Bel est déjà" in notice for notice in read.notices)
    (notice,) = compare_state.compare_state({"a": "13103", "b": "salon"}, atlas).notices
    assert "sont le même" in notice


@pytest.mark.parametrize(
    ("params", "keys"),
    [
        ({"a": "13103"}, ["13103", "QN01338I"]),
        ({"b": "QN01338I"}, ["13103", "QN01338I"]),
        ({"a": "metropole"}, ["metropole", "13103"]),
    ],
)
def test_compare_never_sets_a_default_beside_itself(atlas, params, keys):
    """One side chosen is the other's default: that one takes the usual territory that is left."""
    read = compare_state.compare_state(params, atlas)
    assert [side.key for side in read.sides] == keys
    assert read.notices == ()


@pytest.mark.parametrize(
    ("keys", "rank", "chosen", "after"),
    [
        ("12", 0, "3", "32"),
        ("12", 2, "3", "123"),
        ("1234", 2, None, "124"),  # the fourth moves up: no hole in the address
        ("123", 2, None, "12"),
        ("123", 0, "3", "321"),  # changes places
        ("12", 2, "1", "12"),  # is there already
    ],
)
def test_choosing_a_side_gives_the_address_of_all(keys, rank, chosen, after):
    """A choice replaces, adds, removes or changes places; the parameters are always filled in order."""
    found = compare_state.sides_after(list(keys), rank, chosen)
    assert list(found) == list(state.SIDES)
    assert [key for key in found.values() if key] == list(after)
    assert list(found.values())[: len(after)] == list(after)


def test_any_text_is_read_without_error(atlas):
    """Whatever the address holds, each page gets a state it can show, and short notices."""

    # The atlas is not an argument: hypothesis would write out the whole of it.
    @settings(max_examples=200)
    @given(params=st.dictionaries(st.sampled_from(PARAMS), st.text(max_size=300), max_size=len(PARAMS)))
    def check(params):
        for read in (map_state.map_state, district_state.district_state, compare_state.compare_state):
            found = read(params, atlas)
            assert all(len(notice) < 600 for notice in found.notices)
        on_map = map_state.map_state(params, atlas)
        assert on_map.indicator in SPECS.by_id
        assert on_map.district is None or on_map.district in atlas.qpvs
        assert on_map.action is None or on_map.action in atlas.actions
        assert len(on_map.filter.words) <= state.MAX_WORDS
        compared = compare_state.compare_state(params, atlas)
        assert 2 <= len(compared.sides) <= len(state.SIDES)
        assert compared.indicator in SPECS.by_id
        assert read_again(on_map, atlas) == dataclasses.replace(on_map, notices=())

    check()


def read_again(found, atlas):
    """Write a state as an address, and read it."""
    wanted = found.filter
    params = {
        state.INDICATOR: found.indicator, state.COMMUNE: wanted.commune, state.THEME: wanted.theme,
        state.FIELD: wanted.field, state.STATUS: wanted.status, state.SINCE: wanted.since,
        state.WORDS: wanted.words, state.DISTRICT: found.district, state.ACTION: found.action,
        state.POINT: found.point and f"{found.point[0]},{found.point[1]}", state.TILE: found.tiles,
        state.GRID: "1" if found.grid else None,
    }  # fmt: skip
    return map_state.map_state({name: str(value) for name, value in params.items() if value}, atlas)


def test_code_of_2015_opens_what_follows_it_and_says_so(atlas):
    """An old code is not refused: the district of 2024 is shown, and whether a trend may be read is said."""
    read = compare_state.compare_state({"a": "qp013038"}, atlas)
    assert read.sides[0].key == "QN01338I"
    (notice,) = read.notices
    assert "code de 2015" in notice
    assert "les chiffres se comparent" in notice
    (split,) = district_state.district_state({"q": "QP013044"}, atlas).notices
    assert "Frais Vallon" in split
    assert "aucune évolution" in split
