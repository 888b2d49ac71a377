"""Projection mode, the pages as a room reads them: whether it is on, and what goes along with it."""

from __future__ import annotations

from collections.abc import Mapping

from qpverts.ui.address import query, state
from qpverts.ui.address.pages import PAGES
from qpverts.viz.charts.theme_charts import DESK, ROOM, ChartSize

PARAM = "projection"


def is_on() -> bool:
    """Tell whether the address asks for projection."""
    return query.read().get(PARAM) == query.ON


def carried() -> dict[str, str]:
    """Give what any link to another page must keep."""
    return {PARAM: query.ON} if is_on() else {}


def chart_size() -> ChartSize:
    """Tell how large charts are drawn: for a desk, or for a room."""
    return ROOM if is_on() else DESK


def onward(page: str, params: Mapping[str, str]) -> dict[str, str]:
    """Give the query string of a page, for a room that looks at this one.

    The territory on screen goes along, as the first side where it is not the subject; so do the other sides,
    for the next comparison.
    """
    first, *others = state.SIDES
    shown = params.get(state.DISTRICT) or params.get(first)
    name = PAGES[page].receives
    kept = {PARAM: query.ON} | {side: params[side] for side in others if side in params}
    return kept | ({name: shown} if shown else {})
