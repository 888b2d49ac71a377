"""Behind Debian's nginx: several processes, one of which may die, and readers who do not notice."""

import os
import re
import signal
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.request import Request

import pytest
from playwright.sync_api import expect

from benchmarks import nginx

LIMIT_S = 60

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(
        not nginx.is_there(), reason="nginx is not installed: deploy/qpverts.conf was NOT tested"
    ),
]


@pytest.fixture(scope="module")
def front(tmp_path_factory, run):
    """Two processes behind nginx: its address, the two servers, and a function that asks."""

    def ask(url, **headers):
        with run.opener().open(Request(url, headers=headers), timeout=LIMIT_S) as answer:
            return answer.status, answer.headers, answer.read()

    folders = [tmp_path_factory.mktemp(name) for name in ("premier", "second")]
    with run.serving(folders[0]) as first, run.serving(folders[1]) as second:
        ports = [int(server.url.rpartition(":")[2]) for server in (first, second)]
        with nginx.before(ports) as url:
            yield url, (first, second), ask


def test_pages_go_through_and_are_kept(front):
    """A public page comes out as it was made, compressed as asked, the second time from the cache."""
    url, (first, _), ask = front
    path = "/public/quartier/QN01338I-air-bel"
    _, _, direct = ask(first.url.replace("localhost", "127.0.0.1") + path)
    status, headers, body = ask(url + path)
    assert (status, body) == (200, direct)
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    _, again, _ = ask(url + path)
    assert again["X-Cache"] == "HIT"
    _, light, packed = ask(url + path, **{"Accept-Encoding": "br, gzip"})
    assert light["Content-Encoding"] == "br"
    assert len(packed) < len(direct) / 2
    assert "nginx/" not in headers.get("Server", "")


def test_the_dashboard_works_through_it(front, visit):
    """A session opens its websocket through nginx, and a map is drawn."""
    url, _, _ = front
    person = visit(SimpleNamespace(url=url))
    shown = person.open_map("/quartier?q=QN01338I")
    assert shown.fills()["QN01338I"]
    expect(person.page.get_by_role("heading", name="Air Bel", exact=True)).to_be_visible()
    assert not person.foreign()


def test_a_large_body_is_refused(front, run):
    """Nobody sends a file, and the page is still there after one who tried."""
    url, _, ask = front
    with pytest.raises(HTTPError) as refused:
        run.opener().open(Request(f"{url}/public", data=b"x" * 200_000, method="POST"), timeout=LIMIT_S)
    assert refused.value.code == 413
    refused.value.close()
    assert ask(f"{url}/public")[0] == 200


def test_a_process_that_dies_is_not_noticed(front):
    """One process is killed: kept pages, new ones, open data and the dashboard's shell all answer."""
    url, (first, second), ask = front
    ask(f"{url}/public")
    os.kill(first.process.pid, signal.SIGKILL)
    first.process.wait()
    for path in (
        "/public",
        "/public/quartier/QN01338I-air-bel",
        "/donnees/quartiers.csv",
        "/carte",
        "/sante",
    ):
        assert ask(url + path)[0] == 200, path
    for code in ("QN01301M", "QN01331M", "QN01332M"):
        status, _, body = ask(f"{url}/donnees/quartiers.csv?{code}")
        assert status == 200
        assert re.search(rb"QN01338I", body)
    os.kill(second.process.pid, signal.SIGKILL)
    second.process.wait()
    assert ask(f"{url}/public/quartier/QN01338I-air-bel")[0] == 200, "what was kept is still read"
    with pytest.raises(HTTPError) as refused:
        ask(f"{url}/carte")
    assert refused.value.code == 502
    refused.value.close()
