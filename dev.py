#!/usr/bin/env python3
"""Start QPVerts, or test it, from a bare Python: nothing else to install or to know.

Two commands: ``python3 dev.py run`` and ``python3 dev.py test``. Both first bring ``.venv`` to the state that
the requirements files ask for, which takes no time when it is already there. What is printed is in plain
French: its readers are the city staff who start the application, not its developers.
"""

import errno
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

# Before any annotation is evaluated, so that a Python too old gives this sentence and not a traceback.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        f"QPVerts demande Python 3.11 ou plus récent, et celui-ci est Python {sys.version.split()[0]}. "
        "Installez-en un (https://www.python.org/downloads/), puis relancez avec lui, par exemple "
        "« python3.12 dev.py run »."
    )

try:
    import fcntl
except ImportError:  # Windows has no flock: two starts at the same instant are not kept apart there
    fcntl = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "qpverts-stamp.txt"
LOCK = ROOT / ".venv.lock"  # beside .venv and not inside: remaking .venv empties it

RUN_FILES = ("constraints.txt", "requirements.txt")  # pip is given the last one
TEST_FILES = (*RUN_FILES, "requirements-scale.txt", "requirements-dev.txt")

# The minor version and the platform decide whether installed libraries load; a micro upgrade changes nothing.
INTERPRETER = f"{sys.implementation.cache_tag} {sysconfig.get_platform()}"
PROBE = """
import sys, sysconfig
from importlib.util import find_spec
if find_spec("pip") and find_spec("streamlit"):
    print(sys.implementation.cache_tag, sysconfig.get_platform())
"""

DEFAULT_PORT = 8501
PORTS = range(1, 65536)
START_LIMIT_S = 120
STOP_LIMIT_S = 10

#: The rings of tests, from what one runs between two lines to what is run each night and before a release.
QUICK, USUAL, ALL = "--quick", "", "--all"

CHECKS = (
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("mypy", ("-m", "mypy")),
    ("lint-imports", ("-c", "from importlinter.cli import lint_imports_command as main; main()")),
    ("biome, node --test", ("tests/browser/check.py",)),
)
DATA_CHECK = ("qpverts check", ("-m", "qpverts", "check"))

#: What is pure or nearly: the quick ring of tests.
QUICK_TESTS = ("tests/unit/domain", "tests/unit/viz", "tests/unit/ui")
#: The processes of a cluster do not start from a worker that showed pages before: a step of its own.
CLUSTER = "tests/unit/geo/test_engine.py"
#: Two workers at a time, for a browser waits more than it works; the tests that share a group keep together.
TWO_WORKERS = ("-n", "2", "--dist", "loadgroup")

HELP = """\
python3 dev.py run [--port 8501]     prépare ce qu'il faut, puis démarre QPVerts (Ctrl-C pour l'arrêter)
python3 dev.py test [-- options]     prépare ce qu'il faut, puis vérifie (les options vont à pytest) :
                    test --quick     l'essentiel, en une minute, entre deux lignes de code
                    test             ce que demande chaque changement, en huit minutes
                    test --all       tout, chaque nuit et avant chaque version, aussi long qu'il faut"""


class DevError(Exception):
    """What stops a command: a sentence for the person who typed it, and the exit code."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code


def say(sentence: str) -> None:
    """Print at once: what is being done must show while it is being done, in the log of CI too."""
    print(sentence, flush=True)


# The environment


def fingerprint(files: tuple[str, ...]) -> str:
    """Hash what decides the content of .venv: the interpreter and the files that pip reads."""
    digest = hashlib.sha256(INTERPRETER.encode())
    for name in files:
        try:
            digest.update(b"\0" + (ROOT / name).read_bytes())
        except OSError as error:
            raise DevError(
                f"Le fichier {name} manque ou ne peut pas être lu : récupérez à nouveau le projet."
            ) from error
    return digest.hexdigest()


def is_ready(files: tuple[str, ...]) -> bool:
    """Tell whether .venv was completed for these very files, and still starts."""
    wanted = fingerprint(files)
    try:
        if wanted not in STAMP.read_text(encoding="utf-8").split():
            return False
        answer = subprocess.run([PYTHON, "-I", "-c", PROBE], capture_output=True, text=True, check=False)
    except (OSError, UnicodeDecodeError):  # no stamp, or no interpreter behind it
        return False
    return answer.stdout.strip() == INTERPRETER


def prepare(files: tuple[str, ...]) -> None:
    """Bring .venv to what the requirements files ask for; do nothing when it is already so.

    The stamp goes before the first change and comes back after the last: an interruption at any point leaves
    none, hence a fresh start next time. The tools of ``test`` are added to a sound environment of ``run``;
    any other difference remakes it whole, so that no library outlives its line in the requirements.
    """
    if is_ready(files):  # before the lock: a ready copy in a read-only folder must start
        return
    try:
        with one_at_a_time():
            if is_ready(files):
                return
            promise = f"{fingerprint(RUN_FILES)}\n{fingerprint(files)}\n"  # now: pip reads them now
            is_sound = is_ready(RUN_FILES)
            STAMP.unlink(missing_ok=True)
            if not is_sound:
                say("Préparation de l'environnement Python (dossier .venv)…")
                create_venv()
            say("Installation des bibliothèques : une à deux minutes, cette fois seulement…")
            pip_install(ROOT / files[-1])
            STAMP.write_text(promise, encoding="utf-8")
    except OSError as error:
        raise DevError(
            f"Impossible d'écrire dans le dossier {ROOT} ({error.strerror or error}). Vérifiez vos droits et "
            "la place sur le disque, ou copiez le projet dans un dossier à vous."
        ) from error


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Keep two dev.py from changing .venv together; the system frees the lock of one that dies."""
    with LOCK.open("w") as handle:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Un autre dev.py prépare déjà l'environnement : attente qu'il ait fini…")
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def create_venv() -> None:
    """Make .venv anew, whatever was there."""
    try:
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(VENV)
    except subprocess.CalledProcessError as error:
        raise DevError(
            "Python n'a pas pu créer l'environnement .venv : il lui manque sans doute le module « venv ». "
            "Sur Debian ou Ubuntu : « sudo apt install python3-venv », puis relancez la même commande."
        ) from error


def pip_install(requirements: Path) -> None:
    """Install one requirements file in .venv; pip speaks only if it fails."""
    quiet = ("--disable-pip-version-check", "--no-input", "--quiet", "--quiet")
    command = (PYTHON, "-m", "pip", "install", *quiet, "--requirement", requirements)
    if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode:
        raise DevError(
            "L'installation des bibliothèques a échoué ; le détail est ci-dessus. Vérifiez la connexion à "
            "Internet (et la variable HTTPS_PROXY si votre réseau a un serveur mandataire), puis relancez la "
            "même commande."
        )


def with_bytecode() -> dict[str, str]:
    """Give this environment to what we start, compiled modules kept: each start would compile ours again."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


# python3 dev.py run


def is_free(port: int) -> bool:
    """Try to listen where the server will: on the loopback, in IPv4 and, where it exists, in IPv6."""
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family) as trial:
                if os.name != "nt":  # as servers do: a connection closed a moment ago does not hold the port
                    trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trial.bind((address, port))
        except OSError as error:
            if error.errno not in (
                errno.EAFNOSUPPORT,
                errno.EADDRNOTAVAIL,
            ):  # these two: no IPv6 on this machine
                return False
    return True


def checked_port(text: str) -> int:
    """Read a port that can be listened on, or say what is wrong and which one would do."""
    port = int(text) if re.fullmatch("[0-9]{1,5}", text) else 0
    if port not in PORTS:
        fault = f"Le port « {text} » n'est pas un nombre entre {PORTS[0]} et {PORTS[-1]}."
    elif not is_free(port):
        fault = (
            f"Le port {port} est déjà utilisé (peut-être par un QPVerts déjà ouvert) ou réservé au système."
        )
    else:
        return port
    others = (*range(max(port, DEFAULT_PORT), PORTS.stop), *range(DEFAULT_PORT, PORTS.stop))
    other = next(candidate for candidate in others if is_free(candidate))
    raise DevError(f"{fault} Essayez : python3 dev.py run --port {other}", code=2)


def run(port: int) -> int:
    """Serve the application on the loopback until Ctrl-C."""
    prepare(RUN_FILES)
    say("Démarrage de QPVerts…")
    where = ("--server.port", str(port), "--server.headless", "true", "--server.address", "localhost")
    command = (PYTHON, "-m", "streamlit", "run", "app.py", *where, "--logger.hideWelcomeMessage", "true")
    server = subprocess.Popen(command, cwd=ROOT, env=with_bytecode(), stdin=subprocess.DEVNULL)
    try:
        wait_until_healthy(server, port)
        say(f"QPVerts est prêt : http://localhost:{port}  (Ctrl-C pour l'arrêter)")
        code = server.wait()
        raise DevError(f"QPVerts s'est arrêté de lui-même (code {code}) ; la cause est ci-dessus.")
    except KeyboardInterrupt:
        stop(server)
        say("QPVerts est arrêté.")
        return 0
    finally:
        server.kill()  # does nothing to a server that has ended


def wait_until_healthy(server: subprocess.Popen[bytes], port: int) -> None:
    """Wait for the server's own word that it answers, or say that it never did."""
    opener = build_opener(
        ProxyHandler({})
    )  # a proxy set for the Internet knows nothing of this machine's loopback
    limit = time.monotonic() + START_LIMIT_S
    while time.monotonic() < limit:
        if server.poll() is not None:
            code = server.returncode
            raise DevError(f"QPVerts s'est arrêté avant d'être prêt (code {code}) ; la cause est ci-dessus.")
        with suppress(OSError), opener.open(f"http://localhost:{port}/_stcore/health", timeout=2):
            return
        time.sleep(0.1)
    raise DevError(f"QPVerts ne répond toujours pas après {START_LIMIT_S} secondes : démarrage abandonné.")


def stop(server: subprocess.Popen[bytes]) -> None:
    """Ask the server to end, and insist if it does not, or if Ctrl-C is pressed again."""
    server.terminate()
    try:
        server.wait(STOP_LIMIT_S)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        server.kill()


# python3 dev.py test


def steps_of(ring: str, pytest_options: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    """List the steps of a ring, each a name and what Python is given; the tests come last.

    So the closing line of pytest is near the end of what is printed.
    """
    chosen = ("-m", "pytest", "--ring")
    if ring == QUICK:
        tests = (*chosen, "quick", *TWO_WORKERS, *QUICK_TESTS, *pytest_options)
        return [*CHECKS, ("pytest", tests)]
    if ring == USUAL:
        return [*CHECKS, DATA_CHECK, ("pytest", (*chosen, "usual", *TWO_WORKERS, *pytest_options))]
    measured = ("--cov", "--cov-context=test", "--cov-report=", "--timeout=300")  # what is measured is slower
    return [
        *CHECKS,
        DATA_CHECK,
        ("pytest (dask)", (*chosen, "all", "-q", CLUSTER, *measured)),
        (
            "pytest",
            (*chosen, "all", f"--ignore={CLUSTER}", *TWO_WORKERS, *measured, "--cov-append", *pytest_options),
        ),
        ("couverture", ("-m", "tests.coverage_report")),
    ]


def test(ring: str, pytest_options: list[str]) -> int:
    """Run every check of a ring, whatever the earlier ones say, and sum them up."""
    prepare(TEST_FILES)
    environment = with_bytecode() | ({} if ring == QUICK else browser_environment())
    outcomes = []
    for name, arguments in steps_of(ring, pytest_options):
        say(f"\n--- {name}")
        began = time.monotonic()
        done = subprocess.run(
            (PYTHON, *arguments), cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False
        )
        outcomes.append((name, done.returncode == 0, time.monotonic() - began))
    say("\n--- bilan")
    for name, is_ok, seconds in outcomes:
        say(f"{'ok' if is_ok else 'ÉCHEC':<7}{name:<16}{seconds:>7.1f} s".replace(".", ","))
    return 0 if all(is_ok for _, is_ok, _ in outcomes) else 1


def browser_environment() -> dict[str, str]:
    """Find or install a Chromium and tell the browser tests where; without one, tell them to skip."""
    path = installed_browser()
    if not path and shutil.which("apt-get") and os.geteuid() == 0:
        say("Aucun navigateur Chromium trouvé : installation par apt-get…")
        unattended = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (("apt-get", "update", "-qq"), ("apt-get", "install", "-y", "-qq", "chromium")):
            subprocess.run(command, env=unattended, stdin=subprocess.DEVNULL, check=False)
        path = installed_browser()
    if not path:
        say("Aucun navigateur Chromium trouvé : installation par Playwright…")
        command = (str(PYTHON), "-m", "playwright", "install", "chromium")
        if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode:
            if os.environ.get("CI") == "true":
                raise DevError(
                    "Aucun navigateur Chromium : en intégration continue, ses tests ne se sautent pas."
                )
            say("\nATTENTION : aucun navigateur Chromium, tests de navigateur sautés.\n")
            return {"QPVERTS_CHROMIUM": "", "QPVERTS_E2E": "skip"}
    # An old request to skip does not outlive a browser; no path: Playwright knows where its own is.
    return {"QPVERTS_CHROMIUM": path, "QPVERTS_E2E": ""}


def installed_browser() -> str:
    """Give the path of a Chromium that starts, or nothing: Ubuntu has one that only asks for a snap."""
    for name in ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        with suppress(OSError):
            if path and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
                return path
    return ""


def obey(argv: list[str]) -> int:
    """Do what the command line asks."""
    port = re.fullmatch("run(?: --port[ =](.+))?", " ".join(argv))
    if port:
        return run(checked_port(port[1] or str(DEFAULT_PORT)))
    if argv[:1] == ["test"]:
        ring = argv[1] if argv[1:2] in ([QUICK], [ALL]) else USUAL
        options = argv[2:] if ring else argv[1:]
        if options[:1] in ([], ["--"]):
            return test(ring, options[1:])
    if argv in (["-h"], ["--help"]):
        say(HELP)
        return 0
    raise DevError(f"Cette commande n'existe pas. Il y en a deux :\n{HELP}", code=2)


def main(argv: list[str]) -> int:
    """Obey, and turn what stops it into a sentence and an exit code."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # to end in all these ways as Ctrl-C does, server included
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # an old terminal may lack « or …
    try:
        return obey(argv)
    except DevError as reason:
        print(reason, file=sys.stderr)
        return reason.code
    except KeyboardInterrupt:
        say("\nInterrompu.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
