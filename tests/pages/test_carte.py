"""*Carte* without a browser: what it writes and what it sends to the map."""

import pytest

from qpverts.domain.figures import specs
from qpverts.ui.address import state
from qpverts.ui.parts import map_view
from tests.builders import AIR_BEL, FRAIS_VALLON
from tests.declared import SPECS


def test_carte_opens_on_everything(screen, atlas):
    """Without any choice: every district, every action, one map."""
    screen.open("carte")
    assert screen.is_sound()
    assert screen.titles == ["Carte des quartiers"]
    assert "## 66 quartiers" in screen.text
    assert f"**{len(atlas.actions)} actions recensées**" in screen.text
    (order,) = screen.maps
    assert order["indicator"] == specs.DEFAULT
    assert order["shown"] is None
    assert len(order["actions"]) == sum(action.is_exact for action in atlas.actions.values())
    assert screen.warnings == []


def test_filters_that_match_nothing_say_so_and_offer_the_way_out(screen):
    """The button of the empty case clears the filters, and only them."""
    screen.open("carte", texte="zzzzz", theme="circuler", indicateur="population")
    assert screen.is_sound()
    assert "Aucune action ne répond à ces choix" in screen.text
    assert screen.maps[0]["actions"] == []
    assert not any(total for _, _, total, _ in screen.maps[0]["districts"].values())
    clear = next(button for button in screen.app.button if button.label == "Effacer les filtres")
    clear.click().run()
    assert "Aucune action" not in screen.text
    assert "## 66 quartiers" in screen.text
    assert dict(screen.app.query_params) == {"indicateur": "population"}


@pytest.mark.parametrize("indicator_id", list(SPECS.by_id))
@pytest.mark.sampled(6)
def test_every_indicator_colours_the_map(screen, atlas, indicator_id):
    """No indicator breaks the page; each gives every district a class, and a legend as long as its ramp."""
    screen.open("carte", indicateur=indicator_id)
    assert screen.is_sound()
    (order,) = screen.maps
    assert order["indicator"] == indicator_id
    ranks = [rank for rank, *_ in order["districts"].values()]
    assert set(order["districts"]) == set(atlas.qpvs)
    assert all(-1 <= rank < len(order["ramp"]) for rank in ranks)
    assert len(order["legend"]) == len(order["ramp"])
    assert len(set(ranks)) > 1  # a map of one colour says nothing
    assert screen.warnings == []


def test_commune_keeps_its_districts_and_its_actions(screen, atlas):
    """« Salon » shows two districts in full colour, and counts the actions of the commune alone."""
    screen.open("carte", q="salon")
    assert screen.is_sound()
    (order,) = screen.maps
    assert order["shown"] == ["QN01327I", "QN01328I"]
    assert "## 2 quartiers" in screen.text
    mine = [action for action in atlas.actions.values() if action.commune_code == "13103"]
    assert f"**{len(mine)} actions recensées** avec ces filtres" in screen.text
    with_actions = {code for code, (_, _, total, _) in order["districts"].items() if total}
    assert with_actions == {"QN01327I", "QN01328I"}


def test_district_card_and_action_card(screen, atlas):
    """From a district to one of its actions, then back, by the buttons of the cards."""
    screen.open("carte", q="QN01338I")
    assert "## Air Bel" in screen.text
    assert ("Ouvrir la fiche du quartier", "quartier", "q=QN01338I") in screen.links
    action = atlas.actions_of("QN01338I")[0]
    screen.app.button(key=f"ouvrir_{action.id}").click().run()
    assert screen.is_sound()
    assert action.source.url in screen.text
    assert screen.app.query_params["action"] == action.id
    next(button for button in screen.app.button if button.label == "Fermer").click().run()
    assert "## Air Bel" in screen.text
    assert "action" not in screen.app.query_params


def test_point_tells_the_nearest_district(screen):
    """A point inside Air Bel is said to be in it."""
    screen.open("carte", point="43.29068,5.43168")
    assert screen.is_sound()
    assert "dans le quartier prioritaire **Air Bel**" in screen.text
    assert screen.maps[0]["here"] == [43.29068, 5.43168]


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"indicateur": "zzz"}, "n'est pas un indicateur"),
        ({"commune": "99999"}, "n'est pas une commune"),
        ({"theme": "x" * 10_000}, "n'est pas une thématique"),
        ({"champ": "<b>"}, "n'est pas un champ d'intervention"),
        ({"statut": "💥"}, "n'est pas un état d'action"),
        ({"annee": "²²²²"}, "n'est pas une année"),
        ({"point": "nan,nan"}, "n'est pas un point de la région"),
        ({"point": "43.3"}, "n'est pas un point de la région"),
        ({"point": "0,0"}, "n'est pas un point de la région"),
        ({"fond": "javascript:"}, "n'est pas un fond de carte"),
        ({"action": "zz"}, "n'est pas une action recensée"),
        ({"q": "xyzzyqq"}, "Aucun quartier prioritaire ni commune ne s'appelle"),
    ],
)
@pytest.mark.sampled(5)
def test_what_the_address_cannot_mean_is_said(screen, params, said):
    """Each value that means nothing here is named in a warning, and the map opens all the same."""
    screen.open("carte", **params)
    assert screen.is_sound()
    assert len(screen.warnings) == 1
    assert said in screen.warnings[0].replace("\\", "")
    assert len(screen.warnings[0]) < 600
    assert "## 66 quartiers" in screen.text
    assert len(screen.maps) == 1


def test_parameter_given_twice_counts_once(screen):
    """A repeated parameter does not break the page."""
    screen.open("carte", **{state.INDICATOR: ["population", "menages"]})
    assert screen.is_sound()
    assert screen.maps[0]["indicator"] in {"population", "menages"}


def test_table_says_the_same_as_the_map(screen):
    """The table has a line for each district shown."""
    screen.open("carte", commune="13103")
    screen.app.toggle(key="en_tableau").set_value(True).run()
    assert screen.is_sound()
    (table,) = screen.app.table
    names = [name.replace("\\", "") for name in table.value.index]
    assert sorted(names) == ["La Monaque", "Les Canourgues"]
    assert "Air Bel" not in names


@pytest.mark.parametrize("typed", ["13014", "14e", "Marseille 14e"])
def test_a_postcode_of_marseille_is_not_the_code_of_another_commune(screen, atlas, typed):
    """13014 is also the INSEE code of Berre-l'Étang: typed, it means the 14th arrondissement."""
    screen.open("carte")
    search(screen, typed)
    offered = {
        one.key.removeprefix("choix_") for one in screen.app.button if (one.key or "").startswith("choix_")
    }
    assert len(offered) > 2
    assert offered <= set(atlas.by_arrondissement["13214"])
    assert "commune" not in screen.app.query_params


def test_search_without_answer_is_said_and_changes_nothing(screen):
    """A search that means nothing gets a sentence; the address stays as it was."""
    screen.open("carte", indicateur="population")
    screen.app.text_input(key="recherche").set_value("xyzzyqq").run()
    assert screen.is_sound()
    assert "Aucun quartier prioritaire ni commune ne s'appelle" in screen.text
    assert dict(screen.app.query_params) == {"indicateur": "population"}


def goes(screen, **params):
    """Give the address that the browser brings back, as Back, Forward and links do; the session stays."""
    screen.app.query_params.clear()
    for param, value in params.items():
        screen.app.query_params[param] = value
    screen.app.run()
    return screen.maps[0]["view"]


def search(screen, words):
    """Search, and tell where the map is sent."""
    screen.app.text_input(key="recherche").set_value(words).run()
    return screen.maps[0]["view"]


@pytest.mark.parametrize("start", [{}, {"q": AIR_BEL}, {"commune": "13103"}, {"point": "43.29068,5.43168"}])
@pytest.mark.parametrize("words", ["frais vallon", "martigues"])
@pytest.mark.sampled(3)
def test_back_and_forward_move_the_map_with_the_card(screen, start, words):
    """After a search, Back leads the map to what the address names again, and Forward to what was found."""
    screen.open("carte", **start)
    before = screen.maps[0]["view"]
    found = search(screen, words)
    address = dict(screen.app.query_params)
    assert found["bounds"] != before["bounds"]
    back = goes(screen, **start)
    assert back["bounds"] == before["bounds"]
    assert back["token"] not in {before["token"], found["token"]}  # a new order, which the map obeys
    assert goes(screen, **start) == back  # once
    forth = goes(screen, **address)
    assert forth["bounds"] == found["bounds"]
    assert forth["token"] != back["token"]
    assert screen.is_sound()


@pytest.mark.parametrize("others", [{"indicateur": "population"}, {"action": "none"}, {"theme": "circuler"}])
def test_address_that_names_the_same_place_moves_nothing(screen, others):
    """Back over a choice of colour, of theme or of action leaves the map where a person put it."""
    screen.open("carte", q=AIR_BEL)
    before = screen.maps[0]["view"]
    assert goes(screen, q=AIR_BEL, **others) == before
    assert goes(screen, q=AIR_BEL) == before


def test_closing_a_card_moves_nothing(screen):
    """What a search found is closed: the map stays where it led, and then follows the address again."""
    screen.open("carte")
    found = search(screen, "frais vallon")
    screen.app.button(key="fermer").click().run()
    assert "## 66 quartiers" in screen.text
    assert screen.maps[0]["view"] == found
    assert goes(screen, q=AIR_BEL)["bounds"] != found["bounds"]


def test_click_moves_nothing_nor_does_back_over_it(screen, monkeypatch):
    """A district chosen on the map, then Back and Forward: the map stays where it was moved to."""
    screen.open("carte")
    before = screen.maps[0]["view"]
    monkeypatch.setattr(map_view.query, "read", lambda: {"q": FRAIS_VALLON})
    screen.app.session_state["clic_ecrit"] = {"q": FRAIS_VALLON}  # as a click on this map leaves it
    assert goes(screen, q=FRAIS_VALLON) == before
    monkeypatch.undo()
    assert "## 66 quartiers" not in screen.text
    assert goes(screen) == before
    assert goes(screen, q=FRAIS_VALLON) == before
    assert goes(screen, q=AIR_BEL) != before


@pytest.mark.parametrize("start", [{"commune": "13103"}, {"q": "salon"}, {}])
def test_whole_region_is_one_click_away(screen, start):
    """« Voir toute la Métropole » lets the commune go, however named, flies out, and keeps the theme."""
    screen.open("carte", theme="habiter", **start)
    before = screen.maps[0]["view"]
    everything = next(one for one in screen.app.button if one.label == "Voir toute la Métropole")
    everything.click().run()
    (order,) = screen.maps
    assert order["shown"] is None
    assert order["view"]["token"] != before["token"]
    assert (order["view"]["bounds"] == before["bounds"]) is not bool(start)
    assert dict(screen.app.query_params) == {"theme": "habiter"}
