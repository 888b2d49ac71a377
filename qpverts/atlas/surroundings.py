"""What is around one point: used when a person clicks the map or gives an address."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import shapely

from qpverts.atlas.atlas import Atlas
from qpverts.domain.figures.published import Cell
from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.geo.inspire_grid import cell_at


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The nearest district and public green space of a point; distances in metres, to the edge.

    ``cell`` is that of the vegetation grid, ``None`` outside it or where nothing is known.
    """

    district: str
    district_m: float
    space: str | None
    space_m: float
    cell: Cell | None


def around(atlas: Atlas, lat: float, lon: float) -> Surroundings:
    """Measure from a point in decimal degrees."""
    point = gpd.GeoSeries([shapely.Point(lon, lat)], crs=WGS84).to_crs(LAMBERT_93).iloc[0]
    districts = atlas.perimeters.distance(point)
    spaces = atlas.green_discs.distance(point)
    here = cell_at(lon, lat)
    return Surroundings(
        district=str(districts.idxmin()),
        district_m=float(districts.min()),
        space=None if spaces.empty else str(spaces.idxmin()),
        space_m=float("inf") if spaces.empty else float(spaces.min()),
        cell=next((cell for cell in atlas.cells if cell.id == here), None),
    )
