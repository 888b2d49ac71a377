"""``import``, as the person at the terminal sees it."""

import geopandas as gpd
import pyarrow.parquet as pq
import pytest

from qpverts.cli import main


@pytest.fixture
def run(capsys):
    """A function that runs a command, and gives its code and what it printed."""

    def call(*arguments):
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert printed.err == ""
        return code, printed.out

    return call


def test_import_shows_report_and_mapping(run, data_dir):
    """The report, the matching of fields and the generations of codes are printed."""
    code, out = run("import", data_dir / "geo" / "qpv_2024.geojson")
    assert code == 0
    assert "66 entités lues, 66 gardées, 0 réparée, 0 mise de côté." in out
    assert "code_qp    ← code_qp (même nom)" in out
    assert "66 de la génération 2024 (exemple : QN01338I)" in out


def test_import_writes_geoparquet(run, data_dir, tmp_path):
    """With --to the layer is written as GeoParquet, packed by zstd, with the box of each row."""
    target = tmp_path / "sortie.parquet"
    code, out = run("import", data_dir / "geo" / "qpv_2024.geojson", "--to", target)
    assert code == 0
    assert "Écrit : sortie.parquet, 66 entités" in out
    assert len(gpd.read_parquet(target)) == 66
    metadata = pq.ParquetFile(target)
    with metadata:
        assert metadata.metadata.row_group(0).column(0).compression == "ZSTD"
        assert "bbox" in metadata.schema_arrow.names
    assert len(gpd.read_parquet(target, bbox=(5.42, 43.28, 5.44, 43.3))) < 66


def test_import_of_other_layers(run, tmp_path):
    """A layer that is not one of districts is read all the same, and the person told so."""
    path = tmp_path / "arbres.csv"
    path.write_text("essence;lon;lat\nPin d'Alep;5,4;43,3\n;;\n", "utf-8")
    code, out = run("import", path)
    assert code == 0
    assert "Ce n'est pas une couche de périmètres de quartiers" in out
    assert "2 entités lues, 1 gardée" in out


def test_import_options(run, tmp_path):
    """The system and the expected box can be given."""
    path = tmp_path / "arbres.csv"
    path.write_text("x;y\n340000;7690000\n", "utf-8")
    code, out = run("import", path)
    assert code == 1
    assert "--crs" in out
    code, out = run("import", path, "--crs", "EPSG:2975")
    assert code == 0
    assert "EPSG:2975, RGR92 / UTM zone 40S (donné à l'import)" in out
    code, out = run("import", path, "--crs", "EPSG:2975", "--bbox=4,42,6,44")
    assert code == 1
    assert "Rien n'a été gardé" in out


@pytest.mark.parametrize("text", ["1,2,3", "a,b,c,d", "", "1,2,3,4,5"])
def test_wrong_box(text, capsys, tmp_path):
    """A box that is not four numbers is an error of usage, explained."""
    with pytest.raises(SystemExit) as stopped:
        main(["import", str(tmp_path / "x"), f"--bbox={text}"])
    assert stopped.value.code == 2
    assert "quatre nombres en degrés" in capsys.readouterr().err


def test_import_of_nothing(run, tmp_path):
    """A file that is not there is one sentence and code 1; nothing is written."""
    code, out = run("import", tmp_path / "rien.shp", "--to", tmp_path / "sortie.parquet")
    assert (code, out) == (1, "rien.shp : le fichier n'existe pas ; vérifiez son chemin\n")
    assert not (tmp_path / "sortie.parquet").exists()


def test_import_to_a_place_that_cannot_be_written(run, data_dir, tmp_path):
    """A target that cannot be written is reported in a sentence."""
    (tmp_path / "fichier").write_text("x", "utf-8")
    code, out = run(
        "import", data_dir / "geo" / "qpv_2024.geojson", "--to", tmp_path / "fichier" / "sortie.parquet"
    )
    assert code == 1
    assert "sortie.parquet" in out.splitlines()[-1]
