"""Command line: ``python -m qpverts COMMAND``; one module a command, each with ``declare`` and ``run``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from qpverts.cli import build, check, claims, import_, match, publish, seal, sync
from qpverts.cli.old_names import in_todays_words
from qpverts.cli.terminal import Parser, say
from qpverts.errors import QpvertsError
from qpverts.settings import load as load_settings

#: Each module's ``declare(commands)`` adds its parsers and sets ``run``, called with the parsed options.
COMMANDS = (check, seal, sync, build, claims, import_, match, publish)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 on any fault."""
    settings = load_settings()
    parser = Parser(prog="python -m qpverts", description="Les données de QPVerts.")
    parser.add_argument(
        "--data", type=Path, default=settings.data_dir, metavar="DOSSIER", help="dossier des données"
    )
    parser.add_argument(
        "--var", type=Path, default=settings.var_dir, metavar="DOSSIER", help="dossier de travail (var)"
    )
    commands = parser.add_subparsers(
        title="commandes",
        dest="commande",
        required=True,
        description="« python -m qpverts COMMANDE --help » en montre les options.",
    )
    for module in COMMANDS:
        module.declare(commands)
    options = parser.parse_args(in_todays_words(sys.argv[1:] if arguments is None else arguments))
    try:
        code: int = options.run(options)
    except QpvertsError as error:  # whatever stops a command says why, and what to do
        say(str(error))
        return 1
    return code
