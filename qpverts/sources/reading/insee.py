"""Reading the INSEE figures of the districts."""

from __future__ import annotations

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.model import Figures
from qpverts.sources.reading.tables import Table, read_table

COLUMNS = {
    "code_qp": "code_qp",
    "population_2020": "population",
    "menages": "households",
    "taux_emploi_pct": "employment_pct",
    "taux_pauvrete_60_pct": "poverty_pct",
    "logements_sociaux": "social_dwellings",
}


def read_figures(catalogue: Catalogue) -> Table[Figures]:
    """Read one line of figures a district; DataError with every faulty line."""
    return read_table(catalogue, "insee_qpv", Figures, COLUMNS)
