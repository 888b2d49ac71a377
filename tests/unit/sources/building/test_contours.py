"""The official contours in the place of the generalised ones: all of them, or nothing changes."""

import hashlib
import json
import zipfile

import pytest
import tomlkit

from qpverts.cli import main
from qpverts.sources.building.contours import EMBEDDED, OFFICIAL
from qpverts.sources.load import load
from qpverts.sources.reading import catalogue as catalogues
from tests.builders import AIR_BEL

PARIS = {"insee_com": "75056"}


@pytest.fixture
def fetched(data_copy, tmp_path):
    """A function that makes a ZIP as the official one, from ours changed, and brings it with sync."""

    def bring(change):
        catalogue = catalogues.load(data_copy)
        dataset = catalogue.get(OFFICIAL)
        layer = json.loads(catalogue.read(EMBEDDED))
        for fid, feature in enumerate(layer["features"]):
            feature["properties"] = {"fid": fid} | feature["properties"]
        layer["features"] = change(layer["features"])
        folder = tmp_path / "official"
        folder.mkdir()
        with zipfile.ZipFile(folder / dataset.file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(dataset.inside, json.dumps(layer))
        var = tmp_path / "var"
        assert main(["--data", str(data_copy), "--var", str(var), "sync", "--from", str(folder)]) == 0
        return data_copy, var

    return bring


def moved(features):
    """Move every vertex of Air Bel by a hundred-thousandth of a degree, as a finer drawing would."""
    for feature in features:
        if feature["properties"]["code_qp"] == AIR_BEL:
            for polygon in feature["geometry"]["coordinates"]:
                for ring in polygon:
                    ring[:] = [[lon + 0.000011, lat + 0.000007] for lon, lat in ring]
    return features


def build(data, var):
    """Run the command on a data folder."""
    return main(["--data", str(data), "--var", str(var), "build", "--official-perimeters"])


def digest(data):
    """Give the fingerprint of the embedded contours."""
    return hashlib.sha256((data / "geo" / "qpv_2024.geojson").read_bytes()).hexdigest()


def test_official_contours_take_the_place_of_ours(fetched, capsys):
    """The contours are those of the official file, the catalogue declares them, and every rule holds."""
    data, var = fetched(moved)
    before = load(data)
    assert build(data, var) == 0
    assert "Contours officiels repris" in capsys.readouterr().out
    after = load(data)
    assert list(after.qpvs) == list(before.qpvs)
    assert after.perimeters[AIR_BEL].area == pytest.approx(before.perimeters[AIR_BEL].area, rel=1e-4)
    moved_m = before.perimeters[AIR_BEL].centroid.distance(after.perimeters[AIR_BEL].centroid)
    assert moved_m == pytest.approx(1.18, abs=0.1)  # 0.89 m east and 0.78 m north
    document = tomlkit.parse((data / catalogues.PATH).read_text("utf-8"))
    declared = next(entry for entry in document["dataset"] if entry["id"] == EMBEDDED)
    assert declared["sha256"] == digest(data)
    assert main(["--data", str(data), "check"]) == 0


def test_what_is_empty_stays_empty(fetched):
    """A department or an intercommunality that the official file does not give is no « None »."""

    def emptied(features):
        features[0]["properties"] |= {"insee_dep": None, "siren_epci": None}
        return moved(features)

    data, var = fetched(emptied)
    assert build(data, var) == 0
    first, second, *_ = json.loads((data / "geo" / "qpv_2024.geojson").read_text("utf-8"))["features"]
    assert (first["properties"]["insee_dep"], first["properties"]["siren_epci"]) == ("", "")
    assert second["properties"]["insee_dep"] == "13"


@pytest.mark.thorough
def test_a_second_time_changes_nothing(fetched, capsys):
    """The same contours again are no change."""
    data, var = fetched(moved)
    build(data, var)
    first = digest(data)
    assert build(data, var) == 0
    assert "déjà" in capsys.readouterr().out
    assert digest(data) == first


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda features: features[1:], "absents du fichier officiel"),
        (lambda features: [*features, features[0]], "donnés deux fois"),
        (
            lambda features: [
                {**f, "properties": {**f["properties"], "insee_com": "75056"}} for f in features
            ],
            "",
        ),
    ],
)
def test_file_that_is_not_all_of_ours_changes_nothing(fetched, capsys, change, told):
    """A district that is missing, given twice or elsewhere stops everything before a byte is written."""
    data, var = fetched(change)
    first = digest(data)
    assert build(data, var) == 1
    assert told in capsys.readouterr().out
    assert digest(data) == first


def test_without_the_file_the_command_says_what_to_do(data_copy, tmp_path, capsys):
    """Not fetched, the official contours are asked for by the command that brings them."""
    first = digest(data_copy)
    assert build(data_copy, tmp_path / "var") == 1
    assert f"sync --only {OFFICIAL}" in capsys.readouterr().out
    assert digest(data_copy) == first
