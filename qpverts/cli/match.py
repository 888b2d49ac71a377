"""``match``: the districts of 2015 and those of 2024, by the ground they share."""

from __future__ import annotations

import argparse
from pathlib import Path

from qpverts.cli.terminal import Subparsers, say
from qpverts.domain.vintage import SAME_PCT, Change, Overlap, change
from qpverts.geo.correspondence import MIN_SHARE, Correspondence
from qpverts.sources.building import matching
from qpverts.sources.fetching.manifest import raw_path
from qpverts.sources.files import replace_file
from qpverts.sources.published.overlaps import overlaps_bytes
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.perimeters import read_perimeters

OFFICIAL_2015 = "qpv_2015_officiel"


def declare(commands: Subparsers) -> None:
    """Add ``match``."""
    parser = commands.add_parser(
        "match", help="rapprocher les quartiers de 2015 de ceux de 2024, par le terrain commun"
    )
    parser.add_argument(
        "file",
        type=Path,
        nargs="?",
        metavar="fichier",
        help="les périmètres de 2015 (sinon : ceux que « sync » a apportés)",
    )
    parser.add_argument("--to", type=Path, metavar="TABLE.csv", help="écrire la table dans ce fichier")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Match the two generations, print the pairs and write them where asked; 1 without the old perimeters."""
    catalogue = catalogues.load(options.data)
    dataset = catalogue.get(OFFICIAL_2015)
    path, inside = options.file, ""
    if path is None:
        path, inside = raw_path(options.var, dataset), dataset.inside
    if path is None:
        say(
            "Les périmètres de 2015 ne sont pas là : lancez « python -m qpverts sync », "
            "ou donnez leur fichier."
        )
        return 1
    old, report = matching.read_2015(path, inside)
    for line in report.lines(0):
        say(line)
    rows, found = matching.compute(old, catalogue)
    _show(rows, found)
    identical = [code for code in read_perimeters(catalogue).index if change(code) is Change.IDENTICAL]
    for code in found.unlike(identical):
        say(
            f"« {code} » est dit identique, mais aucun quartier de 2015 ne lui ressemble "
            f"à {SAME_PCT:.0f} % dans les deux sens."
        )
    if options.to:
        changed = replace_file(options.to, overlaps_bytes(rows))
        say(f"{'Écrit' if changed else 'Inchangé'} : {options.to.name}, {len(rows)} lignes.")
    return 0


def _show(rows: tuple[Overlap, ...], found: Correspondence) -> None:
    """Print the pairs, a line each, and what was left out."""
    say("\n2015      2024      m² communs  part de 2015  part de 2024")
    for row in rows:
        shares = f"{row.share_2015_pct:>10.2f} %  {row.share_2024_pct:>10.2f} %".replace(".", ",")
        say(f"{row.code_2015:<8}  {row.code_2024:<8}  {row.common_m2:>10.0f}  {shares}  {row.name_2015}")
    threshold = f"{100 * MIN_SHARE:g}".replace(".", ",")
    plural = "s" if found.slivers > 1 else ""
    say(
        f"\n{len(rows)} paires ; {found.slivers} écartée{plural}, de moins de {threshold} % des deux "
        f"quartiers ({found.slivers_m2:.0f} m² en tout)."
    )
