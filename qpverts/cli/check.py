"""``check``: the check of the data folder."""

from __future__ import annotations

import argparse
from collections import Counter
from contextlib import suppress

from qpverts.cli.terminal import Subparsers, say
from qpverts.errors import DataError
from qpverts.sources import check as data_control
from qpverts.viz.words.labels import plural

FAULTS_SHOWN = 20
GAPS_SHOWN = 10


def declare(commands: Subparsers) -> None:
    """Add ``check``."""
    parser = commands.add_parser("check", help="contrôler les données : une ligne par règle")
    parser.add_argument(
        "--numbers", action="store_true", help="recalculer aussi chaque chiffre publié et le comparer"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check the data, one line per rule; 0 when every rule is kept."""
    verdicts = data_control.check(options.data)
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
        for line in verdict.told:
            say(f"    {line}")
    broken = sum(1 for verdict in verdicts if verdict.faults is None or verdict.faults)
    if broken:
        say(f"\n{broken} règle{'s' if broken > 1 else ''} à revoir sur {len(verdicts)}.")
        return 1
    say(f"\nLes {len(verdicts)} règles sont tenues.")
    return _numbers(options) if options.numbers else 0


def _numbers(options: argparse.Namespace) -> int:
    """Compute the published figures again; 1 when one differs from its inputs."""
    # With all that "build" needs: the rules alone are checked in half the time.
    from qpverts.geo.engine import LocalEngine  # noqa: PLC0415
    from qpverts.sources import load as atlases  # noqa: PLC0415
    from qpverts.sources.building import recompute  # noqa: PLC0415

    say("\nContrôle des chiffres publiés :")
    report = recompute.control(atlases.load(options.data), options.var, LocalEngine(), lambda _: None)
    width = max(len(control.indicator) for control in report.controls)
    for control in report.controls:
        blanks = f", {plural(control.blanks, 'non couvert', 'non couverts')}" if control.blanks else ""
        rest = control.reason or f"{plural(control.figures, 'chiffre', 'chiffres')}{blanks}"
        say(f"{control.indicator:<{width}}  {control.answer:<14}  {rest}")
        if control.gaps:
            more = f" et {len(control.gaps) - GAPS_SHOWN} autres" if len(control.gaps) > GAPS_SHOWN else ""
            say(f"    à revoir : {', '.join(control.gaps[:GAPS_SHOWN])}{more}")
    with suppress(DataError):  # kept for the page Méthode, when there is a place to keep it
        recompute.save(report, options.var)
    counts = Counter(control.answer for control in report.controls)
    say("\n" + ", ".join(f"{counts[answer]} {answer}" for answer in recompute.ControlAnswer) + ".")
    return 1 if counts[recompute.ControlAnswer.GAP] else 0


def _sum_up(faults: int) -> str:
    if not faults:
        return "OK"
    return f"{faults} faute{'s' if faults > 1 else ''}"
