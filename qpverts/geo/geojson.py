"""Outlines and their figures as GeoJSON: the same features give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import shapely

from qpverts.text_files import json_bytes

Feature = dict[str, Any]

#: What stands between two features written one a line, and after the last one.
BETWEEN, END = b",\n", b"\n]}\n"


def geometry(shape: shapely.Geometry, decimals: int | None = None) -> dict[str, Any]:
    """Give an outline as GeoJSON has it; each coordinate rounded by itself to ``decimals``, if told."""
    if decimals is not None:
        shape = shapely.set_precision(shape, 10**-decimals, mode="pointwise")
    found: dict[str, Any] = json.loads(shapely.to_geojson(shape))
    return found


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
    """Write a collection with a feature a line, for files that are compared line by line."""
    return opening(name) + BETWEEN.join(map(json_bytes, features)) + END


def opening(name: str = "") -> bytes:
    """Give the first line of a collection that has a feature a line."""
    named = {"name": name} if name else {}
    return json_bytes({"type": "FeatureCollection", **named, "features": []}).removesuffix(b"]}") + b"\n"
