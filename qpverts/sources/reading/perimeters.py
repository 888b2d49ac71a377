"""Reading vector layers: the district perimeters and the outlines of the basemap."""

from __future__ import annotations

import io

import geopandas as gpd
from pyogrio.errors import DataSourceError
from pyproj.exceptions import CRSError

from qpverts.atlas.datasets import PATH, REMEDY, Catalogue
from qpverts.domain.model import Commune, Qpv
from qpverts.errors import DataError, Fault
from qpverts.geo.crs import WGS84

QPV_FIELDS = ("code_qp", "lib_qp", "insee_com", "lib_com")
#: Letters that an official field holds at most: as many as a Shapefile can.
MAX_TEXT = 254


def read_layer(catalogue: Catalogue, dataset_id: str, *, may_be_empty: bool = False) -> gpd.GeoDataFrame:
    """Read a declared GeoJSON layer in the CRS that the catalogue states.

    Raises
    ------
    DataError
        When the file is missing, is not a vector layer, or has no feature though it may not be empty; when
        its CRS does not exist.
    """
    dataset = catalogue.get(dataset_id)
    content = catalogue.read(dataset_id)
    try:
        layer = gpd.read_file(io.BytesIO(content), engine="pyogrio")
    except (DataSourceError, ValueError) as error:
        message = f"la couche ne peut pas être lue : le GeoJSON est mal formé ; {REMEDY}"
        raise DataError([Fault(dataset.path, "couche lisible", message)]) from error
    if not isinstance(layer, gpd.GeoDataFrame) or (layer.empty and not may_be_empty):
        raise DataError([Fault(dataset.path, "couche lisible", f"la couche est vide ; {REMEDY}")])
    try:
        return layer.set_crs(dataset.crs or WGS84, allow_override=True)
    except CRSError as error:
        message = f"jeu « {dataset_id} », crs : « {dataset.crs} » n'est pas un système de coordonnées"
        raise DataError([Fault(PATH.as_posix(), "catalogue", message)]) from error


def read_perimeters(catalogue: Catalogue) -> gpd.GeoDataFrame:
    """Read the perimeters in EPSG:4326, indexed by ``code_qp``, with the official fields.

    Raises
    ------
    DataError
        When a field of the official schema is missing, empty or too long, or names other communes than it
        codes.
    """
    layer = read_layer(catalogue, "qpv_2024")
    check_fields(layer, catalogue.get("qpv_2024").path)
    return layer.set_index("code_qp")


def check_fields(layer: gpd.GeoDataFrame, shown: str) -> None:
    """Raise DataError when a field of the official schema is missing, empty, too long, or says two things."""
    if missing := [field for field in QPV_FIELDS if field not in layer.columns]:
        message = f"champs absents du schéma officiel : {', '.join(missing)}"
        raise DataError([Fault(shown, "schéma officiel", message)])
    faults = [
        Fault(shown, "schéma officiel", f"entité nº {rank} : {fault}")
        for rank, (_, row) in enumerate(layer.iterrows(), start=1)
        if (fault := _field_fault(*(row[field] for field in QPV_FIELDS)))
    ]
    if faults:
        raise DataError(faults)


def read_outlines(catalogue: Catalogue) -> gpd.GeoDataFrame:
    """Read the outlines of the communes in EPSG:4326, indexed by ``insee_com``.

    Raises
    ------
    DataError
        When a code is missing or given twice: points could not be compared with their commune.
    """
    layer = read_layer(catalogue, "communes")
    shown = catalogue.get("communes").path
    if "insee_com" not in layer.columns:
        raise DataError([Fault(shown, "contours des communes", "le champ insee_com est absent")])
    faults = [
        Fault(shown, "contours des communes", f"entité nº {rank} : code « {code} » vide ou donné deux fois")
        for rank, code in enumerate(layer["insee_com"], start=1)
        if not isinstance(code, str) or not code or (layer["insee_com"] == code).sum() > 1
    ]
    if faults:
        raise DataError(faults)
    return layer.set_index("insee_com")


def _field_fault(*values: object) -> str | None:
    """Tell what is wrong with the official fields of one district, given in the order of the schema."""
    for field, value in zip(QPV_FIELDS, values, strict=True):
        if not isinstance(value, str) or not value.strip():
            return f"{field} est vide ou n'est pas un texte"
        if len(value) > MAX_TEXT:
            return f"{field} compte {len(value)} caractères, plus de {MAX_TEXT} ; raccourcissez-le"
    *_, codes, names = map(str, values)
    if codes.count(",") != names.count(","):
        return f"insee_com « {codes} » et lib_com « {names} » ne comptent pas les mêmes communes"
    return None


def districts(perimeters: gpd.GeoDataFrame) -> tuple[Qpv, ...]:
    """Turn the official fields into districts; ``insee_com`` may hold two communes."""
    return tuple(
        Qpv(str(code), str(row["lib_qp"]), _communes(str(row["insee_com"]), str(row["lib_com"])))
        for code, row in perimeters.iterrows()
    )


def _communes(codes: str, names: str) -> tuple[Commune, ...]:
    pairs = zip(codes.split(","), names.split(","), strict=True)
    return tuple(Commune(code.strip(), name.strip()) for code, name in pairs)
