"""DuckDB with its spatial extension, which comes from the package index: nothing is fetched."""

from __future__ import annotations

from pathlib import Path

import duckdb
import duckdb_extension_spatial

from benchmarks.engines import Row, Steps, sql

_TURN = "st_transform({}, '{}', '{}', always_xy := true)"
QUERY = {
    "to_metres": _TURN.format("geometry", "EPSG:4326", "EPSG:2154"),
    "to_degrees": _TURN.format("st_envelope(st_buffer(zone, 10))", "EPSG:2154", "EPSG:4326"),
    "wide": "st_buffer(zone, 300, 16)",
    "once": "materialized",
}


def connected() -> duckdb.DuckDBPyConnection:
    """Give a database in memory that knows geometry."""
    folder = Path(duckdb_extension_spatial.__file__).parent
    connection = duckdb.connect()
    connection.load_extension(str(next(folder.glob("extensions/*/spatial.duckdb_extension"))))
    return connection


def run(layer: str, perimeters: str, _steps: Steps) -> list[Row]:
    """Run the query on the files."""
    text = sql.query(parcels=f"'{layer}'", perimeters=f"'{perimeters}'", **QUERY)
    return connected().execute(text).fetchall()
