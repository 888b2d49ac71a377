"""``claims``: the claims of the approach, tested anew on the fetched layers."""

from __future__ import annotations

import argparse

from qpverts.cli.terminal import Subparsers, say
from qpverts.viz.words.labels import plural


def declare(commands: Subparsers) -> None:
    """Add ``claims``."""
    parser = commands.add_parser(
        "claims",
        help="comparer la bordure verte des quartiers à celle de lieux au hasard (quelques minutes)",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the test, and name the tables that changed."""
    # Here and not above: the application, and every other command, must run without the studies.
    from studies.edge_test.run import verify  # noqa: PLC0415

    verified = verify(options.data, options.var, say)
    say(
        f"{plural(verified.districts, 'quartier comparé', 'quartiers comparés')} à "
        f"{plural(verified.places, 'lieu au hasard', 'lieux au hasard')}."
    )
    changed = ", ".join(verified.changed)
    say(f"Fichiers renouvelés : {changed}." if changed else "Rien n'avait changé.")
    return 0
