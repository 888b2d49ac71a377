"""Streamlit's shell is said to be in French, and nothing else is touched."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, JSONResponse, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from qpverts.viz.maps.addresses import vendor_prefix
from qpverts.web.shell import FrenchShell

SHELL = (
    '<!DOCTYPE html><html lang="en"><head><title>é</title></head>'
    '<body lang="en"><noscript>\n<p>Enable it.</p></noscript>…</body></html>'
)
SCRIPTS = "".join(
    f'<script src="{vendor_prefix("qpverts")}/{name}.js"></script>'
    for name in ("selectors", "french", "history")
)
FRENCH = SHELL.replace(
    '<html lang="en"><head>',
    f'<html lang="fr"><head>{SCRIPTS}',
).replace(
    "\n<p>Enable it.</p>",
    "<p>Le tableau de bord a besoin de JavaScript. "
    '<a href="/public/">Les pages de chaque quartier</a> se lisent sans.</p>',
)


@pytest.fixture
def shell_client():
    """A client of a small application behind the middleware."""

    async def page(request):
        return HTMLResponse(
            SHELL, headers={"ETag": '"abc"', "Last-Modified": "Mon, 23 Nov 2026 00:00:00 GMT"}
        )

    async def parts(request):
        body = SHELL.encode()
        headers = {"Content-Length": str(len(body))}
        chunks = (body[at : at + 7] for at in range(0, len(body), 7))
        return StreamingResponse(chunks, media_type="text/html", headers=headers)

    async def data(request):
        return JSONResponse({"html": SHELL})

    async def large(request):
        return HTMLResponse(SHELL + " " * 300_000)

    async def asked(request):
        return JSONResponse({"encoding": request.headers.get("accept-encoding")})

    paths = {
        "/": page, "/carte": page, "/file.html": page, "/_stcore/page": page, "/parts": parts, "/data": data,
        "/large": large, "/asked": asked, "/public/asked": asked, "/publicite": page,
        "/publicx": page, "/donneesx": page, "/vendor": page, "/Public": page, "/_stcorex/page": page,
        "/static/page": page,
    }  # fmt: skip
    app = Starlette(
        routes=[Route(path, answer, methods=["GET", "POST"]) for path, answer in paths.items()],
        middleware=[Middleware(FrenchShell)],
    )
    with TestClient(app) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/carte", "/parts"])
def test_pages_are_said_to_be_in_french(shell_client, path):
    """The page's language is French, its length is right, and it carries no tag of the page before."""
    answer = shell_client.get(path)
    assert answer.text == FRENCH
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert "etag" not in answer.headers
    assert "last-modified" not in answer.headers
    assert 'body lang="en"' in answer.text  # the first one only


@pytest.mark.parametrize("path", ["/file.html", "/_stcore/page", "/large"])
def test_what_is_not_a_page_is_left_alone(shell_client, path):
    """Files, Streamlit's own routes and anything large go through as they are."""
    assert '<html lang="en"' in shell_client.get(path).text


def test_data_are_left_alone(shell_client):
    """An answer that is not HTML is never edited, whatever it holds."""
    assert shell_client.get("/data").json() == {"html": SHELL}


def test_only_pages_are_asked_for_uncompressed(shell_client):
    """The middleware cannot edit what is compressed; files keep their compression."""
    assert shell_client.get("/asked").json()["encoding"] is None
    assert '<html lang="en"' in shell_client.post("/").text


def test_our_own_pages_keep_their_compression(shell_client):
    """The public pages speak French already, and come compressed."""
    answer = shell_client.get("/public/asked", headers={"Accept-Encoding": "br"})
    assert answer.json()["encoding"] == "br"


@pytest.mark.parametrize(
    "path", ["/publicite", "/publicx", "/donneesx", "/vendor", "/Public", "/_stcorex/page"]
)
def test_a_page_that_only_begins_like_ours_is_streamlits(shell_client, path):
    """A prefix of ours never matches a longer word or another case."""
    assert shell_client.get(path).text == FRENCH


def test_streamlits_files_without_an_ending_are_left_alone(shell_client):
    """What stands in a folder of files is no page, whatever its name."""
    assert '<html lang="en"' in shell_client.get("/static/page").text


def test_head_is_left_alone(shell_client):
    """HEAD has no body to edit."""
    answer = shell_client.head("/")
    assert answer.status_code == 200
    assert answer.content == b""
