"""Nature on the pages: four definitions, the streets beside the straight line, the grid, the control."""

import pytest

from qpverts.ui.pages.comparer import compare_state


def test_sheet_gives_the_four_definitions(screen):
    """A district's sheet sets parks and vegetation, inside and around, side by side."""
    screen.open("quartier", q="QN01338I")
    assert screen.is_sound()
    assert "La nature par habitant, selon ce que l'on compte" in screen.text
    table = next(t for t in screen.app.table if "Dans le quartier" in t.value.columns)
    assert list(table.value.index) == ["Espaces verts publics seulement", "Tout le sol végétalisé"]
    assert "21" in table.value.loc["Tout le sol végétalisé", "Dans le quartier"]


def test_sheet_sets_the_streets_beside_the_straight_line(screen):
    """Where streets are known the sheet tells both distances, and the map draws the way."""
    screen.open("quartier", q="QN01344M")
    assert screen.is_sound()
    assert "par les rues" in screen.text
    (order,) = screen.maps
    assert len(order["walk"]["route"]) > 2
    assert len(order["walk"]["lines"]) == 3


@pytest.mark.parametrize("code", ["QN01327I", "QN08406M"])
def test_sheet_without_streets_says_so(screen, code):
    """Where no street is known the sheet says that we do not know, and the map draws no way."""
    screen.open("quartier", q=code)
    assert screen.is_sound()
    assert "nous ne savons pas" in screen.text
    (order,) = screen.maps
    assert order["walk"] is None


def test_ground_that_is_too_little_known_has_no_figure(screen, atlas):
    """The centre of Marseille is known on 3 % of its ground: that is no figure, and the coverage says it."""
    indicator = atlas.indicators["QN01330M"]["part_vegetalisee"]
    assert indicator.value is None
    assert indicator.coverage_pct == pytest.approx(2.9, abs=0.1)
    screen.open("quartier", q="QN01330M")
    assert screen.is_sound()
    assert any("végétation connue sur 3 % du sol" in line for card in screen.cards.values() for line in card)


@pytest.mark.parametrize("page", ["carte", "quartier"])
def test_grid_is_in_the_order_when_the_address_says_so(screen, page):
    """``maille=1`` shows the cells; anything else is named and leaves them out."""
    assert screen.open(page, q="QN01338I", maille="1").maps[0]["grid"] is True
    assert screen.open(page, q="QN01338I").maps[0]["grid"] is False
    assert screen.open(page, q="QN01338I", maille="oui").maps[0]["grid"] is False
    assert "« oui »" in screen.text.replace("\\", "")


def test_switch_of_definitions_is_there_for_the_four_only(screen):
    """The two choices come with the indicators that they change."""
    screen.open("carte", indicateur="parcs_hab")
    assert {box.label for box in screen.app.get("button_group")} == {"Ce que l'on compte", "Jusqu'où"}
    screen.open("carte", indicateur="population")
    assert not screen.app.get("button_group")


def test_method_controls_every_published_figure(screen, monkeypatch, tmp_path):
    """Each figure has its answer, and those that rest on absent layers say what would verify them."""
    monkeypatch.setenv("QPVERTS_VAR", str(tmp_path))
    screen.open("methode")
    assert screen.is_sound()
    table = next(t for t in screen.app.table if "Réponse" in t.value.columns)
    answers = table.value["Réponse"]
    assert set(answers) == {"OK", "NON VÉRIFIABLE"}
    assert answers["Part du quartier couverte de végétation"] == "OK"
    assert "check \\-\\-numbers" in screen.text or "check --numbers" in screen.text
    assert "D'un quartier à l'autre" not in screen.text
    assert "D'un quartier à l'autre" in screen.unfold("indicateur_part_vegetalisee").text


def test_compare_says_which_vegetation_is_known(screen):
    """Two territories have their vegetation side by side, each with what it rests on."""
    screen.open("comparer")
    assert screen.is_sound()
    assert "végétation connue sur 54 % du sol" in screen.text
    assert compare_state.DEFAULT_SIDES == ("QN01338I", "13103")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("QN01338I", "Le périmètre est le même en 2015 et en 2024"),
        ("QN01304I", "ne se recouvrent qu'à 84 %"),  # called identical, and drawn otherwise
        ("QN01344M", "aucune évolution"),
        ("QN01370N", "n'était pas prioritaire avant 2024"),
    ],
)
def test_sheet_says_whether_2015_may_be_compared(screen, code, told):
    """The code decides, and the drawings have their word where they do not agree with it."""
    screen.open("quartier", q=code)
    assert told in screen.text.replace("\\", "")
