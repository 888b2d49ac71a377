"""GeoJSON of the layers that the browser fetches once: EPSG:4326, 5 decimals (about a metre)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd
import shapely

from qpverts.domain.figures.published import Cell
from qpverts.domain.model import Action, GreenSpace, Qpv
from qpverts.geo import geojson
from qpverts.geo.crs import WGS84
from qpverts.geo.inspire_grid import LAEA_EUROPE, square
from qpverts.viz.palette import grid_class
from qpverts.viz.words import labels

RING_M = 300.0
_RING_TOLERANCE_M = 3.0
_DECIMALS = 5

Features = list[dict[str, Any]]


def collection(features: Features) -> bytes:
    """Serialise features compactly, UTF-8."""
    return geojson.collection(features)


def district_features(qpvs: Mapping[str, Qpv], perimeters: gpd.GeoSeries) -> Features:
    """Draw the districts, each with the point where its badge stands (inside it)."""
    ours = perimeters.loc[list(qpvs)]
    anchors = ours.representative_point().to_crs(WGS84)
    return _features(
        ours.to_crs(WGS84),
        (
            {
                "code": code,
                "nom": qpv.name,
                "commune": qpv.commune_names,
                "lng": round(lng, _DECIMALS),
                "lat": round(lat, _DECIMALS),
            }
            for (code, qpv), lng, lat in zip(qpvs.items(), anchors.x, anchors.y, strict=True)
        ),
    )


def ring_features(perimeters: gpd.GeoSeries) -> Features:
    """Draw the line 300 m around each district (perimeters in EPSG:2154)."""
    rings = perimeters.buffer(RING_M, quad_segs=8).simplify(_RING_TOLERANCE_M).to_crs(WGS84)
    return _features(rings, ({"code": code} for code in rings.index))


def space_features(spaces: Iterable[GreenSpace]) -> Features:
    """Place the located green spaces, with the radius in metres of a disc of the same area."""
    located = [space for space in spaces if space.is_located]
    return _features(
        gpd.points_from_xy([space.lon for space in located], [space.lat for space in located]),
        (
            {
                "id": space.id,
                "nom": space.name,
                "surface": labels.area_ha(space.area_ha),
                "acces": labels.access_text(space),
                "ouvert": space.is_public_green,
                "rayon_m": None
                if space.area_ha is None
                else round(math.sqrt(space.area_ha * 10_000 / math.pi), 1),
            }
            for space in located
        ),
    )


def action_features(actions: Iterable[Action]) -> Features:
    """Place the actions whose place is known; the others have no place to draw."""
    exact = [action for action in actions if action.is_exact]
    return _features(
        gpd.points_from_xy([action.lon for action in exact], [action.lat for action in exact]),
        ({"id": action.id, "titre": action.title, "theme": action.themes[0]} for action in exact),
    )


def cell_features(cells: Iterable[Cell]) -> Features:
    """Draw the cells of the vegetation grid (EPSG:3035, turned to degrees), each with its class."""
    cells = list(cells)
    squares = gpd.GeoSeries([square(cell.id) for cell in cells], crs=LAEA_EUROPE).to_crs(WGS84)
    return _features(squares, ({"classe": grid_class(cell)} for cell in cells))


def _features(shapes: Iterable[shapely.Geometry], properties: Iterable[dict[str, Any]]) -> Features:
    """Put shapes beside their properties, all drawn at once: there are thousands of cells."""
    outlines = geojson.geometries(shapes, _DECIMALS)
    return [geojson.feature(one, named) for one, named in zip(outlines, properties, strict=True)]
