"""Plotly's charts on a page: without its tools, and two of the same values in a pair."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

#: Plotly's own tools are in English, and a chart of a few values needs none.
CONFIG = {"displayModeBar": False, "scrollZoom": False}


def pair(radar: go.Figure, dots: go.Figure, what: str, suffix: str = "") -> None:
    """Draw a radar beside its dot plot, in places that are always there.

    ``what`` says in French what is measured: a table of the same values must follow. ``suffix`` tells the
    pairs of a page apart, in keys and in the style sheet.
    """
    with st.container(key=f"graphiques{suffix}"):
        for column, figure, key, shape in zip(
            st.columns(2),
            (radar, dots),
            ("radar", "points"),
            ("Radar", "Points sur une échelle"),
            strict=True,
        ):
            with column:
                st.plotly_chart(
                    figure,
                    theme=None,
                    key=f"{key}{suffix}",
                    config=CONFIG,
                    alt=f"{shape} : {what}. Les mêmes valeurs sont dans le tableau qui suit.",
                )
