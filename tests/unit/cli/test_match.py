"""``match``, as the person at the terminal sees it."""

import pytest

from qpverts.cli import main
from qpverts.sources.published.overlaps import TABLE


@pytest.fixture
def run(capsys):
    """A function that runs a command, and gives its code and what it printed."""

    def call(*arguments):
        code = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        assert printed.err == ""
        return code, printed.out

    return call


def test_matching_prints_and_writes(run, official, data_dir, tmp_path):
    """The table is printed, districts unlike their code are named, and the file is the embedded one."""
    target = tmp_path / "table.csv"
    code, out = run("match", official / "qp2015_politiquedelaville_shp.zip", "--to", target)
    assert code == 0
    assert "QP013038  QN01338I" in out
    assert "65 paires ; 1 écartée" in out
    for name in ("QN01304I", "QN01362I"):
        assert f"« {name} » est dit identique" in out
    assert target.read_bytes() == (data_dir / "geo" / f"{TABLE}.csv").read_bytes()
    assert "Écrit : table.csv, 65 lignes." in out
    assert (
        "Inchangé : table.csv"
        in run("match", official / "qp2015_politiquedelaville_shp.zip", "--to", target)[1]
    )


def test_matching_without_file(run, tmp_path):
    """Without the file of 2015, the person is sent to sync."""
    code, out = run("--var", tmp_path, "match")
    assert code == 1
    assert "lancez « python -m qpverts sync », ou donnez leur fichier" in out


def test_matching_of_another_layer(run, data_dir):
    """The districts of 2024 given for those of 2015 are refused."""
    code, out = run("match", data_dir / "geo" / "qpv_2024.geojson")
    assert code == 1
    assert "n'est pas un quartier de 2015" in out
