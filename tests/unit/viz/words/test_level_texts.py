"""What is said of levels: golden sentences that claim no more than what was recorded."""

import pytest

from qpverts.domain.grading.levels import Evidence, Grade, Level, Survey
from qpverts.domain.grading.ranks import Rank
from qpverts.domain.grading.reading_grid import Total
from qpverts.viz.words import level_texts
from tests.builders import plain

UNKNOWN = Level("non_renseigne", "non renseigné", "?", "")
NONE = Level("aucune", "aucune action", "○", "", 0)
SOME = Level("engage", "engagé", "◑", "", 50, 1, 1)
TOP = Level("installe", "installé", "◕", "", 100, 3, 3, 1, 2)
SCALE = (UNKNOWN, NONE, SOME, TOP)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026", "relevé de 2026"),
        ("2026-11", "relevé de novembre 2026"),
        ("2026-11-25", "relevé du 25 novembre 2026"),
    ],
)
def test_survey_as_precise_as_known(date, expected):
    """A year, a month or a day."""
    assert level_texts.survey_text(date) == expected


def test_cell_says_what_it_rests_on():
    """A count, a survey that found nothing, or nothing at all: never a zero."""
    assert plain(level_texts.note(Grade(SOME, Evidence(2, 1, 0, 1, "2026")))) == "2 actions"
    assert level_texts.note(Grade(NONE, Evidence(0, 0, 0, 0, "2026"))) == "(relevé de 2026)"
    assert level_texts.note(Grade(UNKNOWN, Evidence(0, 0, 0, 0, ""))) == ""


@pytest.mark.parametrize(
    ("found", "stopped", "expected"),
    [
        (Evidence(0, 0, 0, 0, ""), 0, ""),
        (Evidence(0, 0, 0, 0, ""), 1, "1 action arrêtée ne compte pas."),
        (Evidence(1, 0, 0, 0, ""), 0, "1 action recensée, aucune connue comme en cours ou réalisée."),
        (
            Evidence(1, 1, 0, 0, ""),
            0,
            "1 action recensée, en cours, sans porteur connu.",
        ),
        (Evidence(1, 1, 1, 1, ""), 0, "1 action recensée, réalisée, par 1 porteur connu."),
        (Evidence(3, 1, 0, 1, ""), 0, "3 actions recensées, dont 1 en cours, par 1 porteur connu."),
        (Evidence(3, 2, 2, 0, ""), 0, "3 actions recensées, dont 2 réalisées, sans porteur connu."),
        (Evidence(2, 1, 1, 1, ""), 0, "2 actions recensées, dont 1 réalisée, par 1 porteur connu."),
        (
            Evidence(5, 4, 2, 3, ""),
            2,
            (
                "5 actions recensées, dont 4 en cours ou réalisées (2 réalisées), par 3 porteurs différents "
                "connus. 2 actions arrêtées ne comptent pas."
            ),
        ),
    ],
)
def test_counts(found, stopped, expected):
    """The counts behind a level, in words that agree."""
    assert plain(level_texts.counts_text(found, stopped)) == expected


def test_next_level_says_what_is_missing():
    """Only what lacks is asked."""
    grade = Grade(SOME, Evidence(5, 2, 1, 1, ""))
    assert plain(level_texts.next_text(grade, SCALE)) == (
        "Pour « installé », il faudrait encore : 1 action en cours ou réalisée, 1 porteur différent."
    )
    assert level_texts.next_text(Grade(TOP, Evidence(9, 9, 9, 9, "")), SCALE) == "C'est le plus haut niveau."
    assert plain(level_texts.thresholds_text(TOP)) == (
        "3 actions en cours ou réalisées, 1 action réalisée, 2 porteurs différents"
    )
    assert level_texts.thresholds_text(NONE) == ""


def test_surveys_are_told_or_their_absence():
    """The last one by name, nobody, or none by field."""
    surveys = [
        Survey("q", "t", date, who, "", note)
        for date, who, note in (("2026-11", "Léa", "Sur place."), ("2025", "Max", ""))
    ]
    assert (
        level_texts.survey_line(surveys, by_field=False)
        == "Dernier relevé de novembre 2026, par Léa. Sur place."
    )
    assert "Personne n'a encore fait de relevé" in level_texts.survey_line([], by_field=False)
    assert "par thématique" in level_texts.survey_line([], by_field=True)


@pytest.mark.parametrize(
    ("ranks", "expected"),
    [
        ([], "Non : avec d'autres poids, ou selon ce que cachent les thématiques inconnues, chaque quartier"),
        ([Rank(1, 1, 2), Rank(2, 2, 2)], "Non :"),
        ([Rank(1, 2, 3), Rank(1, 2, 3), Rank(3, 3, 3)], "2 quartiers sur 3 pourraient changer de place ; 2"),
        ([Rank(1, 1, 3), Rank(2, 3, 3), Rank(2, 3, 3)], "un seul pourrait être premier"),
    ],
)
def test_would_the_order_change(ranks, expected):
    """Yes or no, and how many."""
    assert expected in plain(level_texts.order_text(ranks, by_field=False))


def test_fields_are_called_fields():
    """Read by field, nothing speaks of themes."""
    for by_field, said, unsaid in ((True, "champs inconnus", "thématique"), (False, "thématiques", "champ")):
        for text in (
            level_texts.order_text([Rank(1, 2, 2), Rank(1, 2, 2)], by_field=by_field),
            level_texts.order_text([Rank(1, 1, 1)], by_field=by_field),
            level_texts.how_ranked(by_field=by_field),
        ):
            assert said in text
            assert unsaid not in text


def test_rank_that_is_sure_is_one_place():
    """No interval where there is none."""
    assert level_texts.rank_text(Rank(1, 1, 66)) == "1er sur 66"
    assert level_texts.rank_text(Rank(4, 61, 66)) == "entre 4e et 61e sur 66"


def total(column, active, unknown=0):
    """Make a total."""
    return Total(column, {}, active, unknown)


NAMES = {"a": "Habiter", "b": "Circuler", "c": "Consommer"}


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        (
            [total("a", 25), total("b", 12), total("c", 11, 49)],
            (
                "Sur 66 quartiers, ceux dont une action recensée est en cours ou réalisée sont les plus "
                "nombreux sur « Habiter » (25, soit 38 %) et les moins nombreux sur « Consommer » (11, "
                "soit 17 %). Mais il y a 49 quartiers non renseignés sur « Consommer » : de quoi changer "
                "cet ordre."
            ),
        ),
        (
            [total("a", 2), total("b", 2), total("c", 0, 1)],
            (
                "sur « Habiter » et « Circuler » (2, soit 3 %) et les moins nombreux sur « Consommer » (0, "
                "soit 0 %). Mais il y a 1 quartier non renseigné sur « Consommer »."
            ),
        ),
        (
            [total("a", 9), total("b", 1, 3), total("c", 1, 4)],
            (
                "« Circuler » et « Consommer » (1, soit 2 %). Mais il y a 3 quartiers non renseignés sur "
                "« Circuler » et 4 quartiers non renseignés sur « Consommer »."
            ),
        ),
        ([total("a", 2), total("b", 1), total("c", 1)], "« Circuler » et « Consommer » (1, soit 2 %)."),
        ([total("a", 2), total("b", 2)], "chaque colonne en compte autant"),
        ([total("a", 0, 66), total("b", 0, 66)], "aucune action recensée n'est connue"),
    ],
)
def test_strong_and_weak(totals, expected):
    """Ties are all named, unknowns are said, nothing is drawn from nothing."""
    assert expected in plain(level_texts.totals_text(totals, NAMES, 66))


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        (
            [total("a", 1), total("b", 0), total("c", 0, 1)],
            "est en cours ou réalisée sur « Habiter » ; rien n'est renseigné sur « Consommer ».",
        ),
        ([total("a", 1), total("b", 1)], "en cours ou réalisée sur « Habiter » et « Circuler »."),
        ([total("a", 0), total("b", 0)], "aucune action recensée n'est connue comme en cours ou réalisée."),
    ],
)
def test_one_district_is_not_many(totals, expected):
    """Of one district, what is done and what is not known; no share of it."""
    text = plain(level_texts.totals_text(totals, NAMES, 1))
    assert text.startswith("Dans ce quartier")
    assert text.endswith(expected)


def test_strong_and_weak_of_nothing():
    """No district, no claim."""
    assert level_texts.totals_text([total("a", 0)], NAMES, 0) == "Aucun quartier ne répond à ces choix."
