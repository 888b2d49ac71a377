"""What maps stand on: communes, arrondissements, land and names around, and the world."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd

#: The points of an outline, longitude and latitude in decimal degrees.
Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class World:
    """Outer outlines of the lands of the world, of France, and of its neighbours, in decimal degrees."""

    world: tuple[Ring, ...]
    france: tuple[Ring, ...]
    neighbours: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Backgrounds:
    """Layers in EPSG:4326; ``communes`` and ``arrondissements`` are indexed by ``insee_com``.

    ``names`` are points with ``nom``, ``genre``, ``zoom_min`` and ``rang`` (the first ones matter most).
    """

    communes: gpd.GeoDataFrame
    arrondissements: gpd.GeoDataFrame
    land: gpd.GeoDataFrame
    names: gpd.GeoDataFrame
    world: World
