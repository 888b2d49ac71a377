"""Command line: ``python -m qpverts check`` and ``seal``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from qpverts.errors import DataError
from qpverts.settings import load as load_settings
from qpverts.sources import check as control

FAULTS_SHOWN = 20


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 on any fault."""
    parser = argparse.ArgumentParser(prog="python -m qpverts", description="Les données de QPVerts.")
    parser.add_argument("--data", type=Path, default=load_settings().data_dir, help="dossier des données")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="contrôler les données : une ligne par règle")
    commands.add_parser("seal", help="déclarer le contenu actuel après une modification voulue")
    options = parser.parse_args(arguments)
    run = {"check": _check, "seal": _seal}[options.command]
    return run(options.data)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _check(folder: Path) -> int:
    verdicts = control.check(folder)
    width = max(len(verdict.rule) for verdict in verdicts)
    for verdict in verdicts:
        if verdict.faults is None:
            _say(f"{verdict.rule:<{width}}  non vérifiée (corrigez d'abord ce qui précède)")
            continue
        _say(f"{verdict.rule:<{width}}  {_sum_up(len(verdict.faults))}")
        for fault in verdict.faults[:FAULTS_SHOWN]:
            _say(f"    {fault}")
        if len(verdict.faults) > FAULTS_SHOWN:
            _say(f"    … et {len(verdict.faults) - FAULTS_SHOWN} autres")
    broken = sum(1 for verdict in verdicts if verdict.faults is None or verdict.faults)
    if broken:
        _say(f"\n{broken} règle{'s' if broken > 1 else ''} à revoir sur {len(verdicts)}.")
        return 1
    _say(f"\nLes {len(verdicts)} règles sont tenues.")
    return 0


def _sum_up(faults: int) -> str:
    if not faults:
        return "OK"
    return f"{faults} faute{'s' if faults > 1 else ''}"


def _seal(folder: Path) -> int:
    try:
        changed = control.seal(folder)
    except DataError as error:
        _say(str(error))
        return 1
    _say(f"Déclaré de nouveau : {', '.join(changed)}." if changed else "Rien n'avait changé.")
    return 0
