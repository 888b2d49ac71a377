"""Reading what maps stand on: communes, arrondissements, land and names around, and the world."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import geopandas as gpd

from qpverts.atlas.backgrounds import Backgrounds, Ring, World
from qpverts.atlas.datasets import REMEDY, Catalogue
from qpverts.errors import DataError, Fault
from qpverts.sources.reading.perimeters import read_layer, read_outlines

T = TypeVar("T")


def read_backgrounds(catalogue: Catalogue) -> Backgrounds:
    """Read all the layers; DataError gathers the faults of all of them."""
    faults: list[Fault] = []

    def attempt(read: Callable[[], T]) -> T:
        try:
            return read()
        except DataError as error:
            faults.extend(error.faults)
            return cast("T", None)  # never used: faults are raised before

    communes = attempt(lambda: read_outlines(catalogue))
    arrondissements = attempt(lambda: _layer(catalogue, "arrondissements", "insee_com"))
    land = attempt(lambda: _layer(catalogue, "terre_voisine"))
    names = attempt(lambda: _layer(catalogue, "etiquettes", "nom", "genre", "rang", "zoom_min"))
    world = attempt(lambda: _world(_layer(catalogue, "monde", "nom", "echelle")))
    if faults:
        raise DataError(faults)
    by_rank = names.sort_values("rang", kind="stable")
    return Backgrounds(communes, arrondissements.set_index("insee_com"), land, by_rank, world)


def _layer(catalogue: Catalogue, dataset_id: str, *fields: str) -> gpd.GeoDataFrame:
    """Read a layer whose features all have these fields and a shape."""
    layer = read_layer(catalogue, dataset_id)
    shown = catalogue.get(dataset_id).path
    if missing := [field for field in fields if field not in layer.columns or layer[field].isna().any()]:
        message = f"champs absents ou vides : {', '.join(missing)} ; {REMEDY}"
        raise DataError([Fault(shown, "fond de carte", message)])
    if (layer.geometry.isna() | layer.geometry.is_empty).any():
        raise DataError([Fault(shown, "fond de carte", f"une entité n'a pas de forme ; {REMEDY}")])
    return layer


def _world(layer: gpd.GeoDataFrame) -> World:
    found: dict[str, list[Ring]] = {"world": [], "france": [], "neighbours": []}
    for scale, name, shape in zip(layer["echelle"], layer["nom"], layer.geometry, strict=True):
        key = "world" if scale == "monde" else "france" if name == "France" else "neighbours"
        parts = getattr(shape, "geoms", [shape])
        found[key] += [tuple(polygon.exterior.coords) for polygon in parts if polygon.geom_type == "Polygon"]
    return World(**{key: tuple(rings) for key, rings in found.items()})
