"""The way to a park, as maps draw it."""

from __future__ import annotations

from qpverts.atlas.atlas import Atlas
from qpverts.viz.maps.paint import Walk
from qpverts.viz.words import sentences


def walk(atlas: Atlas, code: str) -> Walk | None:
    """Give what the map draws of the way to a park: the streets beside the straight line."""
    way = atlas.ways.get(code)
    return Walk(way.route, way.nearest, sentences.way_lines(way, atlas.spaces[way.space_id])) if way else None
