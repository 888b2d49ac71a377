"""One command at a time on the work folder, whatever becomes of the one that holds it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qpverts.errors import BusyError, DataError
from qpverts.sources.lock import NAME, working

ROOT = Path(__file__).parents[3]
HOLD = (
    "import sys; from pathlib import Path; from qpverts.sources.lock import working\n"
    "with working(Path(sys.argv[1]), 'build'):\n"
    "    print('held', flush=True); sys.stdin.read()"
)


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the folder ``var``."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "var")],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_held_by_another_process(holder, tmp_path):
    """The second one learns at once who holds the folder, and that waiting is the remedy."""
    said = (
        rf"^« build » \(processus {holder.pid}, depuis \d\d:\d\d\) travaille déjà dans « .*var » ; attendez"
    )
    with pytest.raises(BusyError, match=said), working(tmp_path / "var"):
        pytest.fail("two at once")


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")
def test_freed_by_death(holder, tmp_path):
    """A process killed outright holds nothing any more."""
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with working(tmp_path / "var"):
        pass


def test_held_within_one_process(tmp_path):
    """Two at once are two at once in the same process as well."""
    with working(tmp_path, "sync"), pytest.raises(BusyError, match="« sync »"), working(tmp_path):
        pytest.fail("two at once")


def test_freed_at_the_end(tmp_path):
    """The end frees the folder, a failure too."""
    with pytest.raises(ZeroDivisionError), working(tmp_path):
        raise ZeroDivisionError
    with working(tmp_path):
        pass


def test_named_by_its_words(tmp_path, monkeypatch):
    """Without a name, a command is known by the words it was started with, at a reasonable length."""
    monkeypatch.setattr(sys, "argv", ["qpverts", "--var", "x" * 500, "sync"])
    with working(tmp_path), pytest.raises(BusyError) as caught, working(tmp_path):
        pytest.fail("two at once")
    assert str(caught.value).startswith("« --var xxx")
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"{}", b"null", b"[" * 5_000])
def test_holder_unknown(tmp_path, content):
    """When what the holder wrote cannot be read, it is another command."""
    with working(tmp_path):
        (tmp_path / NAME).write_bytes(content)
        with pytest.raises(BusyError, match=r"^Une autre commande travaille déjà"), working(tmp_path):
            pytest.fail("two at once")


def test_folder_that_cannot_be_made(tmp_path):
    """A folder that cannot be written to is reported, with what to do."""
    (tmp_path / "var").write_bytes(b"")
    with pytest.raises(DataError, match=r"ne peut pas être écrit .* --var"), working(tmp_path / "var"):
        pytest.fail("no folder")


@pytest.mark.skipif(sys.platform == "win32", reason="links are of POSIX")
def test_link_is_not_followed(tmp_path):
    """A link in the place of the lock does not make another file be written."""
    (tmp_path / "secret").write_bytes(b"secret")
    (tmp_path / NAME).symlink_to(tmp_path / "secret")
    with pytest.raises(DataError), working(tmp_path):
        pytest.fail("through the link")
    assert (tmp_path / "secret").read_bytes() == b"secret"
