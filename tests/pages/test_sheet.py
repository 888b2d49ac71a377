"""The sheet of a district without a browser: radar of nature, what is missing, and similar districts."""

import json
import re

import pytest

from qpverts.domain.acting.close_profiles import CRITERIA
from qpverts.domain.figures import goalposts
from qpverts.viz.words import labels
from tests.builders import AIR_BEL
from tests.declared import SPECS

ALL_UNKNOWN, NOT_COVERED = "QN01301M", "QN01327I"
ORDER = [
    "Engagement par thématique",
    "Le radar de la nature",
    "Ce qui manque ou n'a pas été relevé",
    "Quartiers au profil proche",
    "La nature par habitant, selon ce que l'on compte",
    "Les espaces verts, du plus proche au plus lointain",
    "Les actions, par thématique",
]


def plain(text):
    """Give a text as a person reads it: without what keeps it inert, any apostrophe and space being one."""
    return text.replace("\\", "").replace("\u00a0", " ").replace("’", "'")


def lines(screen):
    """Give the values of each line of the radar of nature, by name."""
    charts = {chart.proto.id.rpartition("-")[2]: chart.proto for chart in screen.app.get("plotly_chart")}
    figure = json.loads(charts["radar_nature"].spec)
    return {trace["name"]: trace["r"][:-1] for trace in figure["data"]}


def table(screen, first):
    """Give the table whose first column has this heading."""
    return next(one.value for one in screen.app.table if one.value.index.name == first)


def section(screen, heading):
    """Give what is written as text between a heading and the next, for a person who reads."""
    main = list(screen.app.main)
    begin = next(
        rank for rank, one in enumerate(main) if one.type == "header" and plain(one.value) == heading
    )
    told = []
    for one in main[begin + 1 :]:
        if one.type == "header":
            break
        if one.type in {"markdown", "caption"}:
            told.append(one.value)
    return plain("\n".join(told))


@pytest.mark.parametrize("code", [AIR_BEL, ALL_UNKNOWN, NOT_COVERED])
def test_sections_come_in_the_order_one_reads(screen, code):
    """From how far the district is, to what it has, what it lacks, similar districts, then the figures."""
    screen.open("quartier", q=code)
    assert screen.is_sound()
    headings = [plain(header.value) for header in screen.app.header]
    assert [heading for heading in headings if heading in ORDER] == ORDER


@pytest.mark.parametrize("code", [AIR_BEL, ALL_UNKNOWN, NOT_COVERED])
def test_radar_of_nature_draws_what_is_known_and_nothing_else(screen, atlas, code):
    """Each mark is the score of its measure; what is not covered is a gap, in the table as on the chart."""
    screen.open("quartier", q=code)
    found = [goalposts.scored(post, atlas.indicators[code][post.indicator]) for post in SPECS.axes]
    drawn = lines(screen)[atlas.qpvs[code].name]
    assert drawn == [score.value if score else None for score in found]
    told = table(screen, "Axe")
    assert len(told) == len(SPECS.axes)
    for score, here in zip(found, told["Ici, sur 100"], strict=True):
        assert (here == "non couvert") is (score is None)
    assert None not in lines(screen)["Quartier du milieu"]


def test_what_is_weak_says_what_it_takes(screen, atlas):
    """Air Bel is weak on two themes, absent on none, and every measure of its nature is known."""
    screen.open("quartier", q=AIR_BEL)
    told = section(screen, ORDER[2])
    weak = [t.label for t in atlas.vocabulary.themes if atlas.grades[AIR_BEL][t.id].level.id == "emergent"]
    assert weak
    for label in weak:
        assert f"**{label} :** ◔ émergent" in told
    assert told.count("Pour « engagé », il faudrait encore : 1 action en cours ou réalisée.") == len(weak)
    assert "Relevé à faire d'abord" not in told
    assert "non couverte" not in told


def test_what_nobody_looked_for_is_not_said_to_be_missing(screen):
    """Where nothing is known, every theme is to be surveyed, and nothing is said to lack."""
    screen.open("quartier", q=ALL_UNKNOWN)
    told = section(screen, ORDER[2])
    assert "**Relevé à faire d'abord**" in told
    assert "nous ne pouvons pas dire que cela manque" in told
    for lacking in (
        "il faudrait encore",
        "En projet, ou d'état inconnu",
        "Cherché, et pas trouvé",
        "aucune thématique connue",
    ):
        assert lacking not in told


def test_measures_not_covered_are_gaps_with_their_reason(screen):
    """In Les Canourgues green spaces and streets are not covered: it is said, with what would tell."""
    screen.open("quartier", q=NOT_COVERED)
    told = section(screen, ORDER[2])
    assert "La nature que nous ne savons pas mesurer ici" in told
    assert "non couvertes sur" in told
    assert "Pour le savoir : placer les espaces verts de la commune" in told


@pytest.mark.parametrize("code", [AIR_BEL, ALL_UNKNOWN, NOT_COVERED])
def test_districts_alike_are_others_with_why(screen, atlas, code):
    """The table begins with this district, then five others with their figures, each with its link."""
    screen.open("quartier", q=code)
    told = table(screen, "Quartier")
    names = [plain(name) for name in told.index]
    assert names[0] == atlas.qpvs[code].name
    assert told.iloc[0, -1] == "ce quartier"
    assert len(names) == 6
    assert atlas.qpvs[code].name not in names[1:]
    assert all("critères sur 3" in one for one in told.iloc[1:, -1])
    wanted = [SPECS.by_id[one.indicator].label for one in CRITERIA]
    assert [plain(heading) for heading in told.columns[1:4]] == wanted
    for rank, one in enumerate(CRITERIA):
        value = labels.value_text(atlas.indicators[code][one.indicator])
        assert plain(told.iloc[0, rank + 1]) == value.replace("\u00a0", " ")
    assert names[1:] == [
        plain(one.label) for one in screen.app.button if re.fullmatch(r"proche_[^_]+", one.key)
    ]


def test_theme_that_goes_further_gives_its_districts_and_actions(screen, atlas):
    """Opened, a theme links to each district that goes further, and to the actions that make its level."""
    screen.open("quartier", q=AIR_BEL)
    panel = next(e for e in screen.app.expander if "plus recensé dans" in e.label)
    theme = next(t for t in atlas.vocabulary.themes if panel.label.replace("\\", "").startswith(t.label))
    screen.unfold(f"proches_{theme.id}")
    assert screen.is_sound()
    keys = [one.key for one in screen.app.button if one.key.startswith(f"proche_{theme.id}_")]
    here = atlas.grades[AIR_BEL][theme.id].level.score
    code, action = next(
        (code, one.id)
        for code in atlas.qpvs
        for one in atlas.actions_of(code)
        if f"proche_{theme.id}_{code}_{one.id}" in keys
    )
    assert f"proche_{theme.id}_{code}" in keys
    assert atlas.grades[code][theme.id].level.score > here
    assert theme.id in atlas.actions[action].themes
    screen.app.button(key=f"proche_{theme.id}_{code}_{action}").click().run()
    assert screen.is_sound()
    assert (screen.app.query_params["q"], screen.app.query_params["action"]) == (code, action)


def test_method_explains_the_goalposts_and_the_likeness(screen):
    """Every axis has its two values and where they come from; our own choices are said to be ours."""
    screen.open("methode")
    assert screen.is_sound()
    told = table(screen, "Axe")
    assert [plain(name) for name in told.index] == [post.label for post in SPECS.axes]
    for post, ours in zip(SPECS.axes, told["Repères"], strict=True):
        assert (ours == "notre choix, à discuter") is post.is_ours
    assert "viennent d'abord" in screen.text.replace("\\", "")
