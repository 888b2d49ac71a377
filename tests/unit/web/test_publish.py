"""The public pages as files: the same bytes as the live ones, the same each time, and nobody else's lost."""

import os
from dataclasses import replace
from urllib.parse import unquote, urljoin

import html5lib
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from qpverts.cli import main
from qpverts.errors import FolderError
from qpverts.settings import load as load_settings
from qpverts.sources import load as atlases
from qpverts.web.public import publish as publishing
from qpverts.web.public.publish import MARKER, publish
from qpverts.web.public.routes import public_routes
from qpverts.web.public.site import Site
from qpverts.web.vendor import vendor_routes

pytestmark = pytest.mark.heavy

AIR_BEL = "public/quartier/QN01338I-air-bel/index.html"


@pytest.fixture(scope="module", params=["small_data", pytest.param("data_dir", marks=pytest.mark.thorough)])
def folder(request):
    """The data published: five districts, and all of them where there is time."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def published(folder):
    """What those data hold."""
    return atlases.load(folder)


@pytest.fixture(scope="module")
def site(published):
    """A site with an address of its own, in a folder of a host."""
    return Site(
        published, replace(load_settings(), public_url="https://exemple.fr/vert", contact="a@exemple.fr")
    )


@pytest.fixture(scope="module")
def written(site, tmp_path_factory):
    """That site, written once."""
    folder = tmp_path_factory.mktemp("host") / "vert"
    publish(site, folder)
    return folder


def content_of(folder):
    """Every file of a folder, with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_two_runs_write_the_same_bytes(site, written, published, tmp_path):
    """Another site object of the same data writes the same files; over itself, it changes nothing."""
    twin = Site(published, replace(load_settings(), public_url=site.public_url, contact=site.contact))
    publish(twin, tmp_path / "vert")
    first = content_of(written)
    assert content_of(tmp_path / "vert") == first
    publish(twin, tmp_path / "vert")
    assert content_of(tmp_path / "vert") == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["vert"]


def test_files_are_the_live_pages(site, written, folder, monkeypatch):
    """What the application sends at an address is what the folder holds there, byte for byte."""
    monkeypatch.setenv("QPVERTS_DATA", str(folder))
    monkeypatch.setenv("QPVERTS_PUBLIC_URL", site.public_url)
    monkeypatch.setenv("QPVERTS_CONTACT", site.contact)
    found = content_of(written)
    with TestClient(Starlette(routes=[*vendor_routes(), *public_routes()])) as live:
        for path in site.pages:
            assert live.get(path).content == found[f"{path.strip('/')}/index.html"], path
            assert live.get(f"{path}?integrer=1").content == found[f"{path.strip('/')}/integrer.html"], path
        for name in (
            "robots.txt",
            "public/sitemap.xml",
            *(name for name in found if name.startswith("vendor/")),
        ):
            assert live.get(f"/{name}").content == found[name], name
        for name in (name for name in found if name.startswith("public/ressources/")):
            assert live.get(f"/{name}").content == found[name], name
        assert live.get("/public/nulle-part").content == found["404.html"]


def test_every_internal_link_leads_to_a_file(site, written):
    """Pages, styles, scripts, images and anchors: each is in the folder, on a host that knows only files."""
    found = content_of(written)
    ids, links = {}, []
    for name in found:
        if name.endswith(".html"):
            tree = html5lib.parse(found[name].decode(), namespaceHTMLElements=False)
            ids[name] = {one.get("id") for one in tree.iter() if isinstance(one.tag, str) and one.get("id")}
            named = [one.get(key) for one in tree.iter() for key in ("href", "src", "action", "data-leaflet")]
            links += [(name, address) for address in named if address]
    assert len(links) > 30 * len(site.pages)
    for name, address in links:
        place = name.removesuffix("index.html").removesuffix("integrer.html")
        target = urljoin(f"https://exemple.fr/vert/{place}", address)
        if not target.startswith("https://exemple.fr/"):
            assert target.startswith(("http://", "https://", "mailto:a@exemple.fr?")), (name, address)
            continue
        assert target.startswith("https://exemple.fr/vert/"), (name, address)
        path, _, anchor = target.removeprefix("https://exemple.fr/vert/").partition("#")
        path, _, asked = path.partition("?")
        assert asked in {"", "integrer=1"}, (name, address)
        path = unquote(path).rstrip("/")
        if path.startswith("vendor/"):
            assert f"{path}/leaflet.js" in found
            continue
        file = path if path in found else f"{path}/index.html".lstrip("/")
        assert file in found, (name, address)
        assert not anchor or anchor in ids[file], (name, address)


def test_every_page_is_in_the_site_map(site, written):
    """The site map names each page but the search, at the address of the site."""
    listed = content_of(written)["public/sitemap.xml"].decode()
    assert listed.count("<loc>") == len(site.pages) - 1
    assert f"<loc>https://exemple.fr/vert/{AIR_BEL.removesuffix('/index.html')}</loc>" in listed


def test_foreign_folder_is_refused_untouched(site, tmp_path):
    """A folder with anything else in it stays as it is, whatever it is called."""
    (tmp_path / "notes.txt").write_text("à moi", encoding="utf-8")
    with pytest.raises(FolderError, match=r"notes\.txt"):
        publish(site, tmp_path)
    assert content_of(tmp_path) == {"notes.txt": "à moi".encode()}


def test_what_was_added_by_hand_is_not_lost(site, tmp_path):
    """A file put among ours stops the next run, which names it."""
    publish(site, tmp_path / "site")
    before = content_of(tmp_path / "site")
    (tmp_path / "site" / "CNAME").write_text("exemple.fr", encoding="utf-8")
    with pytest.raises(FolderError, match="CNAME"):
        publish(site, tmp_path / "site")
    assert content_of(tmp_path / "site") == before | {"CNAME": b"exemple.fr"}


def test_a_file_is_no_folder(site, tmp_path):
    """A file of that name is left alone."""
    (tmp_path / "site").write_text("x", encoding="utf-8")
    with pytest.raises(FolderError, match="fichier"):
        publish(site, tmp_path / "site")


def test_empty_folder_is_taken(site, tmp_path):
    """A new, empty folder is what one gives the first time."""
    publish(site, tmp_path)
    assert (tmp_path / MARKER).is_file()


def test_what_stood_there_stays_when_writing_fails(site, tmp_path, monkeypatch):
    """A disk that fills up halfway leaves the former site whole, and nothing beside it."""
    publish(site, tmp_path / "site")
    before = content_of(tmp_path / "site")

    def half(_):
        yield "index.html", b"neuf"
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(publishing, "files", half)
    with pytest.raises(OSError, match=os.strerror(28)):
        publish(site, tmp_path / "site")
    assert content_of(tmp_path / "site") == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_command(data_dir, tmp_path, capsys, monkeypatch):
    """The command writes, says what it wrote, refuses with a code, and asks for a real address."""
    monkeypatch.setattr(
        "qpverts.cli.publish.atlases.load", lambda folder: pytest.fail("read before refusing")
    )
    (tmp_path / "moi.txt").touch()
    assert main(["--data", str(data_dir), "publish", str(tmp_path)]) == 1
    assert "rien n'est remplacé" in capsys.readouterr().out
    with pytest.raises(SystemExit) as stopped:
        main(["publish", str(tmp_path / "x"), "--address", "exemple.fr"])
    assert stopped.value.code == 2
    assert "https://exemple.fr" in capsys.readouterr().err


def test_command_writes(published, folder, tmp_path, capsys, monkeypatch):
    """The command says how many pages there are, and what an address would add."""
    monkeypatch.delenv("QPVERTS_PUBLIC_URL", raising=False)
    monkeypatch.setattr("qpverts.cli.publish.atlases.load", lambda _: published)
    assert main(["--data", str(folder), "publish", str(tmp_path / "site")]) == 0
    said = capsys.readouterr().out
    assert f"{len(Site(published, load_settings()).pages)} pages" in said
    assert "--address" in said
    assert b'href="/public/' in (tmp_path / "site" / AIR_BEL).read_bytes()
