"""What a person who asks for help, or mistypes a command, reads: French, and what to do."""

import subprocess
import sys

import pytest

from qpverts.cli import main


@pytest.fixture
def ask(capsys):
    """A function that gives the code and the words of a command that stops at once."""

    def call(*words):
        with pytest.raises(SystemExit) as stop:
            main(words)
        printed = capsys.readouterr()
        return stop.value.code, printed.out + printed.err

    return call


@pytest.mark.parametrize(
    "command",
    [(), ("check",), ("seal",), ("sync",), ("build",), ("claims",), ("import",), ("match",), ("publish",)],
)
def test_help_is_in_french(ask, command):
    """No word of the parser's own English is left, in any command."""
    code, text = ask(*command, "--help")
    assert code == 0
    assert text.startswith("usage : python -m qpverts")
    assert "montrer cette aide" in text
    for english in ("usage:", "options:", "positional", "show this", " and exit"):
        assert english not in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "il manque : commande"),
        (("lire",), "commande : « lire » n'existe pas ; au choix : 'check'"),
        (("import",), "il manque : fichier"),
        (("check", "--nombres"), "inconnu ici : --nombres"),
        (("sync", "--from"), "--from : il manque une valeur"),
        (("check", "--numbers=1"), "--numbers ne prend pas de valeur, mais reçoit '1'"),
        (("check", "--=x"), "--=x peut vouloir dire plusieurs choses : --help, --data, --var"),
        (("build", "--engine", "spark"), "--engine : « spark » n'existe pas ; au choix : 'local'"),
        (("build", "--workers", "0"), "--workers : « 0 » : donnez"),
    ],
)
def test_faulty_command_is_told_in_french(ask, words, told):
    """One sentence says what is wrong, the next where the help is; the code is that of a misuse."""
    code, text = ask(*words)
    assert code == 2
    assert told in text
    assert "--help » montre l'aide." in text
    assert "error" not in text


def test_reader_that_leaves_stops_nothing(data_dir):
    """Piped into a reader that has left, a command does its work to the end, without a traceback."""
    command = [sys.executable, "-m", "qpverts", "--data", str(data_dir), "check"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0
