"""``publish``: the public pages as files, for any host."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from qpverts.cli.terminal import Subparsers, say
from qpverts.settings import load as load_settings
from qpverts.settings import site_address
from qpverts.sources import load as atlases
from qpverts.web.public.publish import publish, refuse_foreign
from qpverts.web.public.site import Site


def declare(commands: Subparsers) -> None:
    """Add ``publish``."""
    parser = commands.add_parser(
        "publish",
        help="écrire les pages publiques dans un dossier, pour n'importe quel hébergeur",
        description="Écrit les mêmes pages que /public/, octet pour octet, avec leurs styles et scripts. Un "
        "dossier déjà écrit par cette commande est remplacé d'un coup ; tout autre est refusé.",
    )
    parser.add_argument(
        "folder", type=Path, metavar="dossier", help="le dossier à écrire : la racine du site"
    )
    parser.add_argument(
        "--address",
        type=_address,
        metavar="URL",
        help="l'adresse du site, avec son dossier s'il en a un : https://exemple.fr/quartiers "
        "(sinon : QPVERTS_PUBLIC_URL)",
    )
    parser.set_defaults(run=run)


def _address(text: str) -> str:
    address = site_address(text)
    if not address:
        message = "une adresse telle que https://exemple.fr ou https://exemple.fr/quartiers"
        raise argparse.ArgumentTypeError(message)
    return address


def run(options: argparse.Namespace) -> int:
    """Write the site; 0 when it is there whole."""
    refuse_foreign(options.folder.resolve())
    settings = load_settings()
    settings = replace(settings, public_url=options.address or settings.public_url)
    site = Site(atlases.load(options.data), settings)
    try:
        count = publish(site, options.folder)
    except OSError as error:
        say(f"Le dossier n'a pas pu être écrit ({error.strerror}) : ce qui s'y trouvait n'a pas changé.")
        return 1
    say(f"Écrit : {count} fichiers, dont {len(site.pages)} pages, dans « {options.folder} ».")
    if not settings.public_url:
        say(
            "Sans adresse, le site se place à la racine d'un hôte et n'a pas de plan pour les moteurs de "
            "recherche : « --address https://… » en ajoute un."
        )
    return 0
