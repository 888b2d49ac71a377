"""From raw layers of land to one working layer of vegetated ground: ``id``, ``vegetated_m2``, outline.

Two kinds of layers are known: parcels that say how many square metres of vegetation they hold, and
polygons of IGN's OCS GE, each of one cover class, which are vegetated as a whole or not at all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from qpverts.atlas.datasets import Catalogue, Dataset
from qpverts.errors import DataError, Fault
from qpverts.sources.building import working_layers
from qpverts.sources.fetching.sync import fingerprint as raw_fingerprint
from qpverts.sources.fetching.sync import raw_path
from qpverts.sources.importing.formats import read_vector

COLUMNS = ("id", "vegetated_m2")
_FOLDER = "couches"
#: To be raised when :func:`ground` gives something else from the same file.
_RECIPE = 1
_STAMP = 12  # letters of a fingerprint in a name
_UNSAFE = re.compile(r"\W+")
#: Field of the vegetated square metres of a parcel; empty where the parcel was not looked at.
_PARCEL_FIELD = "prairie_m2"
#: Field of the cover class in OCS GE.
_CLASS_FIELD = "code_cs"
#: OCS GE classes that count as vegetated, as for parcels: herbs, shrubs, broadleaved, mixed.
VEGETATED_CLASSES = ("CS2.2.1", "CS2.1.2", "CS2.1.1.1", "CS2.1.1.3")


@dataclass(frozen=True, slots=True)
class GroundLayer:
    """A working layer of vegetated ground, and the dataset that it was made from."""

    dataset: Dataset
    path: Path


def ground_layer(
    catalogue: Catalogue, var_dir: Path, ids: Iterable[str], say: Callable[[str], None]
) -> GroundLayer | None:
    """Give the working layer of the first dataset that was fetched, making it when its file is new.

    Raises
    ------
    DataError
        When the fetched file cannot be read as a layer of ground.
    """
    for dataset in map(catalogue.get, ids):
        raw, fingerprint = raw_path(var_dir, dataset), raw_fingerprint(var_dir, dataset)
        if raw is None or fingerprint is None:
            continue
        path = working_path(var_dir, dataset.id, fingerprint)
        if not path.exists():
            say(f"Conversion de {dataset.file}…")
            imported = read_vector(raw, inside=dataset.inside)
            for line in imported.report.lines():
                say(f"  {line}")
            convert(imported.frame, path)
        return GroundLayer(dataset, path)
    return None


def working_path(var_dir: Path, name: str, fingerprint: str) -> Path:
    """Name the working layer made from one state of a raw file, by these rules: other ones, another name."""
    stamp = hashlib.sha256(f"{fingerprint} {_RECIPE} {VEGETATED_CLASSES}".encode()).hexdigest()[:_STAMP]
    return var_dir / _FOLDER / f"{_UNSAFE.sub('_', name)}-{stamp}.parquet"


def is_working(path: Path) -> bool:
    """Tell whether a file is a working layer already: GeoParquet with the two columns."""
    try:
        return set(COLUMNS) <= set(pq.read_schema(path).names)
    except (OSError, pa.ArrowException):
        return False


def convert(raw: gpd.GeoDataFrame, path: Path) -> None:
    """Turn a raw layer (EPSG:4326, valid polygons) into a working layer, and forget those of older states.

    Raises
    ------
    DataError
        When the layer has neither of the known fields.
    """
    working_layers.write(ground(raw, path.name), path)
    name = path.stem.rsplit("-", 1)[0]
    stamp = "?" * _STAMP
    # What a killed command left half-written goes too: whoever converts holds the folder.
    for old in (*path.parent.glob(f"{name}-{stamp}.parquet"), *path.parent.glob(f"{name}-{stamp}.*.partiel")):
        if old != path:
            old.unlink(missing_ok=True)


def ground(raw: gpd.GeoDataFrame, shown: str) -> gpd.GeoDataFrame:
    """Give ``id`` and ``vegetated_m2`` (NaN where unknown) of each polygon.

    What is written in place of an amount, and is none (a word, a negative or endless number), is unknown.
    """
    if _PARCEL_FIELD in raw.columns:
        amounts = pd.to_numeric(raw[_PARCEL_FIELD], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        vegetated = np.where((amounts >= 0) & np.isfinite(amounts), amounts, np.nan)
    elif _CLASS_FIELD in raw.columns:
        # Whole polygons: more than any area, so that the weighing keeps all of it.
        vegetated = np.where(raw[_CLASS_FIELD].isin(VEGETATED_CLASSES), np.inf, 0.0)
    else:
        message = (
            f"ni « {_PARCEL_FIELD} » (parcelles) ni « {_CLASS_FIELD} » (OCS GE) parmi les champs : "
            f"{', '.join(map(str, raw.columns))[:200]}"
        )
        raise DataError([Fault(shown, "couche de végétation", message)])
    ids = raw["id"] if "id" in raw.columns else pd.Series(range(len(raw)), index=raw.index)
    return gpd.GeoDataFrame(
        {"id": ids.astype(str).to_numpy(), "vegetated_m2": vegetated},
        geometry=raw.geometry.to_numpy(),
        crs=raw.crs,
    )
