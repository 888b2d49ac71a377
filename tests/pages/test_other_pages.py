"""*Accueil*, *Comparer* and *Méthode* without a browser."""

from qpverts.settings import ROOT
from qpverts.ui.address.pages import PAGES
from tests.declared import SPECS


def test_accueil_tells_the_approach_and_opens_the_doors(screen, atlas):
    """The five « pourquoi », the axes, the seven themes, the pilots, and links to the other pages."""
    screen.open("accueil")
    assert screen.is_sound()
    plain = screen.text.replace("\\", "")
    for why in atlas.approach.whys:
        assert why.question in plain
    assert len(atlas.approach.whys) == 5
    for theme in atlas.vocabulary.themes:
        assert theme.label in plain
    assert {page for _, page, _ in screen.links} >= {"carte", "quartier"}
    assert ("Fiche : Air Bel", "quartier", "q=QN01338I") in screen.links
    assert screen.maps == []


def test_every_page_is_known_to_these_tests(screen):
    """A page added to the navigation is added to the tests too."""
    assert set(PAGES) == {path.stem for path in (ROOT / "pages").glob("*.py")}
    for name in PAGES:
        screen.open(name)
        assert screen.is_sound(), name
        assert len(screen.titles) == 1, name
        assert screen.warnings == [], name


def test_comparer_opens_on_air_bel_and_salon(screen):
    """Without a choice, the demonstrator beside the resource districts; the address is left alone."""
    screen.open("comparer")
    assert screen.is_sound()
    headings = [str(column) for column in screen.app.table[0].value.columns]
    assert "Air Bel" in headings[0]
    assert "Salon" in headings[1]
    assert dict(screen.app.query_params) == {}


def test_comparer_follows_the_address_and_says_what_it_cannot(screen):
    """A known side is shown; an unknown one is named and replaced by the usual one."""
    screen.open("comparer", a="frais vallon", b="xyzzyqq")
    assert screen.is_sound()
    headings = [str(column) for column in screen.app.table[0].value.columns]
    assert headings[0] == "Frais Vallon"
    assert "Salon" in headings[1]
    assert len(screen.warnings) == 1
    assert "xyzzyqq" in screen.warnings[0]


def test_comparer_never_writes_an_unknown_theme_as_zero(screen, atlas):
    """A theme without any recorded action is « non renseigné »."""
    screen.open("comparer", a="QN01301M", b="QN01338I")
    assert screen.is_sound()
    assert atlas.actions_of("QN01301M") == ()
    themes = next(table.value for table in screen.app.table if table.value.index.name == "Thématique")
    assert set(themes.iloc[:, 0]) == {"? non renseigné"}
    assert not {"0", "0 action", "0 actions"} & set(themes.to_numpy().ravel())


def test_methode_defines_every_indicator_and_every_dataset(screen, atlas):
    """What is measured and what is read are all there, with formula, source and licence, once unfolded."""
    screen.open("methode")
    screen.unfold(
        *(f"indicateur_{spec.id}" for spec in SPECS.indicators),
        *(f"donnees_{dataset.id}" for dataset in atlas.catalogue.datasets),
    )
    assert screen.is_sound()
    plain = screen.text.replace("\\", "")
    labels = [
        expander.label.replace("\\", "").replace("\u00a0", " ").replace("’", "'")
        for expander in screen.app.expander
    ]
    for spec in SPECS.indicators:
        assert spec.label in labels
        assert spec.formula in plain
    for dataset in atlas.catalogue.datasets:
        assert any(dataset.title in label for label in labels)
        assert dataset.licence in plain
    assert len(labels) == len(SPECS.indicators) + len(atlas.catalogue.datasets)
