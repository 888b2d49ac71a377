"""dev.py, without its slow parts: nothing here installs a library or starts a server."""

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

DEV = Path(__file__).parents[2] / "dev.py"
OK = SimpleNamespace(returncode=0)
FAILED = SimpleNamespace(returncode=1)
HANDLE = signal.signal  # the real one: most tests here put it aside


@pytest.fixture
def dev(tmp_path, monkeypatch):
    """A dev.py whose project is a temporary folder, and which writes down what it would install."""
    spec = importlib.util.spec_from_file_location("dev_under_test", DEV)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in module.TEST_FILES:
        (tmp_path / name).write_text(f"{name} as first written\n")
    venv = tmp_path / ".venv"
    python = venv / "bin" / "python"
    done = []

    def create_venv():
        done.append("remade")
        python.parent.mkdir(parents=True, exist_ok=True)
        python.write_text(f"#!/bin/sh\necho '{module.INTERPRETER}'\n")
        python.chmod(0o755)

    for name, value in {
        "ROOT": tmp_path,
        "VENV": venv,
        "PYTHON": python,
        "STAMP": venv / "stamp.txt",
        "LOCK": tmp_path / ".venv.lock",
        "create_venv": create_venv,
        "real_pip_install": module.pip_install,
        "pip_install": lambda requirements: done.append(requirements.name),
        "done": done,
    }.items():
        monkeypatch.setattr(module, name, value, raising=False)
    monkeypatch.setattr(module.signal, "signal", lambda *_: None)  # pytest's own handling of Ctrl-C stays
    return module


@pytest.fixture
def listener():
    """A port where someone already listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def steps(dev, monkeypatch):
    """What `test` would run, with `ruff check` failing; no environment to prepare, and a browser at hand."""
    ran = []

    def record(command, **options):
        ran.append((command, options["env"]))
        return FAILED if "check" in command and "ruff" in command else OK

    monkeypatch.setattr(dev, "prepare", lambda files: None)
    monkeypatch.setattr(dev, "installed_browser", lambda: "/somewhere/chromium")
    monkeypatch.setattr(dev.subprocess, "run", record)
    return ran


# The command line


def test_port_in_use(dev, listener, capsys):
    """A port in use is refused with exit code 2 before anything is installed, and another is proposed."""
    assert dev.main(["run", "--port", str(listener)]) == 2
    said = capsys.readouterr().err
    assert f"Le port {listener} est déjà utilisé" in said
    proposed = int(said.rsplit("--port ", 1)[1])
    assert proposed != listener
    assert dev.is_free(proposed)
    assert dev.done == []


def test_port_in_use_in_ipv6_only(dev):
    """A port held on ::1 alone is in use too: a browser asked for localhost would go there."""
    try:
        server = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
    with server:
        assert not dev.is_free(server.getsockname()[1])


def test_port_just_released_is_free(dev):
    """A port whose last connection closed a moment ago can be taken again: Ctrl-C then run must work."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            server.accept()[0].close()  # the side that closes first keeps the port in TIME_WAIT
    assert dev.is_free(port)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "abc", "8 501", "8_501", "٨٥٠١", "80.5", "9" * 5000])
def test_port_that_is_none(dev, port, capsys):
    """What is not a number from 1 to 65535 is refused with exit code 2 and a port that would do."""
    assert dev.main(["run", "--port", port]) == 2
    said = capsys.readouterr().err
    assert "n'est pas un nombre entre 1 et 65535" in said
    assert dev.is_free(int(said.rsplit("--port ", 1)[1]))


@pytest.mark.parametrize(
    ("argv", "port"), [(["run"], 8501), (["run", "--port", "8765"], 8765), (["run", "--port=8765"], 8765)]
)
def test_port_that_is_right(dev, argv, port, monkeypatch):
    """The port asked for is the one served, 8501 when none is asked for."""
    monkeypatch.setattr(dev, "is_free", lambda port: True)
    monkeypatch.setattr(dev, "run", lambda port: port)
    assert dev.main(argv) == port


@pytest.mark.parametrize(
    "argv",
    [[], ["start"], ["run", "--port"], ["run", "8501"], ["test", "-k", "radar"], ["test", "--fast"]],
)
def test_unknown_command(dev, argv, capsys):
    """Anything but the two commands shows both, with exit code 2."""
    assert dev.main(argv) == 2
    said = capsys.readouterr().err
    assert "dev.py run" in said
    assert "dev.py test" in said


# The environment


def test_second_start_installs_nothing(dev):
    """A first start makes the environment, a second finds it ready."""
    dev.prepare(dev.RUN_FILES)
    assert dev.done == ["remade", "requirements.txt"]
    dev.prepare(dev.RUN_FILES)
    assert dev.done == ["remade", "requirements.txt"]


@pytest.mark.parametrize("name", ["requirements.txt", "constraints.txt"])
def test_changed_requirements_remake(dev, name):
    """A changed requirements file remakes the environment, so that no library outlives its line."""
    dev.prepare(dev.RUN_FILES)
    (dev.ROOT / name).write_text("another version\n")
    dev.prepare(dev.RUN_FILES)
    assert dev.done == ["remade", "requirements.txt"] * 2


def test_test_adds_to_run(dev):
    """The tools of `test` are added to the environment of `run`, which stays ready for both."""
    dev.prepare(dev.RUN_FILES)
    dev.prepare(dev.TEST_FILES)
    assert dev.done == ["remade", "requirements.txt", "requirements-dev.txt"]
    assert dev.is_ready(dev.RUN_FILES)
    assert dev.is_ready(dev.TEST_FILES)


def test_run_does_not_wait_for_the_tools_of_test(dev):
    """A change in the tools alone leaves `run` ready, and `test` not."""
    dev.prepare(dev.TEST_FILES)
    (dev.ROOT / "requirements-dev.txt").write_text("another tool\n")
    assert dev.is_ready(dev.RUN_FILES)
    assert not dev.is_ready(dev.TEST_FILES)


def test_interrupted_installation_is_remade(dev, monkeypatch):
    """An installation cut in the middle, even of one more tool, is started afresh next time."""
    dev.prepare(dev.RUN_FILES)
    install = dev.pip_install

    def cut(requirements):
        raise KeyboardInterrupt

    monkeypatch.setattr(dev, "pip_install", cut)
    with pytest.raises(KeyboardInterrupt):
        dev.prepare(dev.TEST_FILES)
    assert not dev.is_ready(dev.RUN_FILES)
    monkeypatch.setattr(dev, "pip_install", install)
    dev.prepare(dev.RUN_FILES)
    assert dev.done == ["remade", "requirements.txt"] * 2


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda python: python.unlink(), id="no python"),
        pytest.param(lambda python: python.chmod(0o644), id="not executable"),
        pytest.param(lambda python: python.write_text("#!/bin/sh\nexit 1\n"), id="python that fails"),
        pytest.param(lambda python: python.write_text("#!/bin/sh\necho\n"), id="libraries gone"),
        pytest.param(
            lambda python: python.write_text("#!/bin/sh\necho cpython-39 mars\n"), id="another python"
        ),
        pytest.param(lambda python: python.write_bytes(b"\x7fELF"), id="another machine's python"),
    ],
)
def test_broken_environment_is_remade(dev, damage):
    """An environment whose Python is missing, broken or another one is remade despite its stamp."""
    dev.prepare(dev.RUN_FILES)
    damage(dev.PYTHON)
    dev.prepare(dev.RUN_FILES)
    assert dev.done == ["remade", "requirements.txt"] * 2
    assert dev.is_ready(dev.RUN_FILES)


def test_probe_knows_this_environment(dev):
    """The question put to the environment's Python, put to this one, gets the answer expected of it."""
    answer = subprocess.run(
        [sys.executable, "-I", "-c", dev.PROBE], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == dev.INTERPRETER


def test_failed_pip_is_a_sentence(dev, monkeypatch):
    """When pip fails, the command ends with a sentence about the connection, and nothing passes for ready."""
    monkeypatch.setattr(dev, "pip_install", dev.real_pip_install)
    with monkeypatch.context() as offline:
        offline.setattr(dev.subprocess, "run", lambda *_, **__: FAILED)
        with pytest.raises(dev.DevError, match="connexion à Internet"):
            dev.prepare(dev.RUN_FILES)
    assert not dev.is_ready(dev.RUN_FILES)


def test_folder_that_cannot_be_written(dev, monkeypatch):
    """A folder where nothing can be written gives a sentence, not a traceback."""
    (dev.ROOT / "file").touch()
    monkeypatch.setattr(dev, "LOCK", dev.ROOT / "file" / "lock")
    with pytest.raises(dev.DevError, match="Impossible d'écrire dans le dossier"):
        dev.prepare(dev.RUN_FILES)


def test_ready_copy_in_a_read_only_folder_starts(dev, monkeypatch):
    """An environment that is ready needs no writing, hence not even the lock."""
    dev.prepare(dev.RUN_FILES)
    monkeypatch.setattr(dev, "LOCK", dev.ROOT / "nowhere" / "lock")
    dev.prepare(dev.RUN_FILES)


def test_missing_requirements_is_a_sentence(dev):
    """A project copied without its requirements says which file is missing."""
    (dev.ROOT / "constraints.txt").unlink()
    with pytest.raises(dev.DevError, match=r"constraints\.txt manque"):
        dev.prepare(dev.RUN_FILES)


def test_two_at_once_install_once(dev, monkeypatch, capsys):
    """Of two started together, one installs; the other says that it waits, then finds all ready."""
    together = threading.Barrier(2)

    def slow_install(requirements):
        time.sleep(0.2)
        dev.done.append(requirements.name)

    def start():
        together.wait()
        dev.prepare(dev.RUN_FILES)

    monkeypatch.setattr(dev, "pip_install", slow_install)
    starts = [threading.Thread(target=start) for _ in range(2)]
    for thread in starts:
        thread.start()
    for thread in starts:
        thread.join()
    assert dev.done == ["remade", "requirements.txt"]
    assert "Un autre dev.py" in capsys.readouterr().out


def test_lock_of_a_dead_process_is_free(dev):
    """A dev.py killed while it held the lock does not block the next one."""
    hold = (
        "import fcntl, os, sys; fcntl.flock(open(sys.argv[1], 'w'), fcntl.LOCK_EX); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", hold, dev.LOCK], check=False)
    assert dev.LOCK.exists()
    dev.prepare(dev.RUN_FILES)
    assert dev.is_ready(dev.RUN_FILES)


# run


def serve(dev, code):
    """Run dev.py's `run` on a stand-in for Streamlit: the given Python code, which finds its port in argv."""
    dev.PYTHON.write_text(f'#!/bin/sh\nexec {sys.executable} -c "$CODE" "$@"\n')
    os.environ["CODE"] = code
    try:
        return dev.main(["run", "--port", str(next(n for n in range(8700, 9700) if dev.is_free(n)))])
    finally:
        del os.environ["CODE"]


@pytest.fixture
def prepared(dev, monkeypatch):
    """A dev.py with nothing to prepare."""
    dev.create_venv()
    monkeypatch.setattr(dev, "prepare", lambda files: None)
    return dev


def test_server_that_dies_before_it_is_ready(prepared, capsys):
    """A server that dies at once ends the command with a sentence and its exit code, never with « prêt »."""
    assert serve(prepared, "raise SystemExit(7)") == 1
    said = capsys.readouterr()
    assert "avant d'être prêt (code 7)" in said.err
    assert "est prêt" not in said.out


@pytest.fixture(params=[signal.default_int_handler, signal.SIG_IGN], ids=["in front", "behind"])
def started(request, prepared, monkeypatch):
    """A dev.py started by a person, or in the background by a shell, which then has Ctrl-C ignored."""
    names = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
    before = {name: signal.getsignal(name) for name in names}
    monkeypatch.setattr(prepared.signal, "signal", HANDLE)
    HANDLE(signal.SIGINT, request.param)
    yield prepared
    for name, handler in before.items():
        HANDLE(name, handler)


@pytest.mark.timeout(30)
def test_server_until_ctrl_c(started, monkeypatch, capfd):
    """« prêt » and the address come once health answers; Ctrl-C then ends the server too, with code 0.

    So it does where Ctrl-C was ignored by who started it: nothing waits for ever.
    """
    code = """
import http.server, sys
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/_stcore/health" else 404); self.end_headers()
    def log_message(self, *a): pass
port = int(sys.argv[sys.argv.index("--server.port") + 1])
http.server.HTTPServer(("localhost", port), Health).serve_forever()
"""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # a proxy must not be asked about the loopback
    said = []

    def press_ctrl_c_when_ready(sentence):
        said.append(sentence)
        if "est prêt" in sentence:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(started, "say", press_ctrl_c_when_ready)
    monkeypatch.setattr(started, "START_LIMIT_S", 5)
    began = time.monotonic()
    assert serve(started, code) == 0
    assert time.monotonic() - began < started.STOP_LIMIT_S, "the server was killed, not asked to end"
    ready = next(sentence for sentence in said if "QPVerts est prêt : http://localhost:" in sentence)
    assert said[-1] == "QPVerts est arrêté."
    port = int(ready.split("localhost:")[1].split()[0])
    limit = time.monotonic() + started.STOP_LIMIT_S
    while not started.is_free(port) and time.monotonic() < limit:  # the system may take a moment
        time.sleep(0.05)
    assert started.is_free(port)


# test


def test_every_step_runs_and_a_failure_shows(dev, steps, capsys):
    """A failed step stops no other; the summary names it, and the exit code is 1."""
    assert dev.main(["test"]) == 1
    names = [name for name, _ in dev.steps_of(dev.USUAL, [])]
    assert len(steps) == len(names)
    lines = [line.split() for line in capsys.readouterr().out.split("bilan\n")[1].splitlines()]
    assert [line[0] for line in lines] == ["ÉCHEC", *["ok"] * (len(names) - 1)]
    assert [" ".join(line[1:-2]) for line in lines] == names


@pytest.mark.parametrize("ring", [[], ["--quick"], ["--all"]], ids=" ".join)
def test_all_steps_passing_is_success(dev, steps, monkeypatch, ring):
    """When every step of a ring passes, the exit code is 0."""
    monkeypatch.setattr(dev.subprocess, "run", lambda *_, **__: OK)
    assert dev.main(["test", *ring]) == 0


@pytest.mark.parametrize("ring", [[], ["--quick"], ["--all"]], ids=" ".join)
def test_options_go_to_pytest_only(dev, steps, ring):
    """What follows `--` is given to pytest and to no other step, in each ring."""
    dev.main(["test", *ring, "--", "-k", "radar"])
    given = [command for command, _ in steps if command[-2:] == ("-k", "radar")]
    assert len(given) == 1
    assert given[0][1:3] == ("-m", "pytest")


def test_each_ring_holds_the_one_before(dev):
    """The steps of a ring are those of the quicker ring and more, and pytest is told the ring."""
    quick, usual, everything = (dict(dev.steps_of(ring, [])) for ring in (dev.QUICK, dev.USUAL, dev.ALL))
    assert set(quick) < set(usual) < set(everything)
    asked = [steps["pytest"][steps["pytest"].index("--ring") + 1] for steps in (quick, usual, everything)]
    assert asked == ["quick", "usual", "all"]


def test_quick_folders_are_there(dev):
    """The folders of the quick ring exist: a folder that moved would otherwise be left out in silence."""
    assert all((DEV.parent / folder).is_dir() for folder in dev.QUICK_TESTS)


def test_quick_looks_for_no_browser(dev, steps, monkeypatch):
    """The quick ring needs no browser, hence neither looks for one nor installs one."""
    monkeypatch.setattr(dev, "browser_environment", lambda: pytest.fail("a browser was looked for"))
    dev.main(["test", "--quick"])
    assert any("pytest" in command for command, _ in steps)


def test_browser_is_handed_on(dev, steps, monkeypatch):
    """The browser found is given to the tests, and an old request to skip them does not survive it."""
    monkeypatch.setenv("QPVERTS_E2E", "skip")
    dev.main(["test"])
    environment = steps[-1][1]
    assert environment["QPVERTS_CHROMIUM"] == "/somewhere/chromium"
    assert environment["QPVERTS_E2E"] != "skip"


@pytest.fixture
def no_browser(dev, monkeypatch):
    """A machine without a browser, where none can be installed."""
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    monkeypatch.setattr(dev.subprocess, "run", lambda *_, **__: FAILED)
    monkeypatch.setattr(dev, "prepare", lambda files: None)
    monkeypatch.delenv("CI", raising=False)


def test_no_browser_is_said_loudly(dev, no_browser, capsys):
    """Without a browser, on a desk, the browser tests are skipped, and that is said loudly."""
    assert dev.browser_environment() == {"QPVERTS_CHROMIUM": "", "QPVERTS_E2E": "skip"}
    assert "ATTENTION" in capsys.readouterr().out


def test_no_browser_in_ci_is_an_error(dev, no_browser, monkeypatch, capsys):
    """Without a browser, in CI, the command fails: tests that nobody ran must not look green."""
    monkeypatch.setenv("CI", "true")
    assert dev.main(["test"]) == 1
    assert "Aucun navigateur Chromium" in capsys.readouterr().err


def test_browser_that_does_not_start_is_none(dev, tmp_path, monkeypatch):
    """A script named chromium that only says to install a snap is not a browser."""
    decoy = tmp_path / "chromium"
    decoy.write_text("#!/bin/sh\nexit 1\n")
    decoy.chmod(0o755)
    monkeypatch.setattr(dev.shutil, "which", lambda name: str(decoy))
    assert dev.installed_browser() == ""
    decoy.write_text("#!/bin/sh\necho Chromium 130\n")
    assert dev.installed_browser() == str(decoy)
