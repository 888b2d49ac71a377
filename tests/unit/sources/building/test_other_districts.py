"""Other districts than ours: any perimeters, any layer of ground, in the legal CRS of each territory."""

import csv

import geopandas as gpd
import pytest
import shapely

from qpverts.cli import main
from qpverts.errors import DataError
from qpverts.geo.engine import LocalEngine
from qpverts.sources.building.build import Means
from qpverts.sources.building.other_districts import GRID_FILE, TABLE_FILE, measure_anywhere
from tests.declared import SPECS

MARSEILLE, SAINT_DENIS = (897_000, 6_247_000, "EPSG:2154"), (338_000, 7_688_000, "EPSG:2975")


def square(place, dx=0, side=100):
    """Draw a square of ``side`` metres, ``dx`` metres east of a place, in decimal degrees."""
    x, y, crs = place
    shape = shapely.box(x + dx, y, x + dx + side, y + side)
    return gpd.GeoSeries([shape], crs=crs).to_crs("EPSG:4326").iloc[0]


@pytest.fixture
def files(tmp_path):
    """Two districts, one of them overseas, and parcels: one covers the half of each, two thirds green."""
    districts = {"CODE_QP": ["QN01399N", "QN97499N"], "NOM_QP": ["Ici", "Là-bas"]}
    shapes = [square(MARSEILLE), square(SAINT_DENIS)]
    gpd.GeoDataFrame(districts, geometry=shapes, crs="EPSG:4326").to_file(tmp_path / "quartiers.gpkg")
    # 100 m wide, 50 m of which inside: 10,000 m² of ground and 6,000 of vegetation, half of each inside.
    parcels = {"id": ["a", "b"], "prairie_m2": [6_000.0, 6_000.0]}
    shapes = [square(MARSEILLE, dx=50), square(SAINT_DENIS, dx=50)]
    gpd.GeoDataFrame(parcels, geometry=shapes, crs="EPSG:4326").to_file(tmp_path / "parcelles.geojson")
    return tmp_path


@pytest.fixture
def means(tmp_path):
    """A local engine, a folder of its own, and what was said."""
    said = []
    return Means(tmp_path / "var", LocalEngine(), said.append), said


def rows(folder):
    """Read the table, by district and indicator."""
    with (folder / TABLE_FILE).open(encoding="utf-8") as file:
        return {(row["code_qp"], row["indicateur"]): row for row in csv.DictReader(file)}


def test_each_territory_in_its_own_crs(files, means):
    """Half of the ground is known and half of the vegetation inside, in Marseille as in La Réunion."""
    done, said = means
    measured = measure_anywhere(
        files / "quartiers.gpkg", files / "parcelles.geojson", files / "out", done, SPECS
    )
    assert (measured.districts, measured.with_vegetation) == (2, 2)
    found = rows(files / "out")
    for code in ("QN01399N", "QN97499N"):
        row = found[code, "vegetation_m2"]
        assert float(row["valeur"]) == pytest.approx(3_000, rel=1e-4)
        assert float(row["bas"]) == pytest.approx(1_000, rel=1e-3)  # 5,000 m² of room outside, 6,000 to place
        assert float(row["haut"]) == pytest.approx(5_000, rel=1e-3)
        assert float(row["couverture_pct"]) == pytest.approx(50, rel=1e-4)
        assert float(found[code, "part_vegetalisee"]["valeur"]) == pytest.approx(30, rel=1e-4)
    assert any("EPSG:2975" in line for line in said)
    assert any("code_qp" in line and "CODE_QP" in line for line in said)  # the mapping is shown


def test_same_files_same_bytes(files, means):
    """Measured twice, the tables are the same; the layer is converted once."""
    done, said = means
    arguments = files / "quartiers.gpkg", files / "parcelles.geojson", files / "out", done, SPECS
    measure_anywhere(*arguments)
    first = [(files / "out" / name).read_bytes() for name in (TABLE_FILE, GRID_FILE)]
    assert sum("Conversion" in line for line in said) == 1
    measure_anywhere(*arguments)
    assert [(files / "out" / name).read_bytes() for name in (TABLE_FILE, GRID_FILE)] == first
    assert sum("Conversion" in line for line in said) == 1
    assert len(list((files / "var" / "couches").glob("*.parquet"))) == 1


def test_working_layer_is_read_as_it_is(files, means):
    """A layer that is already in the working form is neither converted nor copied."""
    done, said = means
    measure_anywhere(files / "quartiers.gpkg", files / "parcelles.geojson", files / "one", done, SPECS)
    (layer,) = (files / "var" / "couches").glob("*.parquet")
    measure_anywhere(files / "quartiers.gpkg", layer, files / "two", done, SPECS)
    assert sum("Conversion" in line for line in said) == 1
    one, two = rows(files / "one"), rows(files / "two")
    assert {key: row["valeur"] for key, row in one.items()} == {
        key: row["valeur"] for key, row in two.items()
    }


def test_cover_classes_count_whole(files, means):
    """A polygon of OCS GE is vegetated as a whole or not at all: no bounds, all of it known."""
    classes = {"code_cs": ["CS2.2.1", "CS1.1.1.1"]}
    shapes = [square(MARSEILLE, side=25), square(MARSEILLE, dx=50)]
    gpd.GeoDataFrame(classes, geometry=shapes, crs="EPSG:4326").to_file(files / "ocsge.gpkg")
    measure_anywhere(files / "quartiers.gpkg", files / "ocsge.gpkg", files / "out", means[0], SPECS)
    row = rows(files / "out")["QN01399N", "vegetation_m2"]
    for bound in ("bas", "valeur", "haut"):
        assert float(row[bound]) == pytest.approx(625, rel=1e-4)
    assert float(row["couverture_pct"]) == pytest.approx(100 * (625 + 5_000) / 10_000, rel=1e-3)
    assert rows(files / "out")["QN97499N", "vegetation_m2"]["valeur"] == ""  # not covered is not zero


def test_two_districts_of_one_code_are_refused(files, means):
    """A code given twice stops everything, by its name, before anything is written."""
    districts = {"code_qp": ["QN01399N"] * 2, "lib_qp": ["Ici", "Encore"]}
    shapes = [square(MARSEILLE), square(MARSEILLE, dx=500)]
    gpd.GeoDataFrame(districts, geometry=shapes, crs="EPSG:4326").to_file(files / "double.gpkg")
    with pytest.raises(DataError, match="QN01399N"):
        measure_anywhere(files / "double.gpkg", files / "parcelles.geojson", files / "out", means[0], SPECS)
    assert not (files / "out").exists()


def test_layer_that_is_not_ground_is_refused(files, means):
    """A layer without one of the known fields says which fields it has."""
    with pytest.raises(DataError, match=r"prairie_m2.*NOM_QP"):
        measure_anywhere(files / "quartiers.gpkg", files / "quartiers.gpkg", files / "out", means[0], SPECS)


def test_the_three_options_go_together(files, capsys):
    """One of the three options alone is refused with a sentence, and nothing is built."""
    assert main(["--var", str(files / "var"), "build", "--perimeters", str(files / "quartiers.gpkg")]) == 2
    assert "vont ensemble" in capsys.readouterr().out
    assert not (files / "var").exists()


def test_command(files, capsys):
    """The command says what it understood and where the tables are."""
    options = ["--perimeters", "quartiers.gpkg", "--ground", "parcelles.geojson", "--to", "out"]
    paths = [option if option.startswith("--") else str(files / option) for option in options]
    assert main(["--var", str(files / "var"), "build", *paths]) == 0
    printed = capsys.readouterr().out
    assert "2 quartiers : végétation connue, au moins en partie, pour 2" in printed
    assert str(files / "out" / TABLE_FILE) in printed


def test_missing_file_is_a_sentence(files, capsys):
    """A path that leads nowhere is reported in a sentence, not a traceback."""
    options = ["--perimeters", str(files / "rien.gpkg"), "--ground", str(files / "parcelles.geojson")]
    assert main(["--var", str(files / "var"), "build", *options, "--to", str(files / "out")]) == 1
    assert "rien.gpkg" in capsys.readouterr().out
