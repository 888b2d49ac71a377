"""Libraries for the browser, served from this machine."""

import pytest

from qpverts.viz.maps.addresses import PACKAGES, SCRIPTS, STYLES, map_script_url, vendor_prefix
from qpverts.web.vendor import FOREVER


@pytest.mark.parametrize(("name", "file"), [*SCRIPTS, *STYLES])
def test_every_file_that_a_map_loads_is_served(client, name, file):
    """Each script and style is there, with its type, to be kept for good."""
    answer = client.get(f"{vendor_prefix(name)}/{file}")
    assert answer.status_code == 200
    kind = answer.headers["content-type"].partition(";")[0]
    # Streamlit, once started in the same process, gives scripts their older name.
    assert kind in ({"text/css"} if file.endswith(".css") else {"text/javascript", "application/javascript"})
    assert answer.headers["cache-control"] == FOREVER
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert b"http://" not in answer.content.replace(b"http://www.w3.org", b"") or name != "qpverts"


def test_a_map_loads_one_script_of_all(client):
    """What maps are made with comes in one piece, in order, to be kept for good."""
    answer = client.get(map_script_url())
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == "text/javascript"
    assert answer.headers["cache-control"] == FOREVER
    assert answer.headers["x-content-type-options"] == "nosniff"
    rest = answer.text
    for name, file in SCRIPTS:
        before, found, rest = rest.partition(client.get(f"{vendor_prefix(name)}/{file}").text)
        assert found
        assert before.endswith("(() => {\n")
    assert client.get(map_script_url().replace("carte-", "carte-0")).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2f..%2fpalette.py",
        "/%2e%2e/palette.py",
        "/..%5c..%5cpalette.py",
        "//etc/passwd",
        "/.",
        "/",
        "",
        "/missing.js",
        "/%00",
        "/" + "a" * 5_000,
    ],
)
@pytest.mark.parametrize("name", [*PACKAGES, "qpverts"])
def test_nothing_outside_the_folder_can_be_read(client, name, path):
    """Neither the system's files nor our own source; and what is not found is not kept as found."""
    answer = client.get(vendor_prefix(name) + path, follow_redirects=False)
    assert answer.status_code in {307, 404}
    assert b"root:" not in answer.content
    assert b"THEME_MARKS" not in answer.content
    assert answer.headers.get("cache-control") != FOREVER


def test_another_version_is_not_found(client):
    """A version that is not installed is not answered with another one."""
    assert client.get("/vendor/leaflet-0.0.0/leaflet.js").status_code == 404
    assert client.get("/vendor/leaflet/leaflet.js").status_code == 404


def test_nothing_can_be_written(client):
    """Reading is all that there is."""
    assert client.post(f"{vendor_prefix('leaflet')}/leaflet.js").status_code == 405
