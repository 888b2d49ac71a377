"""``python -m qpverts sync``, as the person who types it sees it, and as a machine that stops it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import tomlkit

from qpverts.cli import main
from qpverts.cli import sync as command
from qpverts.sources.fetching.sync import raw_path
from qpverts.sources.reading import catalogue as catalogues

ROOT = Path(__file__).parents[3]
SIZE = 4_000_000


@pytest.fixture
def data(data_copy, server):
    """A data folder with two remote files: one of the server, one whose address is to be found."""
    path = data_copy / catalogues.PATH
    document = tomlkit.parse(path.read_text("utf-8"))
    kept = [entry for entry in document["dataset"] if entry["status"] == "embedded"]
    for entry in document["dataset"]:
        if entry["id"] == "qpv_2024_france":
            kept.append(entry | {"url": server.url, "access": "file"})
        if entry["id"] == "insee_pop_qpv24":
            kept.append(entry)
    path.write_text(tomlkit.dumps({"dataset": kept}), "utf-8")
    return data_copy


@pytest.fixture
def run(data, tmp_path, capsys):
    """A function that runs the command, and gives its code and lines."""

    def call(*arguments):
        code = main(["--data", str(data), "--var", str(tmp_path / "var"), "sync", *arguments])
        printed = capsys.readouterr()
        assert printed.err == ""
        return code, printed.out.splitlines()

    def placed():  # what a build would read now
        return raw_path(tmp_path / "var", catalogues.load(data).get("qpv_2024_france")).read_bytes()

    call.placed = placed
    call.left = lambda: sorted(path.name for path in (tmp_path / "var" / "brut").iterdir())
    return call


@pytest.fixture
def start(data, tmp_path):
    """A function that starts the command in a process of its own."""
    started = []

    def call(*arguments):
        words = ["-m", "qpverts", "--data", data, "--var", tmp_path / "var", "sync", *arguments]
        process = subprocess.Popen(
            [sys.executable, *map(str, words)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
            | {"PYTHONIOENCODING": "utf-8"},
        )
        started.append(process)
        return process

    yield call
    for process in started:
        process.kill()
        process.communicate()


def read_until(process, words):
    """Read what a process prints up to a line that has these words."""
    while line := process.stdout.readline():
        if words in line:
            return
    pytest.fail(f"« {words} » never came")


def test_account(run, server, collection):
    """Each source is reported with its state and its size or reason, then their sum."""
    server.plays(server.file(collection(1_234_567)))
    code, lines = run()
    assert code == 0
    assert (
        lines[0]
        == "qpv_2024_france : Périmètres des quartiers prioritaires 2024, généralisés (France entière)"
    )
    _, new, manual, _, total = lines[-5:]
    assert new == "qpv_2024_france  nouveau    1,2 Mo"
    assert manual.startswith("insee_pop_qpv24  à déposer  adresse à retrouver (https://www.insee.fr/")
    assert manual.endswith("lancez « sync --from DOSSIER »")
    assert total == "1 nouveau, 1 à déposer."
    code, lines = run()
    assert (code, lines[-1]) == (0, "1 inchangé, 1 à déposer.")


def test_way(run, server, collection):
    """Without a terminal the way is reported in a few whole lines, not in a bar."""
    server.plays(server.file(collection(SIZE)))
    _, lines = run()
    way = [line for line in lines if " sur 4,0 Mo" in line]
    assert 1 <= len(way) <= 3
    assert all(line.startswith("qpv_2024_france : ") for line in way)


def test_bars(run, server, collection, monkeypatch):
    """On a terminal there are bars, and the same account."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    server.plays(server.status(503, Retry_After=0), server.file(collection(SIZE)))
    code, lines = run()
    assert code == 0
    assert any("━" in line for line in lines)
    assert any("code 503) ; nouvel essai dans 0 s" in line for line in lines)
    assert lines[-1] == "1 nouveau, 1 à déposer."


def test_failure(run, server):
    """A failure is reported with its reason, and is the code of the command."""
    server.plays(server.status(404))
    code, lines = run()
    assert code == 1
    assert "échec      le serveur refuse l'adresse (code 404) ; vérifiez-la au catalogue" in lines[-4]
    assert lines[-1] == "1 à déposer, 1 échec."


def test_only_from(run, tmp_path, server):
    """Ids and a folder can be given; what is named and missing is the code of the command."""
    server.plays(server.status(500))
    (tmp_path / "pop_QPV24.csv").write_bytes(b"code_qp;population\nQN01302M;1317\n")
    assert run("--from", str(tmp_path), "--only", "insee_pop_qpv24")[0] == 0
    code, lines = run("--from", str(tmp_path), "--only", "insee_pop_qpv24", "--only", "qpv_2024_france")
    assert (code, lines[-1]) == (1, "1 inchangé, 1 échec.")
    assert run("--from", str(tmp_path))[0] == 0
    assert server.asked == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--only", "rien"],
            "« rien » n'est pas un jeu à télécharger ; ceux qui le sont : qpv_2024_france, insee",
        ),
        (["--from", "/n/existe/pas"], "vérifiez --from"),
    ],
)
def test_wrong_words(run, arguments, said):
    """A wrong id or folder is one sentence, and the code 1."""
    code, lines = run(*arguments)
    assert code == 1
    assert len(lines) == 1
    assert said in lines[0]


def test_broken_catalogue(data, run):
    """A faulty catalogue is reported before anything is asked."""
    (data / catalogues.PATH).write_bytes(b"[[dataset]]\nid = 3")
    code, lines = run()
    assert code == 1
    assert all(line.startswith("geo/catalogue.toml : ") for line in lines)


def test_nothing_to_fetch(data, run):
    """A catalogue without remote files is no failure."""
    path = data / catalogues.PATH
    document = tomlkit.parse(path.read_text("utf-8"))
    kept = [entry for entry in document["dataset"] if entry["status"] == "embedded"]
    path.write_text(tomlkit.dumps({"dataset": kept}), "utf-8")
    assert run() == (0, ["", "Aucun fichier à télécharger n'est déclaré au catalogue."])


def test_interrupted(run, server, monkeypatch):
    """Ctrl-C is answered with what becomes of the work, and the code of the shells."""

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "sync", stop)
    code, lines = run()
    assert code == 130
    assert lines[-1].startswith("Interrompu. Les fichiers déjà récupérés restent en place")


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")
def test_killed_half_way(run, start, server, collection):
    """Killed outright half-way, it leaves the last good copy whole, and the next one replaces it."""
    old, new = collection(SIZE), collection(SIZE, "b")
    server.plays(server.file(old))
    run("--only", "qpv_2024_france")
    server.plays(server.file(new, tag='"v2"', stop=SIZE // 2, hold=True))
    process = start("--only", "qpv_2024_france")
    read_until(process, "1,0 Mo sur 4,0 Mo")
    assert run.placed() == old
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert run.placed() == old
    server.plays(server.file(new, tag='"v2"'))
    code, lines = run("--only", "qpv_2024_france")
    assert (code, lines[-1]) == (0, "1 nouveau.")
    assert run.placed() == new
    assert run.left() == ["QP2024_France_simplifie_WGS84.geojson", "etat.json"]


def test_two_at_once(run, start, server, collection):
    """The second of two says at once which one is at work, and the first one ends well."""
    server.plays(server.file(collection(SIZE), stop=SIZE // 2, hold=True), server.file(collection(SIZE)))
    process = start("--only", "qpv_2024_france")
    read_until(process, "1,0 Mo sur 4,0 Mo")
    code, (line,) = run()
    assert code == 1
    assert line.startswith(f"« sync » (processus {process.pid}, depuis ")
    assert line.endswith("attendez sa fin, puis relancez.")
    server.release.set()
    assert "1 nouveau." in process.communicate(timeout=60)[0]
    assert process.returncode == 0
    assert run.placed() == collection(SIZE)
