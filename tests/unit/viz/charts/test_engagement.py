"""Words of the charts by theme, on cases made by hand."""

import pytest

from qpverts.domain.grading.profile import Measure, MiddleDistrict
from qpverts.viz.charts import engagement, theme_charts
from qpverts.viz.charts.theme_charts import ChartAxis, Series
from qpverts.viz.words import sentences

THEMES = {"habiter": "Habiter", "circuler": "Circuler", "proteger": "Protéger"}


UNKNOWN, NOTHING = ("non_renseigne", 0), ("aucune", 0)


def test_coverage_is_never_zero(made):
    """No theme known is said in words."""
    nothing = made("Ici", 0, UNKNOWN, UNKNOWN, UNKNOWN)
    assert "ne veut pas dire zéro" in sentences.themes_known_text(nothing)
    one = made("Ici", 1, ("engage", 1), NOTHING, UNKNOWN)
    assert sentences.themes_known_text(one).replace("\u00a0", " ") == "2 thématiques connues sur 3."


def test_cells_tell_unknown_from_nothing_found(made):
    """« Non renseigné », « aucune action » with the date, and a count: three different things."""
    one = made("Ici", 1, ("engage", 1), NOTHING, UNKNOWN)
    told = [
        engagement.side_text(grade, 2000, Measure.RATE).replace("\u00a0", " ")
        for grade in one.grades.values()
    ]
    assert told[0] == "◑ engagé, 1 action, 0,50 pour 1\u202f000 habitants"
    assert told[1] == "○ aucune action, 0,00 pour 1\u202f000 habitants, relevé du 25 novembre 2026"
    assert told[2] == "? non renseigné"
    assert [engagement.count_text(grade) for grade in one.grades.values()][1:] == [
        "aucune action",
        "non renseigné",
    ]
    assert engagement.rate_text(one.grades["habiter"], None) == "population inconnue"


def test_what_nobody_surveyed_is_said_once(atlas, made):
    """The unknown level says by itself that nobody looked; the others say when somebody did, or nobody."""
    one = made("Ici", 1, ("engage", 1), NOTHING, UNKNOWN)
    told = [engagement.why_text(grade) for grade in one.grades.values()]
    assert told[0].endswith("Personne n'a encore fait de relevé.")
    assert told[1].endswith("Relevé du 25 novembre 2026.")
    assert told[2] == next(level.sentence for level in atlas.scale if level.score is None)
    assert told[2].count("relevé") == 1


def test_beyond_the_axis_is_said_with_its_value(made, atlas):
    """What is clipped is named with its true value; nothing clipped, nothing said."""
    axis = engagement.axis_of(Measure.COUNT, atlas.scale)
    big = engagement.series_of(made("Ici", 99, ("engage", 99), ("engage", 2), UNKNOWN), THEMES, Measure.COUNT)
    assert engagement.beyond_text([big], tuple(THEMES.values()), axis).replace("\u00a0", " ") == (
        "Au-delà de l'échelle, qui s'arrête à 15 : Ici (Habiter 99)."
    )
    small = engagement.series_of(made("Ici", 9, ("engage", 9), UNKNOWN, UNKNOWN), THEMES, Measure.COUNT)
    assert engagement.beyond_text([small], tuple(THEMES.values()), axis) == ""


def test_rate_of_a_small_district_is_warned_of(made):
    """One action weighs 2 for 1,000 where 500 people live, and that is said; only for rates."""
    small = made("Ici", 1, ("engage", 1), UNKNOWN, UNKNOWN, population=500)
    assert "ajoute 2,00 pour Ici" in engagement.step_text([small], Measure.RATE)
    assert engagement.step_text([small], Measure.COUNT) == ""


def test_axis_of_levels_is_the_declared_scale(atlas):
    """The marks of the axis are the levels, from none to the highest; what is unknown has no place on it."""
    axis = engagement.axis_of(Measure.LEVEL, atlas.scale)
    assert axis.ticks == (0, 25, 50, 75, 100)
    assert "non renseigné" not in axis.full
    assert "◑ engagé" in engagement.scale_text(axis, Measure.LEVEL)


def test_reference_says_among_whom(atlas):
    """The middle is told with the number of districts it is the middle of."""
    axis = engagement.axis_of(Measure.LEVEL, atlas.scale)
    found = engagement.reference_of(
        MiddleDistrict((50, None, 0), (36, 0, 2), 66), THEMES, Measure.LEVEL, axis
    )
    assert found.hovers[0].endswith("Habiter : engagé, parmi les 36 quartiers connus sur 66")
    assert "non renseigné" in found.hovers[1]


@pytest.mark.parametrize("draw", ["radar", "dot_plot"])
def test_a_chart_kept_is_the_one_asked_for(draw):
    """The same lines at the same size are drawn once; another line, measure or room is another chart."""
    axis, wider = ChartAxis(4, (0, 4), ("", "4"), ("0", "4")), ChartAxis(8, (0, 8), ("", "8"), ("0", "8"))
    lines = (Series("Ici", (1.0, None, 3.0), ("", "", "")),)
    others = (Series("Là", (2.0, None, 3.0), ("", "", "")),)
    middle = Series("Milieu", (2.0, 2.0, None), ("", "", ""))
    kept, make = getattr(engagement, draw), getattr(theme_charts, draw)
    themes = tuple(THEMES.values())
    assert kept(lines, themes, axis, middle, theme_charts.DESK) is kept(
        lines, themes, axis, middle, theme_charts.DESK
    )
    for case in (
        (lines, themes, axis, middle, theme_charts.DESK),
        (others, themes, axis, middle, theme_charts.DESK),
        (lines, themes, wider, middle, theme_charts.DESK),
        (lines, themes, axis, middle, theme_charts.ROOM),
    ):
        assert kept(*case).to_json() == make(*case).to_json()
    assert kept.cache_parameters()["maxsize"]
