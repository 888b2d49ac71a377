"""The check of the data folder: every rule on one line, with the faulty lines named."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import tomlkit

from qpverts.atlas.datasets import PATH, Catalogue, Dataset
from qpverts.errors import DataError, Fault
from qpverts.sources import expected
from qpverts.sources.district_facts import measure_access
from qpverts.sources.expected import Found
from qpverts.sources.files import replace_file
from qpverts.sources.load import read_content
from qpverts.sources.published.green_access import ACCESS, access_bytes, fingerprint, is_current
from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.perimeters import read_layer
from qpverts.sources.reading.tables import read_csv
from qpverts.sources.reading.toml import parse_toml
from qpverts.sources.rules import RULES, Content

REGION = (3.9, 42.8, 6.7, 44.3)  # west, south, east, north of the basemap, decimal degrees
#: Reach beyond the region on purpose: the sea has shores, and inspirations come from the whole world.
_UNBOUNDED = {"terre_voisine", "monde"}
_EXPECTED = "Attendus : jugements retrouvés, ou dits à revoir"


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What a rule found: no fault, faults, or ``None`` when an earlier fault kept it from running.

    ``told`` is what there is to know, in French, without being a fault.
    """

    rule: str
    faults: tuple[Fault, ...] | None
    told: tuple[str, ...] = ()


def check(folder: Path) -> list[RuleResult]:
    """Run every rule on a data folder, as far as the faults let it."""
    verdicts: list[RuleResult] = []
    try:
        catalogue = catalogues.load(folder)
    except DataError as error:
        return [RuleResult("Catalogue : complet, sans doublon", error.faults)]
    verdicts.append(RuleResult("Catalogue : complet, sans doublon", ()))
    verdicts.append(
        RuleResult("Empreintes : fichiers inchangés depuis leur déclaration", tuple(_seals(catalogue)))
    )
    verdicts.append(RuleResult("Fichiers : bien formés, nombre de lignes attendu", tuple(_counts(catalogue))))
    verdicts.append(RuleResult("Étendue : chaque couche est dans la région", tuple(_extents(catalogue))))
    try:
        content = read_content(catalogue)
    except DataError as error:
        verdicts.append(RuleResult("Tables : en-têtes et types", error.faults))
        return [*verdicts, *(RuleResult(rule.title, None) for rule in RULES), RuleResult(_EXPECTED, None)]
    verdicts.append(RuleResult("Tables : en-têtes et types", ()))
    ruled = [RuleResult(rule.title, tuple(rule(content))) for rule in RULES]
    if any(verdict.faults for verdict in ruled):
        return [*verdicts, *ruled, RuleResult(_EXPECTED, None)]
    return [*verdicts, *ruled, _expected(catalogue, content)]


def found(folder: Path) -> Found | None:
    """Set a data folder beside what is expected of it; ``None`` when its own faults keep from knowing.

    Raises
    ------
    DataError
        When what is expected cannot be read.
    """
    catalogue = catalogues.load(folder)
    try:
        content = read_content(catalogue)
    except DataError:
        return None
    if any(fault for rule in RULES for fault in rule(content)):
        return None
    return expected.find(catalogue, content)


def seal(folder: Path, only: Collection[str] | None = None) -> list[str]:
    """Write the present counts and fingerprints into the catalogue; give the ids that changed.

    ``only`` holds the ids of those that the caller wrote; all of them when it is not given, and the access to
    green spaces is then measured again if outlines or spaces have changed.
    """
    left = set() if only is not None or _renew_access(catalogues.load(folder)) else {ACCESS}
    catalogue = catalogues.load(folder)
    path = folder / PATH
    document = tomlkit.parse(path.read_text("utf-8"))
    changed = []
    for entry in document["dataset"]:
        dataset = catalogue.get(str(entry["id"]))
        if (
            dataset not in catalogue.embedded
            or dataset.id in left
            or not (only is None or dataset.id in only)
        ):
            continue
        now: dict[str, int | str] = {
            "count": count(catalogue, dataset),
            "sha256": catalogues.sha256(catalogue.read(dataset.id)),
        }
        if dataset.id == ACCESS:
            now["measured_from"] = fingerprint(catalogue)
        if any(entry.get(key) != value for key, value in now.items()):
            changed.append(dataset.id)
            entry.update(now)
    if changed:
        replace_file(path, tomlkit.dumps(document).encode())
    return changed


def _renew_access(catalogue: Catalogue) -> bool:
    """Measure the access to green spaces again if what is published is old; tell whether it is right then.

    It cannot be measured on data that break a rule. What is published stays old then, and nobody reads it.
    """
    if is_current(catalogue):
        return True
    try:
        content = read_content(catalogue)
    except DataError:
        return False
    if any(fault for rule in RULES for fault in rule(content)):
        return False
    replace_file(catalogue.path(ACCESS), access_bytes(measure_access(content)))
    return True


def count(catalogue: Catalogue, dataset: Dataset) -> int:
    """Count the rows or features of an embedded dataset; the tables of a TOML file."""
    suffix = Path(dataset.path).suffix
    if suffix == ".csv":
        content = catalogue.read(dataset.id)
        header = content.split(b"\n", 1)[0].decode("utf-8-sig", "replace").strip().split(",")
        return len(read_csv(content, dataset.path, header)[0])
    if suffix == ".geojson":
        return len(read_layer(catalogue, dataset.id, may_be_empty=True))
    tables = parse_toml(catalogue.read(dataset.id), dataset.path)
    return sum(len(value) for value in tables.values() if isinstance(value, list))


def _expected(catalogue: Catalogue, content: Content) -> RuleResult:
    """Tell the counts, and where the tool no longer answers as a person did on these very data."""
    try:
        beside = expected.find(catalogue, content)
    except DataError as error:
        return RuleResult(_EXPECTED, error.faults)
    shown = catalogue.get(expected.EXPECTED).path
    faults = [
        Fault(shown, "attendus", f"jugement {name} : {told} ; corrigez le code, ou le jugement à la main")
        for name, told in beside.broken.items()
    ]
    return RuleResult(_EXPECTED, tuple(faults), beside.told)


def _seals(catalogue: Catalogue) -> Iterator[Fault]:
    for dataset in catalogue.embedded:
        try:
            content = catalogue.read(dataset.id)
        except DataError as error:
            yield from error.faults
            continue
        if catalogues.sha256(content) != dataset.sha256:
            message = "le contenu a changé ; si c'est voulu, lancez « python -m qpverts seal »"
            yield Fault(dataset.path, "empreinte", message)
        elif dataset.id == ACCESS and not is_current(catalogue):
            message = (
                "mesuré sur d'autres contours ou d'autres espaces verts ; lancez « python -m qpverts seal »"
            )
            yield Fault(dataset.path, "empreinte", message)


def _counts(catalogue: Catalogue) -> Iterator[Fault]:
    for dataset in catalogue.embedded:
        try:
            found = count(catalogue, dataset)
        except DataError as error:
            yield from error.faults
            continue
        if found != dataset.count:
            yield Fault(
                dataset.path,
                "nombre",
                f"{found} lignes au lieu de {dataset.count} ; si c'est voulu, "
                "lancez « python -m qpverts seal »",
            )


def _extents(catalogue: Catalogue) -> Iterator[Fault]:
    west, south, east, north = REGION
    for dataset in catalogue.embedded:
        if not dataset.path.endswith(".geojson") or dataset.id in _UNBOUNDED:
            continue
        try:
            layer = read_layer(catalogue, dataset.id)
        except DataError:
            continue  # already named by the rule on files
        bounds = layer.bounds
        out = (bounds.minx < west) | (bounds.miny < south) | (bounds.maxx > east) | (bounds.maxy > north)
        for rank in layer.index[out]:
            yield Fault(dataset.path, "étendue", f"l'entité nº {rank + 1} sort de la région")
