"""Green spaces put on the plane by hand."""

import geopandas as gpd
import pytest

from qpverts.geo.crs import LAMBERT_93


@pytest.fixture(scope="session")
def located():
    """A function that puts green spaces on the plane: id, x and y in metres, hectares or None."""

    def make(*spaces):
        return gpd.GeoDataFrame(
            {"area_ha": [float("nan") if area is None else float(area) for *_, area in spaces]},
            index=[name for name, *_ in spaces],
            geometry=gpd.points_from_xy([x for _, x, _, _ in spaces], [y for _, _, y, _ in spaces]),
            crs=LAMBERT_93,
        )

    return make
