"""Speaking to the person at the terminal."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # argparse gives this type no public name, and it takes parameters for mypy only
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001
else:
    Subparsers = object


def say(line: str) -> None:
    """Print a line at once: what is being done must show while it is being done."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
