"""Questions counted by address: the eager one waits, others do not notice, files are not counted."""

import pytest
from limits import RateLimitItemPerMinute
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse

from qpverts.web.rate import RateLimit

FILES = (
    "/vendor/leaflet-1.9.3.0/leaflet.js",
    "/static/js/index.js",
    "/_stcore/health",
    "/carte/_stcore/host-config",
    "/component/streamlit_folium.st_folium/index.html",
    "/donnees/carte/abc/quartiers.geojson",
    "/public/ressources/abc/public.css",
)


@pytest.fixture
def ask():
    """A function that asks as somebody at an address; three answers and two sessions a minute."""

    async def answer(request):
        return PlainTextResponse("bonjour")

    async def talk(socket):
        await socket.accept()
        await socket.close()

    app = Starlette(
        routes=[WebSocketRoute("/_stcore/stream", talk), Route("/{path:path}", answer, methods=["GET"])],
        middleware=[
            Middleware(
                RateLimit,
                answers=RateLimitItemPerMinute(3, 1, "a"),
                sessions=RateLimitItemPerMinute(2, 1, "s"),
            )
        ],
    )

    def client(address):
        return TestClient(app, client=(address, 40_000))

    return client


def test_who_insists_is_told_to_wait_and_others_are_not(ask):
    """The fourth question of a minute is refused in French; a neighbour's first is answered."""
    eager = ask("203.0.113.9")
    assert [eager.get("/carte").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = eager.get("/donnees/quartiers.csv")
    assert refused.status_code == 429
    assert "Attendez une minute" in refused.text
    assert refused.headers["retry-after"] == "60"
    assert refused.headers["cache-control"] == "no-store", "a relay must not keep a refusal for others"
    assert ask("203.0.113.10").get("/carte").status_code == 200


def test_files_are_never_counted(ask):
    """A page brings a hundred files: they neither use up what is allowed, nor are refused after it."""
    client = ask("203.0.113.9")
    assert {client.get(path).status_code for path in FILES for _ in range(5)} == {200}
    assert [client.get("/").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert {client.get(path).status_code for path in FILES} == {200}


@pytest.mark.parametrize(
    "path",
    [
        "/vendor",
        "/vendorx/leaflet.js",
        "/VENDOR/leaflet.js",
        "/public/ressources",
        "/public/ressourcesx/public.css",
        "/donnees/cartes/abc/quartiers.geojson",
        "http://testserver//vendor/leaflet.js",
        "/public/_stcore/health",
        "/carte/_stcorex",
        "/a/b/_stcore/health",
    ],
)
def test_an_address_that_only_looks_like_that_of_a_file_is_counted(ask, path):
    """A prefix never matches a longer word, another case, or what is deeper than Streamlit's pages ask."""
    client = ask("203.0.113.9")
    assert [client.get(path).status_code for _ in range(4)] == [200, 200, 200, 429]


def test_sessions_have_a_count_of_their_own(ask):
    """Sessions cost more than pages: the third is refused before it begins, pages are still answered."""
    client = ask("203.0.113.9")
    for _ in range(2):
        with client.websocket_connect("/_stcore/stream"):
            pass
    with pytest.raises(WebSocketDenialResponse) as refused, client.websocket_connect("/_stcore/stream"):
        pass
    assert refused.value.status_code == 429
    assert client.get("/carte").status_code == 200


def test_one_subscriber_is_one_address(ask):
    """Addresses of one IPv6 network count together: a subscriber has billions of them."""
    for last in range(3):
        assert ask(f"2001:db8:1:2::{last}").get("/").status_code == 200
    assert ask("2001:db8:1:2:ffff::1").get("/").status_code == 429
    assert ask("2001:db8:1:3::1").get("/").status_code == 200


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_not_counted(ask, address):
    """Somebody who works on their own machine, or measures it, is never refused."""
    client = ask(address)
    assert {client.get("/").status_code for _ in range(10)} == {200}
