"""The public pages: complete without a script, light, kept by caches, and quiet whatever is asked."""

import gzip
import io
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import brotli
import html5lib
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.testclient import TestClient

from qpverts import browser
from qpverts.domain.territory import arrondissement
from qpverts.domain.text import plain
from qpverts.settings import load as load_settings
from qpverts.sources.last_good import LastGood
from qpverts.web.addresses import ASSETS, DATA
from qpverts.web.open_data import files as open_data
from qpverts.web.open_data.resources import RESOURCES
from qpverts.web.public import paths
from qpverts.web.public import site as sites
from qpverts.web.public.routes import public_routes
from qpverts.web.public.site import FOLDER, Site
from qpverts.web.vendor import FOREVER, vendor_routes

pytestmark = pytest.mark.heavy

AIR_BEL = "/public/quartier/QN01338I-air-bel"
NAMESPACES = re.compile(r"^\{[^}]*\}")


@pytest.fixture(scope="module", params=["small_atlas", pytest.param("atlas", marks=pytest.mark.thorough)])
def known(request):
    """What the pages tell: five districts, and all of them where there is time."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def site(known):
    """The site of those districts, all its pages made once."""
    return Site(known, load_settings())


@pytest.fixture(scope="module")
def pages(site):
    """The elements of every page by path, read once, refusing what a browser would only mend."""
    return {path: elements(parsed(site.body(path).plain)) for path in site.pages}


@pytest.fixture
def public(monkeypatch):
    """A client of the public routes; a server fault is an answer, not an exception."""
    monkeypatch.delenv("QPVERTS_DATA", raising=False)
    with TestClient(
        Starlette(routes=[*vendor_routes(), *public_routes()]),
        raise_server_exceptions=False,
        follow_redirects=False,
    ) as client:
        yield client


def parsed(content):
    """Read a page as a browser does, refusing what a browser would only mend."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(content.decode())


def text_of(content):
    """The words of a page."""
    return " ".join(
        " ".join(parsed(content).itertext())
        .replace("\u00a0", " ")
        .replace("\u202f", " ")
        .replace("’", "'")
        .split()
    )


def elements(tree):
    """The elements of a page, with bare names."""
    return [(NAMESPACES.sub("", one.tag), one) for one in tree.iter() if isinstance(one.tag, str)]


def test_there_is_a_page_for_everything(site, known):
    """The Métropole, search, method, accessibility, each commune, theme, district; each address once."""
    kinds = Counter(path.split("/")[2] for path in site.pages)
    assert kinds["commune"] == len(known.index.communes)
    assert kinds["theme"] == len(known.vocabulary.themes)
    assert kinds["quartier"] == len(known.qpvs)
    assert {paths.HOME, paths.SEARCH, paths.METHOD} <= set(site.pages)
    assert AIR_BEL in site.pages
    assert "/public/commune/13103-salon-de-provence" in site.pages


def test_every_page_is_valid_and_in_order(pages):
    """Strict HTML, in French; one h1, no level skipped; ids unique, and every anchor has its target."""
    for path, found in pages.items():
        assert dict(found)["html"].get("lang") == "fr"
        levels = [int(tag[1]) for tag, _ in found if re.fullmatch(r"h[1-6]", tag)]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), path
        ids = Counter(one.get("id") for _, one in found if one.get("id"))
        assert not [name for name, count in ids.items() if count > 1], path
        named = {
            one.get(attribute)
            for _, one in found
            for attribute in ("for", "aria-describedby")
            if one.get(attribute)
        }
        named |= {name for _, one in found for name in (one.get("aria-labelledby") or "").split()}
        named |= {one.get("href")[1:] for tag, one in found if tag == "a" and one.get("href").startswith("#")}
        assert named <= set(ids), path


def test_every_page_has_its_landmarks_and_tables_their_headers(pages):
    """One main, a way past the header, captions and scoped headers on tables, names on links and images."""
    for path, found in pages.items():
        tags = Counter(tag for tag, _ in found)
        assert tags["main"] == tags["header"] == tags["footer"] == 1
        assert next(one for tag, one in found if tag == "a").get("href") == "#contenu"
        assert tags["table"] == tags["caption"]
        assert all(one.get("scope") in {"col", "row"} for tag, one in found if tag == "th")
        for tag, one in found:
            if tag == "a":
                assert "".join(one.itertext()).strip() or one.get("aria-label"), path
            if tag == "img":
                assert one.get("alt") is not None
            if tag == "svg":
                assert one.get("aria-hidden") == "true" or one.get("aria-labelledby")


def test_every_link_leads_somewhere(pages):
    """Each internal address is a page or a file that exists, and each anchor in another page too."""
    files = {f"{ASSETS}/{sites.stamp()}/{file.name}" for file in browser.files(FOLDER)}
    files |= {open_data.CATALOGUE}
    for one in RESOURCES.values():
        files |= {f"{DATA}/{one.id}.{ending}" for ending in open_data.formats(one)}
    for path, found in pages.items():
        for tag, one in found:
            address = one.get("href") or one.get("src") or one.get("action") or ""
            if tag in {"a", "link", "script", "img", "form"} and address.startswith("/"):
                assert address in pages or address in files, (path, address)


def test_nothing_comes_from_elsewhere(pages):
    """No image, style, script, frame or form of another site; and no script or style in the page itself."""
    for path, found in pages.items():
        for tag, one in found:
            if tag in {"script", "img", "link", "form", "iframe", "source", "use"}:
                address = one.get("src") or one.get("href") or one.get("action")
                assert address.startswith("/"), (path, address)
            assert tag not in {"style", "iframe", "object", "embed"}
            assert one.get("style") is None, path
            assert not [name for name in one.keys() if name.startswith("on")], path  # noqa: SIM118


def test_every_page_is_light(site):
    """A page with its style, its script and Leaflet, all zipped, is under 250 kB; alone, under 60 kB."""
    assets = sum(len(gzip.compress(file.read_bytes())) for file in browser.files(FOLDER))
    for path in site.pages:
        assert len(site.body(path).gzipped) < 60_000, path
        assert len(site.body(path).gzipped) + assets + 50_000 < 250_000, path


def test_two_taps_from_the_first_page_to_parks_and_actions(site, known):
    """Without a script: the first page names Air Bel, and its page holds the parks and the actions."""
    home = elements(parsed(site.body(paths.HOME).plain))
    links = [one for tag, one in home if tag == "a" and one.get("href") == AIR_BEL]
    assert any("".join(one.itertext()).startswith("Air Bel") for one in links)
    said = plain(text_of(site.body(AIR_BEL).plain))
    assert plain("Parc des berges de l'Huveaune") in said
    for action in known.actions_of("QN01338I"):
        assert plain(action.title) in said


def test_titles_typed_by_strangers_stay_text(site, known):
    """Markup in any text of the data is shown as it was typed, and an address that is a script is no link."""
    bad = "<img src=x onerror=alert(1)>\"'&"
    action = next(one for one in known.actions.values() if "QN01338I" in one.qpv_codes)
    spoilt = replace(
        action,
        title=bad,
        summary=bad,
        place=bad,
        carrier=bad,
        note=bad,
        source=replace(action.source, title=bad, url="javascript:alert(1)"),
    )
    qpvs = dict(known.qpvs) | {"QN01338I": replace(known.qpvs["QN01338I"], name=bad)}
    index = type(known.index)(qpvs.values())
    hostile = Site(
        replace(known, actions=dict(known.actions) | {action.id: spoilt}, index=index), load_settings()
    )
    for path in hostile.pages:
        content = hostile.body(path).plain
        assert b"<img src=x" not in content
        assert b"javascript:" not in content
        found = elements(parsed(content))
        assert not [one for _, one in found if one.get("onerror")]
    district = next(path for path in hostile.pages if "QN01338I" in path)
    assert bad in text_of(hostile.body(district).plain)


# By address


def test_a_page_is_served_whole(public):
    """HTML, to be kept a little, with a tag; never to be guessed as something else."""
    answer = public.get(AIR_BEL)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "max-age" in answer.headers["cache-control"]
    assert "stale-if-error" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers
    assert "Air Bel" in answer.text


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("br, gzip", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("identity", None),
        ("gzip;q=0.0", None),
        ("", None),
    ],
)
def test_as_compressed_as_the_reader_can_take(public, accept, encoding):
    """Brotli, then gzip, then plain; a refused encoding is not sent; all hold the same page."""
    plain = public.get(AIR_BEL, headers={"Accept-Encoding": "identity"}).content
    with public.stream("GET", AIR_BEL, headers={"Accept-Encoding": accept}) as answer:
        raw = b"".join(answer.iter_raw())
        assert answer.headers.get("content-encoding") == encoding
        assert answer.headers["vary"] == "Accept-Encoding"
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert unpack(raw) == plain
    assert encoding is None or len(raw) < len(plain) / 3


def test_known_page_is_not_sent_again(public):
    """The same tag gets 304 and no body; another gets the page."""
    tag = public.get(AIR_BEL).headers["etag"]
    again = public.get(AIR_BEL, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == tag
    assert public.get(AIR_BEL, headers={"If-None-Match": 'W/"0"'}).status_code == 200


def test_head_has_no_body(public):
    """HEAD tells the same headers without the body."""
    answer = public.head(AIR_BEL)
    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["etag"] == public.get(AIR_BEL).headers["etag"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(public, method):
    """Reading is all that there is."""
    assert public.request(method, AIR_BEL, content=b"a=1").status_code == 405


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("/public", "/public/"),
        ("/public/index.html", "/public/"),
        ("/public/quartier/QN01338I", AIR_BEL),
        ("/public/quartier/qn01338i-air-bel", AIR_BEL),
        ("/public/quartier/QN01338I-un-autre-nom", AIR_BEL),
        (f"{AIR_BEL}/", AIR_BEL),
        (f"{AIR_BEL}/index.html", AIR_BEL),
        ("/public/commune/13103", "/public/commune/13103-salon-de-provence"),
        ("/public/Methode", "/public/methode"),
    ],
)
def test_wrong_writing_leads_to_the_right_address(public, asked, right):
    """A code alone, lower case, another name, a slash too many: one page, one address."""
    answer = public.get(asked)
    assert (answer.status_code, answer.headers["location"]) == (301, right)
    assert public.get(f"{asked}?integrer=1").headers["location"] == f"{right}?integrer=1"


@pytest.mark.parametrize(
    "asked",
    [
        "/public/inconnue",
        "/public/quartier/QN99999I-nulle-part",
        "/public/quartier/",
        "/public/..%2f..%2fetc%2fpasswd",
        "/public/%2e%2e/%2e%2e/app.py",
        "/public/quartier/%00",
        "/public/quartier/%ff%fe",
        "/public//evil.example",
        "/public/quartier/" + "a" * 6000,
        "/public/templates/base.html",
        "/public/ressources/zzz/public.css",
        "/public/<script>alert(1)</script>",
    ],
)
def test_unknown_page_says_so_in_french_with_a_way_out(public, asked):
    """404, a sentence, a search box and the list; neither a path of the machine nor what was typed."""
    answer = public.get(asked)
    assert answer.status_code == 404
    assert "Cette page n'existe pas" in text_of(answer.content)
    assert 'href="/public/"' in answer.text
    assert "alert(1)" not in answer.text
    assert "/work" not in answer.text
    assert "max-age" not in answer.headers["cache-control"]


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("a" * 20_000, 200),
        ("%00%ff", 200),
        ("é" * 500, 200),
        ("' OR 1=1 --", 200),
        ("<script>alert(1)</script>", 200),
        ("[]{}()*\\", 200),
        ("   ", 200),
        ("🌳", 200),
    ],
)
def test_whatever_is_typed_is_answered(public, typed, status):
    """No text makes the search fail, and none comes back as markup."""
    answer = public.get("/public/chercher", params={"q": typed})
    assert answer.status_code == status
    assert b"<script>alert" not in answer.content
    assert len(answer.content) < 100_000
    parsed(answer.content)


@pytest.mark.parametrize(
    "query", ["q=%C3%28", "q=%", "q", "q[]=1", "integrer=1&integrer=2&q=a", "q=" + "%F0" * 3000]
)
def test_broken_queries_are_answered(public, query):
    """A query string that breaks the rules is read as far as it goes."""
    assert public.get(f"/public/chercher?{query}").status_code in {200, 303}


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("air bel", AIR_BEL),
        ("AIRBEL", AIR_BEL),
        ("qn01338i", AIR_BEL),
        ("Salon", "/public/commune/13103-salon-de-provence"),
        ("métropole", "/public/"),
    ],
)
def test_a_name_leads_to_its_page(public, typed, right):
    """What can only mean one thing leads there, and the answer is not kept."""
    answer = public.get("/public/chercher", params={"q": typed})
    assert (answer.status_code, answer.headers["location"]) == (303, right)
    assert answer.headers["cache-control"] == "no-store"


def test_a_commune_with_one_district_is_told_in_the_singular(public):
    """Istres has one district, Salon has two; each title is written as one says it."""
    alone = public.get("/public/commune/13047-istres").content
    assert "Le quartier prioritaire d'Istres" in text_of(alone)
    assert "quartiers" not in text_of(alone).split("Le quartier prioritaire d'Istres")[1].split("Tous les")[0]
    several = text_of(public.get("/public/commune/13103-salon-de-provence").content)
    assert "Les quartiers prioritaires de Salon-de-Provence" in several


def test_what_is_read_is_set_the_french_way_outside_paragraphs_too(public):
    """Titles, captions and names on the map have the apostrophes of the text, and no markup inside."""
    for path in ("/public/commune/13047-istres", AIR_BEL, "/public/accessibilite"):
        content = public.get(path).content
        found = elements(parsed(content))
        named = [one.get("aria-label") for _, one in found if one.get("aria-label")]
        titles = ["".join(one.itertext()) for tag, one in found if tag in {"title", "desc", "caption", "h1"}]
        assert titles
        assert not [text for text in (*named, *titles) if re.search(r"\w'\w", text)]
        assert not [text for text in named if "<abbr" in text]


def test_acronyms_are_spelt_out(public):
    """The law's and the data's own acronyms carry what they stand for."""
    said = public.get("/public/accessibilite").text
    assert '<abbr title="référentiel général d’amélioration de l’accessibilité">RGAA</abbr>' in said
    assert (
        '<abbr title="occupation du sol à grande échelle">OCS GE</abbr>' in public.get("/public/methode").text
    )


def test_several_answers_are_offered(public):
    """What may mean several things gives the list of them."""
    said = text_of(public.get("/public/chercher", params={"q": "centre ville"}).content)
    assert "Plusieurs réponses" in said
    assert "Vous cherchez peut-être" not in said
    assert "Centre ville (Marignane)" in said


@pytest.mark.parametrize("typed", ["salom", "air bell", "marseile"])
def test_a_slip_is_forgiven(public, typed):
    """A misspelt name gets the nearest ones."""
    answer = public.get("/public/chercher", params={"q": typed})
    assert answer.status_code == 200
    assert "Nous n'avons pas trouvé" in text_of(answer.content)
    assert '<div id="trouve"' in answer.text
    assert "Vous cherchez peut-être" in answer.text


@pytest.mark.parametrize(
    "typed", ["11e", "Marseille 11e", "13011", "13211", "11e arrondissement", "Marseille 11"]
)
def test_an_arrondissement_gives_its_districts(public, typed):
    """The eleventh, as people write it, holds Air Bel and no district of the north."""
    answer = public.get("/public/chercher", params={"q": typed})
    offered = answer.text.split('id="communes"')[0]
    assert AIR_BEL in offered
    assert "la-castellane" not in offered


def test_an_arrondissement_without_a_district_says_so(public):
    """The seventh has none that we know of; its commune is offered, and nothing is taken for a slip."""
    said = text_of(public.get("/public/chercher", params={"q": "7e"}).content)
    assert "Nous ne connaissons pas de quartier prioritaire dans le 7e arrondissement de Marseille." in said
    assert "La page de la commune donne ceux des autres : Marseille (commune)" in said


@pytest.mark.parametrize("typed", ["17e", "13017", "0", "14000", "Air Bel", "2e étage"])
def test_what_is_no_arrondissement(typed):
    """A number that is not one of the sixteen is read as a name."""
    assert arrondissement(typed) is None


def test_embedded_page_has_no_header_and_stays_so(public):
    """The same page without header nor menu; its links stay embedded, but for the one that leaves."""
    answer = public.get(AIR_BEL, params={"integrer": "1"})
    found = elements(parsed(answer.content))
    assert "header" not in dict(found)
    inside = [one.get("href") for tag, one in found if tag == "a" and one.get("href").startswith("/")]
    assert inside
    assert [href for href in inside if not href.endswith("?integrer=1")] == [AIR_BEL]
    assert answer.headers["etag"] != public.get(AIR_BEL).headers["etag"]


def test_robots_and_site_map(public, monkeypatch, atlas):
    """Search engines get every page once, at the address of the site where it is set."""
    assert "Disallow: /public/chercher?" in public.get("/robots.txt").text
    own = public.get("/public/sitemap.xml")
    assert f"<loc>http://testserver{AIR_BEL}</loc>" in own.text
    assert own.headers["cache-control"] == "no-store", "its links only hold for the person who asks"
    monkeypatch.setenv("QPVERTS_PUBLIC_URL", "https://exemple.fr/vert")
    listed = public.get("/public/sitemap.xml")
    assert listed.headers["content-type"] == "application/xml; charset=utf-8"
    assert listed.headers["cache-control"].startswith("public, ")
    assert f"<loc>https://exemple.fr/vert{AIR_BEL}</loc>" in listed.text
    assert "Sitemap: https://exemple.fr/vert/public/sitemap.xml" in public.get("/robots.txt").text
    page = public.get(AIR_BEL).text
    assert f'<link rel="canonical" href="https://exemple.fr/vert{AIR_BEL}">' in page
    assert f'<meta property="og:url" content="https://exemple.fr/vert{AIR_BEL}">' in page
    assert 'href="/vert/public/methode"' in page
    assert public.get("/public/quartier/qn01338i").headers["location"] == f"/vert{AIR_BEL}"


def test_shared_link_has_a_picture(public):
    """Every page names one picture, of the size that networks expect; it is a PNG, sent as it is."""
    assert f'<meta property="og:image" content="{paths.PREVIEW}">' in public.get(AIR_BEL).text
    answer = public.get(paths.PREVIEW, headers={"Accept-Encoding": "br, gzip"})
    assert answer.headers["content-type"] == "image/png"
    assert "content-encoding" not in answer.headers
    image = Image.open(io.BytesIO(answer.content))
    assert image.size == (1200, 630)
    assert len(image.convert("RGB").getcolors(1200 * 630)) > 50  # something is drawn
    assert len(answer.content) < 200_000


def test_picture_that_cannot_be_drawn_takes_nothing_else_away(public, monkeypatch):
    """A machine that cannot start a process answers 503 for the picture, and the pages all the same."""

    def refuse(*_):
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(sites, "_kept", LastGood())
    monkeypatch.setattr("qpverts.viz.files.raster.png", refuse)
    assert public.get(paths.PREVIEW).status_code == 503
    assert public.get(AIR_BEL).status_code == 200


def test_error_can_be_told_where_someone_reads(public, monkeypatch):
    """The link to write is there when an address is set, carries the page's own, and is not invented."""
    assert "mailto:" not in public.get(AIR_BEL).text
    monkeypatch.setenv("QPVERTS_CONTACT", "quartiers@exemple.fr")
    monkeypatch.setenv("QPVERTS_PUBLIC_URL", "https://exemple.fr")
    page = public.get(AIR_BEL).text
    assert "mailto:quartiers@exemple.fr?subject=" in page
    assert "Page%20%3A%20https%3A//exemple.fr/public/quartier/QN01338I-air-bel" in page


def test_styles_and_scripts_are_kept_for_good(public):
    """Each file of the pages is there, at an address that changes with it."""
    for file in browser.files(FOLDER):
        answer = public.get(f"{ASSETS}/{sites.stamp()}/{file.name}")
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == FOREVER


def test_faulty_data_keep_the_last_good_pages(public, monkeypatch, small_copy):
    """A file that turns faulty takes no page away; corrected, the new words are shown."""
    monkeypatch.setenv("QPVERTS_DATA", str(small_copy))
    good = public.get(AIR_BEL)
    assert good.status_code == 200
    path = small_copy / "geo" / "qpv_2024.geojson"
    before = path.read_bytes()
    path.write_bytes(b"{")
    for asked in (AIR_BEL, "/public/methode", "/public/chercher?q=salon"):
        assert public.get(asked).status_code in {200, 303}
    assert public.get(AIR_BEL).content == good.content
    path.write_bytes(before.replace(b"Air Bel", b"Air Belle"))
    assert "Air Belle" in public.get("/public/").text


def test_data_that_never_were_good_are_said_to_be_unavailable(public, monkeypatch, small_copy):
    """503 with a sentence in French, not kept; no path and no traceback."""
    (small_copy / "geo" / "qpv_2024.geojson").write_bytes(b"{")
    monkeypatch.setenv("QPVERTS_DATA", str(small_copy))
    for asked in (
        "/public/",
        AIR_BEL,
        "/public/chercher?q=salon",
        "/public/chercher",
        "/robots.txt",
        "/public/rien",
    ):
        answer = public.get(asked)
        assert answer.status_code == 503
        assert "momentanément indisponibles" in answer.text
        assert str(small_copy) not in answer.text
        assert answer.headers["cache-control"] == "no-store"
