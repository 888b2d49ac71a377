"""PostGIS, on a cluster made for the run in a folder of its own, listening to nothing but a file there."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pyarrow.parquet as pq
import shapely

from benchmarks.engines import Row, Steps, sql
from benchmarks.engines.watch import Watch

_TURN = "st_transform({}, {})"
QUERY = {
    "to_metres": _TURN.format("geometry", 2154),
    "to_degrees": _TURN.format("st_envelope(st_buffer(zone, 10))", 4326),
    "wide": "st_buffer(zone, 300, 16)",
    "once": "materialized",
}
#: Settings for a server that works alone on this machine, and whose data may be lost.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "512MB",
    "work_mem": "256MB",
    "maintenance_work_mem": "512MB",
    "max_parallel_workers_per_gather": str(os.cpu_count() or 1),
    "parallel_setup_cost": "0",
    "jit": "off",
}
_STOP_S = 30
#: What must be there: see `benchmarks.engines.__main__`.
COMMAND = "postgres"
_watch = Watch()


def servers_mb() -> float:
    """Give the largest memory that the server and its processes held at once, in MB."""
    return _watch.highest_mb


def run(layer: str, perimeters: str, steps: Steps) -> list[Row]:
    """Load the files, then run the query; the start of the server is told apart."""
    began = time.perf_counter()
    with (
        tempfile.TemporaryDirectory(prefix="qpverts-postgis-") as folder,
        _server(Path(folder)) as connection,
    ):
        steps["démarrage"] = time.perf_counter() - began
        began = time.perf_counter()
        _load(connection, "parcels", layer, {"id": "text", "vegetated_m2": "float8"})
        _load(connection, "districts", perimeters, {"code_qp": "text"})
        connection.execute("create index on parcels using gist (geometry)")
        connection.execute("analyze")
        steps["chargement"] = time.perf_counter() - began
        began = time.perf_counter()
        text = sql.query(parcels="parcels", perimeters="districts", **QUERY)
        rows = connection.execute(text).fetchall()
        steps["requête"] = time.perf_counter() - began
        began = time.perf_counter()
    steps["arrêt"] = time.perf_counter() - began
    return rows


@contextmanager
def _server(folder: Path) -> Iterator[psycopg.Connection]:
    """Start a server, and stop it by its own process, whatever happens."""
    # PostgreSQL refuses to run as root: there, it is given to the user that its package made.
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data, binaries = folder / "data", _binaries()
    options = [f"-c{name}={value}" for name, value in SETTINGS.items()]
    with (folder / "journal.txt").open("wb") as journal:
        subprocess.run(  # noqa: S603  # our own
            [binaries / "initdb", "-D", data, "-U", "qpverts", "-A", "trust", "-E", "UTF8", "--no-sync"],
            user=user,
            cwd=folder,
            check=True,
            stdout=journal,
            stderr=journal,
        )
        server = subprocess.Popen(  # noqa: S603  # our own
            [binaries / "postgres", "-D", data, "-k", folder, *options],
            user=user,
            cwd=folder,
            stdout=journal,
            stderr=journal,
        )
        try:
            with _watch.over(server.pid), _connected(folder, server) as connection:
                connection.execute("create extension postgis")
                yield connection
        finally:
            server.terminate()
            try:
                server.wait(_STOP_S)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _binaries() -> Path:
    """Find the server's commands: Debian keeps those of each version in a folder of its own."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    named = shutil.which(COMMAND)
    if not folders and named is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), COMMAND)
    return folders[-1] if folders else Path(named or "").parent


def _connected(folder: Path, server: subprocess.Popen[bytes]) -> psycopg.Connection:
    """Connect as soon as the server answers."""
    until = time.monotonic() + _STOP_S
    while True:
        try:
            return psycopg.connect(host=str(folder), user="qpverts", dbname="postgres", autocommit=True)
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _load(connection: psycopg.Connection, table: str, path: str, columns: dict[str, str]) -> None:
    """Copy a GeoParquet file into a table, in binary."""
    listed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    connection.execute(f"create unlogged table {table} ({listed}, geometry geometry(geometry, 4326))")
    names = [*columns, "geometry"]
    copy = f"copy {table} ({', '.join(names)}) from stdin (format binary)"
    with connection.cursor() as cursor, cursor.copy(copy) as rows:
        rows.set_types([*columns.values(), "bytea"])
        for batch in pq.ParquetFile(path).iter_batches(columns=names):
            *values, outlines = (column.to_pylist() for column in batch.columns)
            shapes = shapely.set_srid(shapely.from_wkb(outlines), 4326)
            for row in zip(*values, shapely.to_wkb(shapes, include_srid=True), strict=True):
                rows.write_row(row)
