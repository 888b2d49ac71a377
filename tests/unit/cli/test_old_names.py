"""The French names that commands and options once had: understood without a word, and shown nowhere."""

import doctest

import pytest

from qpverts import cli
from qpverts.cli import build, claims, import_, main, match, old_names, publish

COMMANDS = {
    "verifier": ("claims", claims),
    "importer": ("import", import_),
    "correspondance": ("match", match),
}
#: Module, command and its other words, old option, today's, and a value ("" for a switch).
OPTIONS = [
    (build, ("build",), "--contours", "--official-perimeters", ""),
    (build, ("build",), "--perimetres", "--perimeters", "q.gpkg"),
    (build, ("build",), "--sol", "--ground", "sol.gpkg"),
    (build, ("build",), "--vers", "--to", "dossier"),
    (import_, ("import", "f.zip"), "--dans", "--within", "a.shp"),
    (import_, ("import", "f.zip"), "--couche", "--layer", "quartiers"),
    (import_, ("import", "f.zip"), "--cadre", "--bbox", "4,42,6,44"),
    (import_, ("import", "f.zip"), "--vers", "--to", "s.parquet"),
    (match, ("match",), "--vers", "--to", "t.csv"),
    (publish, ("publish", "site"), "--adresse", "--address", "https://exemple.fr"),
]


@pytest.fixture
def parsed(monkeypatch):
    """A function that gives what a command line asks of the command of a module, without running it."""

    def call(module, *words):
        asked = []
        monkeypatch.setattr(module, "run", lambda options: asked.append(vars(options)) or 0)
        assert main(words) == 0
        (found,) = asked
        return {name: value for name, value in found.items() if name != "run"}

    return call


@pytest.mark.parametrize("old", COMMANDS)
def test_old_command(parsed, capsys, old):
    """The old name of a command runs the command of today, and nothing is said of it."""
    new, module = COMMANDS[old]
    given = ("f.zip",) if new == "import" else ()
    assert parsed(module, old, *given) == parsed(module, new, *given)
    assert parsed(module, "--var", old, old, *given) == parsed(module, "--var", old, new, *given)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("case", OPTIONS, ids=lambda case: f"{case[1][0]} {case[2]}")
def test_old_option(parsed, capsys, case):
    """The old name of an option means that of today, its value after a space or after ``=``."""
    module, words, old, new, value = case
    given = (value,) if value else ()
    today = parsed(module, *words, new, *given)
    assert today != parsed(module, *words)
    assert parsed(module, *words, old, *given) == today
    if value:
        assert parsed(module, *words, f"{old}={value}") == today
    assert capsys.readouterr() == ("", "")


def test_no_old_name_is_left_untried():
    """The tests above know every old name that is understood."""
    assert {old: new for old, (new, _) in COMMANDS.items()} == old_names.COMMANDS
    assert {old: new for _, _, old, new, _ in OPTIONS} == old_names.OPTIONS


@pytest.mark.parametrize("command", [(), *((name,) for name in cli.MODULES)])
def test_help_shows_no_old_name(capsys, command):
    """A person who asks for help learns the names of today only."""
    with pytest.raises(SystemExit):
        main([*command, "--help"])
    shown = capsys.readouterr().out
    for old in (*old_names.COMMANDS, *old_names.OPTIONS):
        assert f"{old} " not in shown
        assert f"{old}," not in shown


def test_files_keep_their_names(parsed):
    """A file that bears the name of an old command is not renamed, nor one after ``--`` that of an option."""
    assert parsed(import_, "import", "importer")["file"].name == "importer"
    assert parsed(import_, "import", "--", "--vers")["file"].name == "--vers"


def test_example():
    """The example of the module is true."""
    assert doctest.testmod(old_names) == (0, 1)
