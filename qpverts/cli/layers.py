"""``importer`` and ``correspondance``: layers from anywhere, and the two generations of districts."""

from __future__ import annotations

import argparse
from pathlib import Path

from qpverts.cli.terminal import Subparsers, say
from qpverts.domain.vintage import SAME_PCT, Change, Overlap, change
from qpverts.errors import DataError
from qpverts.geo.correspondence import MIN_SHARE, Correspondence
from qpverts.geo.crs import Bounds
from qpverts.sources.building import matching, working_layers
from qpverts.sources.fetching.manifest import raw_path
from qpverts.sources.files import replace_file
from qpverts.sources.importing import schema
from qpverts.sources.importing.formats import Imported, read_vector
from qpverts.sources.published.overlaps import overlaps_bytes
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.perimeters import read_perimeters

OFFICIAL_2015 = "qpv_2015_officiel"
_SIDES = 4


def declare(commands: Subparsers) -> None:
    """Add ``importer`` and ``correspondance``."""
    importer = commands.add_parser(
        "importer",
        help="lire une couche de n'importe quel format courant, et dire ce qu'elle contient",
        description="GeoJSON, Shapefile, GeoPackage, GeoParquet, FlatGeobuf, OpenStreetMap, KML, CSV avec "
        "lon et lat ; dans un ZIP ou non.",
    )
    importer.add_argument("fichier", type=Path, help="le fichier à lire")
    importer.add_argument("--dans", default="", metavar="MEMBRE", help="le fichier à lire dans un ZIP")
    importer.add_argument("--couche", metavar="NOM", help="la couche à lire, quand il y en a plusieurs")
    importer.add_argument(
        "--crs", metavar="EPSG:…", help="le système de coordonnées, quand le fichier ne le dit pas"
    )
    importer.add_argument(
        "--cadre",
        type=_bounds,
        metavar="OUEST,SUD,EST,NORD",
        help="met de côté ce qui est hors de ce cadre, en degrés (sinon : la France entière)",
    )
    importer.add_argument(
        "--vers", type=Path, metavar="SORTIE.parquet", help="écrire la couche en GeoParquet"
    )
    importer.set_defaults(run=_import)
    matching = commands.add_parser(
        "correspondance", help="rapprocher les quartiers de 2015 de ceux de 2024, par le terrain commun"
    )
    matching.add_argument(
        "fichier", type=Path, nargs="?", help="les périmètres de 2015 (sinon : ceux que « sync » a apportés)"
    )
    matching.add_argument("--vers", type=Path, metavar="TABLE.csv", help="écrire la table dans ce fichier")
    matching.set_defaults(run=_match)


def _bounds(text: str) -> Bounds:
    """Read four numbers separated by commas."""
    try:
        sides = tuple(float(part) for part in text.split(","))
    except ValueError:
        sides = ()
    if len(sides) != _SIDES:
        message = "quatre nombres en degrés, séparés par des virgules : ouest,sud,est,nord"
        raise argparse.ArgumentTypeError(message)
    west, south, east, north = sides
    return west, south, east, north


def _import(options: argparse.Namespace) -> int:
    imported = read_vector(
        options.fichier,
        inside=options.dans,
        layer=options.couche,
        crs=options.crs,
        bbox=options.cadre,
    )
    _tell(imported, options.fichier.name)
    if imported.frame.empty:
        say("\nRien n'a été gardé : revoyez le système de coordonnées (--crs) ou le cadre (--cadre).")
        return 1
    if options.vers:
        working_layers.write(imported.frame, options.vers)
        say(f"\nÉcrit : {options.vers.name}, {len(imported.frame)} entités, EPSG:4326.")
    return 0


def _tell(imported: Imported, shown: str) -> None:
    """Print the account of an import, and how its fields answer to the schema of the perimeters."""
    for line in imported.report.lines():
        say(line)
    say("\nChamps, d'après le schéma officiel des périmètres :")
    try:
        found = schema.match(imported.frame, shown)
    except DataError as error:
        say("  Ce n'est pas une couche de périmètres de quartiers, ou ses champs ont d'autres noms :")
        for fault in error.faults:
            say(f"  {fault.message}")
        return
    for line in found.lines():
        say(f"  {line}")
    for line in schema.codes(found.apply(imported.frame)["code_qp"].tolist()).lines():
        say(line)


def _match(options: argparse.Namespace) -> int:
    catalogue = catalogues.load(options.data)
    dataset = catalogue.get(OFFICIAL_2015)
    path, inside = options.fichier, ""
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
    if options.vers:
        changed = replace_file(options.vers, overlaps_bytes(rows))
        say(f"{'Écrit' if changed else 'Inchangé'} : {options.vers.name}, {len(rows)} lignes.")
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
