"""The command line: the check of the data, as the person who keeps them sees it."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

from qpverts.atlas.datasets import PATH
from qpverts.cli import main
from qpverts.cli.check import FAULTS_SHOWN
from qpverts.sources.load import load
from qpverts.sources.rules import RULES

ROOT = Path(__file__).parents[3]
TITLES = [rule.title for rule in RULES]
SEALS = "Empreintes : fichiers inchangés depuis leur déclaration"
EXPECTED = "Attendus : jugements retrouvés, ou dits à revoir"
COUNTS = "Fichiers : bien formés, nombre de lignes attendu"
TYPES = "Tables : en-têtes et types"


@pytest.fixture
def run(capsys):
    """A function that runs a command on a folder, and gives its code and the lines that it printed."""

    def call(folder, command):
        code = main(["--data", str(folder), command])
        printed = capsys.readouterr()
        assert printed.err == ""
        return code, printed.out.splitlines()

    return call


@pytest.fixture
def sealed(run, data_copy):
    """A copy of the data, sealed with its counts: what moves afterwards is the test's doing."""
    main(["--data", str(data_copy), "seal", "--yes"])
    run(data_copy, "check")
    return data_copy


def rewrite(path, old, new):
    """Replace text in a file, once."""
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), "utf-8")


def verdicts(lines):
    """What is said of each rule, by title."""
    found = {}
    for line in lines:
        title, _, verdict = line.partition("  ")
        if title and verdict:
            found[title] = verdict.strip()
    return found


def faults_of(lines, title):
    """The indented lines below a rule."""
    start = next(rank for rank, line in enumerate(lines) if line.startswith(title))
    below = []
    for line in lines[start + 1 :]:
        if not line.startswith("    "):
            break
        below.append(line.strip())
    return below


def test_check_real_data(run, data_dir):
    """The real data keep every rule: a line each, all OK, and the sum of them."""
    code, lines = run(data_dir, "check")
    assert code == 0
    said = verdicts(lines)
    assert set(said.values()) == {"OK"}
    assert set(TITLES) < set(said)
    *above, blank, last = lines
    assert blank == ""
    rules = [line for line in above if not line.startswith("    ")]
    assert last == f"Les {len(rules)} règles sont tenues."
    assert len(rules) == len(said) == len(RULES) + 6


def test_check_without_docstrings(run, data_dir):
    """Where Python is asked to drop docstrings, each rule still has its title."""
    done = subprocess.run(
        [sys.executable, "-OO", "-m", "qpverts", "--data", str(data_dir), "check"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
        env={"PYTHONIOENCODING": "utf-8", "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == run(data_dir, "check")[1]


def test_check_names_the_fault(run, data_copy):
    """A wrong figure is reported under its rule with file, line and column, and the other rules still run."""
    rewrite(data_copy / "geo" / "insee_qpv.csv", "QN01302M,1317,536,54.6,33", "QN01302M,1317,536,54.6,133")
    code, lines = run(data_copy, "check")
    assert code == 1
    title = "INSEE : une ligne par quartier, ni plus ni moins ; valeurs possibles"
    assert faults_of(lines, title) == [
        "geo/insee_qpv.csv, ligne 3, colonne « taux_pauvrete_60_pct » : 133.0 n'est pas un pourcentage"
    ]
    assert faults_of(lines, SEALS) == [
        "geo/insee_qpv.csv : le contenu a changé ; si c'est voulu, lancez « python -m qpverts seal »"
    ]
    said = verdicts(lines)
    assert {name for name, verdict in said.items() if verdict != "OK"} == {title, SEALS, EXPECTED}
    assert said[title] == said[SEALS] == "1 faute"
    assert said[EXPECTED].startswith("non vérifiée")  # the tool judges on data that keep the rules
    assert lines[-1] == f"3 règles à revoir sur {len(said)}."


def test_check_says_what_it_could_not_check(run, data_copy):
    """When a table cannot be read, the rules that need it are said not checked, never OK."""
    rewrite(data_copy / "geo" / "insee_qpv.csv", "1317", "beaucoup")
    code, lines = run(data_copy, "check")
    assert code == 1
    said = verdicts(lines)
    assert said[TYPES] == "1 faute"
    assert faults_of(lines, TYPES) == [
        "geo/insee_qpv.csv, ligne 3, colonne « population_2020 » : « beaucoup » n'est pas un nombre entier"
    ]
    assert all(said[title].startswith("non vérifiée") for title in TITLES)


def test_check_limits_what_it_shows(run, data_copy):
    """Of very many faults the first are shown and the others counted."""
    path = data_copy / "actions" / "actions.csv"
    path.write_text(path.read_text("utf-8").replace(",operationnel,", ",bancal,"), "utf-8")
    _, lines = run(data_copy, "check")
    below = faults_of(lines, "Vocabulaire : thématiques, champs et axes déclarés dans themes.toml")
    assert len(below) == FAULTS_SHOWN + 1
    total = path.read_text("utf-8").count(",bancal,")
    assert below[-1] == f"… et {total - FAULTS_SHOWN} autres"
    assert "ligne 2, colonne « axe » : axe inconnu « bancal »" in below[0]


def test_check_sees_a_row_taken_away(run, data_copy):
    """A row removed is reported twice: by the fingerprint and by the expected count."""
    count = len(load(data_copy).inspirations)
    path = data_copy / "actions" / "inspirations.csv"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    code, lines = run(data_copy, "check")
    assert code == 1
    (fault,) = faults_of(lines, COUNTS)
    assert fault.startswith(f"actions/inspirations.csv : {count - 1} lignes au lieu de {count}")
    assert "python -m qpverts seal" in fault
    assert verdicts(lines)[SEALS] == "1 faute"


def test_check_sees_a_layer_out_of_the_region(run, data_copy):
    """A label moved to the equator is reported by its rank in its layer."""
    path = data_copy / "geo" / "etiquettes.geojson"
    content = path.read_text("utf-8")
    start = content.index('"coordinates":') + len('"coordinates":')
    path.write_text(content[:start] + "[0, 0]" + content[content.index("]", start) + 1 :], "utf-8")
    _, lines = run(data_copy, "check")
    assert faults_of(lines, "Étendue : chaque couche est dans la région") == [
        "geo/etiquettes.geojson : l'entité nº 1 sort de la région"
    ]


def test_check_without_data(run, tmp_path):
    """A folder without catalogue is one fault with its remedy, not a Python error."""
    code, lines = run(tmp_path, "check")
    assert code == 1
    assert any("geo/catalogue.toml : le fichier manque" in line for line in lines)


def test_seal_repairs_a_voluntary_change(run, sealed):
    """After a voluntary change, seal declares the file anew, names it, and leaves the rest as it was."""
    path = sealed / PATH
    before = path.read_text("utf-8")
    rewrite(sealed / "actions" / "actions.csv", "Rénovation collective", "Réparation collective")
    assert run(sealed, "check")[0] == 1
    assert run(sealed, "seal") == (0, ["Déclaré de nouveau : actions, attendus."])
    assert run(sealed, "check")[0] == 0
    changed = [
        (old, new)
        for old, new in zip(before.splitlines(), path.read_text("utf-8").splitlines(), strict=True)
        if old != new
    ]
    assert len(changed) == 2  # the file, and that of what is expected, which notes the data seen
    assert all(line.startswith("sha256 = ") for pair in changed for line in pair)


def test_seal_declares_the_new_count(run, sealed):
    """A row removed on purpose is declared with the new count."""
    path = sealed / "actions" / "inspirations.csv"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    code, lines = run(sealed, "seal")
    assert code == 0
    assert lines[0].startswith("inspirations : ")
    assert lines[0].endswith(" (\N{MINUS SIGN}1 depuis le scellé)")
    assert lines[-2:] == [
        "Les nombres attendus restent : « python -m qpverts seal --yes » les récrit.",
        "Déclaré de nouveau : inspirations, attendus.",
    ]
    code, lines = run(sealed, "check")
    assert code == 0
    assert any(line.endswith("(\N{MINUS SIGN}1 depuis le scellé)") for line in lines)


def test_seal_of_nothing_new(run, sealed):
    """Without a change nothing is written, to the byte."""
    before = (sealed / PATH).read_bytes(), (sealed / PATH).stat().st_mtime_ns
    assert run(sealed, "seal") == (0, ["Rien n'avait changé."])
    assert ((sealed / PATH).read_bytes(), (sealed / PATH).stat().st_mtime_ns) == before


def test_seal_does_not_excuse(run, data_copy):
    """Sealing a wrong figure clears its fingerprint and no other rule."""
    rewrite(data_copy / "geo" / "insee_qpv.csv", "QN01302M,1317,536,54.6,33", "QN01302M,1317,536,54.6,133")
    run(data_copy, "seal")
    code, lines = run(data_copy, "check")
    assert code == 1
    said = verdicts(lines)
    assert said[SEALS] == "OK"
    assert [title for title in TITLES if said[title] != "OK"] == [TITLES[3]]


def test_seal_refuses_a_broken_file(run, data_copy):
    """A file that cannot be read is not sealed: the fault is reported and the catalogue left alone."""
    rewrite(data_copy / "geo" / "insee_qpv.csv", "QN01302M,1317", "QN01302M,1317,12")
    rewrite(data_copy / "actions" / "actions.csv", "Rénovation collective", "Réparation collective")
    before = (data_copy / PATH).read_bytes()
    code, lines = run(data_copy, "seal")
    assert code == 1
    assert lines == [
        "Les nombres attendus restent : « python -m qpverts check » dit quelles règles sont à revoir.",
        "geo/insee_qpv.csv, ligne 3 : 7 cellules au lieu de 6",
    ]
    assert (data_copy / PATH).read_bytes() == before


class Person(io.StringIO):
    """A person at the terminal, and what they type."""

    def isatty(self):
        """Say that a person is there."""
        return True


@pytest.mark.parametrize(
    ("typed", "agreed"), [("oui\n", True), ("non\n", False), ("", False)], ids=["yes", "no", "nothing"]
)
@pytest.mark.sampled(3)
def test_seal_asks_before_it_writes_the_counts(run, sealed, monkeypatch, typed, agreed):
    """A person is shown what moved: a yes writes the counts, anything else leaves every file as it was."""
    path = sealed / "actions" / "inspirations.csv"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    before = [(sealed / name).read_bytes() for name in (PATH, "actions/attendus.toml")]
    monkeypatch.setattr("sys.stdin", Person(typed))
    code, lines = run(sealed, "seal")
    assert "Ces nombres sont-ils voulus ? [oui/non] " in "\n".join(lines)
    assert (code == 0) is agreed
    assert ("Rien n'a été scellé." in lines[-1]) is not agreed
    after = [(sealed / name).read_bytes() for name in (PATH, "actions/attendus.toml")]
    assert (after != before) is agreed
    assert any("depuis le scellé" in line for line in run(sealed, "check")[1]) is not agreed


@pytest.mark.parametrize("arguments", [[], ["inconnu"]])
def test_usage(arguments, capsys):
    """Without a command, or with another, the usage is shown and the code is 2."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "check" in capsys.readouterr().err


def test_as_a_module(tmp_path):
    """``python -m qpverts`` is that command, and hands its code to the shell."""
    done = subprocess.run(
        [sys.executable, "-m", "qpverts", "--data", str(tmp_path), "check"],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
        env={"PYTHONIOENCODING": "utf-8", "PATH": ""},
    )  # fmt: skip
    assert done.returncode == 1
    assert "le fichier manque" in done.stdout
    assert "Traceback" not in done.stderr
