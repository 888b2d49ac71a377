"""The radar of nature on *Quartier* and *Comparer*: charts, table, and what 0 and 100 mean."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qpverts.domain.goalposts import AXES, Middle, middle
from qpverts.domain.specs import spec_of
from qpverts.domain.territory import Territory
from qpverts.sources.atlas import Atlas
from qpverts.ui import compare, navigation, projection, tables
from qpverts.ui.components import safe
from qpverts.viz import nature_radar
from qpverts.viz.nature_radar import Measured

_TITLE = "Le radar de la nature"
_GOALPOSTS = "Repères, de 0 à 100"
#: Plotly's own tools are in English, and a chart of six values needs none.
_CONFIG = {"displayModeBar": False, "scrollZoom": False}


def of_district(atlas: Atlas, code: str) -> None:
    """Draw the section of *Quartier*: charts beside the district in the middle, and the table."""
    here = Measured(atlas.qpvs[code].name, atlas.indicators[code])
    middles = _middles(atlas)
    st.header(_TITLE)
    st.markdown(f"**{safe(nature_radar.known_text(here))}**")
    _charts([here], middles)
    tables.draw(
        {
            "Axe": safe(post.label),
            "Ce que l'on mesure": safe(spec_of(post.indicator).label),
            "Ici": safe(nature_radar.raw_text(here.indicators[post.indicator])),
            "Ici, sur 100": safe(nature_radar.score_text(post, here.indicators[post.indicator])),
            nature_radar.REFERENCE_NAME: safe(nature_radar.reference_text(post, one)),
            _GOALPOSTS: safe(nature_radar.span_text(post)),
        }
        for post, one in zip(AXES, middles, strict=True)
    )


def of_sides(atlas: Atlas, sides: Sequence[Territory]) -> None:
    """Draw the section of *Comparer*: the territories on the same charts, and the table."""
    measured = {side.key: _measured(atlas, side) for side in sides}  # one beside itself is drawn once
    middles = _middles(atlas)
    st.header(_TITLE)
    st.markdown("\n".join(f"- {safe(nature_radar.known_text(one))}" for one in measured.values()))
    _charts(list(measured.values()), middles)
    tables.draw(
        {"Axe": safe(f"{post.label} : {spec_of(post.indicator).label}")}
        | {
            safe(compare.heading(side)): safe(
                nature_radar.cell_text(post, measured[side.key].indicators[post.indicator])
            )
            for side in sides
        }
        | {
            nature_radar.REFERENCE_NAME: safe(nature_radar.reference_text(post, one)),
            _GOALPOSTS: safe(nature_radar.span_text(post)),
        }
        for post, one in zip(AXES, middles, strict=True)
    )


def _measured(atlas: Atlas, side: Territory) -> Measured:
    indicators = {post.indicator: atlas.indicator(spec_of(post.indicator), side) for post in AXES}
    return Measured(side.name, indicators)


def _middles(atlas: Atlas) -> list[Middle]:
    return [middle(post, (found[post.indicator] for found in atlas.indicators.values())) for post in AXES]


def _charts(sides: Sequence[Measured], middles: Sequence[Middle]) -> None:
    """Draw both charts, in places that are always there, and how to read them."""
    with st.container(key="nature_graphiques"):
        for column, draw, key, what in zip(
            st.columns(2),
            (nature_radar.radar, nature_radar.dot_plot),
            ("radar_nature", "points_nature"),
            ("Radar", "Points sur une échelle"),
            strict=True,
        ):
            with column:
                st.plotly_chart(
                    draw(sides, middles, projection.chart_size()),
                    theme=None,
                    key=key,
                    config=_CONFIG,
                    alt=f"{what} : la nature sur {len(AXES)} axes, de 0 à 100. Les mêmes valeurs sont dans "
                    "le tableau qui suit.",
                )
    st.caption(safe(nature_radar.READING))
    navigation.link("methode", "D'où viennent les repères", icon=":material/menu_book:")
