"""Five districts instead of 66, with whatever the real data say of them, for tests that need no more.

``python -m tests.make_small_data FOLDER`` makes them by hand; the fixture ``small_data`` makes them once a
session, so that nothing has to be kept in step with the data.
"""

import csv
import io
import json
import re
import shutil
import sys
from pathlib import Path

import tomlkit

from qpverts.sources import check, expected
from qpverts.sources.reading import catalogue as catalogues
from tests.builders import AIR_BEL, CANOURGUES, CAPELETTE, ESCOURTINES, MONAQUE

ROOT = Path(__file__).parents[1]
#: Many actions; two communes; two neighbours; none.
KEPT = frozenset({AIR_BEL, ESCOURTINES, CANOURGUES, MONAQUE, CAPELETTE})

_CODE = re.compile(r"QN\d{5}[IMN]")
#: Figures of all the districts together, which five cannot give.
_OF_ALL = {"bordure_ensemble"}


def make(source: Path, folder: Path) -> Path:
    """Copy a data folder, keep the five districts and what is said of them, and seal it.

    A row or a feature that names districts is kept when all that it names are: the columns are not known
    here, only the form of a code. An action of a whole commune stays if its commune has one of the five.
    """
    shutil.copytree(source, folder)
    catalogue = catalogues.load(folder)
    for dataset in catalogue.embedded:
        path = folder / dataset.path
        if path.suffix == ".csv":
            path.write_text(_rows(path.read_text("utf-8-sig"), empty=dataset.id in _OF_ALL), "utf-8")
        elif path.suffix == ".geojson":
            layer = json.loads(path.read_text("utf-8"))
            layer["features"] = [one for one in layer["features"] if _is_kept(one["properties"].values())]
            path.write_text(json.dumps(layer, ensure_ascii=False), "utf-8")
    expect_only_what_is_kept(catalogue.path(expected.EXPECTED))
    check.seal(folder)
    found = check.found(folder)
    expected.keep(catalogues.load(folder), found, counts=True)
    check.seal(folder)
    return folder


def expect_only_what_is_kept(path: Path) -> None:
    """Leave out of what is expected the figures and the judgements of other districts."""
    document = tomlkit.parse(path.read_text("utf-8"))
    for name in ("known", "judgement"):
        for rank in reversed(range(len(document.get(name, ())))):
            if not _is_kept(document[name][rank].values()):
                del document[name][rank]
    path.write_text(tomlkit.dumps(document), "utf-8")


def _rows(text: str, *, empty: bool) -> str:
    table = csv.DictReader(io.StringIO(text))
    written = io.StringIO()
    writer = csv.DictWriter(written, table.fieldnames, lineterminator="\n")
    writer.writeheader()
    if not empty:
        writer.writerows(row for row in table if _is_kept(row.values()))
    return written.getvalue()


def _is_kept(values: object) -> bool:
    """Tell whether the districts named by these cells are all kept; a code amid a sentence names none."""
    cells = [str(value) for value in values]
    named = {code for cell in cells if not _CODE.sub("", cell).strip(" ;") for code in _CODE.findall(cell)}
    return named <= KEPT


if __name__ == "__main__":
    make(ROOT / "data", Path(sys.argv[1]))
