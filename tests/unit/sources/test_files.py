"""Replacing files: the old content or the new one, whatever happens, and a sentence when the disk refuses."""

import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qpverts.errors import DataError
from qpverts.sources.files import replace_file

ROOT = Path(__file__).parents[3]
OLD, NEW = b"ancien\n" * 1000, b"nouveau\n" * 100_000
#: A process that writes the new content, and is killed at the point given: before or after the bytes are
#: on the disk, or once they are in place.
KILLED = """
import os, signal, sys
from pathlib import Path
from qpverts.sources import files

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

place, point = Path(sys.argv[1]), sys.argv[2]
if point == "half-way":
    def half(path, content):
        with path.open("wb") as file:
            file.write(content[: len(content) // 2])
            file.flush()
            die()
    Path.write_bytes = half
elif point == "before the disk has it":
    os.fsync = die
elif point == "before it is in place":
    Path.replace = die
elif point == "after":
    os.open = die
files.replace_file(place, b"nouveau\\n" * 100_000)
"""


def test_written_and_unchanged(tmp_path):
    """A file that is new or different is written, and says so; the same content is left as it is."""
    path = tmp_path / "dossier" / "table.csv"
    assert replace_file(path, OLD)
    before = path.stat()
    assert not replace_file(path, OLD)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino
    assert replace_file(path, NEW)
    assert path.read_bytes() == NEW
    assert [found.name for found in path.parent.iterdir()] == ["table.csv"]


def test_readers_keep_what_they_opened(tmp_path):
    """Whoever reads the old file while it is replaced reads all of it."""
    path = tmp_path / "table.csv"
    path.write_bytes(OLD)
    with path.open("rb") as reader:
        start = reader.read(10)
        replace_file(path, NEW)
        assert start + reader.read() == OLD
    assert path.read_bytes() == NEW


@pytest.mark.parametrize(
    ("point", "left"),
    [("half-way", OLD), ("before the disk has it", OLD), ("before it is in place", OLD), ("after", NEW)],
)
def test_killed(tmp_path, point, left):
    """Killed at any point, the writer leaves the old content or the new one, and the next one works."""
    path = tmp_path / "table.csv"
    path.write_bytes(OLD)
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), point], check=False, timeout=60, cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    assert path.read_bytes() == left
    replace_file(path, NEW)
    assert path.read_bytes() == NEW


def small_files():
    """Let this process write no more than 4 kB in a file, as a full disk would."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def test_full_disk(tmp_path):
    """On a full disk the old content stays, alone, and the reason is reported in French."""
    path = tmp_path / "table.csv"
    path.write_bytes(OLD)
    script = (
        "import sys; from pathlib import Path; from qpverts.sources.files import replace_file\n"
        "from qpverts.errors import DataError\n"
        "try: replace_file(Path(sys.argv[1]), b'x' * 100_000)\n"
        "except DataError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        check=True, timeout=60, capture_output=True, text=True, preexec_fn=small_files, cwd=ROOT,
    )  # fmt: skip
    assert done.stdout.startswith("table.csv : le fichier ne peut pas être écrit (")
    assert "vérifiez la place et les droits" in done.stdout
    assert path.read_bytes() == OLD
    assert [found.name for found in tmp_path.iterdir()] == ["table.csv"]


@pytest.mark.parametrize("place", ["dossier", "dossier/table.csv/plus-loin.csv"])
def test_no_such_place(tmp_path, place):
    """A folder where the file should be, or a file where its folder should be, is reported by its name."""
    (tmp_path / "dossier").mkdir()
    (tmp_path / "dossier" / "table.csv").write_bytes(OLD)
    with pytest.raises(DataError, match=r"ne peut pas être écrit \(.+\) ; vérifiez"):
        replace_file(tmp_path / place, NEW)
    assert (tmp_path / "dossier" / "table.csv").read_bytes() == OLD
    assert not list(tmp_path.rglob("*.partiel"))
