"""``build``: the published measures, made anew from the fetched layers."""

from __future__ import annotations

import argparse
from pathlib import Path

from qpverts.cli.terminal import Subparsers, say
from qpverts.geo.engine import DaskEngine, Engine, LocalEngine
from qpverts.sources.building.build import Means, build
from qpverts.sources.building.contours import take_official
from qpverts.sources.building.other_districts import measure_anywhere
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.indicators import read_specs

_MOST_WORKERS = 256


def declare(commands: Subparsers) -> None:
    """Add ``build``."""
    parser = commands.add_parser("build", help="mesurer la nature des quartiers sur les couches récupérées")
    parser.add_argument(
        "--engine", choices=("local", "dask"), default="local", help="moteur de calcul (local par défaut)"
    )
    parser.add_argument(
        "--scheduler",
        metavar="tcp://…",
        help="adresse d'un ordonnanceur dask.distributed (plusieurs machines)",
    )
    parser.add_argument(
        "--workers",
        type=_count,
        metavar="N",
        help="calculs menés de front par le moteur local (un par cœur sinon)",
    )
    parser.add_argument(
        "--official-perimeters",
        action="store_true",
        help="reprendre d'abord les contours officiels récupérés par « sync »",
    )
    own = parser.add_argument_group(
        "d'autres quartiers que ceux du projet", "les trois ensemble ; les données du projet ne changent pas"
    )
    own.add_argument(
        "--perimeters",
        type=Path,
        metavar="FICHIER",
        help="contours des quartiers, dans un format que lit « import »",
    )
    own.add_argument(
        "--ground",
        type=Path,
        metavar="FICHIER",
        help="parcelles (champ prairie_m2) ou OCS GE (champ code_cs)",
    )
    own.add_argument("--to", type=Path, metavar="DOSSIER", help="où écrire les deux tables")
    parser.set_defaults(run=run)


def _build_own(options: argparse.Namespace) -> int:
    means = Means(options.var, _engine(options), say)
    specs = read_specs(catalogues.load(options.data))
    measured = measure_anywhere(options.perimeters, options.ground, options.to, means, specs)
    say(
        f"{measured.districts} quartiers : végétation connue, au moins en partie, pour "
        f"{measured.with_vegetation} ; {measured.cells} carreaux de 200 m."
    )
    say(f"Écrits : {', '.join(str(file) for file in measured.files)}.")
    return 0


def _count(text: str) -> int:
    """Read a number of threads; ArgumentTypeError when it is not one."""
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= _MOST_WORKERS):
        message = f"« {text} » : donnez un nombre entier, de 1 à {_MOST_WORKERS}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _engine(options: argparse.Namespace) -> Engine:
    if options.engine == "dask" or options.scheduler:
        return DaskEngine(options.scheduler)
    return LocalEngine(options.workers)


def run(options: argparse.Namespace) -> int:
    """Measure, and name the files that changed; 2 when the options do not go together."""
    own = [options.perimeters, options.ground, options.to]
    if any(own) and not all(own):
        say("--perimeters, --ground et --to vont ensemble : donnez les trois, ou aucun.")
        return 2
    if all(own):
        return _build_own(options)
    if options.official_perimeters:
        changed = take_official(options.data, options.var, say)
        say("Contours officiels repris." if changed else "Ces contours étaient déjà les officiels.")
    built = build(options.data, options.var, _engine(options), say)
    say(
        f"{built.districts} quartiers : végétation connue, au moins en partie, pour {built.with_vegetation}, "
        f"chemin à pied pour {built.with_walk} ; {built.cells} carreaux de 200 m."
    )
    say(f"Fichiers renouvelés : {', '.join(built.changed)}." if built.changed else "Rien n'avait changé.")
    return 0
