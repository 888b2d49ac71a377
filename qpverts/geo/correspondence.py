"""What became of the districts of 2015: the ground that each has in common with those of 2024."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from qpverts.domain.vintage import SAME_PCT
from qpverts.geo.crs import by_projection

COLUMNS = ("code_2015", "code_2024", "commun_m2", "part_2015_pct", "part_2024_pct")
#: Two drawings of one limit never lie quite on each other: what is below this part of both is a sliver.
MIN_SHARE = 0.001


@dataclass(frozen=True, slots=True)
class Correspondence:
    """The pairs of districts that share ground, and the slivers that were left out.

    ``pairs`` has :data:`COLUMNS`: codes, area in common (m²), and that area as a part of the district of 2015
    and of the one of 2024 (%), ordered by codes. ``slivers`` counts the pairs below the threshold, and
    ``slivers_m2`` is their area.
    """

    pairs: pd.DataFrame
    slivers: int
    slivers_m2: float

    def unlike(self, codes: Iterable[str], least_pct: float = SAME_PCT) -> list[str]:
        """Give the codes of 2024, among ``codes``, that no district of 2015 matches both ways."""
        shares = self.pairs[["part_2015_pct", "part_2024_pct"]].min(axis=1)
        same = set(self.pairs.loc[shares >= least_pct, "code_2024"])
        return [code for code in codes if code not in same]


def correspondence(old: gpd.GeoSeries, new: gpd.GeoSeries, min_share: float = MIN_SHARE) -> Correspondence:
    """Share out the ground of two generations of districts, both ways.

    Parameters
    ----------
    old, new
        Valid polygons with an area, by code, in any CRS; their codes tell the département, hence the legal
        CRS in which each is measured.
    min_share
        Pairs whose common ground is less than this part of both districts are slivers (0.001 is 0.1 %).

    Raises
    ------
    DataError
        When the code of a district tells no département.
    ValueError
        When a code is given twice, a polygon is invalid or has no area, a layer has no CRS, or the threshold
        is not a part.
    """
    if not 0 <= min_share < 1:
        msg = f"min_share is a part of a district, from 0 to 1: {min_share}"
        raise ValueError(msg)
    sides = {name: _checked(name, side) for name, side in (("old", old), ("new", new))}
    theirs = by_projection(sides["new"])
    pieces = [
        _shared(ours, theirs[crs]) for crs, ours in by_projection(sides["old"]).items() if crs in theirs
    ]
    pairs = pd.concat([_nothing(), *pieces]) if pieces else _nothing()
    thin = pairs[["part_2015_pct", "part_2024_pct"]].max(axis=1) < 100 * min_share
    kept = pairs[~thin].sort_values(["code_2015", "code_2024"]).reset_index(drop=True)
    return Correspondence(kept, int(thin.sum()), float(pairs.loc[thin, "commun_m2"].sum()))


def _checked(name: str, side: gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Give one generation as a frame with ``code_qp``, or say what cannot be measured in it."""
    shapes = side.to_numpy()
    for wrong, what in (
        (side.index.duplicated(), "codes given twice"),
        (~shapely.is_valid(shapes), "invalid polygons, repair them first"),
        (shapely.area(shapes) == 0, "no area"),
    ):
        if wrong.any():
            msg = f"{name}: {what}: {', '.join(map(str, side.index[wrong][:5]))}"
            raise ValueError(msg)
    return gpd.GeoDataFrame({"code_qp": side.index.astype(str)}, geometry=shapes, crs=side.crs)


def _shared(old: gpd.GeoDataFrame, new: gpd.GeoDataFrame) -> pd.DataFrame:
    """Cross two layers of one projected CRS."""
    left, right = _projected(old), _projected(new)
    ranks_new, ranks_old = shapely.STRtree(left).query(right, predicate="intersects")
    common = shapely.area(shapely.intersection(left[ranks_old], right[ranks_new]))
    pairs = pd.DataFrame(
        {
            "code_2015": old["code_qp"].to_numpy()[ranks_old],
            "code_2024": new["code_qp"].to_numpy()[ranks_new],
            "commun_m2": common,
            # Rounding of the last digit can give a hair more than the whole.
            "part_2015_pct": np.minimum(100 * common / shapely.area(left[ranks_old]), 100),
            "part_2024_pct": np.minimum(100 * common / shapely.area(right[ranks_new]), 100),
        },
        columns=list(COLUMNS),
    )
    return pairs[pairs["commun_m2"] > 0]  # those that only touch have no ground in common


def _projected(layer: gpd.GeoDataFrame) -> shapely.Geometry:
    """Give the shapes, made valid again where projecting broke them by a rounding."""
    shapes = layer.geometry.to_numpy()
    return np.where(shapely.is_valid(shapes), shapes, shapely.make_valid(shapes))


def _nothing() -> pd.DataFrame:
    text, number = pd.Series(dtype=object), pd.Series(dtype=float)
    return pd.DataFrame({name: text if name.startswith("code") else number for name in COLUMNS})
