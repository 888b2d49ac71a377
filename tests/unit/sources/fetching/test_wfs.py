"""A layer asked page by page: the file is whole, or there is no file."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from qpverts.errors import RemoteError
from qpverts.sources.fetching import wfs
from qpverts.sources.fetching.transport import Listener

LIMIT = 1_000_000


def feature(rank):
    """Make an object with text to escape and figures to keep."""
    point = {"type": "Point", "coordinates": [5.1 + rank / 7, 43.30000000000001]}
    return {"type": "Feature", "id": f"parc.{rank}", "geometry": point, "properties": {"nom": 'L\'"été" Ⅱ'}}


class Service:
    """What a WFS has, and how it gives it."""

    def __init__(self, total):
        self.features = [feature(rank) for rank in range(total)]
        self.matched = total
        self.most = 100  # objects a page, whatever is asked
        self.extra = {}

    def __call__(self, handler):
        """Answer one page."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(handler.path).query).items()}
        start, count = int(asked["STARTINDEX"]), min(int(asked["COUNT"]), self.most)
        page = {"type": "FeatureCollection", "features": self.features[start : start + count]}
        page |= {"numberMatched": self.matched, "timeStamp": str(id(handler))} | self.extra
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(json.dumps(page).encode())


@pytest.fixture
def get(server, tmp_path, patience):
    """A function that fetches the layer three objects at a time, and gives the features of the file."""

    def run(limit=LIMIT):
        listener = Listener(lambda done, total: None, lambda note: None)
        path = tmp_path / "couche.partiel"
        url = f"{server.url}?TYPENAMES=BDTOPO_V3:parc&BBOX=43,4,44,5,urn:ogc:def:crs:EPSG::4326"
        wfs.fetch(url, path, limit=limit, patience=patience, listener=listener, page=3)
        run.content = path.read_bytes()
        return json.loads(run.content)["features"]

    return run


@pytest.mark.parametrize("total", [1, 2, 3, 4, 6, 7])
def test_pages_make_one_layer(get, server, total):
    """Every object comes once, in order, with its figures and words, in as many pages as it takes."""
    server.plays(service := Service(total))
    assert get() == service.features
    assert len(server.asked) == -(-total // 3)


def test_the_request_is_kept(get, server):
    """What the address selects is asked again at each page, which only says where it begins."""
    server.plays(Service(4))
    get()
    queries = [parse_qs(urlsplit(path).query) for path, _ in server.asked]
    assert [query.pop("STARTINDEX") for query in queries] == [["0"], ["3"]]
    assert queries[0] == queries[1]
    assert queries[0]["BBOX"] == ["43,4,44,5,urn:ogc:def:crs:EPSG::4326"]
    assert queries[0]["TYPENAMES"] == ["BDTOPO_V3:parc"]


def test_smaller_pages_than_asked(get, server):
    """A service that gives less at a time than it is asked is read to the end all the same."""
    server.plays(service := Service(7))
    service.most = 2
    assert get() == service.features


def test_same_layer_same_bytes(get, server):
    """The hour of the answer is not kept: an unchanged layer is the same file."""
    server.plays(Service(7))
    get()
    first = get.content
    get()
    assert get.content == first


def test_a_page_fails_then_comes(get, server, waits):
    """An overloaded service is asked for the same page again."""
    service = Service(7)
    server.plays(service, server.status(503), service)
    assert get() == service.features
    assert len(waits) == 1
    assert len(server.asked) == 4


def test_overlapping_pages(get, server):
    """An object that comes twice means that another is missing."""
    server.plays(service := Service(7))
    service.features[4] = service.features[1]
    with pytest.raises(RemoteError, match="se recouvrent ; relancez"):
        get()


def test_changed_in_between(get, server):
    """A count that changes between two pages is a layer that changed."""
    server.plays(Service(7), Service(8))
    with pytest.raises(RemoteError, match="a changé pendant"):
        get()


@pytest.mark.parametrize(("total", "matched"), [(0, 0), (0, 5), (4, 5)])
def test_less_than_announced(get, server, total, matched):
    """Nothing, or an end before the end, is no layer."""
    server.plays(service := Service(total))
    service.matched = matched
    with pytest.raises(RemoteError, match="s'arrête avant la fin, ou ne connaît aucun objet"):
        get()


def test_too_large(get, server):
    """A layer beyond the limit is refused on the way."""
    server.plays(Service(7))
    with pytest.raises(RemoteError, match="dépasse la taille admise"):
        get(limit=1_000)


def test_endless_page(get, server):
    """A page without end is dropped at the limit."""

    def flood(handler):
        handler.send_response(200)
        handler.end_headers()
        while not server.release.is_set():
            handler.wfile.write(b" " * 65_536)

    server.plays(flood)
    with pytest.raises(RemoteError, match="dépasse la taille admise"):
        get()


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:EPSG::2154", "EPSG:3857", ""])
def test_other_coordinates(get, server, name):
    """Metres in the place of degrees are refused."""
    server.plays(service := Service(2))
    service.extra = {"crs": {"type": "name", "properties": {"name": name}}}
    with pytest.raises(RemoteError, match="EPSG:4326"):
        get()


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:EPSG::4326", "EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84"])
def test_degrees(get, server, name):
    """Degrees are known by all their names."""
    server.plays(service := Service(2))
    service.extra = {"crs": {"type": "name", "properties": {"name": name}}}
    assert get() == service.features


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<ows:ExceptionReport/>",
        b"\xff\xfe",
        b"null",
        b"[]",
        b"3",
        b'"features"',
        b"{}",
        b'{"features": null, "numberMatched": 1}',
        b'{"features": [], "numberMatched": "unknown"}',
        b'{"features": [null], "numberMatched": 1}',
        b'{"features": [{}], "numberMatched": 1}',
        b'{"features": [3], "numberMatched": 1}',
        b'{"features": [{"id": 1, "x": NaN}], "numberMatched": 1}',
        b'{"features": [{"id": 1, "x": 1e999}], "numberMatched": 1}',
        b'{"features": [{"id": 1, "x": "\\ud800"}], "numberMatched": 1}',
        b'{"features": [{"id": 1}], "numberMatched": 1' + b"0" * 5_000 + b"}",
        b'{"features": [{"id": 1}], "numberMatched": 1e999}',
        b'{"features": [{"id": 1}], "numberMatched": 1, "crs": [1]}',
        b'{"features": [{"id": 1}], "numberMatched": 1, "crs": {"properties": 3}}',
        b'{"features": ' + b"[" * 90_000 + b"]" * 90_000 + b', "numberMatched": 1}',
    ],
    ids=range(21),
)
def test_rubbish(get, server, body):
    """Whatever is no counted GeoJSON is reported in one sentence."""
    server.plays(server.status(200, body))
    with pytest.raises(RemoteError, match="ne répond pas en GeoJSON compté"):
        get()
