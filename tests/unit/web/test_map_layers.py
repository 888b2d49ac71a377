"""The layers of the map by address: cached for good, zipped, and never more than asked."""

import gzip
import json

import pytest

from qpverts.viz.maps.addresses import layer_url
from qpverts.viz.maps.base_map import LAYERS
from qpverts.web.vendor import FOREVER


@pytest.fixture
def url(atlas):
    """A function that gives the address of a layer for today's data."""
    return lambda layer: layer_url(atlas.version, layer)


@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_of_the_map_is_served(client, url, layer):
    """Each is GeoJSON in decimal degrees, to be kept for good."""
    answer = client.get(url(layer))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/geo+json")
    assert answer.headers["cache-control"] == FOREVER
    assert answer.headers["x-content-type-options"] == "nosniff"
    content = answer.json()
    assert content["type"] == "FeatureCollection"
    assert content["features"]


def test_districts_are_66_with_a_point_inside(client, url, atlas):
    """The browser gets every district once, with the point where its number stands."""
    features = client.get(url("quartiers")).json()["features"]
    assert sorted(f["properties"]["code"] for f in features) == sorted(atlas.qpvs)
    for feature in features:
        assert 43 < feature["properties"]["lat"] < 44
        assert 4.5 < feature["properties"]["lng"] < 6


def test_actions_are_only_the_exact_ones_in_the_order_of_the_orders(client, url, atlas):
    """An action without an exact place is never sent; paint orders refer to the others by rank."""
    features = client.get(url("actions")).json()["features"]
    exact = [action.id for action in atlas.actions.values() if action.is_exact]
    assert [f["properties"]["id"] for f in features] == exact


def test_known_layer_is_not_sent_again(client, url):
    """The same ETag gets 304 and no body; another ETag gets the layer."""
    address = url("quartiers")
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    other = client.get(address, headers={"If-None-Match": '"another"'})
    assert other.status_code == 200
    assert client.get(url("anneaux")).headers["etag"] != first.headers["etag"]


def test_zipped_only_for_those_who_can_read_it(client, url):
    """Zipped and plain hold the same bytes, and caches are told that they differ."""
    address = url("communes")
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        zipped = b"".join(answer.iter_raw())
    assert gzip.decompress(zipped) == plain.content
    assert len(zipped) < len(plain.content) / 2
    assert plain.headers["vary"] == "Accept-Encoding"


def test_all_layers_together_are_light(client, url):
    """A telephone fetches the whole map, zipped, for less than 200 kB."""
    total = 0
    for layer in LAYERS:
        with client.stream("GET", url(layer), headers={"Accept-Encoding": "gzip"}) as answer:
            total += sum(len(part) for part in answer.iter_raw())
    assert total < 200_000


@pytest.mark.parametrize(
    "layer", ["inconnue", "catalogue", "insee_qpv", "..%2Fcatalogue", "%2e%2e", "quartiers%00", "é"]
)
def test_unknown_layer_is_not_found(client, url, layer):
    """Only the layers of the map have an address, whatever else is in the folder."""
    answer = client.get(url(layer))
    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("cache-control", "")


def test_older_version_still_answers_but_is_not_kept(client, url):
    """A page opened before a change of data still gets a map, today's, and does not keep it."""
    answer = client.get(layer_url("000000000000", "quartiers"))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.content == client.get(url("quartiers")).content
    assert answer.headers["etag"] == client.get(url("quartiers")).headers["etag"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(client, url, method):
    """Reading is all that there is."""
    assert client.request(method, url("quartiers"), content=b"{}").status_code == 405


def test_head_has_no_body(client, url):
    """HEAD tells the same headers without the body."""
    answer = client.head(url("quartiers"))
    assert answer.status_code == 200
    assert answer.content == b""


def test_faulty_data_are_said_to_be_unavailable(client, url, monkeypatch, small_copy):
    """503 and a plain sentence, not kept; no path and no traceback; right again once corrected."""
    address = url("quartiers")
    spoilt = small_copy / "geo" / "qpv_2024.geojson"
    good = spoilt.read_bytes()
    spoilt.write_bytes(b"{")
    monkeypatch.setenv("QPVERTS_DATA", str(small_copy))
    answer = client.get(address)
    assert answer.status_code == 503
    assert "indisponibles" in answer.text
    assert str(small_copy) not in answer.text
    assert "immutable" not in answer.headers.get("cache-control", "")
    spoilt.write_bytes(good)
    assert client.get(address).status_code == 200


def test_changed_data_have_another_address_and_another_tag(client, monkeypatch, small_copy, atlas):
    """One changed word in the data is enough for browsers to fetch anew."""
    path = small_copy / "geo" / "qpv_2024.geojson"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["features"][0]["properties"]["lib_qp"] = "Autre nom"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    before = client.get(layer_url(atlas.version, "quartiers")).headers["etag"]
    monkeypatch.setenv("QPVERTS_DATA", str(small_copy))
    answer = client.get(layer_url(atlas.version, "quartiers"))
    assert answer.headers["etag"] != before
    assert answer.headers["cache-control"] == "no-cache"
    assert "Autre nom" in answer.text
