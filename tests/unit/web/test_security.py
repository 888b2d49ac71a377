"""Headers by address: public pages the strictest, embedded ones framed by anybody, uploads nowhere."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse

from qpverts.web.security import LONGEST_ADDRESS, Security


@pytest.fixture(scope="module")
def guarded():
    """A client of an application that answers anything, behind the middleware."""

    async def answer(request):
        return PlainTextResponse("bonjour", headers={"X-Frame-Options": "ALLOWALL"})

    app = Starlette(
        routes=[Route("/{path:path}", answer, methods=["GET", "POST", "PUT", "DELETE"])],
        middleware=[Middleware(Security)],
    )
    with TestClient(app) as client:
        yield client


def policy(answer):
    """Give the policy of an answer, by directive."""
    parts = answer.headers["content-security-policy"].split("; ")
    return {name: sources for name, _, sources in (part.partition(" ") for part in parts)}


@pytest.mark.parametrize(
    ("path", "default", "ancestors", "frame"),
    [
        ("/", "'self'", "'self'", "SAMEORIGIN"),
        ("/carte?integrer=1", "'self'", "'self'", "SAMEORIGIN"),
        ("/public", "'none'", "'self'", "SAMEORIGIN"),
        ("/public/quartier/QN01338I-air-bel?integrer=0", "'none'", "'self'", "SAMEORIGIN"),
        ("/public/quartier/QN01338I-air-bel?integrer=1", "'none'", "*", None),
        ("/donnees/quartiers.csv", "'none'", "'self'", "SAMEORIGIN"),
    ],
)
def test_the_policy_follows_the_address(guarded, path, default, ancestors, frame):
    """Only an embedded public page may stand in a foreign frame; what the application said gives way."""
    answer = guarded.get(path)
    assert policy(answer)["default-src"] == default
    assert policy(answer)["frame-ancestors"] == ancestors
    assert answer.headers.get("x-frame-options") == (frame or "ALLOWALL")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in answer.headers["permissions-policy"]


def test_no_policy_names_a_foreign_origin_but_the_tiles(guarded):
    """Whatever the address, scripts, styles and connections are our own."""
    for path in ("/", "/public", "/public?integrer=1"):
        for name, sources in policy(guarded.get(path)).items():
            foreign = [source for source in sources.split() if "//" in source]
            assert foreign == (["https://data.geopf.fr"] if (name, path) == ("img-src", "/") else [])


def test_public_pages_run_no_inline_script(guarded):
    """A script that slipped into a title would not run."""
    assert policy(guarded.get("/public"))["script-src"] == "'self'"
    assert policy(guarded.get("/public"))["style-src"] == "'self'"


@pytest.mark.parametrize("method", ["PUT", "POST", "GET", "DELETE"])
def test_nobody_uploads(guarded, method):
    """Streamlit's door for files is shut, in French."""
    answer = guarded.request(method, "/_stcore/upload_file/a/b", content=b"x" * 100)
    assert answer.status_code == 403
    assert "Aucune page ne reçoit de fichier" in answer.text


@pytest.mark.parametrize(
    "path", ["/carte?q=" + "a" * LONGEST_ADDRESS, "/public/" + "é" * (LONGEST_ADDRESS // 4)]
)
def test_an_endless_address_is_refused(guarded, path):
    """An address that nobody would write is refused before anything reads it."""
    answer = guarded.get(path)
    assert answer.status_code == 414
    assert "trop longue" in answer.text


def test_hostile_queries_do_not_break_the_choice(guarded):
    """Broken encodings and thousands of parameters are answered, without the open frame."""
    for query in ("integrer=%FF", "integrer=1&integrer=2", "&" * 3000, "a=1&" * 1000 + "integrer=2"):
        answer = guarded.get(f"/public?{query}")
        assert answer.status_code == 200
        assert policy(answer)["frame-ancestors"] == "'self'"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("vert.exemple.fr", 200),
        ("VERT.exemple.fr:443", 200),
        ("localhost:8501", 200),
        ("127.0.0.1", 200),
        ("[::1]:8501", 200),
        ("ailleurs.fr", 421),
        ("vert.exemple.fr.ailleurs.fr", 421),
        ("ailleurs.fr/vert.exemple.fr", 421),
        ("ailleurs.fr@vert.exemple.fr", 421),
        ("[::1", 421),
        ("", 421),
    ],
)
def test_a_site_with_a_name_answers_to_no_other(host, status):
    """A link made for another name (in a relay's memory, in a catalogue) is refused, in a sentence."""

    async def answer(request):
        return PlainTextResponse("bonjour")

    app = Starlette(routes=[Route("/", answer)], middleware=[Middleware(Security, hosts={"vert.exemple.fr"})])
    found = TestClient(app).get("/", headers={"Host": host})
    assert found.status_code == status
    assert status == 200 or "ce nom" in found.text


def test_a_session_under_another_name_is_refused():
    """Nor is a session opened from another site's page."""

    async def talk(socket):
        await socket.accept()
        await socket.close()

    app = Starlette(
        routes=[WebSocketRoute("/", talk)], middleware=[Middleware(Security, hosts={"vert.exemple.fr"})]
    )
    client = TestClient(app)
    with client.websocket_connect("/", headers={"Host": "vert.exemple.fr"}):
        pass
    with pytest.raises(WebSocketDenialResponse) as refused, client.websocket_connect("/"):
        pass
    assert refused.value.status_code == 421
