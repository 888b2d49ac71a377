"""Resources as bytes: CSV, GeoJSON, a JSON Table Schema each, and one DCAT catalogue of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import shapely

from qpverts.atlas.atlas import Atlas
from qpverts.domain.text import inert
from qpverts.geo import geojson
from qpverts.sources.reading.columns import Value
from qpverts.text_files import csv_text, json_bytes
from qpverts.web.addresses import DATA
from qpverts.web.open_data.resource import ODBL, Resource
from qpverts.web.open_data.resources import RESOURCES
from qpverts.web.open_data.rows import Row

CATALOGUE = f"{DATA}/catalogue.jsonld"
CSV, GEOJSON, SCHEMA, LINKED = (
    "text/csv; charset=utf-8",
    "application/geo+json",
    "application/json; charset=utf-8",
    "application/ld+json; charset=utf-8",
)
_LICENCE_URLS = {
    "Licence Ouverte 2.0": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
    ODBL: "https://opendatacommons.org/licenses/odbl/1-0/",
}
_DECIMALS = 5  # about a metre


def formats(resource: Resource) -> tuple[str, ...]:
    """Give the endings that a resource may be asked with."""
    return ("csv", "geojson", "schema.json") if resource.shapes else ("csv", "schema.json")


def to_csv(resource: Resource, atlas: Atlas) -> bytes:
    """Write a resource as CSV: UTF-8, commas, points in decimals, one line per row, the header first.

    What a spreadsheet would run as a formula is made inert; an unknown value is an empty cell.
    """
    names = [field.name for field in resource.fields]
    cells = ([_cell(row[name]) for name in names] for row in resource.rows(atlas))
    return csv_text(names, cells, line_end="\r\n").encode()


def _cell(value: Value) -> Value:
    return inert(value) if isinstance(value, str) else value


def to_geojson(resource: Resource, atlas: Atlas) -> bytes:
    """Write a resource as GeoJSON (EPSG:4326, five decimals); a row without a true place has no geometry.

    Raises
    ------
    KeyError
        When the resource has no shapes.
    """
    if resource.shapes is None:
        raise KeyError(resource.id)
    shapes = resource.shapes(atlas)
    key = resource.key[0]
    return geojson.collection(
        (_feature(row, shapes.get(str(row[key])), str(row[key])) for row in resource.rows(atlas)),
        name=resource.id,
        licence=resource.licence,
        attribution=attribution(resource, atlas),
    )


def _feature(row: Row, shape: shapely.Geometry | None, name: str) -> geojson.Feature:
    outline = None if shape is None else geojson.geometry(shape, _DECIMALS)
    return geojson.feature(outline, row, name)


def to_schema(resource: Resource, atlas: Atlas) -> bytes:
    """Write the JSON Table Schema of a resource (frictionless Table Schema, version 1)."""
    return json_bytes(
        {
            "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
            "name": resource.id,
            "title": resource.title,
            "description": resource.description,
            "version": atlas.version,
            "primaryKey": list(resource.key),
            "missingValues": [""],
            "fields": [
                {"name": field.name, "type": field.type, "description": field.description}
                for field in resource.fields
            ],
        }
    )


_WRITERS = {"csv": (to_csv, CSV), "geojson": (to_geojson, GEOJSON), "schema.json": (to_schema, SCHEMA)}


def to_bytes(resource: Resource, ending: str, atlas: Atlas) -> bytes:
    """Write a resource in one of its :func:`formats`; KeyError for another."""
    return _WRITERS[ending][0](resource, atlas)


def media_type(ending: str) -> str:
    """Name the type of an ending."""
    return _WRITERS[ending][1]


def to_catalogue(atlas: Atlas, origin: str) -> bytes:
    """Describe the resources in DCAT (JSON-LD); ``origin`` is the site's address, without final slash."""
    return json_bytes(
        {
            "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
            "@id": f"{origin}{CATALOGUE}",
            "@type": "dcat:Catalog",
            "dct:title": "QPVerts : données ouvertes",
            "dct:language": "fr",
            "dct:modified": modified(atlas),
            "dcat:dataset": [_described(one, atlas, origin) for one in RESOURCES.values()],
        }
    )


def _described(resource: Resource, atlas: Atlas, origin: str) -> Mapping[str, object]:
    media = {"csv": "text/csv", "geojson": GEOJSON}
    newer = {"dct:isReplacedBy": f"{origin}{DATA}/{resource.replaced_by}"} if resource.replaced_by else {}
    return {
        "@id": f"{origin}{DATA}/{resource.id}",
        "@type": "dcat:Dataset",
        "dct:identifier": resource.id,
        "dct:title": resource.title,
        "dct:description": resource.description,
        "dct:license": _LICENCE_URLS[resource.licence],
        "dct:rights": attribution(resource, atlas),
        "dct:conformsTo": f"{origin}{DATA}/{resource.id}.schema.json",
        "dct:source": sources(resource, atlas),
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:accessURL": f"{origin}{DATA}/{resource.id}.{ending}",
                "dcat:mediaType": media[ending],
            }
            for ending in formats(resource)
            if ending in media
        ],
        **newer,
    }


def attribution(resource: Resource, atlas: Atlas) -> str:
    """Give what must be said of where a resource comes from, each source once."""
    named = dict.fromkeys(atlas.catalogue.get(dataset).attribution for dataset in resource.datasets)
    return " ; ".join(filter(None, named))


def sources(resource: Resource, atlas: Atlas) -> list[str]:
    """Name the datasets that a resource is made from, each with its vintage."""
    found = [atlas.catalogue.get(dataset) for dataset in resource.datasets]
    return [f"{dataset.title} ({dataset.provider}), millésime : {dataset.vintage}" for dataset in found]


def modified(atlas: Atlas) -> str:
    """Give the day on which the newest of the data entered the project; empty when none is dated."""
    days: Iterable[date] = (one.retrieved for one in atlas.catalogue.embedded if one.retrieved)
    newest = max(days, default=None)
    return newest.isoformat() if newest else ""
