"""The radar of nature on *Quartier* and *Comparer*: charts, table, and what 0 and 100 mean."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.figures.goalposts import Goalpost, Middle, middle
from qpverts.domain.territory import Territory
from qpverts.ui.address import navigation, projection
from qpverts.ui.parts import data_tables, plotly_charts, territory_names
from qpverts.ui.parts.components import safe
from qpverts.viz.charts import nature_radar
from qpverts.viz.charts.nature_radar import DrawnTerritory
from qpverts.viz.words import labels
from qpverts.viz.words.labels import typeset

_TITLE = "Le radar de la nature"
_GOALPOSTS = "Repères, de 0 à 100"


def of_district(atlas: Atlas, code: str) -> None:
    """Draw the section of *Quartier*: charts beside the district in the middle, and the table."""
    here = DrawnTerritory(atlas.qpvs[code].name, atlas.indicators[code])
    middles = _middles(atlas)
    st.header(_TITLE)
    st.markdown(f"**{safe(nature_radar.known_text(atlas.specs.axes, here))}**")
    _charts(atlas.specs.axes, [here], middles)
    data_tables.draw(
        {
            "Axe": safe(post.label),
            "Ce que l'on mesure": safe(post.spec.label),
            "Ici": safe(labels.full_text(here.indicators[post.indicator])),
            "Ici, sur 100": safe(nature_radar.score_text(post, here.indicators[post.indicator])),
            nature_radar.REFERENCE_NAME: safe(nature_radar.reference_text(post, one)),
            _GOALPOSTS: safe(nature_radar.span_text(post)),
        }
        for post, one in zip(atlas.specs.axes, middles, strict=True)
    )


def of_sides(atlas: Atlas, sides: Sequence[Territory]) -> None:
    """Draw the section of *Comparer*: the territories on the same charts, and the table."""
    measured = {side.key: _measured(atlas, side) for side in sides}  # one beside itself is drawn once
    middles = _middles(atlas)
    st.header(_TITLE)
    st.markdown(
        "\n".join(f"- {safe(nature_radar.known_text(atlas.specs.axes, one))}" for one in measured.values())
    )
    _charts(atlas.specs.axes, list(measured.values()), middles)
    data_tables.draw(
        {"Axe": safe(f"{post.label} : {post.spec.label}")}
        | {
            safe(name): safe(nature_radar.cell_text(post, measured[side.key].indicators[post.indicator]))
            for name, side in zip(territory_names.headings(sides), sides, strict=True)
        }
        | {
            nature_radar.REFERENCE_NAME: safe(nature_radar.reference_text(post, one)),
            _GOALPOSTS: safe(nature_radar.span_text(post)),
        }
        for post, one in zip(atlas.specs.axes, middles, strict=True)
    )


def _measured(atlas: Atlas, side: Territory) -> DrawnTerritory:
    indicators = {post.indicator: atlas.indicator(post.spec, side) for post in atlas.specs.axes}
    return DrawnTerritory(side.name, indicators)


def _middles(atlas: Atlas) -> list[Middle]:
    return [
        middle(post, (found[post.indicator] for found in atlas.indicators.values()))
        for post in atlas.specs.axes
    ]


def _charts(axes: Sequence[Goalpost], sides: Sequence[DrawnTerritory], middles: Sequence[Middle]) -> None:
    """Draw both charts, in places that are always there, and how to read them."""
    drawn = (axes, sides, middles, projection.chart_size())
    what = f"la nature sur {len(axes)} axes, de 0 à 100"
    plotly_charts.pair(nature_radar.radar(*drawn), nature_radar.dot_plot(*drawn), what, "_nature")
    st.caption(safe(nature_radar.READING))
    navigation.link("methode", typeset("D'où viennent les repères"), icon=":material/menu_book:")
