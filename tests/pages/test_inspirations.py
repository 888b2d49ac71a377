"""*Inspirations* without a browser: cards follow the address, sheets say what is unknown, answers stay."""

import pytest


def clean(screen):
    """Give all that is written, without the bars of Markdown."""
    return screen.text.replace("\\", "")


def opened(screen):
    """Give the ids of the cards that are shown."""
    keys = [button.key or "" for button in screen.app.button]
    return [key.removeprefix("fiche_") for key in keys if key.startswith("fiche_")]


def button(screen, label):
    """Give a button by what is written on it."""
    return next(one for one in screen.app.button if one.label == label)


def test_everything_at_first(screen, atlas):
    """Three maps, the first cards, and how many there are; the address is left alone."""
    screen.open("inspirations")
    assert screen.is_sound()
    everything = atlas.inspirations.values()
    countries = len({one.country for one in everything})
    assert f"{len(everything)} inspirations, {countries} pays" in clean(screen)
    assert len(screen.app.get("plotly_chart")) == 3
    assert len(opened(screen)) == 12
    assert dict(screen.app.query_params) == {}


@pytest.mark.parametrize(
    ("params", "kept"),
    [
        ({"theme": "circuler"}, lambda one: "circuler" in one.themes),
        ({"terrain": "grand", "limites": "1"}, lambda one: one.land == "grand" and one.limits),
        (
            {"cout": "inconnu", "porteur": "bailleur"},
            lambda one: one.cost_level is None and one.carrier_kind == "bailleur",
        ),
        ({"pays": "Royaume-Uni"}, lambda one: one.country == "Royaume-Uni"),
    ],
)
def test_filters_of_the_address(screen, atlas, params, kept):
    """Only what was asked is shown, and the count says of how many."""
    screen.open("inspirations", **params)
    assert screen.is_sound()
    wanted = [one.id for one in atlas.inspirations.values() if kept(one)]
    assert opened(screen) == wanted[:12]
    assert f"{len(wanted)} inspirations sur {len(atlas.inspirations)}" in clean(screen)


def test_nothing_found_is_said(screen, atlas):
    """Where nothing answers, the page says so without saying that nobody does it, and offers the way out."""
    screen.open("inspirations", pays="Inde", cout="1")
    assert "Aucune inspiration ne répond à ces choix" in screen.text
    assert "ne veut pas dire" in screen.text
    button(screen, "Effacer les filtres").click().run()
    assert f"{len(atlas.inspirations)} inspirations" in clean(screen)


def test_a_district_sorts(screen, atlas):
    """For a district, what can be done there comes first, and each card says what the answers come to."""
    screen.open("inspirations", q="QN01338I")
    assert screen.is_sound()
    assert opened(screen)[0] == "caisse-alimentaire-montpellier"
    assert "Transposable" in clean(screen)
    assert "Pour **Air Bel**" in screen.text


def test_a_sheet_says_what_is_not_known(screen):
    """A sheet without results, cost or delay says "non renseigné", never zero."""
    screen.open("inspirations", id="nourrir-la-ville-le-havre")
    assert screen.is_sound()
    text = clean(screen)
    assert "**Limites**  \n*non renseigné*" in text
    assert "**Coût :** non renseigné" in text
    assert "Annonce seulement" in text
    assert "Huit questions" in text


def test_eight_answers(screen, atlas):
    """For a district: the conclusion, three readings, eight answers with what lifts them, three marked ⚠."""
    screen.open("inspirations", id="vrac-lyon", q="QN01338I")
    assert screen.is_sound()
    text = clean(screen)
    assert "À adapter." in text
    assert "Le plus fragile : Coût dans la durée" in text
    for name in ("Faisabilité", "Pertinence", "Confiance"):
        assert f"**{name} :**" in text
    for criterion in atlas.transfer.criteria:
        assert f"**{criterion.label} · " in text
    assert text.count("⚠ **") == 3
    assert "Ce qui lèverait l'obstacle" in text
    assert text.count("L'outil ne fait que proposer") == 2


def test_a_persons_answer_is_shown_beside_the_tools(screen):
    """A reason in the address changes the conclusion, and what the tool proposed stays in sight."""
    screen.open("inspirations", id="vrac-lyon", q="QN01338I", avis="foncier:bloquant:Le local est vendu.")
    text = clean(screen)
    assert "Non transposable en l'état" in text
    assert "Le local est vendu." in text
    assert "Avis d'une personne. Proposé par l'outil : favorable. L'action ne demande pas de terrain." in text


def test_a_reason_is_text(screen):
    """What somebody wrote in the address is never markup."""
    screen.open("inspirations", id="vrac-lyon", q="QN01338I", avis="climat:favorable:<img src=x> **gras**")
    assert screen.is_sound()
    assert "\\<img src\\=x\\> \\*\\*gras\\*\\*" in screen.text


def test_local_actions_and_close_districts(screen):
    """The sheet names local actions with the reason they resemble, and districts of a close profile."""
    screen.open("inspirations", id="vrac-lyon", q="QN01338I")
    labels = [panel.label.replace("\\", "") for panel in screen.app.expander]
    assert any("VRAC de Frais Vallon" in label for label in labels)
    assert "mots communs : vrac, groupements, achat" in clean(screen)
    near = [one for one in screen.app.button if (one.key or "").startswith("proche_")]
    assert len(near) == 5
    other = near[0].key.removeprefix("proche_")
    assert other != "QN01338I"
    near[0].click().run()
    assert dict(screen.app.query_params) == {"id": "vrac-lyon", "q": other}


def test_opening_and_closing(screen):
    """A card opens its sheet in the address, filters kept; the way back closes it."""
    screen.open("inspirations", theme="se_nourrir")
    first = opened(screen)[0]
    button(screen, "Ouvrir la fiche").click().run()
    assert dict(screen.app.query_params) == {"theme": "se_nourrir", "id": first}
    button(screen, "Toutes les inspirations").click().run()
    assert dict(screen.app.query_params) == {"theme": "se_nourrir"}


def test_another_district_forgets_the_answers(screen):
    """What a person said of one district is not said of another."""
    screen.open("inspirations", id="vrac-lyon", q="QN01338I", avis="climat:favorable:Vu en août")
    screen.app.selectbox(key="choix_q").select("QN01344M").run()
    assert dict(screen.app.query_params) == {"id": "vrac-lyon", "q": "QN01344M"}


def test_what_means_nothing_is_named(screen):
    """A mistyped address still opens the page and says what it could not do."""
    screen.open("inspirations", id="nulle-part", theme="rêver")
    assert screen.is_sound()
    assert len(screen.warnings) == 1
    assert "nulle" in screen.warnings[0]
    assert len(opened(screen)) == 12
