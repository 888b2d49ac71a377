"""Rows added to the data, as the team adds them: sealed after a yes, they break nothing."""

import csv

import pytest

from qpverts.cli import main
from qpverts.sources import check

SURVEY = {
    "code_qp": "QN01338I", "thematique": "travailler", "date": "2026-11-30", "par": "Une personne",
    "source": "Visite",
}  # fmt: skip


def add(folder, file, **cells):
    """Add a row at the end of a table: its first one again, if it has any, but for these cells."""
    path = folder / file
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        row, header = next(reader, {}) | cells, reader.fieldnames
    with path.open("a", encoding="utf-8", newline="") as lines:
        csv.DictWriter(lines, header, restval="", lineterminator="\n").writerow(row)


@pytest.fixture
def run(data_copy, capsys):
    """A function that runs a command on the copy, and gives its code and the lines that it printed."""

    def call(*command):
        code = main(["--data", str(data_copy), *command])
        return code, capsys.readouterr().out.splitlines()

    return call


@pytest.mark.parametrize(
    ("file", "cells", "counted"),
    [
        ("actions/actions.csv", {"id": "ligne-d-un-essai", "statut": "en_cours"}, "actions"),
        ("actions/inspirations.csv", {"id": "ligne-d-un-essai", "pays": "Norvège"}, "inspirations"),
        ("geo/espaces_verts.csv", {"id": "ligne-d-un-essai"}, "espaces verts"),
        ("actions/releves.csv", SURVEY, "relevés"),
    ],
    ids=["action", "inspiration", "green space", "survey"],
)
@pytest.mark.sampled(1)
def test_a_row_more(data_copy, run, file, cells, counted):
    """The check tells a row more; sealed with a yes, it holds, and the count is the one expected."""
    assert run("seal", "--yes")[0] == 0
    before = check.found(data_copy).counts["total"][counted]
    add(data_copy, file, **cells)
    told = [line.strip() for line in run("check")[1]]
    assert f"{counted} : {before + 1} (+1 depuis le scellé)" in told
    assert run("seal", "--yes")[0] == 0
    code, lines = run("check")
    assert code == 0, lines
    assert not any("depuis le scellé" in line for line in lines)
