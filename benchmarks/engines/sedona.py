"""Apache SedonaDB."""

from __future__ import annotations

import sedonadb

from benchmarks.engines import Row, Steps, sql

QUERY = {
    "to_metres": "st_transform(geometry, 'EPSG:2154')",
    "to_degrees": "st_transform(st_envelope(st_buffer(zone, 10.0)), 'EPSG:4326')",
    "wide": "st_buffer(zone, 300.0, 'quad_segs=16')",
    "once": "",
}


def run(layer: str, perimeters: str, _steps: Steps) -> list[Row]:
    """Run the query on the files."""
    connection = sedonadb.connect()
    connection.read_parquet(layer).to_view("parcels")
    connection.read_parquet(perimeters).to_view("districts")
    text = sql.query(parcels="parcels", perimeters="districts", **QUERY)
    table = connection.sql(text).to_arrow_table()
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))
