"""Building: the same bytes from the same files, and the old figures whole whenever something goes wrong."""

import json
import math
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import geopandas as gpd
import pytest

from qpverts.cli import main
from qpverts.domain.figures.facts import Interval, VegetationFacts
from qpverts.errors import BusyError, DataError
from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.geo.engine import DaskEngine, LocalEngine
from qpverts.sources.building.build import build
from qpverts.sources.check import check
from qpverts.sources.fetching.sync import sync
from qpverts.sources.load import load
from qpverts.sources.lock import working
from qpverts.sources.published.nature_tables import read_nature
from qpverts.sources.reading import catalogue as catalogues
from tests.builders import AIR_BEL, CANOURGUES

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(180)]

ROOT = Path(__file__).parents[4]
MADE = (
    "geo/indicateurs_nature.csv",
    "geo/maille_vegetation.csv",
    "geo/trajets_osm.geojson",
    "geo/acces_espaces_verts.csv",
)
PARCELS, STREETS = "ocsge_parcelles_13", "rues_marseille_osm"
FILES = {PARCELS: "ocsge_parcelles_13.parquet", STREETS: "marseille_rues.geojson.gz"}


def bytes_of(data):
    """Every file of a data folder, by its path in it."""
    return {
        path.relative_to(data).as_posix(): path.read_bytes() for path in data.rglob("*") if path.is_file()
    }


def bring(data, var, folder, *ids):
    """Bring files from a folder into a work folder, as the command does."""
    outcomes = sync(catalogues.load(data), var, folder=folder, only=ids, report=lambda _: None)
    assert all(outcome.bytes for outcome in outcomes)


@pytest.fixture(scope="module")
def real_var(official, data_dir, tmp_path_factory):
    """A work folder with the official parcels and streets, brought once: builds only read it."""
    var = tmp_path_factory.mktemp("var")
    bring(data_dir, var, official, *FILES)
    return var


@pytest.fixture(scope="module")
def made(data_dir, tmp_path_factory, atlas):
    """A folder with parcels made by hand: all of Air Bel is a meadow, half of it known to be green."""
    folder = tmp_path_factory.mktemp("fait")
    outlines = atlas.perimeters.loc[[AIR_BEL, CANOURGUES]]
    amounts = [outlines.area[AIR_BEL] / 2, math.nan]
    parcels = gpd.GeoDataFrame(
        {"id": ["a", "b"], "prairie_m2": amounts}, geometry=list(outlines), crs=LAMBERT_93
    )
    parcels.to_crs(WGS84).to_parquet(folder / FILES[PARCELS])
    return folder


@pytest.fixture(scope="module")
def brought(made, data_dir, tmp_path_factory):
    """A work folder with the made parcels and no street, nothing converted yet: not to be changed."""
    var = tmp_path_factory.mktemp("brought") / "var"
    bring(data_dir, var, made, PARCELS)
    return var


@pytest.fixture
def made_var(brought, tmp_path):
    """A copy of that work folder."""
    return Path(shutil.copytree(brought, tmp_path / "var"))


@pytest.fixture(scope="module")
def built(brought, data_dir, tmp_path_factory):
    """What one build of the made parcels leaves, and what it did and said: not to be changed."""
    folder = tmp_path_factory.mktemp("built")
    data = Path(shutil.copytree(data_dir, folder / "data"))
    var = Path(shutil.copytree(brought, folder / "var"))
    done, said = run(data, var)
    return SimpleNamespace(data=data, var=var, done=done, said=said)


@pytest.fixture
def built_copy(built, tmp_path):
    """A copy of what that build leaves, that a test may spoil and build again."""
    shutil.copytree(built.data, tmp_path / "data")
    shutil.copytree(built.var, tmp_path / "var")
    return SimpleNamespace(data=tmp_path / "data", var=tmp_path / "var")


def run(data, var, engine=None):
    """Build, and give what was done and said."""
    said = []
    return build(data, var, engine or LocalEngine(), said.append), said


def rules_broken(data):
    """The rules that check says are broken, by their first words."""
    return {
        verdict.rule.split(" : ")[0] for verdict in check(data) if verdict.faults is None or verdict.faults
    }


def figures(data, code):
    """The published rows of a district by indicator."""
    return {row.indicator: row for row in read_nature(catalogues.load(data)).rows if row.code_qp == code}


@pytest.mark.parametrize(
    "engine",
    [
        pytest.param(LocalEngine(), id="cores"),
        pytest.param(LocalEngine(1), id="one", marks=pytest.mark.thorough),
        pytest.param(DaskEngine(), id="dask", marks=pytest.mark.thorough),
    ],
)
@pytest.mark.sampled(1)
def test_the_embedded_tables_are_what_build_computes(real_var, data_copy, data_dir, engine):
    """From the official files, and from tables damaged or gone, every engine gives the embedded bytes."""
    (data_copy / MADE[0]).write_text("abîmé", "utf-8")
    (data_copy / MADE[1]).unlink()
    (data_copy / MADE[2]).write_bytes(b"\xff")
    (data_copy / MADE[3]).write_text("abîmé", "utf-8")
    built, _ = run(data_copy, real_var, engine)
    assert bytes_of(data_copy) == bytes_of(data_dir)
    assert (built.districts, built.cells) == (66, 2916)
    assert built.with_vegetation == 59
    assert len(built.changed) == 4


def test_twice(built, built_copy):
    """Built twice, the data are the same to the byte, and nothing is said to have changed."""
    assert set(built.done.changed) == {"indicateurs_nature", "maille_vegetation"}
    second, _ = run(built_copy.data, built_copy.var)
    assert second.changed == ()
    assert bytes_of(built_copy.data) == bytes_of(built.data)
    assert rules_broken(built.data) == set()


def test_figures_by_hand(built, atlas):
    """All of Air Bel known and half of it green is 50 %; Les Canourgues, not looked at, is not covered."""
    assert built.done.with_vegetation == 1
    green = figures(built.data, AIR_BEL)
    assert green["part_vegetalisee"].value == pytest.approx(50, abs=1e-3)
    assert green["part_vegetalisee"].coverage_pct == pytest.approx(100, abs=1e-3)
    assert green["vegetation_m2"].value == pytest.approx(atlas.perimeters.area[AIR_BEL] / 2, rel=1e-5)
    assert green["bordure_verte"].value == pytest.approx(100, abs=1e-3)
    assert green["vegetation_m2"].source == PARCELS
    unknown = figures(built.data, CANOURGUES)
    assert unknown["vegetation_m2"].value is None
    assert unknown["part_vegetalisee"].value is None
    assert load(built.data).indicators[AIR_BEL]["part_vegetalisee"].value == pytest.approx(50, abs=1e-3)
    assert any("1 quartiers sur 66" in line for line in built.said)


def test_streets_not_fetched_keep_their_figures(built, data_dir):
    """Without the streets, the published walks are kept to the byte, and it is said."""
    before = figures(data_dir, AIR_BEL)
    after = figures(built.data, AIR_BEL)
    for indicator in ("marche_05ha_m", "ligne_droite_05ha_m", "marche_05ha", "detour_05ha", "parcs_hab"):
        assert after[indicator] == before[indicator]
    assert (built.data / MADE[2]).read_bytes() == (data_dir / MADE[2]).read_bytes()
    assert any("les distances à pied publiées sont gardées" in line for line in built.said)


def test_nothing_fetched_changes_nothing(data_copy, data_dir, tmp_path):
    """Without any fetched layer the embedded figures are published again as they are."""
    built, said = run(data_copy, tmp_path / "var")
    assert built.changed == ()
    assert bytes_of(data_copy) == bytes_of(data_dir)
    assert any("les chiffres publiés sont gardés" in line for line in said)


def test_the_first_time(data_copy, tmp_path):
    """Without layers nor tables, the tables hold what is known, and the application reads them."""
    for file in MADE:
        (data_copy / file).unlink()
    built, _ = run(data_copy, tmp_path / "var")
    assert (built.with_vegetation, built.with_walk, built.cells) == (0, 0, 0)
    assert json.loads((data_copy / MADE[2]).read_bytes())["features"] == []
    assert rules_broken(data_copy) == set()
    atlas = load(data_copy)
    assert (atlas.cells, dict(atlas.ways)) == ((), {})
    assert atlas.indicators[AIR_BEL]["part_vegetalisee"].value is None
    assert atlas.indicators[AIR_BEL]["part_300m_05ha"].value is not None


@pytest.mark.parametrize("file", MADE[:3])  # green access is measured without any layer
def test_kept_figures_that_cannot_be_read(data_copy, tmp_path, file):
    """A damaged table that nothing can make again is reported, and not overwritten."""
    lines = (data_copy / file).read_text("utf-8").splitlines(keepends=True)
    lines[3] = lines[3].replace("6", "six") if file.endswith("csv") else lines[3][:-9]
    (data_copy / file).write_text("".join(lines), "utf-8")
    before = bytes_of(data_copy)
    with pytest.raises(DataError, match=file.rsplit("/", 1)[-1].replace(".", r"\.")):
        run(data_copy, tmp_path / "var")
    assert bytes_of(data_copy) == before


@pytest.mark.parametrize(
    "content", [b"", b"PAR1 no more", b"<html>", None], ids=["empty", "cut", "page", "half"]
)
def test_a_raw_file_that_is_damaged(made_var, data_copy, content):
    """A fetched file that is damaged is reported by its name; data and work folder stay as they were."""
    raw = made_var / "brut" / FILES[PARCELS]
    raw.write_bytes(raw.read_bytes()[: raw.stat().st_size // 2] if content is None else content)
    before = bytes_of(data_copy)
    with pytest.raises(DataError, match=r"ocsge_parcelles_13\.parquet"):
        run(data_copy, made_var)
    assert bytes_of(data_copy) == before
    assert not list(made_var.rglob("couches/*"))


def test_a_working_layer_that_is_damaged(built_copy):
    """A damaged working layer is reported by its name with the remedy, which works."""
    (layer,) = (built_copy.var / "couches").iterdir()
    layer.write_bytes(layer.read_bytes()[:-50])
    before = bytes_of(built_copy.data)
    with pytest.raises(DataError, match=r"effacez-la, puis relancez"):
        run(built_copy.data, built_copy.var)
    assert bytes_of(built_copy.data) == before
    layer.unlink()
    run(built_copy.data, built_copy.var)
    assert bytes_of(built_copy.data) == before


def test_faulty_data_are_told_first(made_var, data_copy):
    """A data folder that breaks a rule is reported with its line before anything is measured or converted."""
    path = data_copy / "geo" / "insee_qpv.csv"
    path.write_text(path.read_text("utf-8").replace("QN01302M", "QN99999I"), "utf-8")
    with pytest.raises(DataError, match=r"geo/insee_qpv\.csv, ligne \d+, colonne « code_qp »"):
        run(data_copy, made_var)
    assert not (made_var / "couches").exists()


def test_impossible_figures_are_not_published(made_var, small_copy, monkeypatch):
    """Figures that break a rule are reported with the line they would have had; the old ones stay."""
    wrong = VegetationFacts(50.0, Interval(3, 2, 1), 50.0, Interval(1, 2, 3), Interval(1, 2, 3))
    monkeypatch.setattr("qpverts.sources.building.build.measure_vegetation", lambda *_: {AIR_BEL: wrong})
    before = bytes_of(small_copy)
    with pytest.raises(DataError, match=r"indicateurs_nature\.csv, ligne \d+, colonne « valeur »"):
        run(small_copy, made_var)
    assert bytes_of(small_copy) == before


def test_only_what_was_built_is_sealed(made_var, small_copy):
    """A change that somebody made elsewhere, and has not declared, stays to be declared."""
    path = small_copy / "actions" / "actions.csv"
    path.write_text(path.read_text("utf-8").replace("Air Bel", "Air-Bel", 1), "utf-8")
    run(small_copy, made_var)
    (seals,) = (verdict.faults for verdict in check(small_copy) if verdict.rule.startswith("Empreintes"))
    assert [fault.file for fault in seals] == ["actions/actions.csv"]


def test_districts_that_are_no_more(data_copy, tmp_path, atlas):
    """Kept figures are those of districts that still exist: the others leave with their district."""
    tested = {row.code_qp for row in atlas.edges if row.places}
    gone = next(
        code
        for code in atlas.qpvs
        if not atlas.facts[code].action_ids and code not in atlas.ways and code not in tested
    )
    layer = json.loads((data_copy / "geo/qpv_2024.geojson").read_bytes())
    layer["features"] = [f for f in layer["features"] if f["properties"]["code_qp"] != gone]
    (data_copy / "geo/qpv_2024.geojson").write_text(json.dumps(layer), "utf-8")
    for table in ("geo/insee_qpv.csv", "geo/correspondance_2015_2024.csv", "geo/bordure.csv"):
        lines = (data_copy / table).read_text("utf-8").splitlines(keepends=True)
        (data_copy / table).write_text("".join(line for line in lines if gone not in line), "utf-8")
    built, said = run(data_copy, tmp_path / "var")
    assert built.districts == 65
    assert any(f"n'existent pas : {gone}." in line for line in said)
    assert figures(data_copy, gone) == {}
    assert gone not in load(data_copy).facts


@pytest.mark.thorough
def test_two_at_once(made_var, small_copy):
    """While another command works in the folder, a build says which one at once, and touches nothing."""
    before = bytes_of(small_copy)
    with working(made_var, "sync"):
        with pytest.raises(BusyError, match=r"« sync » .* travaille déjà dans"):
            run(small_copy, made_var)
        done = command(small_copy, made_var)
        assert done.returncode == 1
        assert "« sync »" in done.stdout
        assert "attendez sa fin, puis relancez" in done.stdout
        assert "Traceback" not in done.stdout + done.stderr
    assert bytes_of(small_copy) == before


def command(data, var, *options, env=None):
    """Run the command itself, in a process of its own."""
    words = [sys.executable, "-m", "qpverts", "--data", data, "--var", var, "build", *options]
    return subprocess.run(
        [str(word) for word in words],
        check=False, timeout=120, capture_output=True, text=True, cwd=ROOT, env={**os.environ, **(env or {})},
    )  # fmt: skip


KILLED = """
import os, signal, sys
from pathlib import Path
from qpverts.geo.engine import LocalEngine
from qpverts.sources import files
from qpverts.sources.building import build as module, working_layers

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

data, var, point = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
written = []
replace = module.replace_file

def count(path, content):
    changed = replace(path, content)
    written.append(path)
    if point == f"after {len(written)} files":
        die()
    return changed

module.replace_file = count
if point == "while the layer is made":
    working_layers.settle = die
elif point == "in a file":
    files.settle = die
elif point == "in the seal":
    module.control.replace_file = die
module.build(data, var, LocalEngine(), print)
die()
"""
POINTS = (
    "while the layer is made", "in a file", "after 1 files", "after 3 files", "in the seal", "after all",
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(small_data, brought, tmp_path_factory):
    """What a build that nothing stops makes of the made parcels, for the five districts."""
    folder = tmp_path_factory.mktemp("whole")
    data = Path(shutil.copytree(small_data, folder / "data"))
    run(data, Path(shutil.copytree(brought, folder / "var")))
    return bytes_of(data)


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.sampled(3)
def test_killed(made_var, small_copy, whole, point):
    """Killed at any point, a build leaves data that the application reads, and that a build completes."""
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(small_copy), str(made_var), point],
        check=False, timeout=120, capture_output=True, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert rules_broken(small_copy) <= {"Empreintes", "Fichiers"}
    load(small_copy)
    run(small_copy, made_var)
    left = {file: content for file, content in bytes_of(small_copy).items() if not file.endswith(".partiel")}
    assert left == whole
    assert [path.suffix for path in (made_var / "couches").iterdir()] == [".parquet"]


def test_data_that_cannot_be_written(made_var, small_copy):
    """A table that cannot be written is reported by its name; what could not be declared is not."""
    (small_copy / MADE[0]).unlink()
    (small_copy / MADE[0]).mkdir()
    bring_back = bytes_of(small_copy)
    done = command(small_copy, made_var)
    assert done.returncode == 1
    assert "indicateurs_nature.csv : le fichier" in done.stdout
    assert "Traceback" not in done.stderr
    assert bytes_of(small_copy) == bring_back


def test_the_command(made_var, small_copy, capsys):
    """The command says what it did, then that nothing had changed."""
    words = ["--data", str(small_copy), "--var", str(made_var), "build"]
    assert main(words) == 0
    told = capsys.readouterr().out
    assert "5 quartiers : végétation connue, au moins en partie, pour 1, chemin à pied pour" in told
    assert "Fichiers renouvelés : indicateurs_nature, maille_vegetation" in told
    assert main([*words, "--engine", "dask"]) == 0
    assert "Rien n'avait changé." in capsys.readouterr().out


@pytest.mark.parametrize("workers", ["0", "-3", "1.5", "beaucoup", "9999999999", "²"])
def test_no_number_of_workers(workers, small_copy, tmp_path, capsys):
    """What is no number of threads is refused before anything is done."""
    with pytest.raises(SystemExit) as caught:
        main(["--data", str(small_copy), "--var", str(tmp_path / "var"), "build", f"--workers={workers}"])
    assert caught.value.code == 2
    assert "donnez un nombre entier" in capsys.readouterr().err
    assert not (tmp_path / "var").exists()


@pytest.mark.thorough
def test_no_scheduler(made_var, small_copy):
    """A scheduler that does not answer is reported in French, and the data stay."""
    before = bytes_of(small_copy)
    soon = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "0.2s"}
    done = command(small_copy, made_var, "--scheduler", "tcp://127.0.0.1:1", env=soon)
    assert done.returncode == 1
    assert "l'ordonnanceur « tcp://127.0.0.1:1 » ne répond pas" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert bytes_of(small_copy) == before
