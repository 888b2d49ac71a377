"""Behind Debian's nginx: several processes, one of which may die, and readers who do not notice."""

import json
import os
import re
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.request import Request

import httpx
import pytest
from playwright.sync_api import expect
from tenacity import Retrying, stop_after_delay, wait_fixed

from benchmarks import nginx

LIMIT_S = 60
ROOM = 40

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(
        not nginx.is_there(), reason="nginx is not installed: deploy/qpverts.conf was NOT tested"
    ),
]


@pytest.fixture(scope="module")
def front(tmp_path_factory, run):
    """Two processes behind nginx, with its limits: what runs, the two servers, and a function that asks."""

    def ask(url, **headers):
        with run.opener().open(Request(url, headers=headers), timeout=LIMIT_S) as answer:
            return answer.status, answer.headers, answer.read()

    folders = [tmp_path_factory.mktemp(name) for name in ("premier", "second")]
    with (
        run.serving(folders[0]) as first,
        run.serving(folders[1]) as second,
        nginx.before([port_of(first), port_of(second)], limited=True) as before,
    ):
        yield before, (first, second), ask


def test_pages_go_through_and_are_kept(front):
    """A public page comes out as it was made, compressed as asked, the second time from the cache."""
    before, (first, _), ask = front
    url = before.url
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
    before, _, _ = front
    person = visit(before)
    shown = person.open_map("/quartier?q=QN01338I")
    assert shown.fills()["QN01338I"]
    expect(person.page.get_by_role("heading", name="Air Bel", exact=True)).to_be_visible()
    assert not person.foreign()


def test_a_large_body_is_refused(front, run):
    """Nobody sends a file, and the page is still there after one who tried."""
    before, _, ask = front
    url = before.url
    with pytest.raises(HTTPError) as refused:
        run.opener().open(Request(f"{url}/public", data=b"x" * 200_000, method="POST"), timeout=LIMIT_S)
    assert refused.value.code == 413
    refused.value.close()
    assert ask(f"{url}/public")[0] == 200


def port_of(server):
    """Give the port of a server."""
    return int(server.url.rpartition(":")[2])


def together(before, people, paths, browser="un programme"):
    """Let each of some people ask for all these paths at once with the others; count answers by status."""

    def load(_):
        named = {"User-Agent": browser}
        with httpx.Client(base_url=before.url, headers=named, trust_env=False, timeout=LIMIT_S) as client:
            return [client.get(path).status_code for path in paths]

    with ThreadPoolExecutor(people) as pool:
        return Counter(status for person in pool.map(load, range(people)) for status in person)


def test_a_room_with_one_address_is_served(front, visit):
    """Forty people of one network open the map at the same time: no file is refused to any of them."""
    before, _, _ = front
    person = visit(before)
    person.open_map("/carte")
    paths = [url.removeprefix(before.url) for url in person.asked if url.startswith(before.url)]
    assert len(paths) > 100
    # The same process, as for one browser: a component is served once a session of that process has used it.
    answers = together(before, ROOM, paths, person.page.evaluate("navigator.userAgent"))
    assert sum(answers.values()) == ROOM * len(paths)
    assert not [status for status in answers if status == 429 or status >= 500], answers


def test_who_insists_waits(front):
    """Thousands of questions in a breath: some are refused, with the code that says why; then it answers."""
    _, servers, ask = front
    with nginx.before([port_of(server) for server in servers], limited=True) as before:
        answers = together(before, 20, ["/public/"] * 200)
        assert set(answers) == {200, 429}
        assert answers[200] >= 400
        for attempt in Retrying(stop=stop_after_delay(LIMIT_S), wait=wait_fixed(0.2), reraise=True):
            with attempt:
                assert ask(f"{before.url}/public/")[0] == 200


def test_the_journal_names_nobody(front):
    """Each answer is an object of its own: what was asked, not what was searched, and half an address."""
    before, _, ask = front
    ask(f"{before.url}/public/chercher?q=12+rue+des+Lilas")
    told = [json.loads(line) for line in before.log.read_text(encoding="utf-8").splitlines()]
    assert "/public/chercher" in {line["path"] for line in told}
    assert {line["network"] for line in told} == {"127.0.0.0"}
    assert "Lilas" not in before.log.read_text(encoding="utf-8")


def test_a_process_that_dies_is_not_noticed(front):
    """One process is killed: kept pages, new ones, open data and the dashboard's shell all answer."""
    before, (first, second), ask = front
    url = before.url
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
