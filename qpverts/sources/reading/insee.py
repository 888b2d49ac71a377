"""The INSEE figures of the districts: what their file holds, and reading it."""

from __future__ import annotations

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.model import Figures
from qpverts.sources.reading.columns import Column, Declaration, ExportedField
from qpverts.sources.reading.tables import Table, read_table

FIGURES = Declaration(
    "insee_qpv",
    Figures,
    (
        Column("code_qp", "code_qp", "Code du quartier prioritaire, génération 2024."),
        Column("population_2020", "population", "Habitants, recensement 2020."),
        Column("menages", "households", "Ménages, année à vérifier."),
        Column("taux_emploi_pct", "employment_pct", "Taux d'emploi en %, année à vérifier."),
        Column("taux_pauvrete_60_pct", "poverty_pct", "Taux de pauvreté à 60 %, année à vérifier."),
        Column("logements_sociaux", "social_dwellings", "Logements sociaux, année à vérifier."),
    ),
    derived=(
        ExportedField("nom", "string", "Nom du quartier."),
        ExportedField("communes", "string", "Communes du quartier, la principale d'abord."),
        ExportedField("codes_communes", "string", "Codes INSEE des communes, séparés par « ; »."),
    ),
)


def read_figures(catalogue: Catalogue) -> Table[Figures]:
    """Read one line of figures a district; DataError with every faulty line."""
    return read_table(catalogue, FIGURES)
