"""Working layers: no row lost by reading less, the same bytes twice, and a sentence for what is no layer."""

import functools
import json
import math
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
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.sources.building import working_layers
from qpverts.sources.building.working_layers import LayerPart

ROOT = Path(__file__).parents[4]
COLUMNS = ("id", "vegetated_m2")
properties = functools.partial(
    settings, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def layer(*shapes, crs=WGS84):
    """A layer of shapes named r0, r1 and so on."""
    return gpd.GeoDataFrame(
        {"id": [f"r{rank}" for rank in range(len(shapes))], "vegetated_m2": np.arange(float(len(shapes)))},
        geometry=gpd.GeoSeries(list(shapes), crs=crs),
        crs=crs,
    )


def many(count, seed=3):
    """Boxes in degrees around Marseille, as many as asked."""
    dice = np.random.default_rng(seed)
    west, south = dice.uniform(5, 6, count), dice.uniform(43, 44, count)
    return layer(
        *shapely.box(west, south, west + dice.uniform(0, 0.02, count), south + dice.uniform(0, 0.02, count))
    )


def box(west, south, east, north):
    """Boxes to read, of which there is one."""
    return np.array([[west, south, east, north]], dtype=float)


EVERYWHERE = box(-180, -90, 180, 90)


def read_all(path, boxes=EVERYWHERE):
    """Read the rows of all the pieces that may meet boxes."""
    pieces = [working_layers.read(part, COLUMNS, boxes) for part in working_layers.parts(path, boxes)]
    return pd.concat(pieces, ignore_index=True) if pieces else layer()


def test_there_and_back(tmp_path):
    """Every row comes back with its values and outline, in the layer's CRS."""
    written, path = many(500), tmp_path / "dossier" / "couche.parquet"
    working_layers.write(written, path)
    got = read_all(path).set_index("id").loc[written["id"]]
    assert got["vegetated_m2"].tolist() == written["vegetated_m2"].tolist()
    assert got.geometry.to_numpy().tolist() == written.geometry.to_numpy().tolist()
    assert got.crs == WGS84 == working_layers.crs_of(path)
    assert [found.name for found in path.parent.iterdir()] == ["couche.parquet"]


def test_others_read_it(tmp_path):
    """The file is GeoParquet for anybody: geopandas reads the same rows, and prunes by the same boxes."""
    path = tmp_path / "couche.parquet"
    working_layers.write(many(500), path)
    theirs, ours = gpd.read_parquet(path), read_all(path)
    pd.testing.assert_frame_equal(
        pd.DataFrame(theirs[["id", "vegetated_m2"]]), pd.DataFrame(ours[list(COLUMNS)])
    )
    assert theirs.geometry.geom_equals(ours.geometry).all()
    assert theirs.crs == ours.crs
    some = gpd.read_parquet(path, bbox=(5.2, 43.2, 5.3, 43.3))
    assert sorted(some["id"]) == sorted(read_all(path, box(5.2, 43.2, 5.3, 43.3))["id"])


def test_neighbours_are_together(tmp_path, monkeypatch):
    """Rows are in order of place, so that a small box asks for few groups."""
    monkeypatch.setattr(working_layers, "ROWS_PER_GROUP", 50)
    path = tmp_path / "couche.parquet"
    working_layers.write(many(2_000), path)
    with pq.ParquetFile(path) as file:
        assert file.num_row_groups == 40
    read = sum(len(part.groups) for part in working_layers.parts(path, box(5.50, 43.50, 5.51, 43.51)))
    assert 1 <= read <= 6


def test_the_same_bytes(tmp_path):
    """The same rows give the same bytes: in another folder, from another process, under another index."""
    one, two = tmp_path / "a" / "couche.parquet", tmp_path / "b" / "autre.parquet"
    working_layers.write(many(3_000), one)
    working_layers.write(many(3_000).set_index("id", drop=False), two)
    assert one.read_bytes() == two.read_bytes()
    script = (
        "import sys; from pathlib import Path; import geopandas as gpd\n"
        "from qpverts.sources.building import working_layers\n"
        "working_layers.write(gpd.read_parquet(sys.argv[1]), Path(sys.argv[2]))"
    )
    three = tmp_path / "c" / "couche.parquet"
    subprocess.run([sys.executable, "-c", script, str(one), str(three)], check=True, timeout=60, cwd=ROOT)
    assert one.read_bytes() == three.read_bytes()


def test_a_field_called_as_the_boxes(tmp_path):
    """A field that has the name of the boxes keeps its values, under another name."""
    path = tmp_path / "couche.parquet"
    working_layers.write(many(3).assign(bbox="x"), path)
    assert gpd.read_parquet(path)["bbox_"].tolist() == ["x"] * 3
    assert len(read_all(path)) == 3


def met(rows, boxes):
    """Ids of the rows whose box meets one of the boxes, looked at one by one."""
    found = []
    for name, shape in zip(rows["id"], rows.geometry, strict=True):
        if shape is None or shape.is_empty:
            continue
        west, south, east, north = shape.bounds
        if any(w <= east and west <= e and s <= north and south <= n for w, s, e, n in boxes):
            found.append(name)
    return found


corners = st.integers(0, 40)
sizes = st.integers(0, 8)
boxes_drawn = st.builds(lambda x, y, w, h: (x, y, x + w, y + h), corners, corners, sizes, sizes)
shapes_drawn = st.one_of(
    boxes_drawn.map(lambda sides: shapely.box(*sides)),
    st.builds(shapely.Point, corners, corners),
    st.builds(lambda a, b, c: shapely.LineString([(a, b), (c, a)]), corners, corners, corners),
    st.none(),
    st.just(shapely.Polygon()),
)


@given(
    shapes=st.lists(shapes_drawn, max_size=30),
    boxes=st.lists(boxes_drawn, min_size=1, max_size=5),
    rows_per_group=st.integers(1, 7),
)
@properties(max_examples=150)
@pytest.mark.thorough
def test_reading_less_loses_nothing(tmp_path, shapes, boxes, rows_per_group):
    """Whatever the layer and the boxes, what is read is a full read, filtered: flat boxes too."""
    path, wanted = tmp_path / "couche.parquet", np.array(boxes, dtype=float)
    written = layer(*shapes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(working_layers, "ROWS_PER_GROUP", rows_per_group)
        patch.setattr(working_layers, "ROWS_PER_PART", (2, 5))
        working_layers.write(written, path)
        parts = working_layers.parts(path, wanted)
        groups = [group for part in parts for group in part.groups]
        assert groups == sorted(set(groups))
        assert sorted(read_all(path, wanted)["id"]) == sorted(met(written, wanted))


def foreign(path, frame, **options):
    """Write a layer as another program would."""
    frame.to_parquet(path, **options)
    return path


@pytest.mark.parametrize("options", [{}, {"write_covering_bbox": True}, {"compression": "gzip"}], ids=str)
def test_files_of_others(tmp_path, options):
    """Layers without boxes, or with those of another program, give the same rows."""
    rows = many(300)
    path = foreign(tmp_path / "couche.parquet", rows, **options)
    wanted = box(5.2, 43.2, 5.5, 43.5)
    assert sorted(read_all(path, wanted)["id"]) == sorted(met(rows, wanted))
    assert read_all(path, box(0, 0, 1, 1)).empty


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


def test_a_box_that_is_something_else(tmp_path):
    """A column that happens to be called bbox, and holds a text, is not taken for boxes."""
    path = rewritten(
        tmp_path / "couche.parquet",
        lambda table: table.drop(["bbox"]).append_column("bbox", pa.array(["x"] * len(table))),
    )
    assert len(read_all(path)) == 20


def test_groups_without_statistics(tmp_path):
    """Boxes whose file says nothing of each group are all looked at."""
    path = tmp_path / "couche.parquet"
    working_layers.write(many(50), path)
    pq.write_table(pq.read_table(path), path, write_statistics=False, row_group_size=10)
    wanted = box(5.2, 43.2, 5.5, 43.5)
    assert sorted(read_all(path, wanted)["id"]) == sorted(met(many(50), wanted))


@pytest.mark.parametrize("crs", [LAMBERT_93, "EPSG:2975", "OGC:CRS84"])
def test_crs(tmp_path, crs):
    """The CRS of a layer is read back, and boxes are those of the layer."""
    path = tmp_path / "couche.parquet"
    working_layers.write(layer(shapely.box(10, 10, 20, 20), crs=crs), path)
    assert working_layers.crs_of(path) == crs
    assert read_all(path).crs == crs
    assert len(read_all(path, box(15, 15, 15, 15))) == 1


def test_crs_without_a_name(tmp_path):
    """A CRS that no authority numbers is read from its description."""
    local = "+proj=laea +lat_0=43 +lon_0=5 +datum=WGS84 +units=m"
    path = tmp_path / "couche.parquet"
    working_layers.write(layer(shapely.box(10, 10, 20, 20), crs=local), path)
    assert working_layers.crs_of(path).equals(local)


def test_default_crs(tmp_path):
    """GeoParquet that names no CRS is in degrees, as its specification says."""
    path = rewritten(
        tmp_path / "couche.parquet",
        lambda table: told(table, lambda geo: geo["columns"]["geometry"].pop("crs")),
    )
    assert working_layers.crs_of(path) == "OGC:CRS84"


def test_empty(tmp_path):
    """A layer without any row is a good layer: no piece, no row."""
    path = tmp_path / "couche.parquet"
    working_layers.write(layer(), path)
    assert working_layers.parts(path, EVERYWHERE) == []
    assert working_layers.crs_of(path) == WGS84
    assert gpd.read_parquet(path).empty


def test_no_box_no_row(tmp_path):
    """Asking for no place reads nothing."""
    path = tmp_path / "couche.parquet"
    working_layers.write(many(20), path)
    assert working_layers.parts(path, np.empty((0, 4))) == []
    assert working_layers.read(LayerPart(str(path), (0,)), COLUMNS, np.empty((0, 4))).empty


def test_large_layers_are_cut(tmp_path, monkeypatch):
    """A layer is read in pieces of a bounded number of rows, each row in one of them."""
    monkeypatch.setattr(working_layers, "ROWS_PER_GROUP", 10)
    monkeypatch.setattr(working_layers, "ROWS_PER_PART", (25, 40))
    path = tmp_path / "couche.parquet"
    working_layers.write(many(1_000), path)
    pieces = [
        working_layers.read(part, COLUMNS, EVERYWHERE) for part in working_layers.parts(path, EVERYWHERE)
    ]
    assert max(map(len, pieces)) <= 40
    assert len(pieces) >= 1_000 // 40
    assert sorted(pd.concat(pieces)["id"]) == sorted(many(1_000)["id"])


def test_unknown_amounts_come_back_unknown(tmp_path):
    """An unknown amount is not a zero after a journey through the file, nor is infinity lost."""
    path = tmp_path / "couche.parquet"
    rows = many(3)
    rows["vegetated_m2"] = [math.nan, math.inf, 0.0]
    working_layers.write(rows, path)
    got = read_all(path).set_index("id")["vegetated_m2"]
    assert (math.isnan(got["r0"]), got["r1"], got["r2"]) == (True, math.inf, 0.0)
