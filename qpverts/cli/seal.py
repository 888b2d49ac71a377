"""``seal``: the content of the data folder, declared anew after a change that was meant."""

from __future__ import annotations

import argparse

from qpverts.cli.terminal import Subparsers, ask, say
from qpverts.sources import check as data_control
from qpverts.sources import expected
from qpverts.sources.reading import catalogue as catalogues


def declare(commands: Subparsers) -> None:
    """Add ``seal``."""
    parser = commands.add_parser("seal", help="déclarer le contenu actuel après une modification voulue")
    parser.add_argument(
        "--yes", "--oui", action="store_true", help="récrire aussi les nombres attendus, sans le demander"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Declare the content as it is, and name what had changed; the counts expected only after a yes."""
    found = data_control.found(options.data)
    agreed = options.yes
    if found is None:
        say("Les nombres attendus restent : « python -m qpverts check » dit quelles règles sont à revoir.")
    elif found.moved:
        for line in found.moved:
            say(line)
        answer = agreed or ask("Ces nombres sont-ils voulus ? [oui/non] ")
        if answer is False:
            say("Rien n'a été scellé.")
            return 1
        agreed = bool(answer)
        if not agreed:
            say("Les nombres attendus restent : « python -m qpverts seal --yes » les récrit.")
    if found is not None:
        for line in found.review:
            say(line)
        expected.keep(catalogues.load(options.data), found, counts=agreed)
    changed = data_control.seal(options.data)
    say(f"Déclaré de nouveau : {', '.join(changed)}." if changed else "Rien n'avait changé.")
    return 0
