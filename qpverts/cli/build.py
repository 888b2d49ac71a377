"""``build``: the published measures, made anew from the fetched layers."""

from __future__ import annotations

import argparse

from qpverts.cli.terminal import Subparsers, say
from qpverts.errors import QpvertsError
from qpverts.geo.engine import DaskEngine, Engine, LocalEngine
from qpverts.sources.build import build


def declare(commands: Subparsers) -> None:
    """Add ``build``."""
    parser = commands.add_parser("build", help="mesurer la nature des quartiers sur les couches récupérées")
    parser.add_argument(
        "--engine", choices=("local", "dask"), default="local", help="moteur de calcul (local par défaut)"
    )
    parser.add_argument("--scheduler", metavar="tcp://…", help="adresse d'un ordonnanceur dask.distributed")
    parser.add_argument("--workers", type=int, help="nombre de fils du moteur local (tous les cœurs sinon)")
    parser.set_defaults(run=_build)


def _engine(options: argparse.Namespace) -> Engine:
    if options.engine == "dask" or options.scheduler:
        return DaskEngine(options.scheduler)
    return LocalEngine(options.workers)


def _build(options: argparse.Namespace) -> int:
    try:
        built = build(options.data, options.var, _engine(options), say)
    except QpvertsError as error:
        say(str(error))
        return 1
    say(
        f"{built.districts} quartiers : végétation connue pour {built.with_vegetation}, "
        f"chemin à pied pour {built.with_walk} ; {built.cells} mailles."
    )
    say(f"Fichiers renouvelés : {', '.join(built.changed)}." if built.changed else "Rien n'avait changé.")
    return 0
