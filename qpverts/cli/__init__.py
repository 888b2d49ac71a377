"""Command line: ``python -m qpverts COMMAND``; one module per command, each with ``declare`` and ``run``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType

from qpverts.cli.old_names import in_todays_words
from qpverts.cli.terminal import Parser, say
from qpverts.errors import QpvertsError
from qpverts.settings import load as load_settings

#: The module of each command; its ``declare(commands)`` adds its parser and sets ``run``, given the options.
MODULES = {
    "check": "check",
    "seal": "seal",
    "sync": "sync",
    "build": "build",
    "claims": "claims",
    "import": "import_",
    "match": "match",
    "publish": "publish",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 on any fault."""
    words = in_todays_words(sys.argv[1:] if arguments is None else arguments)
    settings = load_settings()
    parser = Parser(prog="python -m qpverts", description="Les données de QPVerts.")
    parser.add_argument(
        "--data", type=Path, default=settings.data_dir, metavar="DOSSIER", help="dossier des données"
    )
    parser.add_argument(
        "--var", type=Path, default=settings.var_dir, metavar="DOSSIER", help="dossier de travail (var)"
    )
    modules = _modules(words)
    commands = parser.add_subparsers(
        title="commandes",
        dest="commande",
        required=True,
        # The usage lists all commands, also when only some were imported.
        metavar=f"{{{','.join(MODULES)}}}" if len(modules) < len(set(MODULES.values())) else None,
        description="« python -m qpverts COMMANDE --help » en montre les options.",
    )
    for module in modules:
        module.declare(commands)
    options = parser.parse_args(words)
    try:
        code: int = options.run(options)
    except QpvertsError as error:  # whatever stops a command says why, and what to do
        say(str(error))
        return 1
    return code


def _modules(words: Sequence[str]) -> list[ModuleType]:
    """Import the modules of the commands among the words; all of them where there is none, for the help.

    Each brings libraries of its own, and importing them all takes longer than most commands.
    """
    named = [MODULES[word] for word in words if word in MODULES] or MODULES.values()
    return [import_module(f"{__name__}.{name}") for name in dict.fromkeys(named)]
