"""The journal: one JSON object per line, whatever is logged; nothing about anybody."""

import io
import json
import logging

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient

from qpverts.web import journal
from qpverts.web.journal import LONGEST_PATH, Journal


@pytest.fixture
def written():
    """What ours write as JSON from now on, line by line."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(journal.form())
    ours = logging.getLogger("qpverts")
    ours.addHandler(handler)
    before = ours.level
    ours.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    ours.setLevel(before)
    ours.removeHandler(handler)


@pytest.fixture
def client():
    """A client of an application that answers, keeps, fails and talks, behind the middleware."""

    async def answer(request):
        return PlainTextResponse("bonjour", 404 if "nulle-part" in request.url.path else 200)

    async def keep(request):
        return PlainTextResponse("lettre", headers={"Cache-Control": "public, max-age=1, immutable"})

    async def fail(request):
        raise RuntimeError("au secours")

    async def talk(socket):
        await socket.accept()
        await socket.close()

    routes = [
        Route("/fichier", keep),
        Route("/faute", fail),
        WebSocketRoute("/_stcore/stream", talk),
        Route("/{path:path}", answer),
    ]
    return TestClient(
        Starlette(routes=routes, middleware=[Middleware(Journal)]), raise_server_exceptions=False
    )


def test_an_answer_is_one_line_without_its_reader(written, client):
    """What was asked and how it went are told; what was searched, and by whom, is not."""
    client.get("/public/chercher?q=12+rue+des+Lilas", headers={"User-Agent": "Navigateur", "Cookie": "a=b"})
    (line,) = written()
    assert {name: line[name] for name in ("event", "method", "path", "status", "bytes", "level")} == {
        "event": "answer",
        "method": "GET",
        "path": "/public/chercher",
        "status": 200,
        "bytes": 7,
        "level": "INFO",
    }
    assert line["ms"] >= 0
    assert not [word for word in ("Lilas", "testclient", "Navigateur", "a=b") if word in json.dumps(line)]


def test_files_kept_for_good_are_not_written(written, client):
    """A page brings a hundred of them; what is missing or fails is written."""
    for path in ("/fichier", "/nulle-part", "/faute"):
        client.get(path)
    assert [(line["path"], line["status"]) for line in written()] == [("/nulle-part", 404), ("/faute", 500)]


def test_a_session_is_told_at_both_ends(written, client):
    """Opened and closed, with how many there are."""
    with client.websocket_connect("/_stcore/stream"):
        pass
    opened, closed = written()
    assert (opened["event"], opened["sessions"]) == ("session opened", 1)
    assert (closed["event"], closed["sessions"]) == ("session closed", 0)


@pytest.mark.parametrize("path", ["/a%0Ab%0D%22%7D", "/" + "x" * 5000, "/%00%1b%5B31m"])
def test_a_hostile_path_stays_in_its_line(written, client, path):
    """New lines, quotes and endless addresses make no second line and no second field."""
    client.get(path)
    (line,) = written()
    assert len(line["path"]) <= LONGEST_PATH


def test_a_fault_keeps_its_traceback_in_one_line(written):
    """What went wrong is found with what was being done."""
    try:
        int("au secours")
    except ValueError:
        logging.getLogger("qpverts.ui.shell.router").exception("page failed", extra={"page": "carte"})
    (line,) = written()
    assert (line["event"], line["page"], line["level"]) == ("page failed", "carte", "ERROR")
    assert "au secours" in line["exc_info"]


def test_nothing_is_written_when_nobody_asked(client, capsys, caplog):
    """Without the setting, an answer costs nothing and says nothing."""
    client.get("/carte")
    assert not [record for record in caplog.records if record.name.startswith("qpverts")]
    assert not capsys.readouterr().err
