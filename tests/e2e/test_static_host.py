"""The published folder behind nginx alone: what readers get there is what the application sends."""

from pathlib import Path

import httpx
import pytest

from benchmarks import nginx
from qpverts.cli import main

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(
        not nginx.is_there(), reason="nginx is not installed: deploy/static.conf was NOT tested"
    ),
]
ADDRESS = "https://quartiers.exemple.fr"
#: What a host without our process cannot know, or need not say: when, who, and how it was compressed.
OWN = {
    "accept-ranges",
    "connection",
    "content-disposition",
    "content-encoding",
    "content-length",
    "date",
    "etag",
    "keep-alive",
    "last-modified",
    "location",
    "server",
    "transfer-encoding",
    "vary",
}


@pytest.fixture(scope="module")
def hosts(tmp_path_factory, run):
    """Two clients: of the application, and of nginx over the folder published with the same settings."""
    folder = tmp_path_factory.mktemp("site")
    patch = pytest.MonkeyPatch()
    patch.setenv("QPVERTS_PUBLIC_URL", ADDRESS)
    try:
        assert main(["publish", str(folder)]) == 0
    finally:
        patch.undo()
    with (
        run.serving(tmp_path_factory.mktemp("vif"), QPVERTS_PUBLIC_URL=ADDRESS) as running,
        nginx.over(folder) as alone,
        httpx.Client(base_url=running.url, trust_env=False, timeout=30) as live,
        httpx.Client(base_url=alone.url, trust_env=False, timeout=30) as static,
    ):
        yield folder, live, static


def headers(answer):
    """Give the headers that must be the same.

    Streamlit gives scripts their older name; Leaflet is the dashboard's too, whose policy is wider.
    """
    found = {name: value for name, value in answer.headers.items() if name not in OWN}
    if "javascript" in found["content-type"]:
        found["content-type"] = "text/javascript"
    if answer.url.path.startswith("/vendor/"):
        del found["content-security-policy"]
    return found


def test_every_address_answers_the_same(hosts):
    """Each page, plain and embedded, each data file, script and style: same bytes, policy and language."""
    folder, live, static = hosts
    names = [path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file()]
    addresses = [
        f"/{name.removesuffix('/index.html').removesuffix('/integrer.html')}"
        + ("?integrer=1" if name.endswith("/integrer.html") else "")
        for name in names
        if name not in {"index.html", "404.html", ".qpverts-public"}
    ]
    homes = {"/public": "/public/", "/public?integrer=1": "/public/?integrer=1"}
    addresses = [homes.get(address, address) for address in addresses]
    assert len(addresses) > 200
    for address in addresses:
        ours, theirs = live.get(address), static.get(address)
        assert theirs.status_code == ours.status_code == 200, address
        assert theirs.content == ours.content, address
        assert headers(theirs) == headers(ours), address


@pytest.mark.parametrize("address", ["/public", "/public/methode/", "/donnees"])
def test_the_same_addresses_lead_elsewhere(hosts, address):
    """What is not written as it should be is led to the same place."""
    _, live, static = hosts
    ours, theirs = live.get(address), static.get(address)
    assert theirs.status_code == ours.status_code
    assert (
        theirs.headers["location"].removeprefix(str(static.base_url).rstrip("/")) == ours.headers["location"]
    )


@pytest.mark.parametrize(
    "address",
    ["/public/nulle-part", "/public/quartier/../../../etc/passwd", "/.qpverts-public", "/donnees/x.csv"],
)
def test_what_is_not_there_is_said_in_french(hosts, address):
    """A wrong address gets our page, with its policy; the list of our own files is not served."""
    _, _, static = hosts
    answer = static.get(address)
    assert answer.status_code == 404
    assert "Page introuvable" in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
