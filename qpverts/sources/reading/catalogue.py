"""The catalogue of datasets: nothing is read that is not declared there.

A dataset without provider, licence or attribution is refused; broken sources stay listed with their
status, so that a missing figure has a reason.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from qpverts.atlas.datasets import PATH, AddressKind, Availability, Catalogue, Dataset, read_bytes
from qpverts.errors import DataError, Fault
from qpverts.sources.reading.toml import Place, dotted, parse_toml, shaped

_FILE_NAME = re.compile(r"\w[\w.-]*", re.ASCII)  # no folder, nothing hidden


def load(folder: Path) -> Catalogue:
    """Read and validate the catalogue of a data folder.

    Raises
    ------
    DataError
        With every fault: missing file, missing field, wrong value, identifier declared twice.
    """
    shown = PATH.as_posix()
    declared = read_bytes(folder / PATH, shown)
    found = parse_toml(declared, shown).get("dataset")
    entries = found if isinstance(found, list) else []
    datasets: list[Dataset] = []
    faults: list[Fault] = []
    for rank, entry in enumerate(entries, start=1):
        name = entry.get("id", f"nº {rank}") if isinstance(entry, dict) else f"nº {rank}"
        try:
            dataset = shaped(entry, Dataset, shown, "catalogue", place=partial(_place, name))
        except DataError as error:
            faults += error.faults
            continue
        datasets.append(dataset)
        faults += [
            Fault(shown, "catalogue", f"jeu « {name} » : « {needed} » est vide ; renseignez-le")
            for needed in ("id", "title", "provider", "licence", "attribution")
            if not getattr(dataset, needed)
        ]
        place = (folder / dataset.path).resolve()
        if dataset.status is Availability.EMBEDDED and not place.is_relative_to(folder.resolve()):
            faults.append(
                Fault(shown, "catalogue", f"jeu « {name} » : le chemin sort du dossier des données")
            )
        faults += [Fault(shown, "catalogue", f"jeu « {name} » : {message}") for message in _remote(dataset)]
    seen: set[str] = set()
    files: set[str] = set()
    for dataset in datasets:
        if dataset.id in seen:
            faults.append(Fault(shown, "catalogue", f"jeu « {dataset.id} » déclaré deux fois"))
        seen.add(dataset.id)
        if dataset.file and dataset.file in files:
            faults.append(Fault(shown, "catalogue", f"fichier « {dataset.file} » déclaré deux fois"))
        files.add(dataset.file)
    if not entries:
        faults.append(Fault(shown, "catalogue", "aucun jeu de données n'est déclaré"))
    if faults:
        raise DataError(faults)
    return Catalogue(folder, tuple(datasets), declared)


def _place(name: object, place: Place) -> str:
    return f"jeu « {name} », {dotted(place)}"


def _remote(dataset: Dataset) -> Iterator[str]:
    """Say what keeps a file from being fetched, or would let it land elsewhere than in its folder."""
    if dataset.status is not Availability.REMOTE or not dataset.file:
        return
    if not _FILE_NAME.fullmatch(dataset.file):
        yield "« file » n'est pas un simple nom de fichier"
    if dataset.max_mb <= 0:
        yield "« max_mb » manque ; donnez la taille à ne pas dépasser, en mégaoctets"
    if dataset.access is not AddressKind.PAGE and not dataset.url.startswith(("https://", "http://")):
        yield "« url » n'est pas une adresse http(s)"


def sha256(content: bytes) -> str:
    """Give the fingerprint of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
