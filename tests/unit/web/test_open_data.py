"""Open data: complete, described, inert, honest about what is unknown, and apart by licence."""

import csv
import io
import json
from dataclasses import replace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from qpverts.domain.model import PlaceSource
from qpverts.web.health import health_routes
from qpverts.web.open_data import files
from qpverts.web.open_data.resource import ODBL
from qpverts.web.open_data.resources import RESOURCES
from qpverts.web.open_data.routes import open_data_routes
from tests.declared import SPECS

TYPES = {"string": str, "integer": int, "number": (int, float)}


@pytest.fixture(scope="module")
def site():
    """A client of the open data alone; a server fault is an answer, not an exception."""
    app = Starlette(routes=[*open_data_routes(), *health_routes()])
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def rows(content):
    """Read a CSV."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"))))


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=RESOURCES)
def test_every_row_follows_its_schema(resource, atlas):
    """Columns, types and unique keys are those that the schema declares."""
    schema = json.loads(files.to_schema(resource, atlas))
    seen = set()
    for row in resource.rows(atlas):
        assert list(row) == [field["name"] for field in schema["fields"]]
        for field in schema["fields"]:
            value = row[field["name"]]
            assert value is None or isinstance(value, TYPES[field["type"]]), field
            assert not isinstance(value, bool)
        seen.add(tuple(row[name] for name in schema["primaryKey"]))
    assert len(seen) == sum(1 for _ in resource.rows(atlas))
    assert seen or resource.id == "releves"
    assert len(rows(files.to_csv(resource, atlas))) == len(seen)


def test_nothing_is_lost_between_licences(atlas):
    """Each indicator and each point of a green space is in one resource, the one of its licence."""
    indicators = [
        {row["indicateur"] for row in RESOURCES[name].rows(atlas)}
        for name in ("indicateurs", "indicateurs-osm")
    ]
    points = [
        {row["id"] for row in RESOURCES[name].rows(atlas) if row["lon"] is not None}
        for name in ("espaces-verts", "espaces-verts-osm")
    ]
    located = {space.id for space in atlas.spaces.values() if space.is_located}
    for (first, second), every in ((indicators, set(SPECS.by_id)), (points, located)):
        assert first | second == every
        assert not first & second
    assert {RESOURCES[name].licence for name in ("indicateurs-osm", "espaces-verts-osm")} == {ODBL}


def test_no_position_of_openstreetmap_leaves_under_another_licence(atlas):
    """Points that come from OpenStreetMap are in ODbL resources only."""
    osm = {s.id for s in atlas.spaces.values() if s.place_source is PlaceSource.OPENSTREETMAP}
    assert osm
    for resource in RESOURCES.values():
        if resource.licence == ODBL:
            continue
        for row in resource.rows(atlas):
            assert row.get("id") not in osm or (row.get("lon"), row.get("lat")) == (None, None)
        if resource.shapes:
            shapes = resource.shapes(atlas)
            assert all(shapes.get(one) is None for one in osm)


def test_an_action_known_to_its_district_has_no_point(atlas):
    """Only an address or a place is drawn; the others would be taken for exact."""
    body = json.loads(files.to_geojson(RESOURCES["actions"], atlas))
    for feature in body["features"]:
        told = feature["properties"]
        exact = told["precision"] in {"adresse", "lieu"}
        assert exact or (feature["geometry"], told["lon"], told["lat"]) == (None, None, None)
        assert not exact or (told["lon_repere"], told["lat_repere"]) == (None, None)


def test_what_is_not_known_is_no_zero(atlas):
    """A cell of the grid where nothing is known has no count; an indicator not covered has no value."""
    unknown = [row for row in RESOURCES["grille"].rows(atlas) if row["niveau"] == "non_renseigne"]
    assert unknown
    assert all(row["score"] is None and row["actions_recensees"] is None for row in unknown)
    missing = [row for row in RESOURCES["indicateurs-osm"].rows(atlas) if row["etat"] == "non couvert"]
    assert missing
    assert all(row["valeur"] is None for row in missing)


def test_what_a_list_may_have_missed_is_said(atlas):
    """A zero that rests on a list is « aucun connu », as on pages; a figure says which way it may move."""
    for resource in (RESOURCES["indicateurs"], RESOURCES["indicateurs-osm"]):
        for row in resource.rows(atlas):
            more = SPECS.by_id[row["indicateur"]].more
            if row["valeur"] is None or more is None:
                assert row["reserve"] is None
            elif more:
                assert row["reserve"] == ("ou plus" if row["valeur"] else "aucun connu")
            else:
                assert row["reserve"] == "ou moins"
    read = rows(files.to_csv(RESOURCES["indicateurs-osm"], atlas))
    of_parks = [row for row in read if row["indicateur"] in {"parcs_hab", "bordure_parcs"}]
    zeros = [row for row in of_parks if row["valeur"] == "0.0"]
    assert zeros
    assert {row["reserve"] for row in zeros} == {"aucun connu"}
    assert {row["reserve"] for row in read} == {"", "aucun connu", "ou plus", "ou moins"}


@pytest.mark.parametrize("name", RESOURCES)
def test_every_address_answers_to_any_site(site, name):
    """Each format is there, readable from another site, and not sent twice."""
    for ending in files.formats(RESOURCES[name]):
        answer = site.get(f"/donnees/{name}.{ending}", headers={"Origin": "https://exemple.fr"})
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "*"
        again = site.get(f"/donnees/{name}.{ending}", headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_the_catalogue_leads_to_every_file(site):
    """What the description names can be asked for, with a licence, a source and a schema each."""
    catalogue = site.get("/donnees/catalogue.jsonld").json()
    assert len(catalogue["dcat:dataset"]) == len(RESOURCES)
    for dataset in catalogue["dcat:dataset"]:
        assert dataset["dct:license"].startswith("https://")
        assert dataset["dct:rights"]
        assert dataset["dct:source"]
        links = [one["dcat:accessURL"] for one in dataset["dcat:distribution"]] + [dataset["dct:conformsTo"]]
        for link in links:
            assert site.get(link).status_code == 200, link


def test_a_catalogue_made_for_one_host_is_kept_by_nobody(site, monkeypatch):
    """Where the site has no address, links take the one asked: a relay must not give them to others."""
    monkeypatch.delenv("QPVERTS_PUBLIC_URL", raising=False)
    foreign = site.get("/donnees/catalogue.jsonld", headers={"Host": "ailleurs.exemple"})
    assert "http://ailleurs.exemple/" in foreign.text
    assert foreign.headers["cache-control"] == "no-store"
    monkeypatch.setenv("QPVERTS_PUBLIC_URL", "https://exemple.fr")
    own = site.get("/donnees/catalogue.jsonld", headers={"Host": "ailleurs.exemple"})
    assert "ailleurs.exemple" not in own.text
    assert own.headers["cache-control"].startswith("public, ")


@pytest.mark.parametrize(
    "path",
    [
        "/donnees/rien.csv",
        "/donnees/quartiers.exe",
        "/donnees/grille.geojson",
        "/donnees/..%2f..%2fetc%2fpasswd",
        "/donnees/quartiers",
        "/donnees/%00.csv",
        "/donnees/" + "a" * 5000 + ".csv",
    ],
)
def test_what_does_not_exist_says_what_does(site, path):
    """A wrong name is answered with those that exist, and nothing of this machine."""
    answer = site.get(path)
    assert answer.status_code == 404
    assert "root" not in answer.text
    if "%2f" not in path:
        assert "quartiers.csv" in answer.text


def test_nobody_writes(site):
    """Reading is all that one can do."""
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert site.request(method, "/donnees/quartiers.csv").status_code == 405


def test_the_folder_leads_to_its_explanation(site):
    """The bare address is for people."""
    assert site.get("/donnees").headers["location"] == "/public/methode#donnees-ouvertes"


def test_formulas_are_inert(atlas):
    """What a spreadsheet would run comes out as text."""
    first = next(iter(atlas.actions.values()))
    hostile = {**next(iter(RESOURCES["actions"].rows(atlas))), "titre": '=HYPERLINK("x")', "note": "+33"}
    resource = RESOURCES["actions"]
    made = rows(files.to_csv(replace(resource, rows=lambda _: [hostile]), atlas))
    assert made[0]["titre"] == '\'=HYPERLINK("x")'
    assert made[0]["note"] == "'+33"
    assert made[0]["id"] == first.id


def test_health_tells_the_version_of_the_data_and_no_path(site, atlas, tmp_path, monkeypatch):
    """A supervisor reads 200 with what is served, 503 when nothing can be, never where the files are."""
    assert site.get("/sante").json()["donnees"] == atlas.version
    monkeypatch.setenv("QPVERTS_DATA", str(tmp_path))
    faulty = site.get("/sante")
    assert faulty.status_code == 503
    assert str(tmp_path) not in faulty.text
    assert site.get("/donnees/quartiers.csv").status_code == 503


FORMER_ACTION = (
    "id,titre,resume,themes,champs,axe,code_qp,code_commune,lieu,precision,etat,annee_debut,annee_fin,porteur,"
    "partenaires,surface_m2,budget_eur,source,source_url,source_date,note"
)
FORMER_SPACE = (
    "id,nom,nature,code_commune,surface_ha,acces,annee_ouverture,origine_position,source,source_url,"
    "source_date,note"
)


@pytest.mark.parametrize(
    ("name", "header"),
    [("actions", FORMER_ACTION), ("espaces-verts", FORMER_SPACE), ("espaces-verts-osm", FORMER_SPACE)],
)
def test_the_former_columns_are_kept_for_a_version(site, atlas, name, header):
    """A program that reads the columns of 0.3 finds them at another address, which says what replaces it."""
    former = RESOURCES[f"{name}-noms-0-3"]
    assert files.to_csv(former, atlas).decode().splitlines()[0] == header
    described = {
        one["dct:identifier"]: one for one in site.get("/donnees/catalogue.jsonld").json()["dcat:dataset"]
    }
    assert described[former.id]["dct:isReplacedBy"].endswith(f"/donnees/{name}")
    assert "dct:isReplacedBy" not in described[name]


def test_each_space_is_in_one_former_table(atlas):
    """The former tables parted the spaces by licence, those that nothing places with the open one."""
    first, second = (
        {row["id"] for row in RESOURCES[f"{name}-noms-0-3"].rows(atlas)}
        for name in ("espaces-verts", "espaces-verts-osm")
    )
    assert first | second == set(atlas.spaces)
    assert not first & second
