"""Green spaces that do not exist yet, measured with those that do. All geometry in EPSG:2154, metres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from qpverts.domain.acting.scenario import AddedSpace
from qpverts.domain.figures.facts import DistrictFacts
from qpverts.geo import access
from qpverts.geo.crs import LAMBERT_93, WGS84


def located_with(located: gpd.GeoDataFrame, added: Sequence[AddedSpace]) -> gpd.GeoDataFrame:
    """Put the spaces of a scenario beside those that :func:`qpverts.geo.access.locate` gives.

    Their ids are ``ajout-1``, ``ajout-2``…, which no real space has.
    """
    if not added:
        return located
    more = gpd.GeoDataFrame(
        {"area_ha": np.array([space.area_ha for space in added], dtype=float)},
        index=pd.Index(ids(added), name="id", dtype=object),
        geometry=gpd.points_from_xy([space.lon for space in added], [space.lat for space in added]),
        crs=WGS84,
    ).to_crs(LAMBERT_93)
    if located.empty:
        return more
    return gpd.GeoDataFrame(pd.concat([located, more]), crs=LAMBERT_93)


def ids(added: Sequence[AddedSpace]) -> list[str]:
    """Name the spaces of a scenario, in their order."""
    return [f"ajout-{rank}" for rank, _ in enumerate(added, start=1)]


def facts_with(
    facts: DistrictFacts, perimeter: shapely.Geometry, located: gpd.GeoDataFrame, added: Sequence[AddedSpace]
) -> DistrictFacts:
    """Measure a district again as if these spaces were open.

    Only the access to public green spaces in a straight line is measured again. The vegetation is not: what
    grows today where the space would open is not known; nor is the walk, which takes all the streets. A
    district whose communes have no drawn green space, hence not covered, is measured on these spaces alone.

    Parameters
    ----------
    perimeter
        Polygon or multipolygon of the district, EPSG:2154.
    located
        What :func:`qpverts.geo.access.locate` gives for the spaces that exist.
    """
    if not added:
        return facts
    known = located if facts.green else located.iloc[:0]
    layer = access.green_layer(located_with(known, added))
    areas = dict(zip(ids(added), (space.area_ha for space in added), strict=True))
    return replace(
        facts,
        green=access.green_access(perimeter, layer),
        space_areas_ha={**facts.space_areas_ha, **areas},
    )


def overlapped(located: gpd.GeoDataFrame, added: Sequence[AddedSpace]) -> tuple[str, ...]:
    """Name the real spaces on which one of the scenario would stand, drawn as discs of the same areas."""
    if not added or located.empty:
        return ()
    real = access.discs(located)
    new = access.discs(located_with(located.iloc[:0], added)).union_all()
    return tuple(real.index[shapely.intersects(real.to_numpy(), new)])
