"""The scale and the surveys at the door: what is wrong is refused in one sentence, with its place."""

import pytest

from qpverts.errors import DataError
from qpverts.sources.load import load
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.scale import read_scale, read_surveys

HEADER = "code_qp,thematique,date,par,source,note\n"


@pytest.fixture
def scale(small_copy):
    """A function that edits the scale of a copy of the data, and gives that copy."""

    def change(old, new):
        path = small_copy / "actions" / "niveaux.toml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else new, "utf-8")
        return small_copy

    return change


@pytest.fixture
def surveys(small_copy):
    """A function that writes the surveys of a copy of the data, and gives that copy."""

    def change(content):
        path = small_copy / "actions" / "releves.csv"
        path.write_bytes(content if isinstance(content, bytes) else (HEADER + content).encode())
        return small_copy

    return change


def faults(folder):
    """Give what is said of a folder that is refused."""
    with pytest.raises(DataError) as caught:
        load(folder)
    return [str(fault) for fault in caught.value.faults]


def test_the_declared_scale(data_dir):
    """Six levels from unknown to 100, and surveys of known places."""
    catalogue = catalogues.load(data_dir)
    levels = read_scale(catalogue)
    assert [level.score for level in levels] == [None, 0, 25, 50, 75, 100]
    assert len({level.symbol for level in levels}) == len(levels)
    assert len(read_surveys(catalogue).rows) == catalogue.get("releves").count


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("score = 25", 'score = "vingt"', "niveau nº 3, score : « vingt » n'est pas un nombre entier"),
        ("score = 25", "score = 25\nbonus = 1", "niveau nº 3, bonus : champ inconnu"),
        ("porteurs = 2", "porteurs = []", "niveau nº 5, porteurs : « [] » n'est pas un nombre entier"),
        ('label = "émergent"\n', "", "niveau nº 3, label : champ absent"),
        ('symbol = "◔"', "symbol = 3", "« 3 » n'est pas un texte"),
        ("score = 75", "score = 50", "doit demander plus que"),
        ("score = 100", "score = 90", "les scores doivent aller de 0 à 100"),
        ('id = "installe"', 'id = "engage"', "deux niveaux ont le même identifiant"),
        ('id = "aucune"', 'id = "rien"', "les deux premiers doivent être"),
        ("[[level]]", "[level", "mal formé"),
        ("", "", "aucun niveau n'est déclaré"),
        ("", 'level = "x"', "aucun niveau n'est déclaré"),
        ("", "level = [1]", "niveau nº 1"),
    ],
)
@pytest.mark.sampled(5)
def test_wrong_scale_is_refused(scale, old, new, said):
    """Wrong types, unknown or missing keys, a scale that does not climb, a level twice, nothing at all."""
    told = faults(scale(old, new))
    assert any(said in one for one in told), told
    assert all("niveaux.toml" in one for one in told)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("QN09999I,habiter,2026,Léa,,\n", "« QN09999I » n'existe pas"),
        ("QN01338I,rêver,2026,Léa,,\n", "thématique inconnue « rêver »"),
        ("QN01338I,habiter,25/11/2026,Léa,,\n", "« 25/11/2026 » n'est pas une date"),
        ("QN01338I,habiter,2026-13,Léa,,\n", "« 2026-13 » n'est pas une date"),
        ("QN01338I,habiter,2026,,,\n", "personne n'est nommé"),
        ("QN01338I,habiter,2026\n", "3 cellules au lieu de 6"),
        (f"QN01338I,habiter,2026,{'a' * 30_000},,\n", "une cellule dépasse"),
        (b"code_qp,date\nQN01338I,2026\n", "colonnes absentes"),
        (HEADER.encode() + b"QN01338I,habiter,2026,L\xe9a,,\n", "UTF-8"),
        (b"", "colonnes absentes"),
    ],
)
@pytest.mark.sampled(4)
def test_wrong_survey_is_refused(surveys, content, said):
    """A district, theme or date that does not exist, nobody named, a file cut or of another encoding."""
    told = faults(surveys(content))
    assert any(said in one for one in told), told
    assert all("releves.csv" in one for one in told)


def test_survey_turns_unknown_into_none_found(surveys):
    """Once someone looked, the cell of their theme reads as searched; its neighbours stay unknown."""
    atlas = load(surveys("QN01308I,consommer,2026-11,Léa,,\n"))
    assert atlas.grades["QN01308I"]["consommer"].level.id == "aucune"
    assert atlas.grades["QN01308I"]["consommer"].evidence.surveyed == "2026-11"
    assert atlas.grades["QN01308I"]["habiter"].level.id == "non_renseigne"
