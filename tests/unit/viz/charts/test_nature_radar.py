"""The radar of nature in words and marks: ranges are told, what is not known is a gap and never a zero."""

import pytest

from qpverts.domain.figures.goalposts import Middle, middle
from qpverts.domain.figures.indicators import Indicator, State
from qpverts.viz.charts import nature_radar
from qpverts.viz.charts.nature_radar import DrawnTerritory
from tests.builders import plain
from tests.declared import SPECS

BY_ID = {post.indicator: post for post in SPECS.axes}


def indicator(name, *bounds, state=State.KNOWN):
    """Make an indicator from its low, value and high; without any, it is not known."""
    low, value, high = bounds or (None, None, None)
    return Indicator(SPECS.by_id[name], state, value, low, high, 1, 1, None)


def territory(**bounds):
    """Make a territory known on these indicators alone."""
    unknown = {post.indicator: indicator(post.indicator, state=State.NOT_COVERED) for post in SPECS.axes}
    return DrawnTerritory("Ici", unknown | {name: indicator(name, *ends) for name, ends in bounds.items()})


@pytest.mark.parametrize(
    ("name", "bounds", "expected"),
    [
        ("part_vegetalisee", (20, 25, 30), "50 (entre 40 et 60, ou plus)"),
        ("part_vegetalisee", (25, 25, 25), "50 (ou plus)"),
        ("part_vegetalisee", (60, 70, 80), "100"),  # nothing can be more
        ("part_300m_05ha", (0, 0, 0), "0 (ou plus)"),  # no park known: another may be there
        ("mediane_05ha", (420, 600, 900), "75 (entre 50 et 90, ou plus)"),
        ("detour_05ha", (1.4, 1.5, 1.6), "50 (entre 40 et 60)"),
        ("mediane_05ha", (), "non couvert"),
    ],
)
def test_score_is_told_with_its_range(name, bounds, expected):
    """A score has its range, and says when an unlisted green space could raise it."""
    state = State.KNOWN if bounds else State.NOT_COVERED
    assert nature_radar.score_text(BY_ID[name], indicator(name, *bounds, state=state)) == expected


def test_cell_sets_the_measure_beside_the_score():
    """Measure, range and score in one cell; what is not known has neither."""
    found = indicator("mediane_05ha", 420, 600, 900)
    text = plain(nature_radar.cell_text(BY_ID["mediane_05ha"], found))
    assert text == "600 m (entre 420 et 900 m, ou moins) : 75 sur 100 (entre 50 et 90, ou plus)"
    unknown = indicator("mediane_05ha", state=State.NOT_ADDITIVE)
    assert nature_radar.cell_text(BY_ID["mediane_05ha"], unknown) == "non calculable pour un groupe"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("part_vegetalisee", "de 0 % à 50 %"),
        ("mediane_05ha", "de 1,5 km à 300 m"),
        ("detour_05ha", "de 2,0 fois la ligne droite à 1,0 fois la ligne droite"),
    ],
)
def test_goalposts_are_told_with_their_unit(name, expected):
    """What 0 and 100 are worth, the worst first."""
    assert plain(nature_radar.span_text(BY_ID[name])) == expected


def test_unknown_is_a_gap_in_the_line():
    """Only what is known is drawn, and a known zero is a zero."""
    side = territory(part_300m_05ha=(0, 0, 0), part_vegetalisee=(20, 25, 30))
    line = nature_radar.series_of(SPECS.axes, side)
    assert dict(zip(BY_ID, line.values, strict=True)) == dict.fromkeys(BY_ID) | {
        "part_300m_05ha": 0.0,
        "part_vegetalisee": 50.0,
    }
    assert line.hovers[-1] == "Ici · Chemin direct : non couvert"
    assert nature_radar.known_text(SPECS.axes, side).replace("\u00a0", " ") == "Ici : 2 axes connus sur 6."
    assert "ne veut pas dire zéro" in nature_radar.known_text(SPECS.axes, territory())


def test_dot_plot_draws_the_range_of_each_measure():
    """The bar through a mark goes from the lowest to the highest score; none where nothing is known."""
    side = territory(mediane_05ha=(420, 600, 900))
    middles = [Middle(None, 0, 0)] * len(SPECS.axes)
    _, marks, ranges = nature_radar.dot_plot(SPECS.axes, [side], middles).data
    rank = list(BY_ID).index("mediane_05ha")
    assert marks.x[rank] == 75
    assert (list(ranges.x), list(ranges.y)) == ([75], [rank])
    assert (list(ranges.error_x.arrayminus), list(ranges.error_x.array)) == ([25], [15])
    assert ranges.error_x.color == marks.marker.color
    assert ranges.showlegend is False


def test_each_side_has_the_range_of_its_own():
    """Two territories on one chart: the bars do not change sides."""
    first, second = territory(part_vegetalisee=(20, 25, 30)), territory(part_vegetalisee=(0, 25, 50))
    middles = [Middle(None, 0, 0)] * len(SPECS.axes)
    *_, one, other = nature_radar.dot_plot(SPECS.axes, [first, second], middles).data
    assert (one.error_x.arrayminus[0], other.error_x.arrayminus[0]) == (10, 50)


def test_same_look_is_made_once():
    """A chart seen a moment ago is not made again; another district is."""
    middles = [Middle(None, 0, 0)] * len(SPECS.axes)
    one, other = territory(part_vegetalisee=(20, 25, 30)), territory(part_vegetalisee=(20, 26, 30))
    assert nature_radar.radar(SPECS.axes, [one], middles) is nature_radar.radar(SPECS.axes, [one], middles)
    assert nature_radar.radar(SPECS.axes, [one], middles) is not nature_radar.radar(
        SPECS.axes, [other], middles
    )


def test_reference_is_the_district_in_the_middle_of_those_known(atlas):
    """The reference has a value on each axis, that of a district, and says among how many."""
    middles = [middle(post, (f[post.indicator] for f in atlas.indicators.values())) for post in SPECS.axes]
    line = nature_radar.reference_of(SPECS.axes, middles)
    assert None not in line.values
    for post, one, hover in zip(SPECS.axes, middles, line.hovers, strict=True):
        known = [f[post.indicator].value for f in atlas.indicators.values()]
        assert one.indicator.value in known
        assert f"parmi les {sum(v is not None for v in known)} quartiers connus sur {len(known)}" in hover
