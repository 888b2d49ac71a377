"""``seal``: the content of the data folder, declared anew after a change that was meant."""

from __future__ import annotations

import argparse

from qpverts.cli.terminal import Subparsers, say
from qpverts.sources import check as data_control


def declare(commands: Subparsers) -> None:
    """Add ``seal``."""
    parser = commands.add_parser("seal", help="déclarer le contenu actuel après une modification voulue")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Declare the content as it is, and name what had changed."""
    changed = data_control.seal(options.data)
    say(f"Déclaré de nouveau : {', '.join(changed)}." if changed else "Rien n'avait changé.")
    return 0
