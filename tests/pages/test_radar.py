"""Charts by theme on *Quartier* and *Comparer*, without a browser."""

import json

import pytest

from qpverts.domain.grading.profile import Measure
from qpverts.ui.address import state

ALL_UNKNOWN = "QN01301M"
PARTLY_KNOWN = 3


def figures(screen):
    """Give the two figures by theme that the page draws."""
    charts = {chart.proto.id.rpartition("-")[2]: chart.proto for chart in screen.app.get("plotly_chart")}
    return [json.loads(charts[key].spec) for key in ("radar", "points") if key in charts]


def lines(figure):
    """Give the values of each line of a radar by its name."""
    return {trace["name"]: trace["r"][:-1] for trace in figure["data"]}


def theme_table(screen, column):
    """Give the table by theme."""
    tables = [table.value for table in screen.app.table if table.value.index.name == "Thématique"]
    return next(table for table in tables if column in table)


def test_sheet_draws_gaps_where_nothing_is_known(screen, atlas):
    """A district partly known has a gap in its radar for each unknown theme, and the page says so."""
    code = next(
        code
        for code, grades in atlas.grades.items()
        if sum(grade.level.score is not None for grade in grades.values()) == PARTLY_KNOWN
    )
    screen.open("quartier", q=code)
    assert screen.is_sound()
    radar, dots = figures(screen)
    drawn = lines(radar)[atlas.qpvs[code].name]
    assert drawn == [grade.level.score for grade in atlas.grades[code].values()]
    assert drawn.count(None) == 4
    assert dots["data"][-1]["marker"]["symbol"].count("circle-open") == 4
    assert "3 thématiques connues sur 7" in screen.text
    assert "mesure l'effort de recensement autant que l'engagement" in screen.text.replace("\\", "")
    table = theme_table(screen, "Niveau")
    assert list(table["Niveau"]).count("? non renseigné") == 4
    assert set(table["Dernier relevé"]) == {"personne n’a encore fait de relevé"}


def test_sheet_of_an_unknown_district_has_no_zero(screen):
    """Nothing known: no value drawn, no zero in the table, and words that say it."""
    screen.open("quartier", q=ALL_UNKNOWN)
    assert screen.is_sound()
    radar, _ = figures(screen)
    assert set(radar["data"][-1]["r"]) == {None}
    assert "Aucune des 7 thématiques n'est connue" in screen.text.replace("\\", "")
    table = theme_table(screen, "Niveau")
    assert not {"0", "0 action", "0,00"} & set(table.to_numpy().ravel())


def test_levels_are_explained_one_click_away(screen, atlas):
    """Each theme tells what its level takes, and the counts that reach it."""
    screen.open("quartier", q="QN01338I")
    panel = next(e for e in screen.app.expander if e.label.startswith("Pourquoi ces niveaux"))
    told = "\n".join(text.value for text in panel.markdown).replace("\\", "").replace("\u00a0", " ")
    for theme in atlas.vocabulary.themes:
        grade = atlas.grades["QN01338I"][theme.id]
        assert grade.level.sentence.split(",")[0] in told
        assert f"{grade.evidence.recorded} actions recensées" in told


def test_comparer_lays_both_on_the_same_charts(screen, atlas):
    """Two lines and the reference on each chart, a table with both, three sentences."""
    screen.open("comparer")
    assert screen.is_sound()
    radar, dots = figures(screen)
    assert [trace["name"] for trace in radar["data"]] == [
        "Quartier du milieu",
        "Air Bel",
        "Salon-de-Provence",
    ]
    assert len(dots["data"]) == 3
    table = theme_table(screen, "Air Bel")
    assert list(table.columns) == ["Air Bel", "Salon\\-de\\-Provence, 2\u00a0quartiers"]
    said = next(m.value for m in screen.app.markdown if m.value.startswith("- ")).splitlines()
    assert len(said) == 3
    salon = atlas.index.resolve("13103")
    union = {a.id for code in salon.codes for a in atlas.actions_of(code) if "habiter" in a.themes}
    assert f"{len(union)} actions" in table.iloc[0, 1].replace("\u00a0", " ")


def test_comparer_of_a_territory_with_itself_draws_it_once(screen):
    """The same territory twice is one line, and the sentences find no gap."""
    screen.open("comparer", a="QN01338I", b="QN01338I")
    assert screen.is_sound()
    assert [trace["name"] for trace in figures(screen)[0]["data"]] == ["Quartier du milieu", "Air Bel"]
    assert "Aucun écart de niveau" in screen.text.replace("\\", "")


def test_what_is_beyond_the_axis_is_said(screen):
    """The whole Métropole is beyond the axis of a district: drawn at the top, and named with its values."""
    screen.open("comparer", b="metropole", mesure="actions")
    assert screen.is_sound()
    radar, _ = figures(screen)
    assert max(radar["data"][-1]["r"]) == 15
    assert "Au-delà de l'échelle, qui s'arrête à 15" in screen.text.replace("\\", "")


@pytest.mark.parametrize(("page", "params"), [("quartier", {"q": "QN01338I"}), ("comparer", {})])
def test_switch_of_measure_is_in_the_address(screen, page, params):
    """Choosing a measure writes it and redraws; the default stays out of the address."""
    screen.open(page, **params)
    before = lines(figures(screen)[0])["Air Bel"]
    for measure in (Measure.COUNT, Measure.RATE):
        screen.app.button_group(key="choix_mesure").set_value(measure.value).run()
        assert screen.is_sound()
        assert screen.app.query_params[state.MEASURE] == measure.value
        assert lines(figures(screen)[0])["Air Bel"] != before
    screen.app.button_group(key="choix_mesure").set_value(Measure.LEVEL.value).run()
    assert state.MEASURE not in screen.app.query_params
    assert lines(figures(screen)[0])["Air Bel"] == before


@pytest.mark.parametrize("page", ["quartier", "comparer"])
def test_measure_that_means_nothing_is_said(screen, page):
    """A measure that does not exist is named, and levels are shown."""
    screen.open(page, q="QN01338I", mesure="<b>hectares</b>")
    assert screen.is_sound()
    assert "hectares" in screen.warnings[0]
    assert figures(screen)
