"""What one downloads, corrects and puts back: nothing is lost on the way, whatever the texts hold."""

import csv
import io
from dataclasses import replace

import pytest

from qpverts.sources.load import load
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.actions import ACTIONS, INSPIRATIONS, read_actions, read_inspirations
from qpverts.sources.reading.green_spaces import OSM_POINTS, SPACES, read_green_spaces
from qpverts.sources.reading.insee import FIGURES, read_figures
from qpverts.sources.reading.scale import SURVEYS, read_surveys
from qpverts.web.open_data import files
from qpverts.web.open_data.resources import RESOURCES

#: Resource → what declares its table, and where the file is put back.
TABLES = {
    "actions": (ACTIONS, "actions/actions.csv"),
    "inspirations": (INSPIRATIONS, "actions/inspirations.csv"),
    "releves": (SURVEYS, "actions/releves.csv"),
    "quartiers": (FIGURES, "geo/insee_qpv.csv"),
    "espaces-verts": (SPACES, "geo/espaces_verts.csv"),
    "espaces-verts-osm": (OSM_POINTS, "geo/espaces_verts_osm.csv"),
}
READERS = (read_actions, read_inspirations, read_surveys, read_figures, read_green_spaces)
HOSTILE = [
    '=HYPERLINK("http://x","y")',
    "'=1+1",  # in a file, this is how « =1+1 » is written so that no spreadsheet runs it
    "''-2",
    "+33 4 91",
    "-47 % et -80 %",
    "@tous",
    "'68, au bord de l'eau",
    'dit « "oui", ou ; non »',
    "deux\nlignes",
    "=x" * 10_000,
]


def put_back(atlas, folder):
    """Write what is downloaded in the place of the files of a folder."""
    for name, (_, path) in TABLES.items():
        (folder / path).write_bytes(files.to_csv(RESOURCES[name], atlas))


def contents(folder):
    """Read the tables of a folder, as the application does."""
    catalogue = catalogues.load(folder)
    return [read(catalogue).rows for read in READERS]


@pytest.mark.parametrize("name", TABLES)
def test_a_download_has_the_names_and_all_the_columns_of_the_file(name, atlas, data_dir):
    """The columns of the file come first, in its order; what else there is can be left out of the file."""
    declared, path = TABLES[name]
    with (data_dir / path).open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    download = next(csv.reader(io.StringIO(files.to_csv(RESOURCES[name], atlas).decode())))
    assert download[: len(header)] == header == declared.required
    assert download[len(header) :] == declared.accepted


def test_the_downloads_are_the_data(atlas, data_copy):
    """The files put back are read as the very same rows, points included, and break no rule."""
    before = contents(data_copy)
    put_back(atlas, data_copy)
    assert contents(data_copy) == before
    again = load(data_copy)
    assert (again.actions, again.spaces) == (atlas.actions, atlas.spaces)
    assert again.indicators == atlas.indicators


def test_a_correction_is_all_that_changes(atlas, data_copy):
    """An action whose place is found at last gets its point, and the others keep theirs."""
    put_back(atlas, data_copy)
    path = data_copy / TABLES["actions"][1]
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    row = next(one for one in rows if one["lon_repere"])
    row |= {"lon": row.pop("lon_repere"), "lat": row.pop("lat_repere"), "precision": "lieu"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0] | rows[1]), restval="")
        writer.writeheader()
        writer.writerows(rows)
    changed = {one.id: one for one in read_actions(catalogues.load(data_copy)).rows}
    assert {one for one in changed if changed[one] != atlas.actions[one]} == {row["id"]}
    assert changed[row["id"]].is_exact


def test_hostile_texts_come_back(atlas, data_copy):
    """No text is changed on the way out and back: formulas, quotes, lines, the longest that a cell takes."""
    path = data_copy / TABLES["actions"][1]
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, text in zip(rows, HOSTILE, strict=False):
        row |= {"titre": text, "porteur": text, "note": text, "source_titre": text}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    actions = {one.id: one for one in read_actions(catalogues.load(data_copy)).rows}
    path.write_bytes(files.to_csv(RESOURCES["actions"], replace(atlas, actions=actions)))
    back = read_actions(catalogues.load(data_copy)).rows
    assert back == tuple(actions.values())
    assert [one.note for one in back[: len(HOSTILE)]] == [HOSTILE[0], "=1+1", "'-2", *HOSTILE[3:]]
