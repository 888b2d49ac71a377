"""What is measured once for each district, and from which every indicator is computed.

Kept as numerators, denominators and sets, so that any group of districts can be summed honestly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qpverts.domain.model import Figures

Metres = NDArray[np.float64]

#: Smallest public green space that counts, in hectares: INSEE/SDES 2025; WHO 2016; a larger park.
MIN_AREAS_HA = (0.1, 0.5, 1.0)
#: Radii of the neighbourhood, in metres from the perimeter.
RADII_M = (300, 1000)


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the bounds that its inputs allow; ``low <= value <= high``, one unit for all three."""

    low: float
    value: float
    high: float


@dataclass(frozen=True, slots=True)
class Distances:
    """Distances in metres from each point of the 50 m lattice of a district, under three hypotheses.

    ``low`` takes the parks at their largest reach, ``high`` at their smallest.
    """

    low: Metres
    value: Metres
    high: Metres


@dataclass(frozen=True, slots=True)
class SpacesNear:
    """Ids of the public green spaces within a radius: surely (``low``), likely, possibly (``high``)."""

    low: frozenset[str]
    value: frozenset[str]
    high: frozenset[str]


@dataclass(frozen=True, slots=True)
class GreenList:
    """How complete the list of public green spaces is for a commune.

    ``listed`` public green spaces are known by name, ``drawn`` of them by point and area.
    """

    commune_code: str
    listed: int
    drawn: int


@dataclass(frozen=True, slots=True)
class GreenAccess:
    """Access to public green spaces of one district, metres and square metres (EPSG:2154).

    Keys of ``served_m2``, ``edge_m``, ``lattice_m`` and ``bordered_m`` (length of the boundary within 50 m of
    a space) are ``MIN_AREAS_HA``; of ``spaces``, ``RADII_M``. ``inside_m2`` and ``near_m2`` are the ground of
    the spaces in the perimeter, and in the perimeter and within 300 m of it.
    """

    served_m2: Mapping[float, Interval]
    edge_m: Mapping[float, Interval]
    lattice_m: Mapping[float, Distances]
    spaces: Mapping[int, SpacesNear]
    bordered_m: Mapping[float, Interval]
    inside_m2: Interval
    near_m2: Interval


@dataclass(frozen=True, slots=True)
class VegetationFacts:
    """Vegetated ground of one district, whoever owns it, as far as the layer of parcels knows.

    ``known_pct`` and ``near_known_pct``: share of the perimeter, and of the perimeter with its surroundings
    at 300 m, whose vegetation is known. ``edge_m``: length of the boundary within 50 m of green ground.
    """

    known_pct: float
    inside_m2: Interval
    near_known_pct: float
    near_m2: Interval
    edge_m: Interval


@dataclass(frozen=True, slots=True)
class WalkFacts:
    """The way to the nearest public green space of 0.5 ha, medians over the 50 m lattice, in metres.

    ``street_m`` along the streets, ``straight_m`` from the same points in a straight line; ``reached_pct``
    is the share of the points that a known street serves.
    """

    street_m: Interval
    straight_m: Interval
    reached_pct: float


@dataclass(frozen=True, slots=True)
class DistrictFacts:
    """All that is known of one district.

    ``green`` is ``None`` where no public green space of its communes can be drawn: not covered,
    which is never zero; so are ``vegetation`` and ``walk`` where their layers have nothing.
    ``space_areas_ha`` gives hectares by space id, for the spaces in ``green``.
    """

    code_qp: str
    area_m2: float
    boundary_m: float
    figures: Figures
    action_ids: frozenset[str]
    green_lists: tuple[GreenList, ...]
    green: GreenAccess | None
    space_areas_ha: Mapping[str, float | None]
    vegetation: VegetationFacts | None = None
    walk: WalkFacts | None = None
