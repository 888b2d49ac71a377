"""*Comparer* without a browser: up to four territories, their differences, kinds, actors and actions."""

import pytest

from qpverts.domain.model import Carrier
from qpverts.ui.address import state
from qpverts.ui.pages.comparer.compare_actions import MOST_LISTED
from qpverts.viz.words.labels import plural

EMPTY = "QN01301M"


def plain(text):
    """Give a text as a person reads it."""
    bare = str(text).replace("\\", "").replace("’", "'")
    return bare.replace("\u00a0", " ").replace("\u202f", " ")


def tables(screen, index):
    """Give the tables whose rows are named so."""
    return [one.value for one in screen.app.table if plain(one.value.index.name) == index]


def headings(screen):
    """Give the columns of the first table of indicators."""
    return [plain(column) for column in tables(screen, "Indicateur")[0].columns]


def rows(screen, index="Indicateur"):
    """Give every row of such tables by its name."""
    return {
        plain(name): [plain(cell) for cell in row]
        for table in tables(screen, index)
        for name, row in zip(table.index, table.to_numpy(), strict=True)
    }


def test_default_has_two_maps_two_columns_and_a_difference(screen, atlas):
    """Air Bel beside Salon: a map each, a column each, what separates them, and why not where it does not."""
    screen.open("comparer")
    assert screen.is_sound()
    assert len(screen.maps) == 2
    assert headings(screen) == ["Air Bel", "Salon-de-Provence, 2 quartiers", "Écart"]
    found = rows(screen)
    assert found["Habitants"] == ["5 508 habitants", "4 857 habitants", "Air Bel : 651 habitants de plus"]
    assert found["Espaces verts publics à moins de 300 m"][2] == (
        "non comparable : non couvert (Salon-de-Provence)"
    )
    assert found["Part du quartier couverte de végétation"][2].startswith("non comparable : connu à 87 %")
    assert not any("%" in row[-1] for name, row in found.items() if row[-1].startswith(("Air", "Salon")))


def test_third_and_fourth_sides_add_a_map_and_a_column(screen):
    """Four territories: four maps, four columns, and the widest gap among them."""
    screen.open("comparer", c="frais vallon", d="13055")
    assert screen.is_sound()
    assert screen.warnings == []
    assert len(screen.maps) == 4
    assert headings(screen)[2:] == ["Frais Vallon", "Marseille, 41 quartiers", "Plus grand écart"]
    assert rows(screen)["Habitants"][-1].startswith("Marseille : 239 214 habitants de plus que pour Frais")
    assert "Marseille comprend Air Bel" in plain(screen.text)
    assert "quatre côtés" in plain(screen.text)


def test_territory_is_added_replaced_and_removed_in_the_address(screen):
    """Each choice writes the whole of the comparison; taking one away closes the gap."""
    screen.open("comparer")
    screen.app.selectbox(key="choix_c").set_value("QN01344M").run()
    screen.app.selectbox(key="choix_d").set_value("metropole").run()
    assert screen.is_sound()
    asked = dict(screen.app.query_params)
    assert [asked[side] for side in state.SIDES] == ["QN01338I", "13103", "QN01344M", "metropole"]
    screen.app.selectbox(key="choix_c").set_value(None).run()
    assert dict(screen.app.query_params).get("c") == "metropole"
    assert "d" not in screen.app.query_params
    screen.app.selectbox(key="choix_a").set_value("13103").run()  # stands on the other side: they swap
    assert [screen.app.query_params[side] for side in ("a", "b")] == ["13103", "QN01338I"]
    assert screen.is_sound()


def test_repeated_territory_is_said_and_not_added(screen):
    """Asked for twice, it is there once; two equal sides have no difference to show."""
    screen.open("comparer", c="air bel")
    assert len(screen.maps) == 2
    assert "déjà dans la comparaison" in plain(screen.warnings[0])
    screen.open("comparer", a="13103", b="salon")
    assert screen.is_sound()
    assert headings(screen) == ["Salon-de-Provence, 2 quartiers"]
    assert "Ce que l'un a" not in plain(screen.text)


def test_code_of_2015_is_explained(screen):
    """An old code opens the district of today with a sentence on its perimeter."""
    screen.open("comparer", a="QP013044")
    assert screen.is_sound()
    assert "code de 2015" in plain(screen.warnings[0])
    assert "aucune évolution n'est donc calculée" in plain(screen.warnings[0])


def test_partial_group_is_not_subtracted(screen):
    """A figure that rests on some districts only is shown, and compared with nothing."""
    screen.open("comparer", b="metropole")
    share = rows(screen)["Part du quartier à moins de 300 m d'un espace vert public (0,5 ha et plus)"]
    assert share[1].startswith("17 %")
    assert share[2] == "non comparable : ne porte que sur 45 quartiers sur 66 (l'ensemble de la Métropole)"


def test_kinds_on_one_side_are_listed_with_their_proof(screen, atlas):
    """What only one side has is counted, and opens on the actions that show it."""
    screen.open("comparer", a="QN01338I", b="QN01344M")
    found = rows(screen, "Sorte d'action")
    held = [
        sum(action.carrier_kind is Carrier.LANDLORD for action in atlas.actions_of(code))
        for code in ("QN01338I", "QN01344M")
    ]
    if held[0] and not held[1]:
        assert found["Type de porteur : bailleur"] == [
            plain(plural(held[0], "action", "actions")),
            "non renseigné",
        ]
    else:
        assert ("Type de porteur : bailleur" in found) is (bool(held[0]) != bool(held[1]))
    assert "Circuler · Vivre ensemble, être ensemble" in found
    panel = next(one for one in screen.app.expander if one.label == "Les actions qui le montrent")
    assert not panel.proto.expanded


def test_shared_actors_are_named_with_their_part(screen, atlas):
    """Logirem acts in Air Bel and in Salon; the table says what it does in each."""
    screen.open("comparer")
    told = []
    for name in ("Air Bel", "Salon"):
        actions = atlas.actions_in(atlas.index.resolve(name))
        carried = sum("Logirem" in action.carriers for action in actions)
        helped = sum("Logirem" in action.partners for action in actions)
        parts = [
            plural(carried, "action portée", "actions portées") if carried else "",
            f"partenaire de {plural(helped, 'action', 'actions')}" if helped else "",
        ]
        told.append(plain(", ".join(filter(None, parts))))
    assert rows(screen, "Acteur")["Logirem"] == told
    screen.open("comparer", b=EMPTY)
    assert "Aucun porteur d'action n'est nommé des deux côtés" in plain(screen.text)
    assert tables(screen, "Acteur") == []


@pytest.mark.parametrize("theme", ["habiter", "proteger"])
def test_actions_of_each_side_are_bounded_and_counted(screen, atlas, theme):
    """The list of a theme follows the address, is cut where it is long, and says how many it leaves out."""
    screen.open("comparer", b="13055", theme=theme)
    assert screen.is_sound()
    marseille = atlas.actions_in(atlas.index.resolve("13055"))
    total = sum(theme in action.themes for action in marseille)
    assert total > MOST_LISTED
    assert f"{total} actions recensées" in plain(screen.text)
    (link,) = [link for link in screen.links if "les voir sur la carte" in plain(link[0])]
    assert plain(link[0]).startswith(f"… et {total - MOST_LISTED} autres")
    assert link[1:] == ("carte", f"theme={theme}&commune=13055")


def test_groups_that_begin_alike_stand_beside_each_other(screen, atlas):
    """Two groups that share their first six districts are two sides, each with its actions."""
    shared, (one, other) = sorted(atlas.qpvs)[:6], ("QN01344M", "QN01346M")
    screen.open("comparer", a=",".join([*shared, one]), b=",".join([*shared, other]), theme="habiter")
    assert screen.is_sound()
    assert any("habiter" in action.themes for code in shared for action in atlas.actions_of(code))


def test_choosing_a_theme_is_in_the_address(screen):
    """The theme of the actions travels; one that does not exist is named."""
    screen.open("comparer")
    screen.app.button_group(key="choix_theme_compare").set_value("circuler").run()
    assert screen.is_sound()
    assert screen.app.query_params[state.THEME] == "circuler"
    screen.open("comparer", theme="xyzzy")
    assert "xyzzy" in screen.warnings[0]


def test_empty_side_has_no_zero(screen):
    """A district of which nothing is recorded: words everywhere, and never a zero."""
    screen.open("comparer", a=EMPTY, b="QN01338I")
    assert screen.is_sound()
    text = plain(screen.text)
    assert "nous ne pouvons pas comparer Florida Parc et Air Bel" in text
    assert "Non renseigné : nous n'avons trouvé aucune action" in text
    kinds = rows(screen, "Sorte d'action")
    assert {row[0] for row in kinds.values()} == {"non renseigné"}
