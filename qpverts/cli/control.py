"""``check`` and ``seal``: the control of the data folder."""

from __future__ import annotations

import argparse

from qpverts.cli.terminal import Subparsers, say
from qpverts.errors import DataError
from qpverts.sources import check as control

FAULTS_SHOWN = 20


def declare(commands: Subparsers) -> None:
    """Add ``check`` and ``seal``."""
    check = commands.add_parser("check", help="contrôler les données : une ligne par règle")
    check.set_defaults(run=_check)
    seal = commands.add_parser("seal", help="déclarer le contenu actuel après une modification voulue")
    seal.set_defaults(run=_seal)


def _check(options: argparse.Namespace) -> int:
    verdicts = control.check(options.data)
    width = max(len(verdict.rule) for verdict in verdicts)
    for verdict in verdicts:
        if verdict.faults is None:
            say(f"{verdict.rule:<{width}}  non vérifiée (corrigez d'abord ce qui précède)")
            continue
        say(f"{verdict.rule:<{width}}  {_sum_up(len(verdict.faults))}")
        for fault in verdict.faults[:FAULTS_SHOWN]:
            say(f"    {fault}")
        if len(verdict.faults) > FAULTS_SHOWN:
            say(f"    … et {len(verdict.faults) - FAULTS_SHOWN} autres")
    broken = sum(1 for verdict in verdicts if verdict.faults is None or verdict.faults)
    if broken:
        say(f"\n{broken} règle{'s' if broken > 1 else ''} à revoir sur {len(verdicts)}.")
        return 1
    say(f"\nLes {len(verdicts)} règles sont tenues.")
    return 0


def _sum_up(faults: int) -> str:
    if not faults:
        return "OK"
    return f"{faults} faute{'s' if faults > 1 else ''}"


def _seal(options: argparse.Namespace) -> int:
    try:
        changed = control.seal(options.data)
    except DataError as error:
        say(str(error))
        return 1
    say(f"Déclaré de nouveau : {', '.join(changed)}." if changed else "Rien n'avait changé.")
    return 0
