"""What the radar of nature says: its axis, its series, and the words of each value and score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import plotly.graph_objects as go

from qpverts.domain.figures.facts import Interval
from qpverts.domain.figures.goalposts import Goalpost, Middle, scored
from qpverts.domain.figures.indicators import Indicator
from qpverts.viz.charts import theme_charts
from qpverts.viz.charts.theme_charts import DESK, ChartAxis, ChartSize, Series
from qpverts.viz.words import labels

REFERENCE_NAME = "Quartier du milieu"
READING = (
    "Chaque mesure est ramenée entre deux repères fixes, les mêmes pour tous : 0 au centre, 100 au bord. Une "
    "distance ou un détour monte quand le parc est plus près, le chemin plus droit. Un trou dans la ligne : "
    "nous ne savons pas, ce qui n'est pas zéro. Le trait à travers un point est la fourchette de la mesure. "
    "En gris, le quartier du milieu parmi ceux de la Métropole où la mesure est connue. La surface du radar "
    "ne veut rien dire : ces mesures ne font pas une moyenne."
)
AXIS = ChartAxis(
    top=100,
    ticks=(0, 25, 50, 75, 100),
    short=("", "25", "50", "75", "100"),  # nothing fits in the centre
    full=("0", "25", "50", "75", "100"),
)
_TOP = 100
#: Names of axes are longer than those of themes: how much more room they need, or a telephone cuts them.
_LABEL_ROOM = 1.3
#: Figures kept of each chart: every district of the Métropole, and some comparisons.
_KEPT = 100


@dataclass(frozen=True, slots=True)
class DrawnTerritory:
    """A territory to draw: its name, and its indicators by id."""

    name: str
    indicators: Mapping[str, Indicator]


def score_text(post: Goalpost, indicator: Indicator, unit: str = "") -> str:
    """Write a score with its range; one that an unlisted green space could raise is said to."""
    found = scored(post, indicator)
    if found is None:
        return labels.value_text(indicator)
    low, value, high = map(round, (found.low, found.value, found.high))
    notes = [
        f"entre {low} et {high}" if low != high else "",
        "ou plus" if post.may_be_more and high < _TOP else "",
    ]
    told = ", ".join(filter(None, notes))
    return f"{value}{unit} ({told})" if told else f"{value}{unit}"


def span_text(post: Goalpost) -> str:
    """Write what 0 and 100 are worth on an axis."""
    worst, best = (labels.quantity(post.spec, end) for end in (post.worst, post.best))
    return f"de {worst} à {best}"


def cell_text(post: Goalpost, indicator: Indicator) -> str:
    """Write a measure and its score in one cell."""
    if indicator.value is None:
        return labels.value_text(indicator)
    return f"{labels.full_text(indicator)} : {score_text(post, indicator, ' sur 100')}"


def series_of(axes: Sequence[Goalpost], side: DrawnTerritory) -> Series:
    """Give the line of a territory."""
    found = [side.indicators[post.indicator] for post in axes]
    return Series(
        side.name,
        _values(axes, found),
        tuple(_hover(side.name, post, one) for post, one in zip(axes, found, strict=True)),
    )


def reference_of(axes: Sequence[Goalpost], middles: Sequence[Middle]) -> Series:
    """Give the line of the districts in the middle, in the order of the axes."""
    return Series(
        REFERENCE_NAME,
        _values(axes, [one.indicator for one in middles]),
        tuple(
            f"{_hover(REFERENCE_NAME, post, one.indicator)}, parmi les {one.known} quartiers connus sur "
            f"{one.total}"
            for post, one in zip(axes, middles, strict=True)
        ),
    )


def reference_text(post: Goalpost, one: Middle) -> str:
    """Write the district in the middle in one cell."""
    return cell_text(post, one.indicator) if one.indicator else "non renseigné"


def _values(axes: Sequence[Goalpost], found: Sequence[Indicator | None]) -> tuple[float | None, ...]:
    scores = [scored(post, one) if one else None for post, one in zip(axes, found, strict=True)]
    return tuple(score.value if score else None for score in scores)


def _hover(name: str, post: Goalpost, indicator: Indicator | None) -> str:
    return f"{name} · {post.label} : {cell_text(post, indicator) if indicator else 'non renseigné'}"


def radar(
    axes: Sequence[Goalpost],
    sides: Sequence[DrawnTerritory],
    middles: Sequence[Middle],
    size: ChartSize = DESK,
) -> go.Figure:
    """Lay territories on the radar, over the districts in the middle. To be drawn, not changed."""
    lines = tuple(series_of(axes, side) for side in sides)
    return _radar(_names(axes), lines, reference_of(axes, middles), size)


def dot_plot(
    axes: Sequence[Goalpost],
    sides: Sequence[DrawnTerritory],
    middles: Sequence[Middle],
    size: ChartSize = DESK,
) -> go.Figure:
    """Set the same scores on rows, each with the range of its measure. To be drawn, not changed."""
    spans = tuple(tuple(scored(post, side.indicators[post.indicator]) for post in axes) for side in sides)
    lines = tuple(series_of(axes, side) for side in sides)
    return _dot_plot(_names(axes), lines, reference_of(axes, middles), spans, size)


def _names(axes: Sequence[Goalpost]) -> tuple[str, ...]:
    return tuple(post.label for post in axes)


# Plotly takes fifty times longer to make a figure than Streamlit to send it: those seen lately are kept.
@lru_cache(maxsize=_KEPT)
def _radar(
    names: tuple[str, ...], lines: tuple[Series, ...], reference: Series, size: ChartSize
) -> go.Figure:
    roomy = replace(size, label_room=round(_LABEL_ROOM * size.label_room))
    return theme_charts.radar(lines, names, AXIS, reference, roomy)


@lru_cache(maxsize=_KEPT)
def _dot_plot(
    names: tuple[str, ...],
    lines: tuple[Series, ...],
    reference: Series,
    spans: tuple[tuple[Interval | None, ...], ...],
    size: ChartSize,
) -> go.Figure:
    figure = theme_charts.dot_plot(lines, names, AXIS, reference, size)
    # In lines of their own: on that of the marks, Plotly would draw the ends of a range that is not known.
    for trace, ends in zip(figure.data[1:], spans, strict=True):  # the first is the reference
        known = {rank: span for rank, span in enumerate(ends) if span}
        figure.add_scatter(
            x=[trace.x[rank] for rank in known],
            y=[trace.y[rank] for rank in known],
            mode="markers",
            marker={"color": trace.marker.color, "size": 1},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [span.high - span.value for span in known.values()],
                "arrayminus": [span.value - span.low for span in known.values()],
                "color": trace.marker.color,
                "thickness": size.line,
                "width": size.mark / 2,
            },
            hoverinfo="skip",
            showlegend=False,
        )
    return figure


def known_text(axes: Sequence[Goalpost], side: DrawnTerritory) -> str:
    """Say on how many axes something is known of a territory."""
    known = sum(side.indicators[post.indicator].value is not None for post in axes)
    total = len(axes)
    if not known:
        return (
            f"{side.name} : aucun des {total} axes n'est connu. Nous ne savons pas, ce qui ne veut pas dire "
            "zéro."
        )
    return f"{side.name} : {labels.plural(known, 'axe connu', 'axes connus')} sur {total}."
