"""The two claims of the approach on *Méthode*, without a browser."""

from qpverts.domain.claims import Green
from qpverts.viz.words import claim_texts
from qpverts.viz.words.labels import typeset


def test_both_claims_are_answered_with_their_limits(screen, atlas):
    """The answer by the rule, a table for each kind of green, the limits, and no answer on CO₂."""
    screen.open("methode")
    assert screen.is_sound()
    plain = screen.text.replace("\\", "")
    assert typeset(claim_texts.EDGE_CLAIM) in {subheader.value for subheader in screen.app.subheader}
    for green in Green:
        assert claim_texts.answer(atlas.edge_tests, green).replace("\u00a0", " ") in plain
    assert "On ne peut pas le dire avec ces données." in plain
    assert "De la végétation n'est pas un parc." in plain
    assert "python -m qpverts claims" in plain
    tables = [
        table.value for table in screen.app.table if table.value.index.name == "Comparés à des lieux pris"
    ]
    assert [len(table) for table in tables] == [3, 3]


def test_each_district_is_in_the_table_when_asked_for(screen, atlas):
    """The toggle gives one row per district, those that are not known being « non couvert », never zero."""
    screen.open("methode")
    screen.app.toggle(key="bordure_en_tableau").set_value(True).run()
    assert screen.is_sound()
    (table,) = (
        table.value for table in screen.app.table if "Contour au bord de la végétation" in table.value.columns
    )
    assert len(table) == len(atlas.qpvs)
    assert set(table.loc["Encagnane"]) == {"non couvert"}


def test_the_front_page_leads_to_the_answers(screen):
    """From the chain of « pourquoi », one link goes to what the data say."""
    screen.open("accueil")
    assert ("Deux affirmations mises à l'épreuve des données", "methode", "") in screen.links
