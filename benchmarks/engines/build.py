"""QPVerts' own engine, as ``build`` runs it: the same table, and the green edge of each district as well."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np

from benchmarks.engines import Row, Steps
from qpverts.domain.figures.facts import VegetationFacts
from qpverts.geo.crs import by_projection
from qpverts.geo.engine import Engine, LocalEngine
from qpverts.sources.building import working_layers
from qpverts.sources.building.measuring import measure_vegetation

_EVERYWHERE = np.array([[-180.0, -90.0, 180.0, 90.0]])


def run(layer: str, perimeters: str, _steps: Steps) -> list[Row]:
    """Measure on all cores of this machine."""
    return rows(measure(layer, perimeters, LocalEngine()))


def measure(layer: str, perimeters: str, engine: Engine) -> dict[str, VegetationFacts]:
    """Measure districts, those of each legal CRS together."""
    found: dict[str, VegetationFacts] = {}
    for part in by_projection(districts(perimeters)).values():
        found |= measure_vegetation(part.geometry, Path(layer), engine)
    return found


def districts(perimeters: str) -> gpd.GeoDataFrame:
    """Read all perimeters, by ``code_qp``."""
    (piece,) = working_layers.parts(Path(perimeters), _EVERYWHERE)
    return working_layers.read(piece, ("code_qp",), _EVERYWHERE).set_index("code_qp")


def rows(found: dict[str, VegetationFacts]) -> list[Row]:
    """Write facts as the rows of the benchmark."""
    answer = []
    for code, fact in found.items():
        inside, near = fact.inside_m2, fact.near_m2
        answer.append((code, "inside", fact.known_pct, inside.low, inside.value, inside.high))
        answer.append((code, "near", fact.near_known_pct, near.low, near.value, near.high))
    return answer
