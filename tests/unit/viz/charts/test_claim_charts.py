"""The drawings of the claim on green edges: what is drawn is what was measured."""

import base64

import geopandas as gpd
import shapely

from qpverts.domain.claims import EdgeRow, EdgeTest, Green, Reading, Reference
from qpverts.geo.crs import LAMBERT_93
from qpverts.viz.charts import claim_charts
from qpverts.viz.charts.theme_charts import DESK, ROOM
from qpverts.viz.palette import BACKGROUND, RAMP

TEST = EdgeTest(
    Green.PARKS, Reference.AROUND, Reading.LIKELY, 52, 199, 33.0, 41.0, 34.0, 48.0, 190, 9, 56.0, 65.0
)


def row(code, value, reference=Reference.COMMUNE):
    """A district at ``value`` % without random places."""
    return EdgeRow(code, Green.VEGETATION, reference, value, value, value, *(None,) * 6, 0, 0)


def test_means_are_where_they_were_measured():
    """The mean of the districts is a mark on the line of the random means."""
    chance, districts = claim_charts.means([TEST], DESK).data
    assert list(chance.x) == [34.0, 41.0, 48.0]
    assert list(districts.x) == [33.0]
    assert list(chance.y)[:1] == list(districts.y)


def test_a_room_reads_larger_letters():
    """For a room the words of the chart have 24 pixels at least."""
    assert claim_charts.means([TEST], ROOM).layout.font.size >= 24


def test_an_untested_claim_has_an_empty_chart():
    """Without tests the figure has no mark, and does not fail."""
    assert list(claim_charts.means([], DESK).data[-1].x) == []


def test_districts_are_counted_once_by_steps():
    """0, 9.9, 10 and 100 % fall in the first, first, second and last steps; the unknown in none."""
    rows = [row("A", 0.0), row("B", 9.9), row("C", 10.0), row("D", 100.0), row("E", None)]
    rows += [row("A", 0.0, Reference.AROUND)]
    assert claim_charts.steps(rows, Green.VEGETATION) == [2, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert list(claim_charts.spread(rows, Green.VEGETATION, DESK).data[0].y)[:2] == [2, 1]


def test_ranks_have_their_colours():
    """From the palest to the darkest; what is not known has none."""
    assert [claim_charts.rank_colour(rank) for rank in (0.0, 20.0, 20.1, 100.0)] == [
        RAMP[0], RAMP[0], RAMP[1], RAMP[4],
    ]  # fmt: skip
    assert claim_charts.rank_colour(None) == BACKGROUND
    assert [colour for colour, _ in claim_charts.rank_names()] == [*RAMP, BACKGROUND]


def test_a_name_stays_text_in_the_map():
    """A hostile name is inert in the picture, and every district has its dot."""
    squares = gpd.GeoSeries(
        {
            "A": shapely.box(895_000, 6_245_000, 895_500, 6_245_500),
            "B": shapely.box(896_000, 6_245_000, 896_500, 6_245_500),
        },
        crs=LAMBERT_93,
    )
    address = claim_charts.rank_map(
        squares.buffer(5_000), squares, {"A": 90.0, "B": None}, {"A": "<img src=x>", "B": "B"}
    )
    svg = base64.b64decode(address.partition(",")[2]).decode()
    assert svg.count("<circle") == 2
    assert "<img" not in svg
    assert f'fill="{RAMP[4]}"' in svg
