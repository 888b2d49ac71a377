"""*Quartier* without a browser: a sheet for each district, a way in for those who name none."""

from types import SimpleNamespace

import pytest

from qpverts.ui.parts import map_view
from qpverts.viz.words import labels
from tests.declared import SPECS

# Without action, in two communes, entered in 2024, in Vaucluse, the pilots…
SAMPLE = (
    "QN01301M",
    "QN01338I",
    "QN01341I",
    "QN01327I",
    "QN01365M",
    "QN01370N",
    "QN01330M",
    "QN08406M",
)


@pytest.mark.parametrize("code", SAMPLE)
def test_sheet_of_a_district_has_all_its_figures(screen, atlas, code):
    """Each figure of the sheet is there with its definition; what is not known is said, never zero."""
    screen.open("quartier", q=code)
    assert screen.is_sound()
    (name, *_) = [header.value.replace("\\", "") for header in screen.app.header]
    assert name == atlas.qpvs[code].name
    cards = screen.cards
    assert list(cards) == [spec.id for members in SPECS.families.values() for spec in members]
    for spec in SPECS.indicators:
        title, value, *told = cards[spec.id]
        assert title == spec.label
        assert value == labels.value_text(atlas.indicators[code][spec.id]).replace("\u00a0", " ")
        assert spec.definition in told
        assert any(line.startswith("Source : ") for line in told) == bool(spec.datasets)
    assert screen.maps[0]["selected"] == code
    assert screen.maps[0]["ring"] == code
    assert screen.warnings == []


def test_sheet_lists_the_actions_of_the_district_and_no_other(screen, atlas):
    """Every action of Air Bel is on its sheet with how far it is, and none of Salon's own."""
    screen.open("quartier", q="QN01338I")
    shown = {expander.label.replace("\\", "").replace("\u00a0", " ") for expander in screen.app.expander}
    mine = {f"{a.title} · {labels.STATUS[a.status]}" for a in atlas.actions_of("QN01338I")}
    others = {f"{a.title} · {labels.STATUS[a.status]}" for a in atlas.actions_of("QN01327I")}
    assert mine <= shown
    assert not others & shown


def test_without_a_district_the_page_offers_the_list(screen):
    """No district named: a sentence, the list and the map; no figure and no map drawn."""
    screen.open("quartier")
    assert screen.is_sound()
    assert "Choisissez un quartier dans la liste" in screen.text
    assert any(page == "carte" for _, page, _ in screen.links)
    assert screen.maps == []
    screen.app.selectbox(key="choix_q").set_value("QN01338I").run()
    assert screen.is_sound()
    assert screen.app.query_params["q"] == "QN01338I"
    assert screen.app.header[0].value == "Air Bel"


def test_salon_gives_its_two_districts(screen):
    """A commune is not one sheet: its districts are offered."""
    screen.open("quartier", q="salon")
    assert screen.is_sound()
    offered = [query for _, page, query in screen.links if page == "quartier"]
    assert offered == ["q=QN01327I", "q=QN01328I"]
    assert screen.maps == []
    assert screen.warnings == []


def test_nonsense_is_said_and_the_list_offered(screen):
    """What matches nothing is named as typed, and the list is there."""
    screen.open("quartier", q="<script>alert(1)</script>")
    assert screen.is_sound()
    assert "Aucun quartier prioritaire ni commune ne s'appelle" in screen.warnings[0]
    assert "Choisissez un quartier dans la liste" in screen.text
    assert "<script>" not in screen.warnings[0]  # escaped, hence shown and not run
    assert screen.maps == []


def test_action_in_the_address_opens_its_card(screen, atlas):
    """The card of an action takes the place of the summary."""
    action = atlas.actions_of("QN01338I")[0]
    screen.open("quartier", q="QN01338I", action=action.id)
    assert screen.is_sound()
    assert "### En bref" not in screen.text
    assert action.source.url in screen.text


@pytest.mark.parametrize(("page", "params"), [("quartier", {"q": "QN01338I"}), ("comparer", {})])
def test_maps_have_a_head_start_once_a_session(screen, monkeypatch, page, params):
    """What follows the map is held the first time, and never again: a change does not wait."""
    held = []
    monkeypatch.setattr(map_view, "HEAD_START_S", 0.75)
    monkeypatch.setattr(map_view, "time", SimpleNamespace(sleep=held.append))
    screen.open(page, **params)
    assert held == [0.75]
    screen.app.run()
    screen.step("comparer")
    screen.step("quartier", q="QN01341I")
    assert held == [0.75]
    assert screen.is_sound()
