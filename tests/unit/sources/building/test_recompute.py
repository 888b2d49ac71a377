"""The check of the numbers: a figure that is not what its inputs give is named."""

import csv
import dataclasses
import re
import shutil

import pytest

from qpverts.cli import main
from qpverts.geo.engine import LocalEngine
from qpverts.sources import check
from qpverts.sources.building import recompute
from qpverts.sources.building.recompute import ControlAnswer
from qpverts.sources.load import load

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(180)]

TABLE, ACCESS = "geo/indicateurs_nature.csv", "geo/acces_espaces_verts.csv"


def quiet(_):
    """Say nothing."""


def answers(report):
    """Give the control of each kind of figure."""
    return {control.indicator: control for control in report.controls}


@pytest.fixture
def change(small_copy):
    """A function that changes a cell of the published table, declares it, and gives the folder."""

    def run(code, indicator, **cells):
        path = small_copy / TABLE
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            if (row["code_qp"], row["indicateur"]) == (code, indicator):
                row.update(cells)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        check.seal(small_copy)
        return small_copy

    return run


def test_without_layers_what_follows_from_them_is_still_controlled(atlas, tmp_path):
    """Indicators are computed again; measures on absent layers are not verifiable, and say what to do."""
    found = answers(recompute.control(atlas, tmp_path, LocalEngine(), quiet))
    assert found["part_vegetalisee"].answer is ControlAnswer.OK
    assert found["vegetation_m2"].answer is ControlAnswer.UNVERIFIABLE
    assert "sync" in found["vegetation_m2"].reason
    assert found["population"].answer is ControlAnswer.UNVERIFIABLE
    assert not any(control.answer is ControlAnswer.GAP for control in found.values())


def test_wrong_figure_is_a_gap(change, tmp_path):
    """A published share that its measure does not give is named with its district, and only that one."""
    folder = change("QN01338I", "part_vegetalisee", valeur="34.5")
    found = answers(recompute.control(load(folder), tmp_path, LocalEngine(), quiet))
    assert found["part_vegetalisee"].answer is ControlAnswer.GAP
    assert found["part_vegetalisee"].gaps == ("QN01338I",)
    assert [name for name, control in found.items() if control.answer is ControlAnswer.GAP] == [
        "part_vegetalisee"
    ]


def test_wrong_access_is_a_gap(data_copy, tmp_path):
    """A distance that the spaces do not give is named with its district, though it was declared."""
    path = data_copy / ACCESS
    old = re.search(rb"QN01338I,distance_05ha_m,,.*\n", path.read_bytes()).group()
    path.write_bytes(path.read_bytes().replace(old, b"QN01338I,distance_05ha_m,,1.0,2.0,3.0\n"))
    check.seal(data_copy, only=["acces_espaces_verts"])
    atlas = load(data_copy)
    assert atlas.indicators["QN01338I"]["distance_05ha"].value == 2
    found = answers(recompute.control(atlas, tmp_path, LocalEngine(), quiet))
    assert found["acces_espaces_verts"].answer is ControlAnswer.GAP
    assert found["acces_espaces_verts"].gaps == ("QN01338I",)
    assert [name for name, control in found.items() if control.answer is ControlAnswer.GAP] == [
        "acces_espaces_verts"
    ]


def test_access_that_cannot_be_read_is_a_gap_everywhere(data_copy):
    """A damaged table, which is not read, is reported of every district, and the indicators still hold."""
    (data_copy / ACCESS).write_bytes(b"\xff")
    found = answers(recompute.without_layers(load(data_copy)))
    assert len(found["acces_espaces_verts"].gaps) == 45
    assert found["distance_05ha"].answer is ControlAnswer.OK


def test_figure_without_its_coverage_is_a_gap(change, tmp_path):
    """What a figure rests on is controlled as the figure is."""
    folder = change("QN01338I", "vegetation_hab", couverture_pct="100")
    found = answers(recompute.control(load(folder), tmp_path, LocalEngine(), quiet))
    assert found["vegetation_hab"].gaps == ("QN01338I",)


def test_rounding_is_no_gap(change, tmp_path):
    """A last decimal that differs by the rounding of the file is the same figure."""
    folder = change("QN01338I", "part_vegetalisee", valeur="33.6079")
    found = answers(recompute.control(load(folder), tmp_path, LocalEngine(), quiet))
    assert found["part_vegetalisee"].answer is ControlAnswer.OK


def test_the_last_control_of_the_published_table_is_kept(small_atlas, tmp_path):
    """What needs no layer has no day; a full control is given back, unless it is of another table."""
    now = recompute.without_layers(small_atlas)
    assert now.day == ""
    assert recompute.kept(small_atlas, tmp_path) is None
    full = dataclasses.replace(now, day="2026-11-25")
    recompute.save(full, tmp_path)
    assert recompute.kept(small_atlas, tmp_path) == full
    recompute.save(dataclasses.replace(full, table="another"), tmp_path)
    assert recompute.kept(small_atlas, tmp_path) is None


@pytest.mark.parametrize("content", [b"", b"{", b'{"day": 1}', b"\xff\xfe"])
def test_damaged_control_is_forgotten(small_atlas, tmp_path, content):
    """A kept control that cannot be read is as if there were none."""
    (tmp_path / "controle_nombres.json").write_bytes(content)
    assert recompute.kept(small_atlas, tmp_path) is None


def test_on_the_official_layers(official, data_dir, tmp_path, capsys):
    """On the layers that they were computed from, all the published measures are found again."""
    var = tmp_path / "var"
    assert main(["--var", str(var), "sync", "--from", str(official)]) == 0
    assert main(["--data", str(data_dir), "--var", str(var), "check", "--numbers"]) == 0
    printed = capsys.readouterr().out
    for measure in ("vegetation_m2", "vegetation_300m_m2", "marche_05ha_m", "maille_vegetation"):
        assert any(line.startswith(measure) and " OK " in line for line in printed.splitlines())
    assert "0 ÉCART" in printed


def test_command_says_what_differs(change, tmp_path, capsys):
    """The command names the figure and the district, and exits with 1."""
    folder = change("QN01338I", "part_vegetalisee", valeur="34.5")
    assert main(["--data", str(folder), "--var", str(tmp_path / "var"), "check", "--numbers"]) == 1
    printed = capsys.readouterr().out
    assert "ÉCART" in printed
    assert "QN01338I" in printed


def test_command_works_where_nothing_can_be_written(small_data, tmp_path, capsys):
    """A folder where the control cannot be kept does not stop it."""
    (tmp_path / "var").write_text("a file where a folder is wanted", "utf-8")
    assert main(["--data", str(small_data), "--var", str(tmp_path / "var"), "check", "--numbers"]) == 0
    assert "OK" in capsys.readouterr().out
    shutil.rmtree(tmp_path, ignore_errors=True)
