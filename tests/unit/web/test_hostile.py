"""Bad addresses, headers and methods on the whole application: an answer each time, which tells nothing."""

import re
from pathlib import Path

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qpverts.sources import load as atlases
from qpverts.viz.maps.addresses import DATA_PREFIX, vendor_prefix

ROOT = Path(__file__).parents[3]
DISTRICT = "/public/quartier/QN01338I-air-bel"
#: What no answer may hold: a place of this machine, a trace, the name of a file of ours.
SECRETS = re.compile(
    rf"Traceback|site-packages|{re.escape(str(ROOT))}|{re.escape(str(Path.home()))}/|\.py\b|root:x:", re.ASCII
)
FILES = ["/public/", DISTRICT, "/donnees/quartiers.csv", "/donnees/grille.csv", "/sante"]


def is_harmless(answer):
    """Check that an answer is one that was meant: no fault of the server, and nothing told about it."""
    assert answer.status_code < 500, answer.text[:300]
    assert "X-Content-Type-Options" in answer.headers or answer.status_code in {400, 403, 405, 414}
    kind = answer.headers.get("content-type", "")
    if kind.startswith(("text/html", "text/plain", "application/json")):
        assert not SECRETS.search(answer.text), SECRETS.search(answer.text)
    return True


@pytest.mark.parametrize("root", ["/public", "/donnees", "/sante", DATA_PREFIX, vendor_prefix("leaflet")])
@pytest.mark.parametrize(
    "rest",
    [
        "/../../../../etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/app.py",
        "/%252e%252e%252fapp.py",
        "/..%5c..%5capp.py",
        "//etc/passwd",
        "/....//....//app.py",
        "/%c0%ae%c0%ae/app.py",
        "/quartiers.csv%00.png",
        "/%00",
        "/%ff%fe",
        "/%",
        "/%zz",
        "/%E2%80%AE",
        "/é\u202e\U0001f333",
        "/" + "a/" * 500,
        "/" + "a" * 3000,
        "/{rest}",
        "/<script>alert(1)</script>",
        "/%3Cscript%3Ealert(1)%3C/script%3E",
        "/con",
        "/.git/config",
        "/.env",
        "/quartier/QN01338I%0d%0aSet-Cookie:%20a=b",
        "/quartier/' OR 1=1 --",
        "/v/quartiers.geojson/../../x.geojson",
    ],
)
def test_bad_addresses_are_answered(visitor, root, rest):
    """No file outside the site is given, nothing is echoed as markup, no header is added by an address."""
    answer = visitor.get(root + rest)
    assert is_harmless(answer)
    assert "<script>alert" not in answer.text
    assert "set-cookie" not in answer.headers
    assert answer.headers.get("location", "/").startswith("/")
    assert not answer.headers.get("location", "/").startswith("//")


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 6000,
        "&".join(f"p{rank}=1" for rank in range(900)),
        "q=%00%ff%fe",
        "=&=&==&&&",
        "integrer=1&integrer=%00",
        "q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "q[]=1&q[a]=2",
        "%",
    ],
)
def test_odd_query_strings_are_answered(visitor, path, query):
    """Queries that mean nothing change nothing."""
    answer = visitor.get(f"{path}?{query}")
    assert is_harmless(answer)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    "query", ["q=" + "a" * 6000, "q=%00", "q=%ff", "q=<script>alert(1)</script>", "q=../../"]
)
def test_odd_searches_are_answered(visitor, query):
    """The search of the public pages shows what was typed as text, cut, or leads to a page of ours."""
    answer = visitor.get(f"/public/chercher?{query}")
    assert is_harmless(answer)
    assert "<script>alert" not in answer.text
    assert len(answer.content) < 100_000


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "BREW"])
def test_nothing_is_written(visitor, path, method):
    """Reading is all there is: any other method is refused, and its body is not read back."""
    # Streamlit takes a closing slash away before it refuses.
    answer = visitor.request(method, path, content=b"<script>alert(1)</script>" * 100, follow_redirects=True)
    assert answer.status_code == 405
    assert is_harmless(answer)
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("path", [*FILES, f"{DATA_PREFIX}/v/quartiers.geojson"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("If-None-Match", '"' + "a" * 5000),
        ("If-None-Match", '*, W/"", ,,,'),
        ("If-None-Match", b"\xff\xfe"),
        ("If-Modified-Since", "hier"),
        ("Range", "bytes=0-"),
        ("Range", "bytes=9999999999-1"),
        ("Range", "bytes=" + ",".join(f"{rank}-{rank}" for rank in range(500))),
        ("Range", "pommes=1-2"),
        ("Accept-Encoding", "gzip;q=abc, br;q=, ;;;,,,"),
        ("Accept-Encoding", "a" * 5000),
        ("Accept-Encoding", b"\xff\xfe"),
        ("Accept-Encoding", "gzip;q=0, br;q=0, identity;q=0, *;q=0"),
        ("Accept-Language", "é".encode()),
        ("Host", "evil.example"),
        ("Host", "a b c"),
        ("Host", ""),
        ("X-Forwarded-For", "' OR 1=1"),
        ("X-Forwarded-Host", "evil.example"),
        ("Cookie", "a=" + "b" * 5000),
        ("Content-Length", "0"),
        ("Origin", "null"),
    ],
)
def test_broken_headers_change_nothing(visitor, path, name, value):
    """The same content as for anybody, or a refusal; a strange host is not sent on to others."""
    answer = visitor.get(path, headers={name: value})
    assert is_harmless(answer)
    assert answer.status_code in {200, 206, 304, 400, 406, 416}
    if answer.status_code == 200 and "json" not in answer.headers["content-type"]:
        assert answer.content == visitor.get(path).content
    assert "evil.example" not in answer.text
    assert "evil.example" not in answer.headers.get("location", "")


def test_files_of_the_libraries_answer_broken_ranges(visitor):
    """A range that a file does not have is refused in the words of HTTP."""
    path = f"{vendor_prefix('leaflet')}/leaflet.js"
    for value, expected in (
        ("bytes=0-9", 206),
        ("bytes=9999999-", 416),
        ("bytes=a-b", 400),
        ("pommes=1", 400),
    ):
        answer = visitor.get(path, headers={"Range": value})
        assert answer.status_code == expected
        assert is_harmless(answer)


def test_any_address_is_answered(visitor):
    """Whatever is typed after our roots: an answer, without a fault."""

    @settings(max_examples=60)
    @given(
        st.sampled_from(
            ["/public/", "/donnees/", "/public/quartier/", "/vendor/", "/sante/", f"{DATA_PREFIX}/"]
        ),
        st.binary(max_size=60),
    )
    def check(root, rest):
        quoted = "".join(f"%{byte:02x}" for byte in rest)
        assert is_harmless(visitor.get(root + quoted))

    check()


def test_any_header_is_answered(visitor):
    """Whatever a reader says that it has or takes: the page, or that it has not changed."""

    @settings(max_examples=60)
    @given(
        st.sampled_from(["If-None-Match", "Accept-Encoding", "Range", "Accept", "If-Range"]),
        st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=80),
    )
    def check(name, value):
        answer = visitor.get(DISTRICT, headers={name: value.strip()})
        assert is_harmless(answer)
        assert answer.status_code in {200, 304}

    check()


@pytest.mark.thorough
def test_thousands_of_bad_addresses_keep_nothing(visitor):
    """Addresses that nobody wrote are not remembered: memory after two thousand is that after one hundred."""

    def ask(numbers):
        for number in numbers:
            visitor.get(f"/public/quartier/QN{number:06d}-{'x' * 500}?integrer=1&n={number}")
            visitor.get(f"/donnees/{number}.csv")

    ask(range(100))
    before = psutil.Process().memory_info().rss
    ask(range(100, 1000))
    assert psutil.Process().memory_info().rss - before < 20 * 2**20


def test_atlas_is_not_told_by_health(visitor):
    """The health of the process says a version of the data, and no place."""
    said = visitor.get("/sante").json()
    assert said["donnees"] == atlases.current().version
    assert set(said) == {"etat", "donnees", "version"}
