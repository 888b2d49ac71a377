"""Share of a boundary at the edge of green ground, for districts and for the same shapes put at random.

The figures are those of :func:`qpverts.geo.vegetation.edge_length` and of
:func:`qpverts.geo.access.bordered_m`, from zones drawn once (:class:`~studies.edge_test.mosaic.Mosaic`) since
tens of thousands of places are measured. Metres of EPSG:2154, shares in %.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from qpverts.domain.claims import Green, Reading, Reference
from qpverts.geo import vegetation
from qpverts.geo.access import BORDERED_WITHIN_M, GreenLayer
from studies.edge_test.mosaic import Mosaic
from studies.edge_test.placements import Placements, Room, placements

Shapes = NDArray[np.object_]
Floats = NDArray[np.float64]

#: A random place is looked at only where at least this share of its ground is known, as for a district, in %.
LEAST_KNOWN_PCT = 25.0
#: "Around" is this far from a district of the same communes, in metres.
AROUND_M = 1_000.0
#: Ground this near to a street is taken for inhabited, in metres…
STREET_WITHIN_M = 100.0
#: …and a random place must have as much of it as the district, give or take this many points.
STREET_SLACK_PCT = 10.0
MIN_PARK_HA = 0.5
_READINGS = {
    Reading.LOW: vegetation.SURELY,
    Reading.LIKELY: vegetation.LIKELY,
    Reading.HIGH: vegetation.POSSIBLY,
}
_ROUND = 16  # segments for a quarter of a circle, as in ``vegetation``
_COARSE = 4  # and for streets, whose width is a convention
_DECIMALS = 6
_DAY = 20_240_101  # the day the 2024 districts came into force: the same draws for everyone


@dataclass(frozen=True, slots=True, eq=False)
class Grounds:
    """What a place is measured against: the rims of green ground, the known ground, ground near streets."""

    rims: Mapping[tuple[Green, Reading], Mosaic]
    known: Mosaic
    streets: Mosaic | None


def vegetation_rims(parcels: gpd.GeoDataFrame, frame: shapely.Geometry) -> dict[Reading, Mosaic]:
    """Draw the ground within 50 m of green parcels (``vegetated_m2``), under the three readings."""
    share = vegetation.green_parcels(parcels).to_numpy()
    green = ~np.isnan(share)
    rims = shapely.buffer(parcels.geometry.to_numpy()[green], vegetation.EDGE_WITHIN_M, quad_segs=_ROUND)
    return {reading: Mosaic.of(rims[share[green] >= least], frame) for reading, least in _READINGS.items()}


def park_rims(layer: GreenLayer, frame: shapely.Geometry) -> dict[Reading, Mosaic]:
    """Draw the ground within 50 m of public green spaces of 0.5 ha or more, under the three readings."""
    reaches = layer.of_at_least[MIN_PARK_HA]
    drawn = {Reading.LOW: reaches.worst, Reading.LIKELY: reaches.likely, Reading.HIGH: reaches.best}
    return {
        reading: Mosaic.of(shapely.buffer(discs.to_numpy(), BORDERED_WITHIN_M, quad_segs=_ROUND), frame)
        for reading, discs in drawn.items()
    }


def near_streets(lines: Shapes, frame: shapely.Geometry) -> Mosaic:
    """Draw the ground within 100 m of streets."""
    return Mosaic.of(shapely.buffer(lines, STREET_WITHIN_M, quad_segs=_COARSE), frame)


def edge_shares(shapes: Shapes, grounds: Grounds, green: Green) -> Floats:
    """Give the share of each boundary at the edge of green ground: shape (n, 3), low, likely and high.

    Rounded far below what an outline can tell, so that two places all along green ground are a tie.
    """
    boundaries = shapely.boundary(shapes)
    whole = shapely.length(boundaries)
    found: Floats = np.stack(
        [100 * grounds.rims[green, reading].length_m(boundaries) / whole for reading in Reading], axis=1
    )
    return np.round(found, _DECIMALS)


def shares_pct(shapes: Shapes, mosaic: Mosaic) -> Floats:
    """Give the share of each shape that lies in a zone."""
    whole: Floats = 100 * mosaic.area_m2(shapes) / shapely.area(shapes)
    return whole


def random_places(
    code: str, shape: shapely.Geometry, reference: Reference, room: Room, *, grounds: Grounds, count: int
) -> Placements:
    """Draw places for a district: always the same for the same code, shape and reference."""
    own_pct: float | None = None
    if reference is Reference.STREETS and grounds.streets is not None:
        own_pct = float(shares_pct(np.array([shape]), grounds.streets)[0])

    def stands(shapes: Shapes) -> NDArray[np.bool_]:
        kept = np.zeros(len(shapes), dtype=bool)
        ranks = np.flatnonzero(shares_pct(shapes, grounds.known) >= LEAST_KNOWN_PCT)
        if own_pct is not None and grounds.streets is not None:
            lived = shares_pct(shapes[ranks], grounds.streets)
            ranks = ranks[np.abs(lived - own_pct) <= STREET_SLACK_PCT]
        kept[ranks] = True
        return kept

    seed = [_DAY, zlib.crc32(code.encode()), list(Reference).index(reference)]
    return placements(shape, room, count, np.random.default_rng(seed), stands)
