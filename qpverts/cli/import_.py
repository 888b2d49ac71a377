"""``import``: a layer from anywhere, read, told about, and written in the working form.

The module's last underscore is only there because Python keeps the bare word for itself.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from qpverts.cli.terminal import Subparsers, say
from qpverts.errors import DataError
from qpverts.geo.crs import Bounds
from qpverts.sources.building import working_layers
from qpverts.sources.importing import schema
from qpverts.sources.importing.formats import Imported, read_vector

_SIDES = 4


def declare(commands: Subparsers) -> None:
    """Add ``import``."""
    parser = commands.add_parser(
        "import",
        help="lire une couche de n'importe quel format courant, et dire ce qu'elle contient",
        description="GeoJSON, Shapefile, GeoPackage, GeoParquet, FlatGeobuf, OpenStreetMap, KML, CSV avec "
        "lon et lat ; dans un ZIP ou non.",
    )
    parser.add_argument("file", type=Path, metavar="fichier", help="le fichier à lire")
    parser.add_argument("--within", default="", metavar="MEMBRE", help="le fichier à lire dans un ZIP")
    parser.add_argument("--layer", metavar="NOM", help="la couche à lire, quand il y en a plusieurs")
    parser.add_argument(
        "--crs", metavar="EPSG:…", help="le système de coordonnées, quand le fichier ne le dit pas"
    )
    parser.add_argument(
        "--bbox",
        type=_bounds,
        metavar="OUEST,SUD,EST,NORD",
        help="met de côté ce qui est hors de ce cadre, en degrés (sinon : la France entière)",
    )
    parser.add_argument("--to", type=Path, metavar="SORTIE.parquet", help="écrire la couche en GeoParquet")
    parser.set_defaults(run=run)


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


def run(options: argparse.Namespace) -> int:
    """Read the layer and give the account of it; 0 when something of it was kept."""
    imported = read_vector(
        options.file,
        inside=options.within,
        layer=options.layer,
        crs=options.crs,
        bbox=options.bbox,
    )
    _tell(imported, options.file.name)
    if imported.frame.empty:
        say("\nRien n'a été gardé : revoyez le système de coordonnées (--crs) ou le cadre (--bbox).")
        return 1
    if options.to:
        working_layers.write(imported.frame, options.to)
        say(f"\nÉcrit : {options.to.name}, {len(imported.frame)} entités, EPSG:4326.")
    return 0


def _tell(imported: Imported, shown: str) -> None:
    """Print the account of an import, and how its fields match the schema of the perimeters."""
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
