"""All that one process serves, in one command: public pages and files, then crowds on the dashboard.

Run with ``python -m benchmarks.load``: about six minutes. See :mod:`benchmarks.http` and
:mod:`benchmarks.sessions`, which it runs one after the other.
"""

from __future__ import annotations

import subprocess
import sys

from benchmarks import nginx


def main() -> int:
    """Measure both, through nginx too when it is there; the worst of the two answers."""
    pages = ["benchmarks.http", *(["--nginx"] if nginx.is_there() else [])]
    commands = [[sys.executable, "-m", *pages], [sys.executable, "-m", "benchmarks.sessions"]]
    return max(subprocess.run(command, check=False).returncode for command in commands)  # noqa: S603  # our own


if __name__ == "__main__":
    sys.exit(main())
