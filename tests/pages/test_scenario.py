"""*Scénarios* without a browser: what is read from the address, what it changes, and what it refuses."""

import pytest

PARK = "ev@43.2861,5.4397,1"


def figures(screen):
    """Give the rows of the first table, by indicator."""
    table = screen.app.table[0].value
    return {str(name).replace("\\", ""): row for name, row in table.iterrows()}


def test_a_park_moves_the_figures_of_its_surroundings(screen):
    """One hectare beside Air Bel serves more of it; today's figure stays beside, and limits are said."""
    screen.open("scenario", q="QN01338I", s1=PARK)
    assert screen.is_sound()
    share = next(row for name, row in figures(screen).items() if name.startswith("Part du quartier à moins"))
    assert share["Aujourd’hui"] != share["Scénario 1"]
    assert "Ce sont des calculs, pas des projets" in screen.text
    assert share["Scénario 1"].startswith("**")
    assert screen.maps[0]["added"][0]["radius_m"] == pytest.approx(56.4)


def test_nothing_added_changes_nothing(screen):
    """An empty scenario draws no table, and says what to do."""
    screen.open("scenario")
    assert screen.is_sound()
    assert "Aucun indicateur ne bouge" in screen.text
    assert len(screen.app.table) == 0
    assert screen.maps[0]["added"] is None


def test_a_district_not_covered_says_what_the_figures_rest_on(screen, atlas):
    """Where no green space was placed, what is added is the only one known, and this is said."""
    code = next(code for code, facts in atlas.facts.items() if facts.green is None)
    point = atlas.perimeters.loc[[code]].representative_point().to_crs(4326).iloc[0]
    screen.open("scenario", q=code, s1=f"ev@{point.y:.5f},{point.x:.5f},1")
    assert screen.is_sound()
    assert "ne tiennent compte que de ce que vous ajoutez" in screen.text
    assert any("non couvert" in row["Aujourd’hui"] for row in figures(screen).values())


def test_a_park_on_a_park_is_told(screen, atlas):
    """A space placed on one that exists would be counted twice: its name is said."""
    space = next(s for s in atlas.spaces.values() if s.is_public_green and s.is_drawn)
    screen.open("scenario", s1=f"ev@{space.lat},{space.lon},1")
    assert screen.is_sound()
    assert "est posé sur un espace vert qui existe" in screen.text


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"s1": "ev@48.85,2.35,1"}, "n'est pas un ajout que l'on sache lire"),
        ({"s1": ";".join([PARK] * 9)}, "n'est pas un ajout"),
        ({"s": "s9"}, "n'est pas un scénario"),
        ({"q": "Salon"}, "un quartier à la fois"),
        ({"q": "Atlantide"}, "Atlantide"),
        ({"s1": "<img src=x onerror=alert(1)>"}, "n'est pas un ajout"),
    ],
)
def test_what_the_address_gets_wrong_is_said(screen, params, said):
    """A wrong address opens the page all the same, and says what it could not do."""
    screen.open("scenario", **params)
    assert screen.is_sound()
    assert said in " ".join(screen.warnings).replace("\\", "")


def test_an_action_moves_its_level_only(screen):
    """An action imagined on a theme shows its level before and after; no figure of nature moves."""
    screen.open("scenario", q="QN01338I", s1="ac@consommer,realise,nouveau")
    assert screen.is_sound()
    assert "Aucun indicateur ne bouge" in screen.text
    levels = screen.app.table[0].value
    assert list(levels.index) == ["Consommer"]
    assert levels["Aujourd’hui"].iloc[0] != levels["Scénario 1"].iloc[0]
