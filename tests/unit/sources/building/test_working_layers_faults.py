"""Files that are not layers, writers killed, disks full: a sentence, and the old layer kept."""

import json
import resource
import signal
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from qpverts.errors import DataError
from qpverts.sources.building import working_layers

ROOT = Path(__file__).parents[4]
EVERYWHERE = np.array([[-180.0, -90.0, 180.0, 90.0]])


def many(count):
    """A layer of as many boxes as asked, in degrees around Marseille."""
    dice = np.random.default_rng(3)
    west, south = dice.uniform(5, 6, count), dice.uniform(43, 44, count)
    return gpd.GeoDataFrame(
        {"id": [f"r{rank}" for rank in range(count)], "vegetated_m2": dice.uniform(0, 1e4, count)},
        geometry=shapely.box(west, south, west + 0.01, south + 0.01),
        crs=4326,
    )


def read_all(path):
    """Read the rows of all the pieces of a layer."""
    parts = working_layers.parts(path, EVERYWHERE)
    return pd.concat([working_layers.read(part, ("id", "vegetated_m2"), EVERYWHERE) for part in parts])


def rewritten(path, change):
    """Write a good layer again, its Arrow table changed."""
    working_layers.write(many(20), path)
    pq.write_table(change(pq.read_table(path)), path)
    return path


def told(table, change):
    """A table whose description of its geometry is changed."""
    geo = json.loads(table.schema.metadata[b"geo"])
    change(geo)
    return table.replace_schema_metadata({"geo": json.dumps(geo)})


def spoilt(path, kind):
    """Make a file that is no layer, of each kind."""
    working_layers.write(many(3_000), path)
    good = path.read_bytes()
    broken = {
        "absent": path.unlink,
        "a folder": lambda: (path.unlink(), path.mkdir()),
        "empty": lambda: path.write_bytes(b""),
        "cut": lambda: path.write_bytes(good[: len(good) // 2]),
        "cut by a byte": lambda: path.write_bytes(good[:-1]),
        "text": lambda: path.write_text("id,geometry\n", "utf-8"),
        "zip": lambda: path.write_bytes(b"PK\x03\x04" + bytes(100)),
        "noise inside": lambda: path.write_bytes(
            good[:4] + bytes(len(good) // 2) + good[4 + len(good) // 2 :]
        ),
        "noise for a footer": lambda: path.write_bytes(good[:-200] + bytes(192) + good[-8:]),
        "no geometry declared": lambda: rewritten(path, lambda t: t.replace_schema_metadata(None)),
        "geometry declared in no JSON": lambda: rewritten(
            path, lambda t: t.replace_schema_metadata({"geo": "{"})
        ),
        "geometry declared in a list": lambda: rewritten(
            path, lambda t: t.replace_schema_metadata({"geo": "[]"})
        ),
        "geometry elsewhere": lambda: rewritten(
            path, lambda t: told(t, lambda geo: geo.update(primary_column="ailleurs"))
        ),
        "no CRS": lambda: rewritten(
            path, lambda t: told(t, lambda geo: geo["columns"]["geometry"].update(crs=None))
        ),
        "CRS of a dream": lambda: rewritten(
            path, lambda t: told(t, lambda geo: geo["columns"]["geometry"].update(crs="EPSG:0"))
        ),
        "no such column": lambda: rewritten(path, lambda t: t.drop(["vegetated_m2"])),
        "geometry that is text": lambda: rewritten(
            path,
            lambda t: t.set_column(
                t.schema.get_field_index("geometry"), "geometry", pa.array([b"POINT (0 0)"] * len(t))
            ),
        ),
        "geometry that is a number": lambda: rewritten(
            path,
            lambda t: t.set_column(t.schema.get_field_index("geometry"), "geometry", pa.array(range(len(t)))),
        ),
    }
    broken[kind]()
    return path


KINDS = (
    "absent", "a folder", "empty", "cut", "cut by a byte", "text", "zip", "noise inside",
    "noise for a footer", "no geometry declared", "geometry declared in no JSON",
    "geometry declared in a list", "geometry elsewhere", "no CRS", "CRS of a dream",
    "no such column", "geometry that is text", "geometry that is a number",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_no_layer(tmp_path, kind):
    """What cannot be read is reported by its name, with the remedy: never a trace of Python."""
    path = spoilt(tmp_path / "couche.parquet", kind)
    with pytest.raises(DataError) as caught:
        read_all(path)
    (fault,) = caught.value.faults
    assert fault.file == "couche.parquet"
    assert fault.message == (
        "la couche ne peut pas être lue ; effacez-la, puis relancez « python -m qpverts build »"
    )


@pytest.mark.parametrize("cut", range(10))
def test_a_layer_cut_anywhere(tmp_path, cut):
    """A file cut anywhere is refused, or read whole: never in part."""
    path = tmp_path / "couche.parquet"
    working_layers.write(many(3_000), path)
    good = path.read_bytes()
    path.write_bytes(good[: len(good) * cut // 10])
    with pytest.raises(DataError):
        read_all(path)


def test_a_layer_replaced_is_read_anew(tmp_path):
    """What is kept in memory of a file is not believed of the file that takes its place."""
    path = tmp_path / "couche.parquet"
    working_layers.write(many(40), path)
    assert len(read_all(path)) == 40
    working_layers.write(many(60), path)
    assert len(read_all(path)) == 60


KILLED = """
import os, signal, sys
from pathlib import Path
import geopandas as gpd
import shapely
from qpverts.sources.building import working_layers

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

place, point = Path(sys.argv[1]), sys.argv[2]
box = shapely.box(5, 43, 6, 44)
layer = gpd.GeoDataFrame({"id": ["nouveau"], "vegetated_m2": [1.0]}, geometry=[box], crs=4326)
if point == "before any row":
    working_layers._by_place = die
elif point == "before the end of the file":
    working_layers.pq.ParquetWriter.close = die
elif point == "before it is in place":
    working_layers.settle = die
working_layers.write(layer, place)
die()
"""


@pytest.mark.parametrize(
    ("point", "left"),
    [
        ("before any row", 40),
        ("before the end of the file", 40),
        ("before it is in place", 40),
        ("after", 1),
    ],
)
def test_killed(tmp_path, point, left):
    """Killed at any point of its writing, a layer is the old one or the new one, and can be written again."""
    path = tmp_path / "couche.parquet"
    working_layers.write(many(40), path)
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), point], check=False, timeout=60, cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    assert len(read_all(path)) == left
    working_layers.write(many(7), path)
    assert len(read_all(path)) == 7


def test_a_writer_that_fails(tmp_path):
    """When the rows cannot be written, the old layer stays and nothing half-written is left."""
    path = tmp_path / "couche.parquet"
    working_layers.write(many(40), path)
    with pytest.raises(pa.ArrowException):
        working_layers.write(many(2).assign(mixed=["x", 1]), path)
    assert len(read_all(path)) == 40
    assert [found.name for found in tmp_path.iterdir()] == ["couche.parquet"]


def small_files():
    """Let this process write no more than 4 kB in a file, as a full disk would."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def test_full_disk(tmp_path):
    """On a full disk the old layer stays, alone, and the reason is reported in French."""
    path = tmp_path / "couche.parquet"
    working_layers.write(many(40), path)
    more = tmp_path / "plus.parquet"
    many(3_000).to_parquet(more)
    script = (
        "import sys; from pathlib import Path; import geopandas as gpd\n"
        "from qpverts.sources.building import working_layers; from qpverts.errors import DataError\n"
        "try: working_layers.write(gpd.read_parquet(sys.argv[2]), Path(sys.argv[1]))\n"
        "except DataError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path), str(more)],
        check=True, timeout=60, capture_output=True, text=True, preexec_fn=small_files, cwd=ROOT,
    )  # fmt: skip
    assert "couche.parquet : le fichier ne peut pas être écrit (" in done.stdout
    assert len(read_all(path)) == 40
    assert sorted(found.name for found in tmp_path.iterdir()) == ["couche.parquet", "plus.parquet"]


def test_no_place_to_write(tmp_path):
    """A file where the folder should be is reported in French."""
    (tmp_path / "couches").write_bytes(b"")
    with pytest.raises(DataError, match="ne peut pas être écrit"):
        working_layers.write(many(3), tmp_path / "couches" / "couche.parquet")
