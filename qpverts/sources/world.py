"""Reading the outlines that inspirations are placed on (Natural Earth)."""

from __future__ import annotations

from dataclasses import dataclass

from qpverts.sources.catalogue import Catalogue
from qpverts.sources.perimeters import read_layer

WORLD = "monde"

#: The points of an outline, longitude and latitude in decimal degrees.
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Outlines:
    """Outer outlines of the lands of the world, of France, and of its neighbours, in decimal degrees."""

    world: tuple[Ring, ...]
    france: tuple[Ring, ...]
    neighbours: tuple[Ring, ...]


def read_outlines_of_world(catalogue: Catalogue) -> Outlines:
    """Read the outlines; DataError when the file is missing or faulty."""
    layer = read_layer(catalogue, WORLD)
    found: dict[str, list[Ring]] = {"world": [], "france": [], "neighbours": []}
    for scale, name, shape in zip(layer["echelle"], layer["nom"], layer.geometry, strict=True):
        key = "world" if scale == "monde" else "france" if name == "France" else "neighbours"
        found[key] += [tuple(polygon.exterior.coords) for polygon in shape.geoms]
    return Outlines(**{key: tuple(rings) for key, rings in found.items()})
