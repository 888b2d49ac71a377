"""The districts of 2015 matched with those of 2024, from the files of both."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.vintage import Generation, Overlap, generation
from qpverts.geo import correspondence as correspondences
from qpverts.geo.correspondence import Correspondence
from qpverts.sources.importing import schema
from qpverts.sources.importing.formats import read_vector
from qpverts.sources.importing.import_report import ImportReport
from qpverts.sources.importing.recognise import refusal
from qpverts.sources.reading.perimeters import read_perimeters


def read_2015(path: Path, inside: str = "") -> tuple[gpd.GeoDataFrame, ImportReport]:
    """Read the perimeters of 2015 in EPSG:4326, indexed by ``code_qp``, with ``lib_qp``.

    Raises
    ------
    DataError
        When the file cannot be read, or is not made of districts of 2015, each once.
    """
    imported = read_vector(path, inside=inside)
    found = schema.match(imported.frame, path.name)
    layer = found.apply(imported.frame)
    wrong = [str(code) for code in layer["code_qp"] if generation(str(code)) is not Generation.Y2015]
    if wrong:
        raise refusal(
            path.name, f"« {wrong[0]} » n'est pas un quartier de 2015 (exemple : QP013038)", "millésime"
        )
    if layer["code_qp"].duplicated().any():
        twice = layer.loc[layer["code_qp"].duplicated(), "code_qp"].iloc[0]
        raise refusal(
            path.name, f"« {twice} » est donné deux fois ; gardez un contour par quartier", "millésime"
        )
    return layer.set_index("code_qp"), imported.report


def compute(old: gpd.GeoDataFrame, catalogue: Catalogue) -> tuple[tuple[Overlap, ...], Correspondence]:
    """Match the perimeters of 2015 (see :func:`read_2015`) with the embedded ones of 2024.

    Returns
    -------
    tuple
        The rows of the table, in order of codes, areas to the square metre and shares to 0.01 %; the same
        unrounded, with the slivers.
    """
    found = correspondences.correspondence(old.geometry, read_perimeters(catalogue).geometry)
    names = old["lib_qp"].to_dict()
    rows = tuple(
        Overlap(
            code_2015,
            names[code_2015] or "",
            code_2024,
            float(round(common_m2)),
            round(share_2015_pct, 2),
            round(share_2024_pct, 2),
        )
        for code_2015, code_2024, common_m2, share_2015_pct, share_2024_pct in zip(
            *(found.pairs[column].tolist() for column in correspondences.COLUMNS), strict=True
        )
    )
    return rows, found
