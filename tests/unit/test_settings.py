"""Settings: read from the environment, in one place, with defaults that work."""

import ast
import re
from pathlib import Path

import pytest

from qpverts import settings

ROOT = Path(__file__).parents[2]
NAMES = (
    "QPVERTS_DATA",
    "QPVERTS_VAR",
    "QPVERTS_GEOCODER_URL",
    "QPVERTS_GEOCODER_WAIT",
    "QPVERTS_PUBLIC_URL",
    "QPVERTS_HOSTS",
    "QPVERTS_CONTACT",
    "QPVERTS_LOG",
)


@pytest.fixture(autouse=True)
def no_environment(monkeypatch):
    """An environment that sets nothing."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_defaults():
    """Without any variable the data are those of the repository, and the geocoder is the public one."""
    got = settings.load()
    assert got.data_dir == ROOT / "data"
    assert got.var_dir == ROOT / "var"
    assert got.geocoder_url.startswith("https://data.geopf.fr/")
    assert got.geocoder_wait_s == 4


def test_defaults_do_not_depend_on_the_current_folder(tmp_path, monkeypatch):
    """The data are found from wherever the application is started."""
    monkeypatch.chdir(tmp_path)
    assert settings.load().data_dir == ROOT / "data"


def test_overrides(monkeypatch, tmp_path):
    """Each variable changes its setting, and is read at each call."""
    monkeypatch.setenv("QPVERTS_DATA", str(tmp_path))
    monkeypatch.setenv("QPVERTS_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("QPVERTS_GEOCODER_URL", "http://127.0.0.1:9/search")
    monkeypatch.setenv("QPVERTS_GEOCODER_WAIT", "0.5")
    monkeypatch.setenv("QPVERTS_PUBLIC_URL", "https://exemple.fr/qpverts/")
    monkeypatch.setenv("QPVERTS_HOSTS", "Vert.exemple.fr, 10.0.0.8")
    monkeypatch.setenv("QPVERTS_CONTACT", "quartiers@exemple.fr")
    monkeypatch.setenv("QPVERTS_LOG", "json")
    assert settings.load() == settings.Settings(
        data_dir=tmp_path,
        var_dir=tmp_path / "var",
        geocoder_url="http://127.0.0.1:9/search",
        geocoder_wait_s=0.5,
        public_url="https://exemple.fr/qpverts",
        hosts=frozenset({"exemple.fr", "vert.exemple.fr", "10.0.0.8"}),
        contact="quartiers@exemple.fr",
        log_json=True,
    )


@pytest.mark.parametrize("name", NAMES)
def test_empty_is_unset(monkeypatch, name):
    """A variable set to nothing is as if it were not set."""
    expected = settings.load()
    monkeypatch.setenv(name, "")
    assert settings.load() == expected


@pytest.mark.parametrize("text", ["abc", "-1", "0", "inf", "-inf", "nan", "1,5", "1e999", " "])
def test_bad_numbers(monkeypatch, text):
    """A wait that is not a positive number of seconds gives the default, not an error or an endless wait."""
    monkeypatch.setenv("QPVERTS_GEOCODER_WAIT", text)
    assert settings.load().geocoder_wait_s == 4


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("QPVERTS_PUBLIC_URL", "exemple.fr"),
        ("QPVERTS_PUBLIC_URL", "javascript:alert(1)"),
        ("QPVERTS_PUBLIC_URL", 'https://exemple.fr/"onload="x'),
        ("QPVERTS_PUBLIC_URL", "https://exemple.fr/?q=1"),
        ("QPVERTS_CONTACT", "personne"),
        ("QPVERTS_CONTACT", "a@b.fr?bcc=c@d.fr"),
        ("QPVERTS_CONTACT", "a@b.fr\nBcc: c@d.fr"),
    ],
)
def test_bad_addresses_are_as_if_not_set(monkeypatch, name, text):
    """What is not an address of the site or of a person is shown nowhere."""
    expected = settings.load()
    monkeypatch.setenv(name, text)
    assert settings.load() == expected


def test_variables_are_documented():
    """Every variable read is in the table of the module's docstring."""
    source = Path(settings.__file__).read_text("utf-8")
    words = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
    read = {word for word in words if isinstance(word, str) and re.fullmatch("QPVERTS_[A-Z_]+", word)}
    assert read == set(NAMES)
    assert all(f"``{name}``" in settings.__doc__ for name in read)


def environment_reads(source):
    """Lines of a program that name os.environ, os.getenv or anything of their kind."""
    words = {"environ", "environb", "getenv", "getenvb", "putenv"}
    found = []
    for node in ast.walk(ast.parse(source)):
        named = {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) else set()
        if isinstance(node, ast.Attribute):
            named = {node.attr}
        if named & words:
            found.append(node.lineno)
    return found


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.environ['X']",
        "import os as o\no.getenv('X')",
        "from os import environ as e",
        "x.environb",
    ],
)
def test_the_search_finds(source):
    """The search below sees every way of reading the environment."""
    assert environment_reads(source)


def test_only_settings_reads_the_environment():
    """No other module of the application reads the environment."""
    files = [*(ROOT / "qpverts").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), *ROOT.glob("app.py")]
    assert len(files) > 20
    readers = {
        path.relative_to(ROOT).as_posix() for path in files if environment_reads(path.read_text("utf-8"))
    }
    assert readers == {"qpverts/settings.py"}
