"""Close districts in words: on what they are compared, and that more recorded is not better."""

import pytest

from qpverts.domain.acting.close_profiles import CRITERIA, Close
from qpverts.domain.grading.levels import Evidence, Grade
from qpverts.viz.words.acting import close_profile_texts


@pytest.mark.parametrize(
    ("shared", "expected"),
    [
        (("population", "pauvrete", "mediane_05ha"), "3 critères sur 3"),
        (("population", "pauvrete"), "2 critères sur 3 (sans la distance à un espace vert public)"),
        (("population", "mediane_05ha"), "2 critères sur 3 (sans le taux de pauvreté)"),
    ],
)
def test_criteria_that_are_not_known_are_named(shared, expected):
    """A comparison on fewer criteria says which is missing."""
    assert close_profile_texts.shared_text(Close("QN01338I", 0.2, shared)) == expected


def test_unknown_here_is_to_be_surveyed_not_behind(atlas):
    """Where nothing is known here, the line asks to look first; where a level is known, it is given."""
    by_id = {level.id: level for level in atlas.scale}
    unknown = Grade(by_id["non_renseigne"], Evidence(0, 0, 0, 0, ""))
    known = Grade(by_id["emergent"], Evidence(2, 0, 0, 0, ""))
    assert close_profile_texts.theme_text("Circuler", unknown, 2).replace("\u00a0", " ") == (
        "Circuler · ici : ? non renseigné, relevé à faire d'abord · des actions dans 2 quartiers proches"
    )
    assert close_profile_texts.theme_text("Circuler", known, 1).replace("\u00a0", " ") == (
        "Circuler · ici : ◔ émergent · plus recensé dans 1 quartier proche"
    )
    assert close_profile_texts.there_text("Les Prés", known).replace("\u00a0", " ") == (
        "Les Prés : ◔ émergent, 2 actions recensées"
    )


def test_words_name_every_criterion_and_never_rank():
    """The rule names what makes districts close; no word says that some are better."""
    for criterion in CRITERIA:
        assert criterion.label in close_profile_texts.RULE
        assert criterion.label in close_profile_texts.HOW
    assert "ne veut pas dire que tout y va mieux" in close_profile_texts.MORE_RECORDED
    assert (
        "meilleur"
        not in f"{close_profile_texts.RULE} {close_profile_texts.HOW} {close_profile_texts.MORE_RECORDED}"
    )
