"""Outlines and their figures as GeoJSON: the same features give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import shapely

from qpverts.text_files import json_bytes

Feature = dict[str, Any]

#: What stands between two features written one a line, and after the last one.
BETWEEN, END = b",\n", b"\n]}\n"


def geometries(shapes: Iterable[shapely.Geometry], decimals: int | None = None) -> list[dict[str, Any]]:
    """Give outlines as GeoJSON has them; each coordinate rounded by itself to ``decimals``, if told."""
    drawn = np.array(list(shapes), dtype=object)
    if decimals is not None:
        drawn = shapely.set_precision(drawn, 10**-decimals, mode="pointwise")
    found: list[dict[str, Any]] = json.loads(f"[{','.join(shapely.to_geojson(drawn))}]")
    return found


def geometry(shape: shapely.Geometry, decimals: int | None = None) -> dict[str, Any]:
    """Give one outline, as :func:`geometries` does."""
    return geometries([shape], decimals)[0]


def feature(
    outline: Mapping[str, Any] | None, properties: Mapping[str, object], name: str | None = None
) -> Feature:
    """Join an outline (``None`` when it is not known) and its properties; ``name`` is the feature's id."""
    named = {} if name is None else {"id": name}
    return {"type": "Feature", **named, "properties": dict(properties), "geometry": outline}


def collection(features: Iterable[Feature], **members: object) -> bytes:
    """Write a collection on one line; ``members`` say what is true of the whole."""
    return json_bytes({"type": "FeatureCollection", **members, "features": list(features)})


def by_line(features: Iterable[Feature], name: str) -> bytes:
    """Write a collection with one feature per line, for files that are compared line by line."""
    return opening(name) + BETWEEN.join(map(json_bytes, features)) + END


def opening(name: str = "") -> bytes:
    """Give the first line of a collection that has one feature per line."""
    named = {"name": name} if name else {}
    return json_bytes({"type": "FeatureCollection", **named, "features": []}).removesuffix(b"]}") + b"\n"
