"""The contract of the embedded data: every rule of ``python -m qpverts check``, and the facts they must tell.

What the facts behind the data say of them (README and AIR_BEL_SALON) is with the data, in ``attendus.toml``.
"""

import csv
import io
import json
import re
from collections import Counter

import geopandas as gpd
import pytest

from qpverts.domain.figures.indicators import State
from qpverts.domain.figures.published import MEASURES, STRAIGHT, STREET
from qpverts.domain.model import PlaceSource, Precision
from qpverts.geo.crs import LAMBERT_93
from qpverts.sources import check as control
from qpverts.sources.published.nature_tables import DECIMALS, read_nature
from qpverts.sources.rules import RULES
from tests.builders import AIR_BEL, CANOURGUES, MONAQUE
from tests.declared import SPECS

FILES = (
    "Catalogue : complet, sans doublon",
    "Empreintes : fichiers inchangés depuis leur déclaration",
    "Fichiers : bien formés, nombre de lignes attendu",
    "Étendue : chaque couche est dans la région",
    "Tables : en-têtes et types",
)
EXPECTED = "Attendus : jugements retrouvés, ou dits à revoir"
TITLES = (*FILES, *(rule.title for rule in RULES), EXPECTED)
EPCI = "200054807"
OFFICIAL_AREAS_WITHIN = 0.03  # both copies are generalised, ours to 1.7 m and the other to 7–10 m
OFFICIAL_OVERLAP = 0.9


@pytest.fixture(scope="module")
def verdicts(data_dir):
    """What each rule says of the real data, by title."""
    return {verdict.rule: verdict.faults for verdict in control.check(data_dir)}


@pytest.fixture(scope="module")
def found(data_dir):
    """The real data beside what is expected of them."""
    return control.found(data_dir)


@pytest.fixture(scope="module")
def official(data_dir):
    """The 1,609 districts of France, from the folder of large files that never enters the project."""
    path = data_dir.parents[1] / "shared" / "data" / "QP2024_France_simplifie_WGS84.geojson"
    if not path.exists():
        pytest.skip(f"{path} is absent: the official file is not part of the project")
    return gpd.read_file(path).set_index("code_qp")


@pytest.mark.parametrize("file", ["geo/espaces_verts.csv", "actions/actions.csv", "actions/inspirations.csv"])
def test_notes_are_whole_sentences(data_dir, file):
    """A reader sees notes as they are: no remains of a cut text, no bracket alone, no name of a column."""
    with (data_dir / file).open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        columns = {name for name in reader.fieldnames if "_" in name}
        for row in reader:
            note = row["note"]
            where = f"{file}, {row['id']} : {note}"
            assert note[:1] not in {*":;,.)"}, where
            assert note[:1].upper() == note[:1], where
            assert note.count("(") == note.count(")"), where
            assert "; :" not in note, where
            assert not any(name in note for name in columns), where


@pytest.mark.parametrize("title", TITLES)
def test_rule(verdicts, title):
    """The data keep the rule."""
    faults = verdicts[title]
    assert faults is not None, "not checked: see the rules before it"
    assert not faults, "\n".join(map(str, faults))


def test_every_rule_is_listed(verdicts):
    """The rules shown here are those of the command, in its order."""
    assert list(verdicts) == list(TITLES)


def rows_of(data_dir, file):
    """The rows of a table as a spreadsheet gives them: none of our code has read them."""
    with (data_dir / file).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_counts(data_dir, found):
    """What the check counts is what one counts in the files by hand."""
    actions = rows_of(data_dir, "actions/actions.csv")
    inspirations = rows_of(data_dir, "actions/inspirations.csv")
    figures = rows_of(data_dir, "geo/insee_qpv.csv")
    total = found.counts["total"]
    assert total["actions"] == len(actions)
    assert total["inspirations"] == len(inspirations)
    assert total["espaces verts"] == len(rows_of(data_dir, "geo/espaces_verts.csv"))
    assert total["relevés"] == len(rows_of(data_dir, "actions/releves.csv"))
    assert total["quartiers"] == len(figures)
    assert total["habitants"] == sum(int(row["population_2020"] or 0) for row in figures)
    assert total["ménages"] == sum(int(row["menages"] or 0) for row in figures)
    assert found.counts["actions par commune"] == Counter(row["commune_insee"] for row in actions)
    assert found.counts["actions par emplacement connu"] == Counter(row["precision"] for row in actions)
    assert found.counts["inspirations par pays"] == Counter(row["pays"] for row in inspirations)
    named = [code or "aucun" for row in actions for code in row["qpv_code"].split(";")]
    assert found.counts["actions par quartier"] == Counter(named)
    themes = [theme for row in actions for theme in row["themes"].split(";")]
    assert found.counts["actions par thématique"] == Counter(themes)


def test_the_atlas_keeps_every_row(atlas, found):
    """Nothing counted is lost on the way to the screens."""
    total = found.counts["total"]
    shown = (len(atlas.qpvs), len(atlas.spaces), len(atlas.actions), len(atlas.inspirations))
    assert shown == (total["quartiers"], total["espaces verts"], total["actions"], total["inspirations"])
    for code, count in found.counts["actions par quartier"].items():
        assert code == "aucun" or len(atlas.actions_of(code)) == count


def test_exact_places(atlas):
    """A point that stands for its district or its commune never passes for an exact place."""
    vague = {Precision.DISTRICT, Precision.COMMUNE}
    assert any(action.precision in vague for action in atlas.actions.values())
    for action in atlas.actions.values():
        assert action.is_exact == (action.precision not in vague), action.id


def test_air_bel_budget(atlas):
    """Which of the ten projects put to the vote at Air Bel won is unknown, and so is the status of each."""
    projects = [action for action in atlas.actions.values() if action.id.startswith("air-bel-bp-")]
    assert len(projects) == 10
    assert {action.status for action in projects} == {"inconnu"}
    assert {action.qpv_codes for action in projects} == {(AIR_BEL,)}


def test_pilots(found):
    """The districts of the two pilots have the figures that a person read elsewhere, to a rounding."""
    assert {one.district for one in found.expected.known} == {AIR_BEL, CANOURGUES, MONAQUE}
    assert found.contradicted == ()


def test_pilots_are_known_to_the_approach(atlas):
    """The first page names the two pilots, and each opens on its districts."""
    found = {pilot.name: set(atlas.index.resolve(pilot.query).codes) for pilot in atlas.approach.pilots}
    assert found == {"Air Bel": {AIR_BEL}, "Salon": {CANOURGUES, MONAQUE}}


def test_the_words_of_the_approach(atlas):
    """The seven themes, five fields and two axes are in the approach's own words and order."""
    words = atlas.vocabulary
    assert [theme.label for theme in words.themes] == [
        "Habiter", "Circuler", "Se nourrir", "Protéger", "(Se) cultiver", "Travailler", "Consommer",
    ]  # fmt: skip
    assert [(field.family, field.label) for field in words.fields] == [
        ("Façons de vivre", "Vivre sainement"),
        ("Façons de vivre", "Vivre ensemble, être ensemble"),
        ("Façons de vivre", "Travailler, se former"),
        ("Cadre de vie", "Repenser la place de la nature des QPV"),
        ("Cadre de vie", "Habiter plus durable, plus sain"),
    ]
    assert len(words.axes) == 2
    assert atlas.approach.ambition == "Savoir où agir et comment"


def test_marseille_is_13055(atlas):
    """No district, action or green space is filed under an arrondissement."""
    codes = {commune.code for qpv in atlas.qpvs.values() for commune in qpv.communes}
    codes |= {row.commune_code for row in (*atlas.actions.values(), *atlas.spaces.values())}
    assert "13055" in codes
    assert not {code for code in codes if re.fullmatch(r"132\d\d", code)}


def coordinates(dataset, content):
    """Every (longitude, latitude) of a file, to 5 decimals, about a metre."""
    if dataset.path.endswith(".csv"):
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        return {
            (round(float(row["lon"]), 5), round(float(row["lat"]), 5))
            for row in rows
            if row.get("lon") and row.get("lat")
        }
    if not dataset.path.endswith(".geojson"):
        return set()
    found = set()

    def walk(part):
        if part and isinstance(part[0], int | float):
            found.add((round(part[0], 5), round(part[1], 5)))
        else:
            for inner in part:
                walk(inner)

    for feature in json.loads(content)["features"]:
        walk(feature["geometry"]["coordinates"])
    return found


def shared_with_osm(atlas, keep):
    """Coordinates of the OpenStreetMap file found in the embedded files that ``keep`` takes."""
    catalogue = atlas.catalogue
    points = coordinates(catalogue.get("espaces_verts_osm"), catalogue.read("espaces_verts_osm"))
    assert len(points) == catalogue.get("espaces_verts_osm").count
    return {
        dataset.id: both
        for dataset in catalogue.embedded
        if dataset.id != "espaces_verts_osm" and keep(dataset)
        if (both := points & coordinates(dataset, catalogue.read(dataset.id)))
    }


def test_openstreetmap_is_kept_apart(atlas):
    """No OpenStreetMap coordinate (ODbL) is in a file under Licence Ouverte, nor in the list of spaces."""
    assert (
        shared_with_osm(atlas, lambda d: d.licence.startswith("Licence Ouverte") or d.id == "espaces_verts")
        == {}
    )


def test_openstreetmap_is_kept_apart_from_actions(atlas):
    """No coordinate taken from OpenStreetMap is in any other file at all."""
    assert shared_with_osm(atlas, lambda d: True) == {}


def test_odbl_is_declared(atlas):
    """What comes from OpenStreetMap is in files that say ODbL, and every space so located in one of them."""
    assert {d.id for d in atlas.catalogue.embedded if "ODbL" in d.licence} == {
        "acces_espaces_verts", "bordure", "bordure_ensemble", "espaces_verts_osm", "indicateurs_nature",
        "trajets_osm",
    }  # fmt: skip
    located = [s for s in atlas.spaces.values() if s.place_source is PlaceSource.OPENSTREETMAP]
    assert len(located) == atlas.catalogue.get("espaces_verts_osm").count
    content = atlas.catalogue.read("espaces_verts").decode("utf-8-sig")
    for row in csv.DictReader(io.StringIO(content, newline="")):
        if row["localisation"] == "openstreetmap":
            assert (row["lon"], row["lat"]) == ("", "")


def test_figures_that_rest_on_openstreetmap_say_so(atlas):
    """In the table of nature, which mixes licences, figures of parks or streets name a dataset of OSM."""
    declared = {dataset.id for dataset in atlas.catalogue.datasets}
    mixed = {spec.id for spec in SPECS.nature if "espaces_verts_osm" in spec.datasets} | {
        STREET.id,
        STRAIGHT.id,
    }
    rows = read_nature(atlas.catalogue).rows
    assert {row.indicator for row in rows} == {spec.id for spec in SPECS.nature} | {m.id for m in MEASURES}
    for row in rows:
        sources = row.source.split(" ; ")
        assert set(sources) <= declared, row
        assert any("osm" in source for source in sources) == (row.indicator in mixed), row


def test_the_table_of_nature_is_whole(atlas):
    """Every district has every figure of nature once; where it is not covered the cell is empty."""
    rows = read_nature(atlas.catalogue).rows
    assert len(rows) == len(atlas.qpvs) * (len(SPECS.nature) + len(MEASURES))
    for row in rows:
        if row.coverage_pct == 0 and row.indicator in {spec.id for spec in SPECS.nature}:
            assert row.value is None, row


def test_published_figures_are_those_shown(atlas):
    """A figure in the table is the one that the application shows, to its last published decimal."""
    for row in read_nature(atlas.catalogue).rows:
        shown = atlas.indicators[row.code_qp].get(row.indicator)
        if shown is None:
            continue
        for written, here in zip(
            (row.value, row.low, row.high, row.coverage_pct),
            (shown.value, shown.low, shown.high, shown.coverage_pct),
            strict=True,
        ):
            assert (written is None) == (here is None), row
            assert written is None or written == pytest.approx(here, abs=0.51 * 10**-DECIMALS), row


def test_aix_and_vitrolles_are_not_covered(atlas):
    """The parcels leave out Aix-en-Provence and Vitrolles: their districts have no vegetation, not zero."""
    left_out = {"13001", "13117"}
    codes = [code for code, qpv in atlas.qpvs.items() if left_out >= {c.code for c in qpv.communes}]
    assert codes
    for code in codes:
        assert atlas.indicators[code]["part_vegetalisee"].state is State.VEGETATION_UNKNOWN
        assert atlas.indicators[code]["part_vegetalisee"].value is None


def test_the_basemap_is_not_for_measuring(atlas):
    """Communes are those of the department, Marseille once, and its arrondissements are sixteen."""
    communes = json.loads(atlas.catalogue.read("communes"))["features"]
    codes = [feature["properties"]["insee_com"] for feature in communes]
    assert len(codes) == len(set(codes)) == 119
    assert codes.count("13055") == 1
    arrondissements = json.loads(atlas.catalogue.read("arrondissements"))["features"]
    assert {f["properties"]["insee_com"] for f in arrondissements} == {
        str(code) for code in range(13201, 13217)
    }


def test_official_districts_of_the_metropole(atlas, official):
    """The official file files exactly these districts under the Métropole."""
    assert set(official.index[official["siren_epci"] == EPCI]) == set(atlas.qpvs)


def test_official_names(atlas, official):
    """Names and communes are those of the official file."""
    for code, qpv in atlas.qpvs.items():
        assert qpv.name == official.loc[code, "lib_qp"]
        assert {commune.code for commune in qpv.communes} == set(
            official.loc[code, "insee_com"].replace(" ", "").split(",")
        )


def test_official_perimeters(atlas, official):
    """Each perimeter has the area of the official one within 3 %, and covers the same ground."""
    theirs = official.loc[list(atlas.qpvs)].to_crs(LAMBERT_93).geometry.make_valid()
    ours = atlas.perimeters
    gap = (ours.area / theirs.area - 1).abs()
    assert gap.max() < OFFICIAL_AREAS_WITHIN, gap.idxmax()
    overlap = ours.intersection(theirs).area / ours.union(theirs).area
    assert overlap.min() > OFFICIAL_OVERLAP, overlap.idxmin()
