"""The words of the indicators at the door: other words are taken, what is wrong is refused with its place."""

import pytest

from qpverts.domain.figures.specs.formulas import FORMULAS, NATURE
from qpverts.errors import DataError
from qpverts.sources.load import read_content
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.indicators import read_specs

FILE = "geo/indicateurs.toml"


@pytest.fixture
def declared(data_copy):
    """A function that edits the words of a copy of the data, and gives the catalogue of that copy."""

    def change(old, new):
        path = data_copy / FILE
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return catalogues.load(data_copy)

    return change


def faults(catalogue):
    """What is said of words that are refused."""
    with pytest.raises(DataError) as caught:
        read_specs(catalogue)
    return [str(fault) for fault in caught.value.faults]


def test_the_declared_indicators(data_dir):
    """Each formula has its words, those of nature are told apart, and no text has a brace left to fill."""
    specs = read_specs(catalogues.load(data_dir))
    assert set(specs.by_id) == set(FORMULAS)
    assert {spec.id for spec in specs.nature} == NATURE
    assert [spec for members in specs.families.values() for spec in members] == list(specs.indicators)
    for spec in specs.indicators:
        assert not {"{", "}"} & {*spec.definition, *spec.formula}
        assert not {"{", "}"} & {*spec.coverage_text.format(share="80 %", where="à Marseille")}


def test_other_words(declared):
    """A label reworded in the file is the one read, on the same formula, and so is the order of the file."""
    specs = read_specs(declared('label = "Habitants"', 'label = "Personnes qui habitent ici"'))
    assert specs.by_id["population"].label == "Personnes qui habitent ici"
    assert specs.by_id["population"].measure is FORMULAS["population"].measure


def test_a_shared_text_is_written_once(declared):
    """A text reworded under [shared] changes every definition that quotes it."""
    catalogue = declared('effort = "Un nombre', 'effort = "Attention : un nombre')
    specs = read_specs(catalogue)
    quoting = [spec.id for spec in specs.indicators if "Attention : un nombre" in spec.definition]
    assert quoting == ["actions", "actions_1000"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("\n[shared]\n", "\n[partage]\n", "« partage » : table inconnue"),
        ('id = "population"', 'id = "habitants"', "indicateur « habitants » : aucun calcul de ce nom"),
        ('id = "population"', 'id = "habitants"', "l'indicateur « population » n'est pas déclaré"),
        ('id = "menages"', 'id = "population"', "indicateur « population » déclaré deux fois"),
        ('label = "Habitants"\n', "", "indicateur « population », label : champ absent"),
        ('label = "Habitants"', "label = 3", "indicateur « population », label : « 3 » n'est pas un texte"),
        (
            'label = "Habitants"',
            'label = "Habitants"\ncouleur = 1',
            "couleur : champ inconnu",
        ),
        ('label = "Habitants"', 'label = "Habitants"\nmore = true', "« population », more : champ inconnu"),
        ("[1500, 2500, 4000, 8000]", "[1500, 2500, 4000]", "« population » : breaks : donnez 4 bornes"),
        ("[1500, 2500, 4000, 8000]", "[1500, 2500, 2500, 8000]", "« population » : breaks : donnez 4 bornes"),
        ("[1500, 2500, 4000, 8000]", '["a", 2500, 4000, 8000]', "breaks.0 : « a » n'est pas un nombre"),
        ("decimals = 1", "decimals = -1", "decimals : donnez un nombre de chiffres, 0 ou plus"),
        ('["insee_qpv"]', '["insee"]', "datasets : « insee » n'est pas déclaré dans catalogue.toml"),
        ("{effort}", "{efforts}", "« actions », definition : « {efforts} » n'est pas sous [shared]"),
        ("{effort}", "{share}", "« actions », definition : « {share} » n'est pas sous [shared]"),
        ("{effort}", "{effort", "« actions », definition : une accolade est seule"),
        ("{share} des espaces", "{part} des espaces", "coverage_text : « {part} » n'est pas sous [shared]"),
        ('coverage_text = "{placement}"\n', "", "« part_300m_05ha » : coverage_text manque"),
        ('label = "Habitants"', 'label = "Habitants"\ncoverage_text = "x"', "coverage_text est de trop"),
        (
            'indicator = "vegetation_hab"',
            'indicator = "inconnu"',
            "« inconnu » : l'indicateur n'existe pas",
        ),
        (
            'indicator = "vegetation_hab"',
            'indicator = "part_vegetalisee"',
            "axe « part_vegetalisee » déclaré deux fois",
        ),
        ("best = 25\n", "best = 0\n", "axe « vegetation_hab » : worst et best sont égaux"),
        ("best = 25\n", "", "axe « vegetation_hab », best : champ absent"),
        ("best = 25\n", "best = 25\nmoyen = 1\n", "axe « vegetation_hab », moyen : champ inconnu"),
        ("[[indicator]]", "[[indicateur]]", "« indicateur » : table inconnue"),
    ],
)
@pytest.mark.sampled(8)
def test_faulty_words(declared, old, new, said):
    """What is missing, unknown or impossible is refused, with the file, the indicator and the field."""
    told = faults(declared(old, new))
    assert any(said in one for one in told), told
    assert all(one.startswith(f"{FILE} : ") for one in told)


def test_too_few_axes(data_copy):
    """A radar with fewer than three axes is refused."""
    path = data_copy / FILE
    path.write_text(path.read_text("utf-8").split("[[axis]]")[0], "utf-8")
    assert faults(catalogues.load(data_copy)) == [
        f"{FILE} : le radar de la nature a besoin d'au moins 3 axes ([[axis]])"
    ]


def test_all_faults_at_once(declared, data_copy):
    """A fault of the words does not hide another of the same file, nor one of another file."""
    declared('label = "Habitants"\n', "")
    catalogue = declared("best = 25\n", "best = 0\n")
    path = data_copy / "actions" / "niveaux.toml"
    path.write_text(path.read_text("utf-8").replace("score = 25", 'score = "vingt"'), "utf-8")
    with pytest.raises(DataError) as caught:
        read_content(catalogue)
    assert [fault.file for fault in caught.value.faults].count(FILE) == 2
    assert any(fault.file == "actions/niveaux.toml" for fault in caught.value.faults)
